"""The words of a table -> what its columns need, in em of its type: their widths, and where they may be broken."""

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
"""Space between columns, in em: 10 pt, and a little for errors of the estimate."""
LONGEST = 14.0
"""Em of the longest piece that is never broken."""
BUDGET, FEWEST_ROWS, MOST_ROWS = 4000, 12, 64
"""Most rows that are looked at when widths are chosen, evenly over the table; fewer if there are many columns."""
JOINT = "\u200b"
"""Marks where code and addresses may be broken: on paper, and without a hyphen."""
PICTURE, PICTURE_WIDTH = "\ufffc", 6.0
"""Stands for a picture on paper, and its least width in em."""
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
"""Widths of the letters of Source Sans 3, from its table `hmtx`, rounded; others are half an em."""
SPACE = 0.2
"""Em between two words."""
Lines = tuple[tuple[float, ...], ...]
"""The widths of the pieces of each line of a cell between forced breaks."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A cell that affects the height of its row: its position, and its unbreakable pieces."""

    column: int
    width: int
    lines: Lines

    def height(self, room: float) -> int:
        """Return how many lines its words take in so much room."""
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
        """The width of its words on one line, in em."""
        return sum(map(_whole, self.lines))


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What the columns of a table need, in em of its type: with all breaks, and on one line."""

    least: tuple[float, ...]
    """On screens, where code and addresses are not broken."""
    most: tuple[float, ...]
    words: tuple[float, ...] = ()
    """The least on paper."""
    rows: tuple[tuple[Extent, ...], ...] = ()
    """The cells of its rows, or of some of them, evenly over the table."""
    wraps: bool = False
    """Whether a right-aligned cell has more words than fit on one line, or one that is longer."""


def need_of(grid: Grid) -> Need:
    """Return what the words of the cells need in each column."""
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
    """Return the width of a line with its spaces."""
    return sum(line) + SPACE * (len(line) - 1) if line else 0.0


def _lines(cell: Cell) -> Lines:
    """Return the widths of the unbreakable pieces in each line between forced breaks."""
    return tuple(tuple(_pieces(text, cell)) for text in _forced(cell))


def _pieces(text: str, cell: Cell) -> Iterator[float]:
    """Yield the widths of the unbreakable pieces in a text; a right-aligned number is never broken."""
    bold = 1.05 if cell.opening.tag == "th" else 1.0
    whole = bold * _width(text)
    if _is_right(cell) and whole <= LONGEST:
        yield whole
        return
    for piece in _BREAKS.split(text):
        if piece.strip():
            yield min(LONGEST, bold * _width(piece))


def _forced(cell: Cell) -> Iterator[str]:
    """Yield the text between two forced breaks, with joints in code and addresses, and a sign for each picture."""
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
    """Return the approximate width of a text in the font of tables, in em."""
    return sum(_LETTERS.get(letter, 1.0 if letter > "\u2e80" else 0.5) for letter in text.rstrip())
