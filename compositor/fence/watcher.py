"""Work -> its result, from a watched process; raises BookError for whatever happens to it there."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from compositor.errors import BookError
from compositor.fence.failures import took_too_long, took_too_much, was_ended
from compositor.fence.messages import Answer, Began, Ended, Fault, Message, OutOfMemory, Refused, Stage, Write
from compositor.fence.worker import Work, main
from compositor.formats.writing.files import write_all
from compositor.machine.beginnings import how_to_begin
from compositor.machine.memory import resident
from compositor.machine.steps import Allowance, Step
from compositor.model import Finding, Limits

LOOK = 0.1
"""Seconds between two looks at a worker."""
ASLEEP = 2.0
"""Seconds without a look after which this process itself was suspended; they count for no step."""
BETWEEN = 10
"""How many times the seconds of a step may pass between two steps: work on a whole book takes longer than on a file."""
GRACE = 3.0
"""Seconds in which a worker that is asked to end may clean up."""


class WorkerFault(Exception):
    """A bug in Compositor: the traceback in the worker, the place in the book, whether files had been written."""

    def __init__(self, traceback: str, where: str, wrote: bool) -> None:
        super().__init__(traceback)
        self.wrote = wrote
        self.traceback = traceback
        self.where = where


def fenced(
    work: Callable[..., Any],
    *arguments: Any,
    stage: Callable[[str], None] = lambda name: None,
    trusted: bool = False,
) -> Any:
    """Return the result of `work(*arguments, worker)`, done in a watched process.

    `stage` is called with each stage. `trusted`: the work may start processes, and ends them when it is asked to; its
    memory is not limited. Raises BookError for findings and if the worker has died, and WorkerFault for an unexpected
    exception.
    """
    watcher = Watcher(stage, trusted)
    try:
        watcher.begin(Work(work, arguments, trusted))
        return watcher.result()
    finally:
        watcher.close()


class Watcher:
    """One worker, and its state."""

    def __init__(self, stage: Callable[[str], None], trusted: bool) -> None:
        self._stage = stage
        self._trusted, limits = trusted, Limits()
        self._allowed = Allowance(limits.reading, limits.bytes, limits.memory)
        self._steps: list[tuple[Step, float]] = []
        self._named, self._heard = "", time.monotonic()
        """The stage, and when the worker has last said something."""
        self._wrote = False
        self._looked = time.monotonic()
        self._process: multiprocessing.process.BaseProcess | None = None

    def begin(self, work: Work, how: str = "") -> None:
        """Start the worker; `how`: in another way than the usual one."""
        context = multiprocessing.get_context(how or how_to_begin())
        self._connection, theirs = context.Pipe()
        end_of_life, self._life = context.Pipe(duplex=False)
        handed = (theirs, end_of_life, (self._connection, self._life), work)
        self._process = context.Process(target=main, args=handed)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        end_of_life.close()

    @property
    def number(self) -> int:
        """The number of the worker's process."""
        return (self._process.pid or 0) if self._process is not None else 0

    def end(self) -> None:
        """Ask the worker to end, if it is alive; callers that wait for its answer learn that it has ended."""
        if self._process is not None and self._process.pid is not None and self._process.is_alive():
            with suppress(OSError):
                os.kill(self._process.pid, signal.SIGTERM)

    def result(self) -> Any:
        """The answer of the worker, once it is there."""
        while True:
            try:
                message = self._connection.recv() if self._connection.poll(LOOK) else None
            except (EOFError, OSError):
                raise BookError([self._death()]) from None
            if isinstance(message, Answer):
                self._join()
                return message.value
            self._heed(message)
            self._look()

    def _heed(self, message: Message | None) -> None:
        if message is not None:
            self._heard = time.monotonic()
        match message:
            case Began(step):
                self._steps.append((step, time.monotonic()))
            case Ended():
                self._end()
            case Stage(name):
                self._named = name
                self._stage(name)
            case Allowance():
                self._allowed = message
            case Write():
                self._write(message)
            case Refused(findings):
                raise BookError(findings)
            case OutOfMemory(step):
                raise BookError([took_too_much(step, self._allowed)])
            case Fault(traceback, where):
                raise WorkerFault(traceback, where, self._wrote)

    def _end(self) -> None:
        """End the last step; the time of an unwatched one does not count for the steps around it."""
        step, since = self._steps.pop()
        if not step.limited:
            self._steps = [(outer, start + time.monotonic() - since) for outer, start in self._steps]

    @property
    def _now(self) -> Step:
        """The worker's present step."""
        return next((step for step, _ in reversed(self._steps) if step.file), Step("", ""))

    def _write(self, asked: Write) -> None:
        """Write what the worker has made, and tell it the outcome."""
        findings: tuple[Finding, ...] = ()
        try:
            write_all(asked.files, asked.outdated)
            self._wrote = True
        except BookError as problem:
            findings = problem.findings
        self._connection.send(findings)
        self._slept(time.monotonic())

    def _look(self) -> None:
        """Raise BookError if a limit is exceeded."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        if now - self._looked > ASLEEP:
            self._slept(now)
        self._looked = now
        for step, since in self._steps if all(step.limited for step, _ in self._steps) else ():
            allowed = step.most or self._allowed.seconds
            if now - since > allowed:
                raise BookError([took_too_long(step, allowed)])
        silence = self._allowed.seconds * BETWEEN
        if not self._trusted and not self._steps and now - self._heard > silence:
            raise BookError([took_too_long(Step(f'the stage "{self._named}"', most=silence), silence)])
        if not self._trusted and self._process is not None and resident(self._process.pid or 0) > self._allowed.bytes:
            raise BookError([took_too_much(self._now, self._allowed)])

    def _slept(self, now: float) -> None:
        """Leave out of every step the time in which this process was suspended."""
        gap = now - self._looked
        self._heard += gap
        self._steps = [(step, since + gap) for step, since in self._steps]
        self._looked = now

    def _death(self) -> Finding:
        return was_ended(self._now, self._join())

    def _join(self) -> int | None:
        """Wait for the worker, which is about to end; return how it ended."""
        assert self._process is not None
        self._process.join(GRACE)
        return self._process.exitcode

    def close(self) -> None:
        """End the worker, if it is still alive: by a request first, if it may have started something."""
        if self._process is None:
            return
        if self._process.is_alive():
            self.end()
            self._process.join(GRACE)
            if self._process.is_alive():
                self._process.kill()
        if self._process.pid is not None:  # else it was interrupted before there was one
            self._process.join()
        self._connection.close()
        self._life.close()
