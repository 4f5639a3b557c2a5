"""Process -> its memory: as the system counts it, and its limit."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident(process: int) -> int:
    """Return the bytes of a process that are in memory now; 0 if the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    return 0


def resident_with_all(process: int) -> int:
    """Return the same for a process and all its descendants."""
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError, ValueError):
                found += [number for number in map(int, task.read_text().split()) if number not in found]
    return sum(map(resident, found))


def refuse_more_than(memory: int) -> None:
    """Limit the address space of this process to this many bytes, if the system can."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))


@contextmanager
def unlimited() -> Iterator[None]:
    """Inside, this process and the programs that it starts have the address space that the system gives them.

    A browser reserves far more than it uses, and does not start with less.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def leave_no_core() -> None:
    """Write no core file of this process when it is killed."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
