"""WeasyPrint's page boxes -> facts: which source block has content on a page first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def first_position(page_box: Any) -> str:
    """`file:line` of the first source block with text or an image on the page; empty when there is none."""
    return next(_positions(page_box, ""), "")


def _positions(box: Any, inherited: str) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if isinstance(box, boxes.MarginBox):
        return
    element = getattr(box, "element", None)
    here = (element.get("data-source") if element is not None else None) or inherited
    if here and isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
        yield here
    for child in getattr(box, "children", ()):
        yield from _positions(child, here)
