"""A unit as it was and as it is -> the page that its layout begins with, and where it may end."""

from __future__ import annotations

from compositor.typeset.resumed.index import Index
from compositor.typeset.resumed.record import Record
from compositor.typeset.resumed.state import Start

BETWEEN = 3
"""Blocks that stand between where the layout begins and the first one that was changed, at least."""


class Plan:
    """Which pages are as they were.

    A page does not depend on what stands behind the next one: who lays it out looks at the blocks that follow it, to
    see what may come to its foot, and `seen` says how far. So the layout begins a page before what was changed, with
    the page on the left of a spread; and it ends where such a page begins as it did, and what follows is what it was.
    """

    def __init__(self, known: Record, index: Index) -> None:
        self._known, self.begin, self.why_whole = known, 0, ""
        old, new = known.prints, index.prints
        self.shift = len(new) - len(old)
        """How many blocks more there are."""
        self._rest = len(new)
        """The first of the blocks at the end that are what they were."""
        if known.frame != index.frame:
            self.why_whole = "what is outside its blocks has changed"
            return
        shorter = min(len(old), len(new))
        first = next((number for number in range(shorter) if old[number] != new[number]), shorter)
        rest = range(shorter - first)
        self._rest -= next((number for number in rest if old[-1 - number] != new[-1 - number]), len(rest))
        self._choose(first)

    def _choose(self, first: int) -> None:
        """The last page with which the layout can begin, where this is the first block that was changed."""
        starts, reasons = self._known.starts, list[str]()
        for number in range(len(starts) - 2, 0, -1):
            start, after = starts[number], starts[number + 1]
            is_before = 0 <= start.block < first - BETWEEN and start.seen < first
            if not (start.is_left and is_before and 0 <= after.block < first + after.is_whole):
                continue
            if not start.why_not:
                self.begin = number
                return
            reasons.append(start.why_not)
        self.why_whole = reasons[0] if reasons else "its first pages have changed"

    def meets(self, start: Start, number: int) -> bool:
        """Whether the page of this number begins as it did, and all that stands behind it is what it was."""
        if number >= len(self._known.starts) - 1 or not start.is_left or start.why_not or start.block < self._rest:
            return False
        old = self._known.starts[number]
        return not old.why_not and old.moved(self.shift).entry == start.entry
