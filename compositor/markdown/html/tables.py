"""`<table>` -> the tokens of a pipe table: every row as long as the longest, `<` and `^` for spanned cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.html.flow import Flow
from compositor.markdown.html.given import side
from compositor.markdown.html.making import is_slot, marks, nodes, words
from compositor.markdown.html.pictures import PLAYS

ABOVE, LEFT = "^", "<"
"""The signs of a spanned cell, as in a pipe table."""
MOST = 100
"""Most rows or columns of a cell."""


@dataclass(slots=True)
class _Row:
    """A row and its slots: a cell, or a sign that the cell beside or above continues."""

    element: Element
    is_head: bool
    slots: list[Element | str | None]


def table(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield the table; if it is only for layout, or contains Markdown with blocks, its content."""
    rows = _rows(element)
    caption = next((child for child in element if child.tag == "caption"), None)
    cells = [cell for row in rows for cell in row.slots if isinstance(cell, Element)]
    blocks = any(is_slot(one) or one.tag in PLAYS for cell in cells for one in cell.iter())
    if len(cells) < 2 or blocks or len(cells) > MOST * MOST:
        if len(cells) > 1:
            flow.making.telling.note("lines", "<table>", flow.making.place(element))
        yield from _unrolled(flow, element)
        return
    yield from _loose(flow, element)
    columns = max(len(row.slots) for row in rows)
    for row in rows:
        row.slots += [None] * (columns - len(row.slots))
    yield from _tokens(flow, element, caption, rows)


def _unrolled(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield the contents of the cells, one below the other."""
    for node in nodes(element):
        if not isinstance(node, str) and str(node.tag) in ("thead", "tbody", "tfoot", "tr"):
            yield from _unrolled(flow, node)
        elif isinstance(node, str):
            yield from flow.paragraph([node])
        elif str(node.tag) in ("td", "th", "caption"):
            flow.pending += marks(node, flow.making.place(node))
            yield from flow.of(nodes(node))
        else:
            yield from flow.of([node])


def _loose(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield what is between rows and cells, where a parser leaves a hole or a script."""
    parts = ("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr")
    for child in element:
        if str(child.tag) not in parts:
            yield from flow.of([child])


def _rows(element: Element) -> list[_Row]:
    """Return the rows in page order, the foot last, with the slots that their cells take."""
    groups: dict[str, list[tuple[Element, bool]]] = {"thead": [], "tbody": [], "tfoot": []}
    for part in element:
        name = str(part.tag)
        if name == "tr":
            groups["tbody"].append((part, False))
        elif name in groups:
            groups[name] += ((row, name == "thead") for row in part if row.tag == "tr")
    found = [_Row(row, head, []) for name in groups for row, head in groups[name]]
    found = [row for row in found if _cells(row.element)]
    if found and not found[0].is_head:
        for row in found:
            if any(cell.tag != "th" and words(cell) for cell in _cells(row.element)) or not _is_headed(row.element):
                break
            row.is_head = True
        if all(row.is_head for row in found):
            for row in found[1:]:
                row.is_head = False
    _fill(found)
    return found


def _is_headed(row: Element) -> bool:
    return any(cell.tag == "th" for cell in _cells(row))


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _fill(rows: Sequence[_Row]) -> None:
    """Put the cells into the slots; none extends from the head into the body."""
    for number, row in enumerate(rows):
        column = 0
        for cell in _cells(row.element):
            while column < len(row.slots) and row.slots[column] is not None:
                column += 1
            width = _span(cell, "colspan")
            below = [one for one in rows[number:] if one.is_head == row.is_head]
            height = min(_span(cell, "rowspan") or len(below), len(below))
            for down, one in enumerate(below[:height]):
                one.slots += [None] * (column + width - len(one.slots))
                for across in range(width):
                    if one.slots[column + across] is None:
                        one.slots[column + across] = cell if not down + across else LEFT if across else ABOVE
            column += width


def _span(cell: Element, name: str) -> int:
    given = cell.get(name, "1").strip()
    number = int(given) if given.isdecimal() and len(given) < 6 else 1
    return min(number if name == "rowspan" else max(number, 1), MOST)


def _tokens(flow: Flow, element: Element, caption: Element | None, rows: Sequence[_Row]) -> Iterator[Token]:
    heads = sum(row.is_head for row in rows)
    pairs = {"header-rows": str(heads)} if heads > 1 else {}
    columns = _head_columns(rows)
    if columns:
        pairs["header-cols"] = str(columns)
    place = flow.making.place(element)
    opening = flow.token("table_open", "table", 1, element)
    opening.meta = {"attributes": Attributes("", (), pairs), "braces_place": place, "headless": not heads}
    yield from flow.waiting(element)
    yield opening
    line = flow.line(caption) if caption is not None else []
    if line:
        tokens = list(flow.text("caption", "caption", caption, line, {}))
        opening.meta["caption"] = tokens[1]
        yield from tokens
    yield flow.token("thead_open", "thead", 1, element)
    for number, row in enumerate(rows):
        if number == heads:
            yield flow.token("thead_close", "thead", -1, element)
            yield flow.token("tbody_open", "tbody", 1, element)
        yield flow.token("tr_open", "tr", 1, row.element)
        for slot in row.slots:
            yield from _cell(flow, row, slot, columns)
        yield flow.token("tr_close", "tr", -1, element)
    end = "tbody" if heads < len(rows) else "thead"
    yield flow.token(f"{end}_close", end, -1, element)
    yield flow.token("table_close", "table", -1, element)


def _head_columns(rows: Sequence[_Row]) -> int:
    """Return how many of the first columns are heads of their rows."""
    body = [row.slots for row in rows if not row.is_head]
    count = 0
    for column in zip(*body, strict=False) if body else ():
        if not all(isinstance(slot, str) or (slot is not None and slot.tag == "th") for slot in column):
            break
        count += 1
    return count if count < min(map(len, body), default=0) else 0


def _cell(flow: Flow, row: _Row, slot: Element | str | None, columns: int) -> Iterator[Token]:
    tag = "th" if row.is_head else "td"
    element = slot if isinstance(slot, Element) else row.element
    opening, inline = flow.token(f"{tag}_open", tag, 1, element), flow.token("inline", "", 0, element)
    inline.children = []
    if isinstance(slot, Element):
        where = side(slot) or side(row.element)
        opening.attrs = {"style": f"text-align:{where}"} if where in ("left", "right", "center") else {}
        inline.children = [*marks(slot, flow.making.place(slot)), *flow.line(slot)]
        if tag == "td" and slot.tag == "th" and row.slots.index(slot) >= columns:
            bold = Token("strong_open", "strong", 1, markup="**"), Token("strong_close", "strong", -1, markup="**")
            inline.children = [bold[0], *inline.children, bold[1]] if inline.children else []
    elif slot is not None:
        inline.content = slot
    yield from (opening, inline, flow.token(f"{tag}_close", tag, -1, element))
