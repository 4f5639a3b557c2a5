"""A program -> how it ended, what it printed, its seconds, and the most memory that all its processes had at once."""

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
"""After which a program is ended."""


@dataclass(slots=True)
class Memory:
    """The most megabytes that a program was seen to have; what processes share is divided among them."""

    largest: float = 0.0
    """In one of its processes."""
    which: str = ""
    """What that process does."""
    together: float = 0.0
    """In all of them at once."""

    def look(self, number: int) -> None:
        """Look at a process and all that descend from it."""
        sizes = {one: _memory(one) / 1024 for one in _family(number)}
        most = max(sizes, key=lambda one: sizes[one])
        if sizes[most] > self.largest:
            self.largest, self.which = sizes[most], _does(most)
        self.together = max(self.together, sum(sizes.values()))


def watched(words: Sequence[str], folder: Path) -> tuple[int, str, float, float]:
    """Exit status, what is printed, seconds, and the most megabytes of the program and all that it starts."""
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
    """A process and all that descend from it."""
    found = [number]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _does(number: int) -> str:
    """Whether a process sets pages for the press, as its words say."""
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return ""
    return "sets pages" if b"compositor.typeset" in words else "does all else"


def _memory(number: int) -> float:
    """Kilobytes of a process; what it shares with others is divided among them."""
    try:
        rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return float(next((line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")), 0))
