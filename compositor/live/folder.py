"""A folder -> the names of its files that have changed, as soon as that is seen.

The folder is looked at, which works on every kind of disk and through every network; nothing of it is read for that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from compositor.folder.listing import Listed
from compositor.made_before.of_a_folder import Inputs

EVERY = 0.05
"""Seconds between two looks at the least."""
SHARE = 10
"""A look may take a tenth of the time: a folder of thousands of files is looked at less often."""


def changes(inputs: Inputs, wait: Callable[[float], None] = time.sleep) -> Iterator[frozenset[str]]:
    """The names of what was written, added or taken away, each time that something was."""
    before, _ = _look(inputs)
    while True:
        now, took = _look(inputs)
        if now is not None and before is not None and now != before:
            yield frozenset(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
        before = now if now is not None else before
        wait(max(EVERY, SHARE * took))


def _look(inputs: Inputs) -> tuple[dict[str, Listed] | None, float]:
    """What is in the folder, and how long it took to see that; None while it cannot be looked at."""
    start = time.monotonic()
    try:
        return inputs.listed(), time.monotonic() - start
    except OSError:
        return None, time.monotonic() - start
