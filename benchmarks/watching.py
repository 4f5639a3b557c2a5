"""A program -> how it ended, what it printed, its seconds, and the peak memory of all its processes together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 1800
"""Seconds after which a program is stopped."""


@dataclass(slots=True)
class Memory:
    """The largest number of megabytes seen; memory that processes share is divided among them."""

    largest: float = 0.0
    """In one of its processes."""
    which: str = ""
    """The task of that process."""
    together: float = 0.0
    """In all of them at once."""

    def look(self, number: int) -> None:
        """Look at a process and all its descendants."""
        sizes = {one: _memory(one) / 1024 for one in _family(number)}
        most = max(sizes, key=lambda one: sizes[one])
        if sizes[most] > self.largest:
            self.largest, self.which = sizes[most], _does(most)
        self.together = max(self.together, sum(sizes.values()))


def watched(words: Sequence[str], folder: Path) -> tuple[int, str, float, float]:
    """Return exit status, output, seconds, and the peak megabytes of the program and all that it starts."""
    memory, start = Memory(), time.monotonic()
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    printed: list[str] = []
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: printed.append(process.stdout.read()))  # type: ignore[union-attr]
    reader.start()
    while process.poll() is None:
        memory.look(process.pid)
        if time.monotonic() - start > MOST_SECONDS:
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.1)
    reader.join()
    return process.returncode, "".join(printed), time.monotonic() - start, memory.together


def _family(number: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [number]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _does(number: int) -> str:
    """Return the task of a process that sets pages for Compositor, by its command line; empty for any other."""
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return ""
    return "sets pages" if b"compositor.typeset" in words else "does all else"


def _memory(number: int) -> float:
    """Return the kilobytes of a process; memory that it shares with others is divided among them."""
    try:
        rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return float(next((line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")), 0))
