"""A unit before and after an edit -> the page with which its layout begins, and where it may end."""

from __future__ import annotations

from compositor.typeset.resumed.index import Index
from compositor.typeset.resumed.record import Record
from compositor.typeset.resumed.state import Start

BETWEEN = 3
"""The fewest blocks between the start of the layout and the first changed block."""


class Plan:
    """Which pages are unchanged.

    A page does not depend on what follows the next one. The layout looks at the blocks after a page, to see what may
    move to its foot; `seen` says how far. So the layout begins one page before the change, with the left-hand page of a
    spread. It ends where such a page begins as it did before, if everything after it is unchanged.
    """

    def __init__(self, known: Record, index: Index) -> None:
        self._known, self.begin, self.why_whole = known, 0, ""
        old, new = known.prints, index.prints
        self.shift = len(new) - len(old)
        """How many blocks more there are now."""
        self._rest = len(new)
        """The first of the unchanged blocks at the end."""
        if known.frame != index.frame:
            self.why_whole = "what is outside its blocks has changed"
            return
        shorter = min(len(old), len(new))
        first = next((number for number in range(shorter) if old[number] != new[number]), shorter)
        rest = range(shorter - first)
        self._rest -= next((number for number in rest if old[-1 - number] != new[-1 - number]), len(rest))
        self._choose(first)

    def _choose(self, first: int) -> None:
        """Choose the last page with which the layout can begin, if `first` is the first changed block."""
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
        """Return whether the page with this number begins as it did before, and everything after it is unchanged."""
        if number >= len(self._known.starts) - 1 or not start.is_left or start.why_not or start.block < self._rest:
            return False
        old = self._known.starts[number]
        return not old.why_not and old.moved(self.shift).entry == start.entry
