"""Widths of words -> where the lines of a paragraph end, chosen for the paragraph as a whole.

Source: D. E. Knuth, M. F. Plass, "Breaking paragraphs into lines", Software: Practice and Experience 11 (1981). Nothing
here depends on WeasyPrint: a paragraph is a row of places at which a line may end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

TIGHTEST = 0.27
"""The largest part of its width that a space may lose."""
SHRINK, STRETCH = 0.22, 0.4
"""Parts of its width by which a space shrinks or stretches in a line that is just good: badness 100 in Knuth's measure.
"""
UNSEEN = 1.2
"""The stress that the lines of a paragraph may have that takes a line more or fewer than it would; for lines that are
too tight, at most 1."""
LEAST_LAST = 1.5
"""The last line of such a paragraph is at least so many times as long as the shortest last line."""
GOOD = 0.7
"""A plan without hyphens is good enough if the stress of every line is at most this."""
LINE = 10.0
HYPHEN, SECOND_HYPHEN, SHORT_LAST, NEIGHBOURS = 3000.0, 8000.0, 60000.0, 3000.0
"""Demerits: a hyphen, a second hyphen in a row, a last line shorter than the indent, a loose line next to a tight one.
"""
JOINT, TORN, AT_NEED = 4000.0, 40000.0, 3_000_000.0
"""Demerits of a line that ends inside a long piece of code; that divides what is read as one (`< 60`, `or 1`); that
ends inside a short piece of code. The last is better only than a line whose spaces are twice too wide."""
HYPHENS = 2
"""The most lines in a row that may end with a hyphen."""
SHORTEST = 0.6
"""The least part of the column that a line fills, where there is a choice."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: the text of the line before it ends at `end`, that of the next begins at `begin`.

    Both are widths from the start of the paragraph, in pixels. `before` and `after` count the spaces up to there.
    `stiff` is the width up to there of what cannot change: pictures and formulas. `cost` are demerits of its own.
    """

    place: int
    end: float
    begin: float
    before: int
    after: int
    stiff: float = 0.0
    hyphen: bool = False
    forced: bool = False
    dashed: bool = False
    """Whether the line before it ends with a hyphen that the author wrote."""
    cost: float = 0.0
    hang: float = 0.0
    lead: float = 0.0
    """How far the mark that ends the line before it, and the mark that begins the next, stand outside the column."""

    def __sub__(self, begin: Break) -> float:
        """Return the width of the line between two places, without what stands outside the column."""
        return self.end - begin.begin - self.hang - begin.lead


@dataclass(frozen=True, slots=True)
class Column:
    """The column of lines, in pixels; `indent` is that of the first line, `short` the least width of a good last line.

    `give` is the part of their width by which letters may be made wider or narrower.
    """

    width: float
    indent: float
    space: float
    short: float
    give: float = 0.0


def stress(column: Column, gap: float, letters: float, spaces: int) -> float:
    """Return how much a gap at the end of a line stretches its spaces and letters, as a part of what is just good.

    A negative stress shrinks them. `letters` is the width of everything that can change.
    """
    part = STRETCH if gap >= 0 else SHRINK
    return gap / ((spaces or 0.2) * part * column.space + column.give * letters)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan: where it ends, its width before its spaces change, how far it stands out at the left."""

    end: Break
    width: float
    lead: float = 0.0

    @property
    def hang(self) -> float:
        """Return how far it stands out at the right."""
        return self.end.hang


_State = tuple[int, int]
"""A break; and how many lines in a row up to it end with a hyphen, plus four times the number of all lines up to it, if
lines are counted."""
COUNTED = 4


def plan(breaks: Sequence[Break], column: Column) -> list[Line] | None:
    """Return the lines from the first of the breaks to the last; None if a word is wider than the column.

    Breaks between words are tried first, as TeX does; that is quick and enough for most paragraphs.
    """
    between = [one for one in breaks if not (one.hyphen or one.cost)]
    if len(between) < len(breaks):
        whole = _Paragraph(between, column, GOOD)
        if (found := whole.lines()) is not None:
            return found
    return _Paragraph(breaks, column, None).lines()


def plan_of(breaks: Sequence[Break], column: Column, count: int) -> tuple[float, list[Line]] | None:
    """Return `count` lines, and the stress of the worst of them; None if readers would see it."""
    search = _Paragraph(breaks, column, UNSEEN, COUNTED)
    lines = search.lines(count)
    if lines is None or lines[-1].width < LEAST_LAST * column.short:
        return None
    return search.worst, lines


