"""Work -> its result, from a typesetter in its own process: its resources are limited, and its end is an answer too."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from compositor.errors import one_line
from compositor.machine.memory import resident
from compositor.machine.scratch import Scratch
from compositor.typeset.processes.beginnings import begun
from compositor.typeset.processes.work import OUT_OF_MEMORY, Failure, TypesettingFailed, Work, no_place

MEMORY_WORDS = ("memory", "alloc")
"""Words that GLib and Python print before they end a process that has no memory left."""


class Child:
    """A typesetter in a child process; raises TypesettingFailed for everything that goes wrong there.

    The child ends with this process, however that ends: it sees its socket closed. A `Start` must be its first work.
    """

    def __init__(self) -> None:
        self.at: Work | None = None
        """The work that it is doing now."""
        self.since = time.monotonic()
        try:
            self._scratch = Scratch("pages")
            self.said = Path(self._scratch.name, "said").open("w+b")  # noqa: SIM115 - closed in `close`
        except OSError as problem:
            raise TypesettingFailed(None, no_place(problem)) from None
        self.connection, theirs = Pipe()
        try:
            self._process = begun(theirs.fileno(), self.said, self._scratch.name)
        except BaseException:
            self._clear()
            raise
        finally:
            theirs.close()

    @property
    def process(self) -> int:
        """Return the number of the child process."""
        return self._process.pid

    @property
    def memory(self) -> int:
        """Return how many bytes of memory it uses now."""
        return resident(self._process.pid)

    def ask(self, work: Work) -> None:
        """Send it this work; `answer` returns the result."""
        self.at, self.since = work, time.monotonic()
        with suppress(BrokenPipeError, ConnectionResetError):  # a dead child is noticed when its answer is wanted
            self.connection.send(work)

    def answer(self) -> Any:
        """Return its answer; raises TypesettingFailed."""
        work, self.at = self.at, None
        assert work is not None
        try:
            answer = self.connection.recv()
        except (EOFError, ConnectionResetError):
            raise TypesettingFailed(work, self._death()) from None
        if isinstance(answer, Failure):
            raise TypesettingFailed(work, answer)
        return answer

    def _death(self) -> Failure:
        """Return why the child has ended without an answer."""
        code = self._process.wait()
        said = self._last_words()
        number = -code if code < 0 else 0
        gave_up = code == 1 or number in (signal.SIGABRT, signal.SIGTRAP)
        if code == OUT_OF_MEMORY or (gave_up and any(word in said.lower() for word in MEMORY_WORDS)):
            return Failure("memory")
        how = signal.Signals(number).name if number else f"exit code {code}"
        return Failure("death", f"{how}: {said}" if said else how)

    def _last_words(self) -> str:
        lines = self._everything_said().splitlines()
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def _everything_said(self) -> str:
        self.said.seek(0)
        return self.said.read().decode("utf-8", "replace")

    def pass_on(self) -> None:
        """Print the warnings of libraries: they appear nowhere else."""
        sys.stderr.write("\n".join(map(one_line, self._everything_said().split("\n"))))

    def close(self) -> None:
        """End the child and delete its files."""
        self._process.kill()
        self._process.wait()
        self._clear()

    def _clear(self) -> None:
        self.connection.close()
        self.said.close()
        self._scratch.cleanup()
