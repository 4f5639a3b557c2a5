"""Cells of tables: `<` continues the cell to the left, `^` the one above; head columns and several head rows.

Pipe tables have no syntax for this. A cell of one sign stays readable wherever the table is shown as a table;
`header-rows=2`, `header-cols=1` and `.row-headers` are in the braces of the caption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.tables.grid import Cell, Grid, read_grid, write_grid

KEYS = ("header-cols", "header-rows")
LEFT, ABOVE = "<", "^"
APART = "; no cells of the table are joined"
"""What Compositor does instead."""


def syntax(md: MarkdownIt) -> None:
    """This runs after the captions, whose braces may ask for heads, and before the text of the cells is read."""
    md.core.ruler.after("table_captions", "cells", make_cells)


def make_cells(state: StateCore) -> None:
    """Read every table as a grid, change it, and write it back."""
    made: list[Token] = []
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type != "table_open":
            made.append(token)
            continue
        inside = [token, *_until_closed(tokens)]
        grid = read_grid(inside)
        _set(reading_of(state), grid)
        token.meta["grid"] = grid
        made += write_grid(grid, inside[-1])
    state.tokens = made


def _until_closed(tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.type == "table_close":
            return


def _set(reading: Reading, grid: Grid) -> None:
    found: Attributes = grid.table.meta.get("attributes", Attributes())
    grid.heads = _count(reading, grid, "header-rows", len(grid.slots), int(not grid.table.meta.get("headless")))
    heads = _count(reading, grid, "header-cols", grid.columns, int("row-headers" in found.classes))
    _span(reading, grid)
    for cell in grid.cells():
        is_head = cell.row < grid.heads
        _retype(cell, "th" if is_head or cell.column < heads else "td")
        spans = {"colspan": cell.width, "rowspan": cell.height}
        cell.opening.meta |= {name: count for name, count in spans.items() if count > 1}
        cell.opening.meta |= {"scope": "col" if is_head else "row", "classes": _edges(grid, cell)}


def _edges(grid: Grid, cell: Cell) -> list[str]:
    """Mark what style sheets cannot see of a spanning cell: that it, or its neighbour, reaches an edge of the table."""
    end = grid.heads if cell.row < grid.heads else len(grid.slots)
    is_last = cell.height > 1 and cell.row + cell.height == end
    edge = cell.column + cell.width
    rest = grid.slots[cell.row][edge:]
    is_inner = bool(rest) and all(other.row < cell.row for other in rest)
    return ["last"] * is_last + ["inner"] * is_inner


def _retype(cell: Cell, tag: str) -> None:
    cell.opening.type, cell.closing.type = f"{tag}_open", f"{tag}_close"
    cell.opening.tag = cell.closing.tag = tag


def _count(reading: Reading, grid: Grid, key: str, most: int, default: int) -> int:
    given = grid.table.meta.get("attributes", Attributes()).pairs.get(key)
    if given is None:
        return default
    least = 1 if key == "header-rows" else 0
    if given.isdecimal() and least <= int(given) <= most:
        return int(given)
    place = reading.after(grid.table.meta["braces_place"], key)
    message = f'"{given}" is not a number for "{key}"; {default} is used'
    reading.warning("L254", message, place, f"write a number from {least} to {most}: {key}={default}")
    return default


def _span(reading: Reading, grid: Grid) -> None:
    """Give slots with a sign to the cell that they continue; every cell must then be a rectangle, or none is joined."""
    apart = [list(row) for row in grid.slots]
    for r, row in enumerate(grid.slots):
        for c, cell in enumerate(row):
            sign = cell.inline.content.strip()
            if sign not in (LEFT, ABOVE):
                continue
            fits = c > 0 if sign == LEFT else r > 0 and (r < grid.heads) == (r - 1 < grid.heads)
            if not fits:
                _report_edge(reading, cell, sign)
                continue
            row[c] = row[c - 1] if sign == LEFT else grid.slots[r - 1][c]
    taken: dict[Cell, list[tuple[int, int]]] = {}
    for r, row in enumerate(grid.slots):
        for c, cell in enumerate(row):
            taken.setdefault(cell, []).append((r, c))
    whole = [_measure(reading, cell, slots) for cell, slots in taken.items()]
    for r, opening in enumerate(grid.opened):
        whole.append(any(grid.begins_at(r)))
        if not whole[-1]:
            place, remedy = reading.line_place(opening), "delete it: the cells above need no second row"
            reading.warning("L253", f"no cell begins in this row{APART}", place, remedy)
    if not all(whole):
        grid.slots = apart
        for cell in grid.cells():
            cell.height = cell.width = 1


def _report_edge(reading: Reading, cell: Cell, sign: str) -> None:
    where = "to the left" if sign == LEFT else "above it in this part of the table"
    place = reading.inline_place(cell.inline, 0)
    message = f'"{sign}" continues a cell, but there is none {where}; the sign is printed'
    reading.warning("L252", message, place, f"write \\{sign} for the sign itself, or the words of the cell")


def _measure(reading: Reading, cell: Cell, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether the slots of a cell are a rectangle, and how large it is."""
    cell.height = max(r for r, _ in taken) - cell.row + 1
    cell.width = max(c for _, c in taken) - cell.column + 1
    if len(taken) != cell.height * cell.width:
        place = reading.inline_place(cell.inline, 0, len(cell.inline.content) or 1)
        remedy = f"fill the rest of its rows and columns with {LEFT} and {ABOVE}"
        reading.warning("L253", f"this cell would not be a rectangle{APART}", place, remedy)
    return len(taken) == cell.height * cell.width


EXTENSION = Extension(
    "cells",
    syntax,
    {},
    {
        "L252": """A cell of a table contains only `<`, which continues the cell to its left, or `^`, which continues
the cell above it, but there is no such cell: it is the first of its row, or in the first row of the head or the body.
For the sign itself write `\\<` or `\\^`, or put it between back-ticks.""",
        "L253": """The signs `<` and `^` join cells into a shape that is not a rectangle. A cell over two rows and two
columns is written with three signs: `<` beside it, `^` and `<` below. A row of only `^` has no cell at all.""",
        "L254": """`header-rows` says how many rows of a table are its head, and `header-cols` how many columns; the
value is not a number, or larger than the table.""",
    },
)
