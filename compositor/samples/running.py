"""Command -> how it ended and what it printed: in its own process group, with limits, stopped as a whole."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from compositor.machine.memory import resident_with_all

MOST = 16_000_000
"""Most bytes of output of a call."""
GRACE = 2.0
"""Seconds that a group has to end by itself before it is killed."""
LONGEST_NAP = 0.1


class Stopped(Exception):
    """The run was interrupted, so this call has no result."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command with all its inputs."""

    words: tuple[str, ...]
    folder: Path
    """The folder that it runs in."""
    scratch: Path
    environment: Mapping[str, str]
    seconds: float
    bytes: int = 0
    """Limit of its memory, with all that it starts; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, or the limit that it exceeded."""

    code: int
    output: str
    errors: str
    limit: str = ""
    """`time`, `output` or `memory`; empty if it ended by itself."""


@dataclass(slots=True)
class Runner:
    """Starts commands, from several threads at once, until it is stopped."""

    stopping: Event = field(default_factory=Event)

    def run(self, order: Order) -> Ended:
        """Run a command to its end or to a limit; no process of its group is left. Raises OSError, Stopped."""
        output, errors = order.scratch / "stdout", order.scratch / "stderr"
        with output.open("wb") as out, errors.open("wb") as err:
            started = subprocess.Popen(
                order.words,
                cwd=order.folder,
                env=dict(order.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            try:
                limit = self._wait(started, order, (output, errors))
            finally:
                end_group(started)
        if self.stopping.is_set():
            raise Stopped
        return Ended(started.returncode, _text(output), _text(errors), limit)

    def _wait(self, started: subprocess.Popen[bytes], order: Order, written: Sequence[Path]) -> str:
        """Wait until the command ends; return the name of the limit if it exceeds one."""
        end, nap = time.monotonic() + order.seconds, 0.005
        while not self.stopping.is_set():
            with suppress(subprocess.TimeoutExpired):
                started.wait(nap)
                return ""
            if time.monotonic() > end:
                return "time"
            if sum(path.stat().st_size for path in written) > MOST:
                return "output"
            if order.bytes and resident_with_all(started.pid) > order.bytes:
                return "memory"
            nap = min(2 * nap, LONGEST_NAP)
        return ""


def end_group(started: subprocess.Popen[bytes]) -> None:
    """End a command and all that it has started: first by a request, then by force."""
    if started.poll() is None:
        _signal(started.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            started.wait(GRACE)
    _signal(started.pid, signal.SIGKILL)
    started.wait()


def _signal(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS raises the latter for a group that has just ended
        os.killpg(group, number)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(MOST).decode("utf-8", "replace").replace("\r\n", "\n")
