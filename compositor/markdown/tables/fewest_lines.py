"""Room for a table -> the widths of its columns with which its rows take the fewest lines.

Every column has at least the width of its longest word, and at most that of its longest line. The rest is distributed
where it saves lines: width is moved from column to column, in ever smaller steps, as long as the table becomes lower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from compositor.markdown.tables.needs import Extent, Need

FIRST_STEP, LAST_STEP = 8, 128
"""Fractions of the room that are moved at once: the first, and the smallest."""
MOST_MOVES = 200
POWER = 4
"""Weights by which the highest cell of a row counts most, and the others a little."""
Cost = tuple[int, float]
"""Lines of a table, and its approximate height with fractions of lines: close to a line less is better."""


@lru_cache(maxsize=256)
def fewest_lines(
    need: Need, least: tuple[float, ...], most: tuple[float, ...], room: float, gap: float
) -> tuple[float, ...]:
    """Return em for each column; if the words do not fit, the columns with the longest words are cut."""
    if sum(least) >= room:
        return tuple(_cut(least, room))
    widths = shares(least, most, room)
    if sum(most) <= room or len(widths) < 2:
        return tuple(widths)
    heights = _Heights(need, gap)
    cost, step, moves = heights.of(widths), room / FIRST_STEP, 0
    while step >= room / LAST_STEP and moves < MOST_MOVES:
        better = min(_moves(widths, least, most, step, heights), key=lambda move: move[0], default=None)
        if better is None or better[0] >= cost:
            step /= 2
        else:
            (cost, widths), moves = better, moves + 1
    return tuple(widths)


def _cut(least: Sequence[float], room: float) -> Iterator[float]:
    """Yield the least widths, with a limit for all that makes them fit."""
    limit, rest = room / len(least), room
    for number, width in enumerate(sorted(least)):
        limit = rest / (len(least) - number)
        if width > limit:
            break
        rest -= width
    return (min(width, limit) for width in least)


def _moves(
    widths: list[float], least: Sequence[float], most: Sequence[float], step: float, heights: _Heights
) -> list[tuple[Cost, list[float]]]:
    """Return the cost of a table with a step of width moved from one column to another."""
    found = []
    for giving, taking in permutations(range(len(widths)), 2):
        size = min(step, widths[giving] - least[giving], most[taking] - widths[taking])
        if size > step / 16:
            moved = list(widths)
            moved[giving], moved[taking] = round(widths[giving] - size, 4), round(widths[taking] + size, 4)
            found.append((heights.of(moved), moved))
    return found


class _Heights:
    """The heights of a table's rows; remembers each column at each width that was tried."""

    def __init__(self, need: Need, gap: float) -> None:
        self._rows, self._gap = need.rows, gap
        self._columns: list[list[tuple[int, Extent]]] = [[] for _ in need.least]
        self._spans: list[tuple[int, Extent]] = []
        for number, row in enumerate(need.rows):
            for cell in row:
                (self._columns[cell.column] if cell.width == 1 else self._spans).append((number, cell))
        self._known: dict[tuple[int, float], tuple[list[int], list[float]]] = {}

    def of(self, widths: Sequence[float]) -> Cost:
        """Return the lines of all rows, and their height with fractions of lines."""
        columns = [self._column(number, width) for number, width in enumerate(widths)]
        lines = list(map(max, zip(*(one[0] for one in columns), strict=True)))
        heights = map(sum, zip(*(one[1] for one in columns), strict=True))
        for number, cell in self._spans:
            room = max(1.0, sum(widths[cell.column : cell.column + cell.width]) - self._gap)
            lines[number] = max(lines[number], cell.height(room))
        return sum(lines), round(sum(height ** (1 / POWER) for height in heights), 6)

    def _column(self, number: int, width: float) -> tuple[list[int], list[float]]:
        key = number, width
        if key not in self._known:
            room = max(1.0, width - self._gap)
            lines, heights = [1] * len(self._rows), [1.0] * len(self._rows)
            for row, cell in self._columns[number]:
                lines[row], heights[row] = cell.height(room), max(1.0, cell.length / room) ** POWER
            self._known[key] = lines, heights
        return self._known[key]


def shares(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """Return em for each column, at least the least: short columns get all they want, others the rest by length."""
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
