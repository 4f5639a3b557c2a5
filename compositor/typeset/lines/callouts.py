"""A short callout that is kept whole and would leave a page short -> divided, with two lines on either side.

A longer callout is divided anywhere, with three lines on each side (large.py). A short one is divided only if nothing
else has filled the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from compositor.typeset.floats import HEADINGS, classes_of, see, tag_of
from compositor.typeset.large import AVOID, SMALL_HOLE, TOGETHER, hole_of, laid_whole

LEAST = 2
"""Lines of the first paragraph on each side of the break."""


def callout_before(context: Any, unit: Any, bottom_space: float, result: Any) -> tuple[Any, Any] | None:
    """Return the callout that left a page short, and its first paragraph, if that has enough lines to be divided."""
    hole, room = hole_of(context, unit, bottom_space, result)
    if hole < SMALL_HOLE * room:
        return None
    (index, inside), = result[1].items()
    while inside is None and index + 1 < len(unit.children) and tag_of(unit.children[index]) in HEADINGS:
        index += 1
    see(context, index)
    box = unit.children[index] if inside is None and index < len(unit.children) else None
    if box is None or "callout" not in classes_of(box) or TOGETHER in classes_of(box):
        return None
    text = next((one for one in box.children if tag_of(one) == "p" and "callout-title" not in classes_of(one)), None)
    if text is None or box.style["break_inside"] not in AVOID or text not in box.children[:2]:
        return None
    return (box, text) if _lines(laid_whole(context, unit, box), text) >= 2 * LEAST else None


def is_parted(unit: Any, result: Any, callout: Any) -> bool:
    """Return whether a page ends inside the callout."""
    (index, inside), = (result[1] or {0: None}).items() if result[0] is not None else ((0, None),)
    return inside is not None and unit.children[index] is callout


@contextmanager
def may_be_parted(callout: Any, text: Any) -> Iterator[None]:
    """Let the callout be divided in its first paragraph inside the `with` block."""
    before = callout.style, text.style
    callout.style, text.style = callout.style.copy(), text.style.copy()
    callout.style["break_inside"] = "auto"
    text.style["orphans"] = text.style["widows"] = LEAST
    try:
        yield
    finally:
        callout.style, text.style = before


def _lines(laid: Any, text: Any) -> int:
    from weasyprint.formatting_structure.boxes import LineBox

    found = [] if laid is None else [one for one in laid.children if one.element is text.element]
    return sum(isinstance(line, LineBox) for one in found for line in one.children)
