"""Turned tables with notes at the foot of their pages -> the same ones shorter, so that both fit.

The height of a page's notes is known when they have been set; then the document is set again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from compositor.typeset.floats import classes_of

NUMBER = "data-turned"
"""The attribute with the number of a table, in the order of the document."""
LEAST = 0.4
"""Part of the height of a page that a table keeps."""
ROUNDS = 3
"""How often a document is set again: the notes of a shorter table may be on other pages."""


def shorten(root: Any, lengths: Mapping[int, float]) -> None:
    """Number the tables of a document, and set the lengths of some of them, in pixels, instead of the height of the
    page."""
    elements = (one for one in root.iter() if "turned" in str(one.get("class", "")).split())
    for number, element in enumerate(elements):
        element.set(NUMBER, str(number))
        if length := lengths.get(number):
            place = f"margin-right: calc(100% - {length:.2f}px); transform: translate(0, {length:.2f}px) rotate(-90deg)"
            element.set("style", f"width: {length:.2f}px; {place}")


def lengths_beside_notes(pages: Sequence[Any]) -> dict[int, float]:
    """Return, for the number of each table with notes at its foot, what the highest notes leave of a page, in pixels.
    """
    found: dict[int, float] = {}
    for page in pages:
        height = page._page_box.height
        for area in filter(_has_notes, page._page_box.children):
            left = max(LEAST * height, height - area.margin_height())
            numbers = (int(box.element.get(NUMBER)) for box in _turned(page._page_box))
            found |= {number: min(found.get(number, height), left) for number in numbers}
    return found


def _has_notes(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    return isinstance(box, FootnoteAreaBox) and bool(box.children)


def _turned(box: Any) -> list[Any]:
    """Return the outermost boxes of such tables; a placeholder stands for a box that is placed late."""
    box = getattr(box, "_box", box)
    if "turned" in classes_of(box):
        return [box]
    return [one for child in getattr(box, "children", ()) for one in _turned(child)]