class _Paragraph:
    """One search for the best way through the breaks; with a `limit`, only over lines whose stress is within it.

    With a `step`, ways with different numbers of lines are kept apart, so that `lines` can be asked for a number.
    """

    def __init__(self, breaks: Sequence[Break], column: Column, limit: float | None, step: int = 0) -> None:
        self._breaks, self._column, self._limit, self._step = breaks, column, limit, step
        self.worst = 0.0
        self._ends = [one.end for one in breaks]
        self._best: list[dict[int, tuple[float, float, _State | None]]] = [{} for _ in breaks]
        self._best[0][0] = (0.0, 0.0, None)

    def lines(self, count: int = 0) -> list[Line] | None:
        """Return the best lines; with a count, the best of those that are so many."""
        for start in range(len(self._breaks) - 1):
            if self._best[start]:
                for line in self._lines_from(start):
                    self._reach(start, *line)
        last = {run: way[0] for run, way in self._best[-1].items() if run // COUNTED == count}
        if not last:
            return None
        state: _State | None = (len(self._breaks) - 1, min(last, key=lambda run: last[run]))
        found = []
        while state is not None and (before := self._best[state[0]][state[1]][2]) is not None:
            begin, end = self._breaks[before[0]], self._breaks[state[0]]
            found.append(Line(end, end.end - begin.begin, begin.lead))
            self.worst = max(self.worst, abs(self._best[state[0]][state[1]][1]))
            state = before
        return found[::-1]

    def _lines_from(self, start: int) -> list[tuple[int, float, float]]:
        """Return the lines that begin at a break: the index of the break that ends each, its stress, its demerits."""
        breaks, column = self._breaks, self._column
        first, spaces_before = breaks[start], breaks[start].after
        room = column.width - (0.0 if start else column.indent)
        found, end = [], start
        first_end = bisect_left(self._ends, first.begin + room * SHORTEST, start + 1)
        stop = next((at for at in range(start + 1, min(first_end, len(breaks))) if breaks[at].forced), None)
        for end in range(first_end if stop is None else stop, len(breaks)):
            one = breaks[end]
            width, spaces = one - first, one.before - spaces_before
            gap, letters = room - width, width - (one.stiff - first.stiff)
            if gap < -spaces * TIGHTEST * column.space - column.give * letters:
                if gap < -room * 0.2:
                    break
                continue
            asked = 0.0 if one.forced and gap >= 0 else stress(column, gap, letters, spaces)
            if self._limit is None or -min(self._limit, 1.0) <= asked <= self._limit:
                found.append((end, asked, self._demerits(one, asked, width)))
            if one.forced:
                break
        if not found and self._limit is None:
            return self._at_need(start, room)
        return found

    def _demerits(self, one: Break, asked: float, width: float) -> float:
        demerits = (LINE + 100 * abs(asked) ** 3) ** 2 + one.cost
        if one.hyphen:
            demerits += HYPHEN
        if one.forced and width < self._column.short:
            demerits += SHORT_LAST
        return demerits

    def _at_need(self, start: int, room: float) -> list[tuple[int, float, float]]:
        """Return the longest line that fits, if all others are too short or too long."""
        first = self._breaks[start]
        for end in range(bisect_left(self._ends, first.begin + room, start + 1) - 1, start, -1):
            one = self._breaks[end]
            gap = room - (one - first)
            if gap >= 0:
                spaces = one.before - first.after
                asked = 0.0 if one.forced else stress(self._column, gap, 0.0, spaces)
                return [(end, asked, self._demerits(one, asked, room - gap))]
        return []

    def _reach(self, start: int, end: int, asked: float, demerits: float) -> None:
        """Keep a line if it is the best way to its end so far."""
        hyphen = self._breaks[end].hyphen or self._breaks[end].dashed
        for run, (cost, last, _) in self._best[start].items():
            row = run % COUNTED + 1 if hyphen else 0
            if row > HYPHENS:
                continue
            total = cost + demerits + (SECOND_HYPHEN if row > 1 else 0.0)
            if start and abs(asked - last) > 1:
                total += NEIGHBOURS
            reached = run - run % COUNTED + self._step + row
            known = self._best[end].get(reached)
            if known is None or total < known[0]:
                self._best[end][reached] = (total, asked, (start, run))
