"""Widths of words -> where the lines of ragged text end: as few lines as possible, and as even as so few can be.

Nothing here depends on WeasyPrint. A title is balanced, and its last line with the others. The last line of other text
may be short, but a short word does not stand alone in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from compositor.typeset.lines.plan import HYPHEN, Break, Column, Line

ROOM = 0.01
"""Pixels by which a line may be wider than its column: rounding errors of added widths."""
LEAST = 1.0
"""Pixels of the narrowest column."""
RAGGED = 100_000.0
"""Demerits of an empty line; those of others grow with the square of the part that they leave white."""
ALONE, SHORT = 20_000.0, 4_000.0
"""Demerits of a short last line of one word, and of several words."""
SHORT_ALONE, SHORT_LAST = 0.25, 0.14
PARTED, DASHED = 3_000_000.0, 30_000.0
"""Demerits of a title's line that ends with an added hyphen, and with one that the author wrote."""
DEARER = 10.0
"""A break costs so many times what it costs in justified text, since here it saves no wide spaces."""
LAST = 0.85
"""Weight of the white in the last line of a title: of two equal solutions, that with the longer first line wins."""
SHORTEST = 0.3
"""The least part of the column that a line of text fills, where there is a choice; titles have no such limit."""

_Way = tuple[int, int, int]
"""How many lines lead to a break, their demerits, and the index of the break at which the last of them begins."""


def plan_ragged(breaks: Sequence[Break], column: Column, is_title: bool) -> list[Line] | None:
    """Return the lines from the first of the breaks to the last; None if a word is wider than the column."""
    found = None if is_title else _search(breaks, column, False, SHORTEST)
    return found or _search(breaks, column, is_title, 0.0)


def _search(breaks: Sequence[Break], column: Column, is_title: bool, shortest: float) -> list[Line] | None:
    """Return the same, with each line but the last at least as long as this part of the column."""
    ends = [one.end for one in breaks]
    best: list[_Way | None] = [None] * len(breaks)
    best[0] = (0, 0, 0)
    for start in range(len(breaks) - 1):
        way = best[start]
        if way is None:
            continue
        first, room = breaks[start], max(column.width - (0.0 if start else column.indent), LEAST)
        for end in range(start + 1, bisect_left(ends, first.begin + room + ROOM, start + 1)):
            one = breaks[end]
            width = one.end - first.begin
            if one.forced or width >= room * shortest:
                demerits = way[1] + round(_demerits(first, one, width, room, is_title))
                found, known = (way[0] + 1, demerits, start), best[end]
                if known is None or found[:2] <= known[:2]:  # the last of equals has the longer first lines
                    best[end] = found
            if one.forced:
                break
    return _lines(breaks, best)


def _lines(breaks: Sequence[Break], best: Sequence[_Way | None]) -> list[Line] | None:
    found, end = list[Line](), len(breaks) - 1
    while end:
        way = best[end]
        if way is None:
            return None
        found.append(Line(breaks[end], breaks[end].end - breaks[way[2]].begin))
        end = way[2]
    return found[::-1]


def _demerits(first: Break, one: Break, width: float, room: float, is_title: bool) -> float:
    """Return the demerits of a line."""
    white = RAGGED * (1 - width / room) ** 2
    if one.forced:
        white *= LAST if is_title else 0.0
    demerits = DEARER * one.cost + white
    if one.hyphen:
        demerits += PARTED if is_title else HYPHEN
    if one.dashed:
        demerits += DASHED if is_title else HYPHEN
    if one.forced and one.before == first.after and width < SHORT_ALONE * room:
        demerits += ALONE
    elif one.forced and width < SHORT_LAST * room:
        demerits += SHORT
    return demerits
