"""The cells of a table as rows and columns: read from tokens, joined if they span, counted, and written back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token


@dataclass(slots=True, eq=False)
class Cell:
    """One cell: its three tokens, where it begins (from 0), and its size."""

    opening: Token
    inline: Token
    closing: Token
    row: int
    column: int
    height: int = 1
    width: int = 1


@dataclass(slots=True)
class Grid:
    """A table: the tokens before its rows, and for every row and column the cell that covers it."""

    table: Token
    caption: list[Token]
    slots: list[list[Cell]]
    opened: list[Token] = field(default_factory=list)
    """The `tr_open` of every row."""
    heads: int = 1
    """How many rows are head rows."""

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.slots[0])

    def cells(self) -> Iterator[Cell]:
        """Yield every cell once, in text order."""
        yield from dict.fromkeys(cell for row in self.slots for cell in row)

    def written(self) -> Iterator[Cell]:
        """Yield every cell once, in the order in which `write_grid` writes them."""
        return (cell for row in range(len(self.slots)) for cell in self.begins_at(row))

    def begins_at(self, row: int) -> Iterator[Cell]:
        """Yield the cells that begin in a row."""
        return (cell for cell in dict.fromkeys(self.slots[row]) if cell.row == row)


def read_grid(tokens: Sequence[Token]) -> Grid:
    """Read the tokens from `table_open` to `table_close`."""
    first = next(i for i, token in enumerate(tokens) if token.type == "thead_open")
    grid = Grid(tokens[0], list(tokens[1:first]), [])
    for i, token in enumerate(tokens):
        if token.type == "tr_open":
            grid.slots.append([])
            grid.opened.append(token)
        elif token.type in ("th_open", "td_open"):
            row = grid.slots[-1]
            row.append(Cell(token, tokens[i + 1], tokens[i + 2], len(grid.slots) - 1, len(row)))
    return grid


def grid_again(tokens: Sequence[Token], known: Grid) -> Grid:
    """Return a grid of the same shape with these tokens, which have been changed since it was read."""
    rows = [token for token in tokens if token.type == "tr_open"]
    first = next(i for i, token in enumerate(tokens) if token.type in ("thead_open", "tbody_open"))
    places = (i for i, token in enumerate(tokens) if token.type in ("th_open", "td_open"))
    fresh = {
        cell: replace(cell, opening=tokens[i], inline=tokens[i + 1], closing=tokens[i + 2])
        for cell, i in zip(known.written(), places, strict=True)
    }
    slots = [[fresh[cell] for cell in row] for row in known.slots]
    return Grid(tokens[0], list(tokens[1:first]), slots, rows, known.heads)


def write_grid(grid: Grid, closing: Token) -> Iterator[Token]:
    """Yield the tokens of the table."""
    yield grid.table
    yield from grid.caption
    if grid.heads:
        yield from _section(grid, "thead", 0, grid.heads)
    if grid.heads < len(grid.slots):
        yield from _section(grid, "tbody", grid.heads, len(grid.slots))
    yield closing


def _section(grid: Grid, tag: str, start: int, end: int) -> Iterator[Token]:
    level = grid.table.level + 1
    lines = [grid.opened[start].map, grid.opened[end - 1].map]
    section = [lines[0][0], lines[1][1]] if lines[0] and lines[1] else None
    yield Token(f"{tag}_open", tag, 1, map=section, level=level, block=True, meta={"table": grid.table})
    if tag == "tbody":
        grid.opened[-1].meta["ends"] = grid.table
    for row in range(start, end):
        yield grid.opened[row]
        for cell in grid.begins_at(row):
            yield from (cell.opening, cell.inline, cell.closing)
        yield Token("tr_close", "tr", -1, level=level + 1, block=True)
    yield Token(f"{tag}_close", tag, -1, level=level, block=True)
