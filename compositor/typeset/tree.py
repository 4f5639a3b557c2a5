"""The boxes that WeasyPrint is about to lay out -> the same, adjusted by what only the typesetter can know."""

from __future__ import annotations

from typing import Any

from compositor.typeset.lists import make_room, take_words_again
from compositor.typeset.pictures.images import begin_without_indent

ADJUSTMENTS = (take_words_again, make_room, begin_without_indent)
"""Functions that are called with every box, in this order; each ignores boxes that it does not concern."""
NOTES = 6
"""The index of the argument of WeasyPrint's function with the notes, which are not among the boxes of the text."""


def adjust_tree() -> None:
    """Wrap WeasyPrint's function; called once in a process."""
    from weasyprint import document

    original = document.build_formatting_structure

    def build_formatting_structure(*arguments: Any) -> Any:
        """Return WeasyPrint's boxes, after applying every adjustment to each of them, parents first."""
        root, notes = original(*arguments), arguments[NOTES]
        for note in notes:
            _work_over(note)
        waiting = [*reversed(notes), root]
        while waiting:
            box = waiting.pop()
            for adjust in ADJUSTMENTS:
                adjust(box)
            waiting += getattr(box, "children", ())
        return root

    document.build_formatting_structure = build_formatting_structure


def _work_over(note: Any) -> None:
    """Collapse white space and transform letters as in the text: WeasyPrint does not do this in notes.

    Otherwise, line ends of the source would become line ends on the page.
    """
    note.process_whitespace()
    note.process_text_transform()
