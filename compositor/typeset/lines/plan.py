"""Widths of words -> where the lines of a paragraph end, chosen for the paragraph as a whole.

Source: D. E. Knuth, M. F. Plass, "Breaking paragraphs into lines", Software: Practice and Experience 11 (1981). Nothing
here knows WeasyPrint: a paragraph is a row of places where a line may end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

TIGHTEST = 0.27
"""Part of its width that a space may lose."""
SHRINK, STRETCH = 0.22, 0.4
"""Parts of its width by which a space changes for a line that is just good: 100 in Knuth's measure of badness."""
UNSEEN = 1.2
"""The same for a paragraph that takes a line more or less than it would; the less for its tight lines."""
LEAST_LAST = 1.5
"""Times the shortest last line that the last line of such a paragraph is long."""
GOOD = 0.7
"""Without a hyphen at all, lines are good enough whose spaces change by no more than this part of that."""
LINE = 10.0
HYPHEN, SECOND_HYPHEN, SHORT_LAST, NEIGHBOURS = 3000.0, 8000.0, 60000.0, 3000.0
"""Demerits: a hyphen, one below another, a last line shorter than the indent, a loose line beside a tight one."""
JOINT, TORN, AT_NEED = 4000.0, 40000.0, 3_000_000.0
"""Demerits of a line that ends inside a long piece of code, or between what is read as one (`< 60`, `or 1`), or inside
a short piece of code, which is better only than a line whose spaces are twice as wide as they should be."""
HYPHENS = 2
"""Lines in a row that may end with a hyphen."""
SHORTEST = 0.6
"""Part of the column that a line fills at least, where there is a choice."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: the text of the line before it ends at `end`, that of the next begins at `begin`.

    Both are widths from the start of the paragraph; `before` and `after` count the spaces up to there, and `stiff` is
    the width up to there of what gives nothing: pictures and formulas. `cost` are demerits of its own.
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
    """Whether the line before it ends with a hyphen of the author's."""
    cost: float = 0.0
    hang: float = 0.0
    lead: float = 0.0
    """How far the mark that ends the line before it, or begins the next, stands outside the column."""

    def __sub__(self, begin: Break) -> float:
        """The width of the line between two places, without what stands outside the column."""
        return self.end - begin.begin - self.hang - begin.lead


@dataclass(frozen=True, slots=True)
class Column:
    """What lines are set in; `indent` is that of the first one, `short` what a last line has at least.

    `give` is the part of their width by which letters may be made wider or narrower.
    """

    width: float
    indent: float
    space: float
    short: float
    give: float = 0.0


def stress(column: Column, gap: float, letters: float, spaces: int) -> float:
    """What a gap at its end asks of the spaces and letters of a line, as a part of what is just good.

    `letters` is the width of all that gives.
    """
    part = STRETCH if gap >= 0 else SHRINK
    return gap / ((spaces or 0.2) * part * column.space + column.give * letters)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan: where it ends, its width before its spaces are changed, how far it stands out at the left."""

    end: Break
    width: float
    lead: float = 0.0

    @property
    def hang(self) -> float:
        """How far it stands out at the right."""
        return self.end.hang


_State = tuple[int, int]
"""A break; and how many hyphens stand at the ends of the lines up to it, and four times the number of these lines."""
COUNTED = 4


def plan(breaks: Sequence[Break], column: Column) -> list[Line] | None:
    """The lines from the first of the breaks to the last; None where a word is wider than the column.

    First between words alone, as TeX does, which is quick and does for most paragraphs.
    """
    between = [one for one in breaks if not (one.hyphen or one.cost)]
    if len(between) < len(breaks):
        whole = _Paragraph(between, column, GOOD)
        if (found := whole.lines()) is not None:
            return found
    return _Paragraph(breaks, column, None).lines()


def plan_of(breaks: Sequence[Break], column: Column, count: int) -> tuple[float, list[Line]] | None:
    """So many lines, and what the worst of them asks; None where it would be seen."""
    search = _Paragraph(breaks, column, UNSEEN, COUNTED)
    lines = search.lines(count)
    if lines is None or lines[-1].width < LEAST_LAST * column.short:
        return None
    return search.worst, lines


class _Paragraph:
    """One search for the best way through the breaks; with a `limit`, only over lines that are as good as that.

    With a `step`, ways of several lengths are kept apart, to be asked for.
    """

    def __init__(self, breaks: Sequence[Break], column: Column, limit: float | None, step: int = 0) -> None:
        self._breaks, self._column, self._limit, self._step = breaks, column, limit, step
        self.worst = 0.0
        self._ends = [one.end for one in breaks]
        self._best: list[dict[int, tuple[float, float, _State | None]]] = [{} for _ in breaks]
        self._best[0][0] = (0.0, 0.0, None)

    def lines(self, count: int = 0) -> list[Line] | None:
        """The best lines; with a count, the best that are so many."""
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
        """The lines that begin at a break: where each ends, what it asks of its spaces and letters, its demerits."""
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
        """The longest line that fits, where all are too short or too long."""
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
        """Take a line where it is the best way to its end so far."""
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
