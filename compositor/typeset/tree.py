"""The boxes that WeasyPrint is about to lay out -> the same, adjusted by what only the typesetter can know."""

from __future__ import annotations

from typing import Any

from compositor.typeset.lists import make_room, take_words_again
from compositor.typeset.pictures.images import begin_without_indent

ADJUSTMENTS = (take_words_again, make_room, begin_without_indent)
"""What looks at each box, in this order; one that concerns boxes of its kind alone passes the others by."""


def adjust_tree() -> None:
    """Put our function round WeasyPrint's; called once in a process."""
    from weasyprint import document

    original = document.build_formatting_structure

    def build_formatting_structure(*arguments: Any, **named: Any) -> Any:
        """WeasyPrint's boxes, each of which every adjustment has seen, parents first."""
        root = original(*arguments, **named)
        waiting = [root]
        while waiting:
            box = waiting.pop()
            for adjust in ADJUSTMENTS:
                adjust(box)
            waiting += getattr(box, "children", ())
        return root

    document.build_formatting_structure = build_formatting_structure
