"""Process -> the memory that it holds: as the system counts it, and how much it may have."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident(process: int) -> int:
    """Bytes of a process that are in memory now; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    return 0


def resident_with_all(process: int) -> int:
    """The same of a process and of all that descend from it."""
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError, ValueError):
                found += [number for number in map(int, task.read_text().split()) if number not in found]
    return sum(map(resident, found))


def refuse_more_than(memory: int) -> None:
    """Let the system refuse this process more bytes of addresses than this, where it can."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))


def leave_no_core() -> None:
    """Let no file of this process's memory stay behind when it is ended."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
