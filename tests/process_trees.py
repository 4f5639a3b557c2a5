"""Processes of a test: which ones one has started, whether one still runs, and waiting for a condition."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started, and their own children."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    found = [int(number) for number in text.split()]
    return found + [below for one in found for below in children_of(one)]


def is_running(process: int) -> bool:
    """Return whether a process still runs; a zombie does not count."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Return whether a condition becomes true in this time."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()
