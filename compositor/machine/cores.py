"""This machine -> how many processes may work side by side: as many as there are cores, and memory for."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

VARIABLE = "COMPOSITOR_WORKERS"
"""The variable that says how many there are to be, however short a book is; `--serial` sets it to 1."""
ROOM = 400 << 20
"""Bytes that a process takes which sets pages, as a rule."""
MOST = 32


def workers_at_most(memory: int) -> int:
    """How many processes may set pages, which may have so many bytes together."""
    return told() or max(1, min(cores(), MOST, min(memory, _available()) // ROOM))


def told() -> int:
    """How many there are to be, where somebody has said so; else 0."""
    number = os.environ.get(VARIABLE, "")
    return min(int(number), MOST) if number.isascii() and number.isdigit() and len(number) < 5 else 0


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _available() -> int:
    """Bytes of memory that nobody uses; as good as endless where the system does not say."""
    with suppress(OSError, ValueError, StopIteration, IndexError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1]) << 10
    return 1 << 62
