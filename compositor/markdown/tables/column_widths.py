"""Widths of the columns of tables: `tbl-colwidths="[30,70]"` as in Quarto, else from the words in the cells.

On paper a table that has no room is set in smaller type, then on its side on a page of its own (typography, rule C10).
One with more rows than that page has room for stays upright, so that it can go on overleaf; its long words are broken.
Where the columns are given, WeasyPrint sets a table three times as fast as where it has to try them (performance.md,
"Switches"), so on paper every table has them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.markdown.tables.grid import Cell, Grid
from compositor.model import Measure

KEY = "tbl-colwidths"
SMALLER = 0.86
"""The size of the type of tables that need it, in that of others: 7.6 to 8.8 pt."""
SMALL, TURNED = "small", "turned"
"""Classes of tables whose type is smaller, and of those that lie on their side on a page of their own."""
TIGHT = "tight"
"""Class of tables whose words have to be broken: less space between columns, and numbers that may be broken too."""
LINE, PADDING, CAPTION, LOOSE = 1.45, 0.8, 4.0, 1.2
"""Em of a line, of the space around a row, of a caption; and how much longer words are than they are wide, in lines."""
GAP = 1.3
"""Space between columns, in em: 10 pt, and a little for what the estimate misses."""
LONGEST = 14.0
"""Em of the longest piece that is never broken."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?\Z")
_BREAKS = re.compile(r"(?<=[\s\-–—])")
_CLASSES = (
    *((" ", 0.2), ("',.:;Iijl|’‘", 0.25), ("!()-[]f{}", 0.3), ("/\\rt", 0.35), ("*?sz", 0.4), ('"cvxy“”', 0.45)),
    *(("ACEPRSTZbdhnopqu", 0.55), ("&BDGK", 0.6), ("HNOQU", 0.65), ("w", 0.7), ("M", 0.75), ("%W", 0.8), ("@m—", 0.85)),
)
"""Widths of the letters of Source Sans 3, as its table `hmtx` has them, rounded; what is not listed is half an em."""


@dataclass(frozen=True, slots=True)
class Need:
    """What the columns of a table need, in em of its type: with all breaks that there are, and on one line."""

    least: tuple[float, ...]
    most: tuple[float, ...]
    rows: tuple[tuple[Extent, ...], ...] = ()
    """What stands in each row."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A cell as far as it makes its row higher: where it stands, its words on one line in em, its forced lines."""

    column: int
    width: int
    length: float
    breaks: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set: percentages of the columns, and the classes that make it fit."""

    widths: tuple[float, ...]
    classes: tuple[str, ...] = ()
    is_too_wide: bool = False
    """Whether words have to be broken for it even so."""


def syntax(md: MarkdownIt) -> None:
    """Measured when the text of the cells is known."""
    md.core.ruler.after("places", "column_widths", set_widths)


def set_widths(state: StateCore) -> None:
    """What every table needs; `widths` in percentages, and `given`, where they are the author's."""
    for token in state.tokens:
        if token.type == "table_open":
            given = _given(reading_of(state), token)
            token.meta |= {"widths": given, "given": bool(given), "need": need_of(token.meta["grid"])}


