"""A book as a command asked for it -> the same, read again and again by one process, which keeps unchanged parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from compositor.cache import cache_for, using
from compositor.cache.standing import Standing, staying
from compositor.commands.extracting import Part, extracted
from compositor.commands.work import Build
from compositor.git import one_look
from compositor.markdown.kept import Shelf, using_shelf
from compositor.press import Timings

Result = TypeVar("Result")


@dataclass(slots=True)
class Reader:
    """Reads a book whenever it is asked to."""

    wanted: Build
    _kept: Standing = field(default_factory=Standing)
    _chapters: Shelf = field(default_factory=Shelf)

    def read(self, then: Callable[[Part], Result]) -> Result:
        """Return the result for the book as it is now, or for the part of it that is asked for."""
        with staying(self._kept), using_shelf(self._chapters), using(cache_for(self.wanted.book)), one_look():
            return then(extracted(self.wanted.read(self.wanted.book, Timings()), self.wanted))

    def at_hand(self, make: Callable[[], Result]) -> Result:
        """Return the result for the book as it was read; results of other builds are available."""
        with using(cache_for(self.wanted.book)):
            return make()
