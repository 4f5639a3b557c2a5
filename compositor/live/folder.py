"""A folder -> the names of its files that have changed, as soon as that is seen.

The folder is looked at when the system reports a change, and now and then anyway; nothing in it is read for that.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from compositor.folder.events import Waits
from compositor.folder.listing import Listed
from compositor.made_before.of_a_folder import Inputs

EVERY = 0.05
"""Seconds between two looks at the least, where changes are not reported."""
SHARE = 10
"""A look may take a tenth of the time: a folder with thousands of files is looked at less often."""


def changes(inputs: Inputs, events: Waits) -> Iterator[frozenset[str]]:
    """Yield the names of files that were written, added or removed, after each change."""
    before, _ = _look(inputs)
    while True:
        now, took = _look(inputs)
        if now is not None and before is not None and now != before:
            yield frozenset(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
            events.found()
        before = now if now is not None else before
        events.wait(max(EVERY, SHARE * took), idle=True)


def _look(inputs: Inputs) -> tuple[dict[str, Listed] | None, float]:
    """Return what is in the folder, and how long it took to see that; None if it cannot be read."""
    start = time.monotonic()
    try:
        return inputs.listed(), time.monotonic() - start
    except OSError:
        return None, time.monotonic() - start