def _given(reading: Reading, table: Token) -> list[float]:
    found: Attributes = table.meta.get("attributes", Attributes())
    written = found.pairs.get(KEY)
    if written is None:
        return []
    parts = [part.strip() for part in written.strip(" []").split(",")]
    columns = table.meta["grid"].columns
    numbers = [float(part.rstrip("%")) for part in parts if _NUMBER.match(part)]
    if len(parts) == len(numbers) == columns and all(numbers):
        return [100 * number / sum(numbers) for number in numbers]
    place = reading.after(table.meta["braces_place"], KEY)
    wanted = ",".join([str(100 // columns)] * columns)
    message = f"the widths are not those of {columns} columns, and the words decide"
    reading.warning("L251", message, place, f'write {KEY}="[{wanted}]"')
    return []


def need_of(grid: Grid) -> Need:
    """What the words of the cells need in each column."""
    cells = [cell for cell in grid.cells() if cell.width == 1]
    columns = [[cell for cell in cells if cell.column == column] for column in range(grid.columns)]
    return Need(
        tuple(GAP + _widest(column, _BREAKS) for column in columns),
        tuple(GAP + _widest(column, None) for column in columns),
        tuple(tuple(_extent(cell) for cell in grid.begins_at(row)) for row in range(len(grid.slots))),
    )


def _extent(cell: Cell) -> Extent:
    breaks = sum(child.type == "hardbreak" for child in cell.inline.children or ())
    return Extent(cell.column, cell.width, sum(map(_em, plain_text(cell.inline.children))), breaks)


def height(need: Need, widths: Sequence[float]) -> float:
    """Em that a table is high, roughly, with columns of these widths in em."""
    return CAPTION + sum(PADDING + LINE * max((_lines(cell, widths) for cell in row), default=1) for row in need.rows)


def _lines(cell: Extent, widths: Sequence[float]) -> int:
    room = max(1.0, sum(widths[cell.column : cell.column + cell.width]) - GAP)
    lines = math.ceil(cell.length / room) if cell.length <= room else math.ceil(cell.length * LOOSE / room)
    return max(1, lines) + cell.breaks


def fit(table: Token, measure: Measure) -> Fit:
    """The first step of the ladder that has room for every word: as it is, in smaller type, turned on its side.

    The author's widths, and the author's class `small` or `turned`, are kept; but a table that is too high to lie on
    its side is not turned, whoever asks for it.
    """
    need: Need = table.meta["need"]
    asked = set(table.meta.get("attributes", Attributes()).classes) & {SMALL, TURNED}
    steps = {classes: room for classes, room in _steps(measure).items() if _is_low(table, classes, room, measure)}
    asked &= {SMALL} if not any(TURNED in classes for classes in steps) else {SMALL, TURNED}
    allowed = {classes: room for classes, room in steps.items() if asked <= set(classes)}
    if table.meta["given"]:
        return Fit(tuple(table.meta["widths"]), tuple(sorted(asked)))
    classes, room = next(((c, r) for c, r in allowed.items() if sum(need.least) <= r), list(allowed.items())[-1])
    is_too_wide = sum(need.least) > room
    tight = (TIGHT,) if is_too_wide and TURNED not in classes else ()
    return Fit(_percentages(_shares(need.least, need.most, room)), (*classes, *tight), is_too_wide)


def _steps(measure: Measure) -> dict[tuple[str, ...], float]:
    return {
        (): measure.across,
        (SMALL,): measure.across / SMALLER,
        (TURNED,): measure.along,
        (SMALL, TURNED): measure.along / SMALLER,
    }


def _is_low(table: Token, classes: tuple[str, ...], room: float, measure: Measure) -> bool:
    """Whether a table that lies on its side does not stand out of the page, which is as wide as the measure."""
    if TURNED not in classes:
        return True
    need: Need = table.meta["need"]
    widths = [w * room / 100 for w in table.meta["widths"]] or _shares(need.least, need.most, room)
    return height(need, widths) <= measure.across / (SMALLER if SMALL in classes else 1)


def _percentages(widths: Sequence[float]) -> tuple[float, ...]:
    """Parts of a hundred, to a tenth; the widest column takes what rounding leaves."""
    shares = [round(100 * width / sum(widths), 1) for width in widths]
    widest = shares.index(max(shares))
    shares[widest] = round(100 - sum(shares[:widest] + shares[widest + 1 :]), 1)
    return tuple(shares)


def _widest(cells: Iterable[Cell], breaks: re.Pattern[str] | None) -> float:
    """Em of the widest piece between two breaks, or of the widest text; numbers, at the right, are never broken."""
    widest = 1.0
    for cell in cells:
        bold = 1.05 if cell.opening.tag == "th" else 1.0
        text = plain_text(cell.inline.children)
        is_whole = breaks is None or (cell.opening.tag == "td" and "right" in str(cell.opening.attrs.get("style", "")))
        for piece in [text] if is_whole or breaks is None else breaks.split(text):
            width = bold * sum(map(_em, piece.rstrip()))
            widest = max(widest, width if is_whole else min(width, LONGEST))
    return widest


def _em(letter: str) -> float:
    """The width of a letter of the face of tables, roughly."""
    listed = next((width for letters, width in _CLASSES if letter in letters), 0.0)
    return listed or (1.0 if letter > "\u2e80" else 0.5)


def _shares(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """Em for each column, at least the least: what is short gets all it wants, the others the rest by their length."""
    if sum(most) <= room:
        return list(most)
    if sum(least) >= room:
        return list(least)
    settled: dict[int, float] = {}
    while True:
        rest = room - sum(settled.values())
        waiting = [i for i in range(len(most)) if i not in settled]
        total = sum(most[i] for i in waiting)
        share = {i: rest * most[i] / total for i in waiting}
        short = {i: most[i] for i in waiting if most[i] <= rest / len(waiting)}
        tight = {i: least[i] for i in waiting if share[i] < least[i]}
        reserved = sum(least[i] for i in waiting if i not in short)
        if short and sum(short.values()) + reserved <= rest:
            settled |= short
        elif tight:
            settled |= tight
        else:
            settled |= share
            return [settled[i] for i in range(len(most))]


EXTENSION = Extension(
    "column_widths",
    syntax,
    {},
    {
        "L251": """`tbl-colwidths` does not hold one number for each column of the table. They are parts of the
whole width: `tbl-colwidths="[30,70]"`.""",
    },
)
