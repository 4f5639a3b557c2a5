"""Widths of the columns of tables: `tbl-colwidths="[30,70]"` as in Quarto, else from the words in the cells.

Where the columns are given, WeasyPrint sets a table three times as fast as where it has to try them (performance.md,
"Switches"), so on paper every table has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.grid import Cell, Grid
from compositor.markdown.reading import Reading, plain_text, reading_of

KEY = "tbl-colwidths"
MEASURE = 38.0
"""Width of the text block in em of the type of tables: 336 pt at 8.8 pt (typography, section 3.2)."""
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


def syntax(md: MarkdownIt) -> None:
    """Measured when the text of the cells is known."""
    md.core.ruler.after("places", "column_widths", set_widths)


def set_widths(state: StateCore) -> None:
    """Percentages for the columns of every table: `widths`, and `given` where they are the author's."""
    for token in state.tokens:
        if token.type == "table_open":
            given = _given(reading_of(state), token)
            token.meta |= {"widths": given or estimate(token.meta["grid"]), "given": bool(given)}


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
    reading.error("L251", f"the widths are not those of {columns} columns", place, f'write {KEY}="[{wanted}]"')
    return []


def estimate(grid: Grid) -> list[float]:
    """The percentages with which the words of the cells fit best: short columns on one line, the long ones share."""
    cells = [cell for cell in grid.cells() if cell.width == 1]
    columns = [[cell for cell in cells if cell.column == column] for column in range(grid.columns)]
    least = [GAP + _widest(column, _BREAKS) for column in columns]
    most = [GAP + _widest(column, None) for column in columns]
    widths = _shares(least, most)
    return [round(100 * width / sum(widths), 1) for width in widths]


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


def _shares(least: Sequence[float], most: Sequence[float]) -> list[float]:
    """Em for each column, at least the least: what is short gets all it wants, the others the rest by their length."""
    if sum(most) <= MEASURE:
        return list(most)
    if sum(least) >= MEASURE:
        return list(least)
    settled: dict[int, float] = {}
    while True:
        rest = MEASURE - sum(settled.values())
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
