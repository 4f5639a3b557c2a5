"""This machine -> how many processes may work in parallel: as many as there are cores, and memory for."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

VARIABLE = "COMPOSITOR_WORKERS"
"""The variable that sets their number, however short a book is; `--serial` sets it to 1."""
ROOM = 400 << 20
"""Usual bytes of a process that sets pages."""
MOST = 32


def workers_at_most(memory: int) -> int:
    """Return how many processes may set pages, with so many bytes for all of them."""
    return told() or max(1, min(cores(), MOST, min(memory, _available()) // ROOM))


def told() -> int:
    """Return the number that the user has set; otherwise 0."""
    number = os.environ.get(VARIABLE, "")
    return min(int(number), MOST) if number.isascii() and number.isdigit() and len(number) < 5 else 0


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _available() -> int:
    """Return the bytes of free memory; a very large number if the system does not tell."""
    with suppress(OSError, ValueError, StopIteration, IndexError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1]) << 10
    return 1 << 62
