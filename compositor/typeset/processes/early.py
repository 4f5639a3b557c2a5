"""A typesetter's process that starts before the book is read: it imports what all of them need.

That takes as long as reading a small book, and runs in parallel.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from compositor.typeset.processes.beginnings import forked_inside
from compositor.typeset.processes.parent import Child
from compositor.typeset.processes.work import Start, TypesettingFailed

_ready: list[Child] = []


@contextmanager
def begun_early() -> Iterator[None]:
    """Inside, there is a process for the first request; at the end it is ended if there was none."""
    with forked_inside():
        with suppress(TypesettingFailed):  # whoever needs one will report why there is none
            _ready.append(Child())
        try:
            yield
        finally:
            while _ready:
                _ready.pop().close()


def started(start: Start) -> Child:
    """A process with this look: the one that has begun, else a new one."""
    made = _ready.pop() if _ready else Child()
    made.ask(start)
    return made
