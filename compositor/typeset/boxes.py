"""WeasyPrint's page boxes -> facts: with which source block, and with which words of it, a page begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from compositor.model import PageStart, plain_letters

ENOUGH = 48
"""Letters by which the first words of a page are known again."""


def page_start(page_box: Any, heads: set[Any]) -> PageStart:
    """Position and first words of the text on a page; empty when there is none.

    What CSS generates is no text, nor are notes, running heads and folios, nor the head of a table that began on a
    page before: `heads` holds the elements of those, and gets the ones of this page.
    """
    words, position, picture = "", "", False
    for index, (box, here) in enumerate(_content(page_box, "", heads)):
        text = getattr(box, "text", "")
        if index == 0:
            position, picture = here, not text
        words += plain_letters(text)
        if len(words) >= ENOUGH:
            break
    heads.update(_heads(page_box))
    return PageStart(position, words[:ENOUGH], picture)


def _content(box: Any, inherited: str, heads: Collection[Any]) -> Iterator[tuple[Any, str]]:
    """Boxes of text and pictures in their order, each with the position of its block."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)) or "::" in str(box.element_tag):
        return
    if _is_head(box) and box.element in heads:
        return
    here = (box.element.get("data-source") if box.element is not None else None) or inherited
    if isinstance(box, boxes.ReplacedBox) or (isinstance(box, boxes.TextBox) and box.text.strip()):
        yield box, here
    for child in getattr(box, "children", ()):
        yield from _content(child, here, heads)


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
