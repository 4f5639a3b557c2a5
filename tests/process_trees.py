"""Processes of a test: what one has started, whether it still runs, and waiting for what comes to hold."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def children_of(process: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    found = [int(number) for number in text.split()]
    return found + [below for one in found for below in children_of(one)]


def is_running(process: int) -> bool:
    """Whether a process is there and at work; one that nobody has asked how it ended is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something comes to hold in this time."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()
