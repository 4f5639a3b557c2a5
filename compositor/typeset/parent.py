"""Look + Limits -> a typesetter in a process of its own: what it takes is limited, and its end is an answer too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from compositor.errors import one_line
from compositor.machine.memory import resident
from compositor.machine.scratch import Scratch
from compositor.machine.steps import step
from compositor.model import Limits
from compositor.typeset.values import LaidOut, Look, UnitText, Volume
from compositor.typeset.work import OUT_OF_MEMORY, Failure, Now, Start, TypesettingFailed, Work, no_place

BEGIN = "import sys, json; sys.path[:] = json.loads(sys.argv[2]); from compositor.typeset import child; "
BEGIN += "child.main(int(sys.argv[1]), sys.argv[3])"
MACHINE = ("FC_", "FONTCONFIG_", "LC_", "PANGO_")
"""Variables that begin so would let the machine have a say in the pages."""
MEMORY_WORDS = ("memory", "alloc")
"""What GLib and Python say before they end a process whose memory has run out."""
LOOK = 0.25
"""Seconds between two looks at the memory of the child."""


class ChildTypesetter:
    """A typesetter in a child process; raises TypesettingFailed for whatever becomes of it.

    The child ends with this process, however that ends: it sees its socket closed. Use it in a `with` statement.
    """

    def __init__(self, look: Look, limits: Limits) -> None:
        self._limits = limits
        self._done: dict[UnitText, LaidOut] = {}
        self._start = Start(look, limits.bytes)
        try:
            self._scratch = Scratch("pages")
            self._said = Path(self._scratch.name, "said").open("w+b")  # noqa: SIM115 - closed in `close`
        except OSError as problem:
            raise TypesettingFailed(self._start, no_place(problem)) from None
        self._connection, theirs = Pipe()
        try:
            self._process = self._begin(theirs)
        except BaseException:
            self._clear()
            raise
        finally:
            theirs.close()
        self._send(self._start)
        self._messages: tuple[str, ...] | None = None

    def _begin(self, theirs: Connection[Any, Any]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-c", BEGIN, str(theirs.fileno()), json.dumps(sys.path), self._scratch.name]
        return subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
            env=environment(self._scratch.name),
        )

    @property
    def process(self) -> int:
        """The number of the child process."""
        return self._process.pid

    @property
    def messages(self) -> tuple[str, ...]:
        """What is wrong with the style sheets."""
        if self._messages is None:
            self._messages = self._receive(self._start)
        return self._messages

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again."""
        if unit not in self._done:
            self._done[unit] = self._ask(unit)
        return self._done[unit]

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """One PDF of the units' pages, and what WeasyPrint had to say about it."""
        data, messages = self._ask(volume)
        return data, messages

    def _ask(self, work: Work) -> Any:
        assert self.messages is not None  # the answer to the first thing sent comes first
        self._send(work)
        with step("setting pages", limited=False):
            return self._receive(work)

    def _send(self, work: Work) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # a dead child is found out when its answer is wanted
            self._connection.send(work)

    def _receive(self, work: Work) -> Any:
        """The answer to this piece of work; each unit that is painted for it has the time of a unit."""
        at = work
        while isinstance(answer := self._next(at), Now):
            assert isinstance(work, Volume)
            at = work if answer.unit is None else work.units[answer.unit]
        return answer

    def _next(self, work: Work) -> Any:
        try:
            self._wait(work)
            answer = self._connection.recv()
        except (EOFError, ConnectionResetError):
            raise TypesettingFailed(work, self._death()) from None
        if isinstance(answer, Failure):
            raise TypesettingFailed(work, answer)
        return answer

    def _wait(self, work: Work) -> None:
        """Until something is said; raises TypesettingFailed when a limit is passed before that."""
        end = time.monotonic() + self._limits.seconds
        while not self._connection.poll(min(LOOK, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise TypesettingFailed(work, Failure("time"))
            if resident(self._process.pid) > self._limits.bytes:
                raise TypesettingFailed(work, Failure("memory"))

    def _death(self) -> Failure:
        """Why the child has ended without an answer."""
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
        self._said.seek(0)
        return self._said.read().decode("utf-8", "replace")

    def close(self) -> None:
        """End the child and what it has left on the disk."""
        self._process.kill()
        self._process.wait()
        self._clear()

    def _clear(self) -> None:
        self._connection.close()
        self._said.close()
        self._scratch.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, at: object) -> None:
        if problem is None:
            lines = self._everything_said().split("\n")  # warnings of libraries, which have no other way to be heard
            sys.stderr.write("\n".join(map(one_line, lines)))
        self.close()


def environment(scratch: str) -> dict[str, str]:
    """The variables of a child: none by which fonts, locale or time zone of the machine could get into pages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(MACHINE)}
    fixed = {"LC_ALL": "C", "PYTHONUTF8": "1", "TZ": "UTC", "MALLOC_ARENA_MAX": "1"}
    return {**kept, **fixed, "TMPDIR": scratch, "XDG_CACHE_HOME": scratch}
