"""What WeasyPrint computes again and again is computed once: the same values, hence the same pages.

Selectors that look at the content of an element (`relations.py`), values of styles (`styles.py`), and what Pango needs
to know before it shapes a text (`texts.py`).
"""

from compositor.typeset.quick.relations import ask_relations_once
from compositor.typeset.quick.styles import compute_styles_at_once, resolve_lengths_once
from compositor.typeset.quick.texts import break_letters_once, prepare_fonts_once


def work_out_once() -> None:
    """Replace WeasyPrint's functions; called once in a process, before anything else that replaces or wraps functions.
    """
    ask_relations_once()
    compute_styles_at_once()
    resolve_lengths_once()
    prepare_fonts_once()
    break_letters_once()
