"""The words of a table -> what its columns need, in em of its type: how wide they are, and where they may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from compositor.language.addresses import ADDRESS, parts, pieces
from compositor.markdown.code.inline_code import jointed
from compositor.markdown.reading import plain_text
from compositor.markdown.tables.grid import Cell, Grid

GAP = 1.3
"""Space between columns, in em: 10 pt, and a little for what the estimate misses."""
LONGEST = 14.0
"""Em of the longest piece that is never broken."""
BUDGET, FEWEST_ROWS, MOST_ROWS = 4000, 12, 64
"""So many rows are looked at when widths are chosen, evenly over the table: fewer where there are many columns."""
JOINT = "\u200b"
"""Stands where code and addresses may be broken: on paper, and with no sign."""
PICTURE, PICTURE_WIDTH = "\ufffc", 6.0
"""Stands for a picture on paper, and em that it has at least."""
NO_BREAK = "\u00a0\u202f\u2007"
"""Spaces at which no line ends."""
_BREAKS = re.compile(rf"(?<=[^\S{NO_BREAK}])|(?<=[\-–—{JOINT}])")
_CLASSES = (
    *((f" {NO_BREAK}", 0.2), ("',.:;Iijl|’‘", 0.25), ("!()-[]f{}", 0.3), ("/\\rt", 0.35)),
    *(("*?sz", 0.4), ('"cvxy“”', 0.45)),
    *(("ACEPRSTZbdhnopqu", 0.55), ("&BDGK", 0.6), ("HNOQU", 0.65), ("w", 0.7), ("M", 0.75), ("%W", 0.8), ("@m—", 0.85)),
)
_LETTERS = {letter: width for letters, width in reversed(_CLASSES) for letter in letters} | {
    JOINT: 0.0,
    PICTURE: PICTURE_WIDTH,
}
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
        for line in self.lines:
            count, taken = count + 1, 0.0
            for piece in line:
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
    """On screens, where code and addresses are taken for whole."""
    most: tuple[float, ...]
    words: tuple[float, ...] = ()
    """The least on paper."""
    rows: tuple[tuple[Extent, ...], ...] = ()
    """What stands in its rows, or in some of them, evenly over the table."""
    wraps: bool = False
    """Whether a cell at the right has more words than stay on one line, or one that is longer."""


def need_of(grid: Grid) -> Need:
    """What the words of the cells need in each column."""
    least, words, most = ([1.0] * grid.columns for _ in range(3))
    step = max(1, len(grid.slots) // min(MOST_ROWS, max(FEWEST_ROWS, BUDGET // grid.columns**2)))
    rows: list[tuple[Extent, ...]] = []
    wraps = False
    for number in range(len(grid.slots)):
        cells = list(grid.begins_at(number))
        row = tuple(Extent(cell.column, cell.width, _lines(cell)) for cell in cells)
        for cell, extent in zip(cells, row, strict=True):
            wraps = wraps or (_is_right(cell) and extent.length >= LONGEST)
            if cell.width == 1:
                place = cell.column
                least[place] = max([least[place], *_pieces(plain_text(cell.inline.children), cell)])
                words[place] = max([words[place], *(piece for line in extent.lines for piece in line)])
                most[place] = max([most[place], *map(_whole, extent.lines)])
        if number < grid.heads or number % step == 0:
            rows.append(row)
    return Need(_with_gap(least), _with_gap(most), _with_gap(words), tuple(rows), wraps)


def _with_gap(widths: Sequence[float]) -> tuple[float, ...]:
    return tuple(GAP + width for width in widths)


def _is_right(cell: Cell) -> bool:
    return cell.opening.tag == "td" and "right" in str(cell.opening.attrs.get("style", ""))


def _whole(line: tuple[float, ...]) -> float:
    """How wide a line is with the spaces in it."""
    return sum(line) + SPACE * (len(line) - 1) if line else 0.0


def _lines(cell: Cell) -> Lines:
    """The widths of what is not broken in each forced line."""
    return tuple(tuple(_pieces(text, cell)) for text in _forced(cell))


def _pieces(text: str, cell: Cell) -> Iterator[float]:
    """The widths of what is not broken in a text; a number at the right is never broken."""
    bold = 1.05 if cell.opening.tag == "th" else 1.0
    whole = bold * _width(text)
    if _is_right(cell) and whole <= LONGEST:
        yield whole
        return
    for piece in _BREAKS.split(text):
        if piece.strip():
            yield min(LONGEST, bold * _width(piece))


def _forced(cell: Cell) -> Iterator[str]:
    """The text between two forced breaks, with the joints of code and of addresses, and a sign for each picture."""
    text = ""
    for token in cell.inline.children or ():
        if token.type == "hardbreak":
            yield text
            text = ""
        elif token.type == "code_inline":
            text += " ".join(jointed(word, JOINT) for word in token.content.split(" "))
        elif token.type == "image":
            text += PICTURE
        elif token.type == "text":
            found = parts(token.content)
            text += "".join(JOINT.join(pieces(part)) if kind == ADDRESS else part for kind, part in found)
        else:
            text += plain_text([token])
    yield text


@lru_cache(maxsize=1 << 14)
def _width(text: str) -> float:
    """Em of a text in the face of tables, roughly."""
    return sum(_LETTERS.get(letter, 1.0 if letter > "\u2e80" else 0.5) for letter in text.rstrip())
