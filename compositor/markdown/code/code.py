"""The code of a listing while it goes through the rules: language, place of each line, decoration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.code.languages import TEXT, CodeLanguage
from compositor.markdown.reading import Reading
from compositor.model import Place

COLUMNS = 80
"""Characters of a line at the size of listings."""
TAB = 4
HANGING = 4
"""Columns by which the rest of a wrapped line is indented."""
LEAST = 12
"""Least columns of a line, however narrow its place is."""
DISC = 3
"""Columns of the mark of an annotation; one fits into the margin."""
LONGEST_WHOLE = 24
"""Most lines of a listing that is kept on one page, where that does not leave it short."""
SHORTEST_PARTED = 8
"""Fewest lines of one that is parted rather than do so."""
_BREAKS_AFTER = " ,;/|&=)]}"
_LOOKS_BACK = 24
"""A wrapped line is broken after a space or a sign within so many columns of its end, if there is one."""


@dataclass(frozen=True, slots=True)
class Code:
    """A listing: its letters are its token's content."""

    language: CodeLanguage = TEXT
    written: str = ""
    """The language as the author calls it, in lower case."""
    attributes: Attributes = field(default_factory=Attributes)
    columns: int = COLUMNS
    """Characters that fit into a line at its place."""
    file: str = ""
    """The file with the code; empty: it is written in the text."""
    numbers: tuple[int, ...] = ()
    """Where each line is in its file, or in the text."""
    marks: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Line (from 0) -> the annotations at its end."""
    root: str = ""
    """The prefix of the ids of its annotations."""
    highlighted: frozenset[int] = frozenset()
    """Highlighted lines (from 0)."""
    first_number: int | None = None
    """The number of its first line; None: its lines have none."""


def code_of(token: Token) -> Code:
    """Return what is known of the code of a token."""
    known: Code = token.meta["code"]
    return known


def lines_of(token: Token) -> list[str]:
    """Return its lines without their ends."""
    return token.content.removesuffix("\n").split("\n")


def attribute_place(reading: Reading, token: Token, key: str) -> Place:
    """Return the place of an attribute's value on the line that opens the fence, or of its key if it is empty."""
    place = reading.line_place(token, f"{key}=")
    value = code_of(token).attributes.pairs.get(key, "")
    return reading.after(replace(place, column=(place.column or 1) + len(key)), value) if value else place


def line_place(reading: Reading, token: Token, line: int, column: int, length: int) -> Place:
    """Return the place of a column (from 0) of a line (from 0) of the code, in the file that it belongs to."""
    code = code_of(token)
    number = code.numbers[line] if line < len(code.numbers) else 1
    if code.file:
        return Place(code.file, number, column + 1, length)
    text = lines_of(token)[line]
    indent = max(0, reading.lines[number - 1].find(text[:20])) if number <= len(reading.lines) else 0
    there = reading.line_place(Token("", "", 0, map=[number - 1, number]))
    return replace(there, column=indent + column + 1, length=length)


def width(text: str, column: int = 0) -> int:
    """Return the columns of a text from this column on: tabs go to the next stop, wide letters take two."""
    if is_even(text):
        return len(text)
    start = column
    for letter in text:
        column += _width(letter, column)
    return column - start


def is_even(text: str) -> bool:
    """Return whether each letter takes one column, as in ASCII without tabs."""
    return text.isascii() and "\t" not in text


def _width(letter: str, column: int) -> int:
    return TAB - column % TAB if letter == "\t" else _columns(letter)


@lru_cache(maxsize=4096)
def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def room(code: Code, line: int, fitting: int = COLUMNS) -> int:
    """Return how many columns of code fit next to the line's marks, on a page with so many."""
    marks = len(code.marks.get(line, ()))
    hanging = min(marks, 1) if code.columns == COLUMNS else 0
    return max(LEAST, code.columns - (COLUMNS - fitting) - DISC * (marks - hanging))


def turns(text: str, columns: int) -> list[int]:
    """Return offsets at which a line is wrapped so that it fits its columns; continued lines are indented."""
    found: list[int] = []
    if len(text) <= columns and is_even(text):
        return found
    start = column = 0
    for offset, letter in enumerate(text):
        taken = _width(letter, column)
        if taken and column + taken > columns:
            start = _turn(text, start, offset)
            found.append(start)
            column = HANGING + width(text[start:offset], HANGING)
            taken = _width(letter, column)
        column += taken
    return found


def _turn(text: str, start: int, limit: int) -> int:
    """Return the offset after the last good place to break, if it is close enough; else the limit."""
    earliest = max(limit - _LOOKS_BACK, start + HANGING, 1)
    good = (at for at in range(limit, earliest, -1) if text[at - 1] in _BREAKS_AFTER and text[:at].strip())
    return next(good, limit)


def columns_of(token: Token, columns: int, wide: int) -> int:
    """Return the columns of a listing on a page with so many: more, if that keeps a line whole.

    `wide` are those of a listing that extends into the outer margin; 0 if none does. A listing in a list, a quotation
    or the like never extends.
    """
    code = code_of(token)
    if wide <= columns or code.columns < COLUMNS:
        return columns
    spared = (
        room(code, line, columns) < width(text) <= room(code, line, wide)
        for line, text in enumerate(lines_of(token))
    )
    return wide if any(spared) else columns


def is_long(token: Token, fitting: int) -> bool:
    """Return whether it may be broken over pages with so many columns; wrapped lines count as several."""
    return len(lines_of(token)) > LONGEST_WHOLE or _height(token, fitting) > LONGEST_WHOLE


def may_go_on(token: Token, fitting: int) -> bool:
    """Return whether it may continue on the next page, where it says so: a short one only rather than leave white."""
    return is_long(token, fitting) or (not code_of(token).highlighted and _height(token, fitting) >= SHORTEST_PARTED)


def _height(token: Token, fitting: int) -> int:
    """The lines on a page with so many columns."""
    code, lines = code_of(token), lines_of(token)
    return len(lines) + sum(len(turns(text, room(code, number, fitting))) for number, text in enumerate(lines))


_SPAN = re.compile(r"(?P<first>\d+)(?P<to>-(?P<last>\d*))?\Z")


def line_range(text: str, count: int) -> range | None:
    """Return lines from 0 for `5`, `5-12` or `5-`, which count from 1; None for anything else."""
    match = _SPAN.match(text.strip())
    if match is None:
        return None
    first = int(match["first"])
    last = int(match["last"] or count) if match["to"] else first
    return range(first - 1, last) if 0 < first <= last <= count else None
