"""A folder -> a wait that ends as soon as something changes in it, where the system reports changes.

The reports only say when to look. What has changed is found by looking, so a report that is lost, as on disks of a
network, makes a change appear later and never makes it disappear.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Protocol

IDLE = 1.0
"""Seconds between two looks while changes are reported."""
LATE = 0.5
"""Seconds that a report may be late for a change that was found by looking."""
GATHER = 50
"""Milliseconds for which the reports of one save are gathered."""
STEP = 10
"""Milliseconds without a report after which they are complete."""


class Waits(Protocol):
    """What a loop that watches a folder needs to know."""

    def wait(self, seconds: float, idle: bool = False) -> None:
        """Return after this time, or as soon as a change is reported."""

    def found(self) -> None:
        """A look has found a change."""


class Events:
    """Waits for changes in a folder; a context manager, inside which the system is asked to report them."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._told, self._over = threading.Event(), threading.Event()
        self._works, self._was_told = True, False
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Events:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()

    def wait(self, seconds: float, idle: bool = False) -> None:
        """Return after this time, or as soon as a change is reported; while `idle`, IDLE seconds at the least."""
        self._was_told = self._told.wait(max(seconds, IDLE) if idle and self._works else seconds)
        if self._was_told:
            self._told.clear()

    def found(self) -> None:
        """Note that a check has found a change. If no report of it comes, this folder is checked often from now on."""
        if self._works and not self._was_told:
            self._works = self._told.wait(LATE)

    def _listen(self) -> None:
        from watchfiles import watch  # seldom needed, and slow to import

        try:
            reports = watch(
                self._folder,
                watch_filter=None,
                debounce=GATHER,
                step=STEP,
                stop_event=self._over,
                rust_timeout=1000,
                raise_interrupt=False,
                force_polling=False,
            )
            for _ in reports:
                self._told.set()
        except (OSError, RuntimeError):  # no such folder, nothing is reported of it, or it has too many folders
            pass
        self._works = False
