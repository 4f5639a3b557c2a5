"""Columns of numbers -> aligned right, on the decimal mark if there are decimals; the author's alignment wins.

A column is numeric if each of its cells is a number, with or without its unit, or empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.tables.grid import Cell, Grid

SPACE = "[ \u00a0\u202f\u2009]"
DIGITS = r"(?:\d{1,3}(?:[,.'\u2019\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
UNIT = r"(?:%|\u2030|\u00b0[A-Z]?|\u00d7|[$\u20ac\u00a3\u00a5]|[A-Za-z\u00b5\u03bc]{1,5}(?:/[A-Za-z]{1,5})?)"
NUMBER = re.compile(
    rf"[~\u2248<>\u2264\u2265\u00b1+\u2212-]?{SPACE}?[$\u20ac\u00a3\u00a5]?{DIGITS}"
    rf"(?:[\u2013-]{DIGITS})?(?:{SPACE}?{UNIT})?"
)
PLAIN = re.compile(r"([+\u2212-]?\d+)(?:[.,](\d+))?")
"""A number that can be aligned on the decimal mark: only digits before it and after it."""
BLANK = frozenset({"", "-", "--", "---", "\u2013", "\u2014", "\u2212"})
"""Cells that are as good as empty: a sign, also as it is written in Markdown."""
RIGHT = "text-align:right"
"""As markdown-it writes it."""
GROUP = 3
LEAST = 2
"""Least numbers that make a column numeric."""
MARK_SPACE, DIGIT_SPACE = "\u00a0\u200a\u200a", "\u2007"
"""As wide as a decimal mark, and as a digit."""


def align_numbers(state: StateCore) -> None:
    """Align the columns of every table."""
    for token in state.tokens:
        if token.type == "table_open":
            grid: Grid = token.meta["grid"]
            for column in range(grid.columns):
                _align(grid, column)


def _align(grid: Grid, column: int) -> None:
    cells = list(dict.fromkeys(row[column] for row in grid.slots))
    body = [cell for cell in cells if cell.row >= grid.heads]
    alone = all(cell.width == 1 for cell in body)
    if not alone or any(_is_aligned(cell.opening) for cell in body):
        return
    words = [_words(cell) for cell in body]
    numbers = [text for text in words if text not in BLANK]
    if len(numbers) < LEAST or not all(NUMBER.fullmatch(text) for text in numbers) or _are_names(numbers, column, grid):
        return
    for cell in cells:
        if cell.width == 1:
            cell.opening.attrs["style"] = RIGHT
    _on_the_mark(body, words)


def _is_aligned(cell: Token) -> bool:
    """Return whether the author has set the alignment, or it is a head."""
    return bool(cell.attrs.get("style") or cell.meta.get("align")) or cell.type == "th_open"


def _words(cell: Cell) -> str:
    """Return the text of a cell; a sign that is in no number, if it contains anything else."""
    texts = cell.inline.children or []
    return "".join(one.content for one in texts).strip() if all(one.type == "text" for one in texts) else "?"


def _are_names(numbers: Sequence[str], column: int, grid: Grid) -> bool:
    """Return whether numbers in the first column name their rows, like years or row numbers: rising, and alike."""
    if column or grid.columns == 1 or not all(text.isdecimal() for text in numbers):
        return False
    values = [int(text) for text in numbers]
    return values == sorted(set(values)) and len({len(text) for text in numbers}) == 1


def _on_the_mark(body: Sequence[Cell], words: Sequence[str]) -> None:
    """Pad numbers with fewer decimals by the width of those that they lack; three digits each may be thousands."""
    found = [(cell, match[2] or "") for cell, text in zip(body, words, strict=True) if (match := PLAIN.fullmatch(text))]
    if len(found) < sum(text not in BLANK for text in words):
        return
    lengths = {len(decimals) for _, decimals in found if decimals}
    if lengths <= {GROUP}:
        return
    most = max(lengths)
    for cell, decimals in found:
        lacking = "".join(_room(len(decimals), most))
        if lacking and cell.inline.children:
            cell.inline.children.append(Token("text", "", 0, content=lacking))


def _room(has: int, most: int) -> Iterator[str]:
    if most and not has:
        yield MARK_SPACE
    yield DIGIT_SPACE * (most - has)
