"""WeasyPrint's page boxes -> facts: with which source block, and with which of its words, a page begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from compositor.model import PageStart, plain_letters
from compositor.typeset.floats import classes_of, displaced
from compositor.typeset.values import LaidPage

ENOUGH = 48
"""Letters that identify the first words of a page."""


@dataclass(slots=True)
class Passed:
    """What was on earlier pages: the elements of table heads and cells, and the number of pictures of each block."""

    heads: set[Any] = field(default_factory=set)
    cells: set[Any] = field(default_factory=set)
    pictures: Counter[str] = field(default_factory=Counter)
OF_PAPER = frozenset({"band", "inside", "noteref"})
"""Classes of content that identifies no page: the squares and the contents in an opener, calls of notes."""


def page_start(page_box: Any, passed: Passed, displaced: Collection[Any] = ()) -> PageStart:
    """Return the position and the first words of the text on a page; empty if there is none.

    Text from CSS does not count, nor do notes, running heads and page numbers, nor the head of a table that began on an
    earlier page: `passed` contains the elements of these heads, and those of this page are added. Displaced elements,
    which precede the previous page in the source, do not count either. In a row that continues, only the first
    continued cell counts: the next one may have ended on the previous page. In a table that is split by columns, one
    row counts: the other columns come between it and the next one.
    """
    words, position, picture, heads, parted, of_part = "", "", 0, passed.heads, None, None
    first: tuple[Any, str] = (None, "")
    begins_with = next(_content(page_box, "", heads), (None, ""))[:2]
    for index, (box, here, (cell, row)) in enumerate(_content(page_box, "", {*heads, *displaced})):
        text = getattr(box, "text", "")
        if index == 0:
            position, picture, first = here, 0 if text else passed.pictures[here] + 1, (box, here)
            parted, of_part = cell if cell in passed.cells else None, row
        if len(words) >= ENOUGH or (parted is not None and cell is not parted) or row is not of_part:
            break
        words += plain_letters(text)
    passed.pictures.update(here for box, here, _ in _content(page_box, "", heads) if not getattr(box, "text", ""))
    passed.cells.update(cell for _, _, (cell, _) in _content(page_box, "", heads))
    heads.update(_heads(page_box))
    return PageStart(position, words[:ENOUGH], picture, begins_with != first or _has_notes_alone(page_box, first[0]))


def _has_notes_alone(page_box: Any, first: Any) -> bool:
    """Return whether only a note continues there, after the end of the text: on a screen it is elsewhere."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    return first is None and any(isinstance(child, FootnoteAreaBox) and child.children for child in page_box.children)


def _content(
    box: Any, inherited: str, passed: Collection[Any], within: tuple[Any, Any] = (None, None)
) -> Iterator[tuple[Any, str, tuple[Any, Any]]]:
    """Yield boxes of text and pictures in order, each with the position of its block, and with its cell and row in a
    table.

    The row is given only if it continues in another part of the table, which has other columns; else it is None.
    """
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)) or "::" in str(box.element_tag):
        return
    if OF_PAPER & classes_of(box):
        return
    if box.element is not None and (box.element in passed or "again" in classes_of(box)):
        return
    here = (box.element.get("data-source") if box.element is not None else None) or inherited
    if isinstance(box, boxes.ReplacedBox) or (isinstance(box, boxes.TextBox) and box.text.strip()):
        yield box, here, within
    if isinstance(box, boxes.TableRowBox):
        within = None, box.element if box.element is not None and box.element.get("data-whole") else None
    elif isinstance(box, boxes.TableCellBox):
        within = box.element, within[1]
    for child in getattr(box, "children", ()):
        yield from _content(child, here, passed, within)


def _is_head(box: Any) -> bool:
    """Return whether it is the head of a table, which is repeated on every page of the table."""
    return getattr(box, "is_header", False) and box.element is not None


def _heads(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if _is_head(box):
        yield box.element
    elif not isinstance(box, (boxes.LineBox, boxes.TableRowBox)):
        for child in getattr(box, "children", ()):
            yield from _heads(child)


def laid_pages(document: Any) -> tuple[LaidPage, ...]:
    """Return the contents of each page of WeasyPrint's document."""
    passed, moved_here = Passed(), displaced(document.pages)
    return tuple(_laid(page, passed, there) for page, there in zip(document.pages, moved_here, strict=True))


def _laid(page: Any, passed: Passed, there: set[Any]) -> LaidPage:
    links = dict.fromkeys(target for kind, target, *_ in page.links if kind == "internal")
    return LaidPage(tuple(page.anchors), page_start(page._page_box, passed, there), tuple(links))
