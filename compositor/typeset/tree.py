"""The boxes that WeasyPrint is about to lay out -> the same, adjusted by what only the typesetter can know."""

from __future__ import annotations

from typing import Any

from compositor.typeset.lists import make_room, take_words_again
from compositor.typeset.pictures.images import begin_without_indent

ADJUSTMENTS = (take_words_again, make_room, begin_without_indent)
"""What looks at each box, in this order; one that concerns boxes of its kind alone passes the others by."""
NOTES = 6
"""Which argument of WeasyPrint's function gets the notes; they are not among the boxes of the text."""


def adjust_tree() -> None:
    """Put our function round WeasyPrint's; called once in a process."""
    from weasyprint import document

    original = document.build_formatting_structure

    def build_formatting_structure(*arguments: Any) -> Any:
        """WeasyPrint's boxes, each of which every adjustment has seen, parents first."""
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
    """Collapse white space and change letters as in the text, which WeasyPrint does not do in notes.

    The ends of lines of a source would be those of the lines on the page.
    """
    note.process_whitespace()
    note.process_text_transform()
