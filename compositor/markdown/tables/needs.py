"""The words of a table -> what its columns need, in em of its type: how wide they are, and where they may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from compositor.markdown.reading import plain_text
from compositor.markdown.tables.grid import Cell, Grid

GAP = 1.3
"""Space between columns, in em: 10 pt, and a little for what the estimate misses."""
LONGEST = 14.0
"""Em of the longest piece that is never broken."""
BUDGET, FEWEST_ROWS, MOST_ROWS = 4000, 12, 64
"""So many rows are looked at when widths are chosen, evenly over the table: fewer where there are many columns."""
_BREAKS = re.compile(r"(?<=[\s\-–—])")
_CLASSES = (
    *((" ", 0.2), ("',.:;Iijl|’‘", 0.25), ("!()-[]f{}", 0.3), ("/\\rt", 0.35), ("*?sz", 0.4), ('"cvxy“”', 0.45)),
    *(("ACEPRSTZbdhnopqu", 0.55), ("&BDGK", 0.6), ("HNOQU", 0.65), ("w", 0.7), ("M", 0.75), ("%W", 0.8), ("@m—", 0.85)),
)
_LETTERS = {letter: width for letters, width in reversed(_CLASSES) for letter in letters}
"""Widths of the letters of Source Sans 3, as its table `hmtx` has them, rounded; what is not listed is half an em."""
SPACE = 0.2
"""Em between two words."""
Lines = tuple[tuple[float, ...], ...]
"""The widths of the pieces of each forced line of a cell."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A cell as far as it makes its row higher: where it stands, and its pieces, which are not broken."""

    column: int
    width: int
    lines: Lines

    def height(self, room: float) -> int:
        """How many lines its words take in so much room."""
        count = 0
        for pieces in self.lines:
            count, taken = count + 1, 0.0
            for piece in pieces:
                if taken and taken + piece > room:
                    count, taken = count + 1, 0.0
                taken += piece + SPACE
        return count

    @property
    def length(self) -> float:
        """Em of its words on one line."""
        return sum(map(_whole, self.lines))


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What the columns of a table need, in em of its type: with all breaks that there are, and on one line."""

    least: tuple[float, ...]
    most: tuple[float, ...]
    rows: tuple[tuple[Extent, ...], ...] = ()
    """What stands in its rows, or in some of them, evenly over the table."""


def need_of(grid: Grid) -> Need:
    """What the words of the cells need in each column."""
    least, most = [1.0] * grid.columns, [1.0] * grid.columns
    step = max(1, len(grid.slots) // min(MOST_ROWS, max(FEWEST_ROWS, BUDGET // grid.columns**2)))
    rows: list[tuple[Extent, ...]] = []
    for number in range(len(grid.slots)):
        row = tuple(Extent(cell.column, cell.width, _lines(cell)) for cell in grid.begins_at(number))
        for cell in row:
            if cell.width == 1:
                least[cell.column] = max([least[cell.column], *(piece for line in cell.lines for piece in line)])
                most[cell.column] = max([most[cell.column], *map(_whole, cell.lines)])
        if number < grid.heads or number % step == 0:
            rows.append(row)
    return Need(tuple(GAP + width for width in least), tuple(GAP + width for width in most), tuple(rows))


def _whole(line: tuple[float, ...]) -> float:
    """How wide a line is with the spaces in it."""
    return sum(line) + SPACE * (len(line) - 1) if line else 0.0


def _lines(cell: Cell) -> Lines:
    """The widths of what is not broken in each forced line; a number at the right is never broken."""
    bold = 1.05 if cell.opening.tag == "th" else 1.0
    is_right = cell.opening.tag == "td" and "right" in str(cell.opening.attrs.get("style", ""))
    return tuple(tuple(_pieces(text, bold, is_right)) for text in _forced(cell))


def _pieces(text: str, bold: float, is_right: bool) -> Iterator[float]:
    whole = bold * _width(text)
    if is_right and whole <= LONGEST:
        yield whole
        return
    for piece in _BREAKS.split(text):
        if piece.strip():
            yield min(LONGEST, bold * _width(piece))


def _forced(cell: Cell) -> Iterator[str]:
    """The text between two forced breaks."""
    tokens, start = cell.inline.children or [], 0
    for place, token in enumerate(tokens):
        if token.type == "hardbreak":
            yield plain_text(tokens[start:place])
            start = place + 1
    yield plain_text(tokens[start:])


@lru_cache(maxsize=1 << 14)
def _width(text: str) -> float:
    """Em of a text in the face of tables, roughly."""
    return sum(_LETTERS.get(letter, 1.0 if letter > "\u2e80" else 0.5) for letter in text.rstrip())
