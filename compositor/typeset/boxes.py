"""WeasyPrint's page boxes -> facts: with which source block, and with which words of it, a page begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from compositor.model import PageStart, plain_letters

ENOUGH = 48
"""Letters by which the first words of a page are known again."""


def page_start(page_box: Any, heads: set[Any], displaced: Collection[Any] = ()) -> PageStart:
    """Position and first words of the text on a page; empty when there is none.

    What CSS generates is no text, nor are notes, running heads and folios, nor the head of a table that began on a
    page before: `heads` holds the elements of those, and gets the ones of this page. Nor are the displaced elements,
    which stand in the source before the page before.
    """
    words, position, picture = "", "", False
    first: tuple[Any, str] = (None, "")
    begins_with = next(_content(page_box, "", heads), (None, ""))
    for index, (box, here) in enumerate(_content(page_box, "", {*heads, *displaced})):
        text = getattr(box, "text", "")
        if index == 0:
            position, picture, first = here, not text, (box, here)
        words += plain_letters(text)
        if len(words) >= ENOUGH:
            break
    heads.update(_heads(page_box))
    return PageStart(position, words[:ENOUGH], picture, begins_with != first)


def _content(box: Any, inherited: str, passed: Collection[Any]) -> Iterator[tuple[Any, str]]:
    """Boxes of text and pictures in their order, each with the position of its block."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)) or "::" in str(box.element_tag):
        return
    if box.element is not None and box.element in passed:
        return
    here = (box.element.get("data-source") if box.element is not None else None) or inherited
    if isinstance(box, boxes.ReplacedBox) or (isinstance(box, boxes.TextBox) and box.text.strip()):
        yield box, here
    for child in getattr(box, "children", ()):
        yield from _content(child, here, passed)


def _is_head(box: Any) -> bool:
    """Whether it is the head of a table, which stands again on every page that the table goes on to."""
    return getattr(box, "is_header", False) and box.element is not None


def _heads(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if _is_head(box):
        yield box.element
    elif not isinstance(box, (boxes.LineBox, boxes.TableRowBox)):
        for child in getattr(box, "children", ()):
            yield from _heads(child)
