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
    """Keep a process ready for the first request inside the `with` block; end it at the end if it was not used."""
    with forked_inside():
        with suppress(TypesettingFailed):  # whoever needs one reports why there is none
            _ready.append(Child())
        try:
            yield
        finally:
            while _ready:
                _ready.pop().close()


def started(start: Start) -> Child:
    """Return a process with this look: the one that is ready, or a new one."""
    made = _ready.pop() if _ready else Child()
    made.ask(start)
    return made
