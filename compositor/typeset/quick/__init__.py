"""What WeasyPrint works out again and again is worked out once: the same values, hence the same pages.

Selectors that look at what is in an element (`relations.py`), values of styles (`styles.py`), and what Pango has to
know before it shapes a text (`texts.py`).
"""

from compositor.typeset.quick.relations import ask_relations_once
from compositor.typeset.quick.styles import compute_styles_at_once, resolve_lengths_once
from compositor.typeset.quick.texts import break_letters_once, prepare_fonts_once


def work_out_once() -> None:
    """Put our functions in the places of WeasyPrint's; called once in a process, before all others."""
    ask_relations_once()
    compute_styles_at_once()
    resolve_lengths_once()
    prepare_fonts_once()
    break_letters_once()
