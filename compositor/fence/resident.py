"""Lasting work: a worker that gets questions again and again, each inside the fence; a new one replaces one that dies.

Its knowledge of a book stays in it from one question to the next. It is watched like every worker: by the time of each
step, and by its memory.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from compositor.errors import BookError
from compositor.fence.failures import was_ended
from compositor.fence.watcher import Watcher, WorkerFault
from compositor.fence.worker import Work, Worker
from compositor.machine.beginnings import how_to_begin
from compositor.machine.steps import Step, step
from compositor.model import Finding

PAUSE = 0.5
"""Seconds before a worker that ended at once is replaced."""

Attendant = Callable[[Any, Worker], Any]
"""What answers a question, in the worker."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, or the reason why there is no answer."""

    value: Any = None
    findings: tuple[Finding, ...] = ()
    traceback: str = ""
    """Of an unexpected exception."""


class Resident:
    """A worker and its replacements; threads may ask it, and are answered one after the other."""

    def __init__(
        self,
        make: Callable[..., Attendant],
        *arguments: Any,
        heard: Callable[[Step | None], None] = lambda step: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """`make(*arguments)` returns, in the worker, what answers.

        `heard` is called with each step that begins, or None for one without a file; `ended`, with each worker that has
        ended by itself.
        """
        self._work, self._heard, self.ended = (make, arguments), heard, ended
        self._turn = threading.Lock()
        self._now: _One | None = None
        self._closed = False
        self.begun = 0
        """How many workers there have been."""

    def begin(self) -> None:
        """Start a worker, unless there is a live one."""
        if self._now is None or self._now.is_over:
            if self._now is not None:
                self._now.close()
                time.sleep(PAUSE if time.monotonic() - self._now.since < PAUSE else 0)
            self._now = _One(*self._work, (self._heard, self._gone))
            self.begun += 1

    def _gone(self) -> None:
        if not self._closed:
            self.ended()

    def ask(self, question: Any) -> Any:
        """Return the answer to a question.

        Raises BookError for findings, and if the worker dies over it; WorkerFault for a bug in Compositor.
        """
        with self._turn:
            if self._closed:
                raise BookError([was_ended(Step(""), 0)])
            self.begin()
            assert self._now is not None
            said = self._now.asked(question)
        if said.traceback:
            raise WorkerFault(said.traceback, "", wrote=False)
        if said.findings:
            raise BookError(said.findings)
        return said.value

    @property
    def process(self) -> int:
        """The number of the present process; 0 if there is none."""
        return self._now.process if self._now is not None and not self._now.is_over else 0

    def close(self) -> None:
        """End it; waiting callers get no answer."""
        self._closed = True
        if self._now is not None:
            self._now.close()


class _One:
    """One worker, watched by a thread of this process as long as it lives."""

    def __init__(
        self,
        make: Callable[..., Attendant],
        arguments: tuple[Any, ...],
        told: tuple[Callable[[Step | None], None], Callable[[], None]],
    ) -> None:
        # a fork takes no thread along that holds a lock; if there are threads, a worker starts from scratch
        how = how_to_begin() if threading.active_count() == 1 else "spawn"
        self._connection, theirs = Pipe()
        heard, self._gone = told
        self._watcher = _Watcher(heard)
        self.since = time.monotonic()
        self._end: tuple[Finding, ...] = ()
        self._begun = threading.Event()
        work = Work(attend, (make, arguments, theirs), trusted=False)
        self._looking = threading.Thread(target=self._look, args=(work, how, theirs), name="fence", daemon=True)
        self._looking.start()
        self._begun.wait()

    def _look(self, work: Work, how: str, theirs: Connection[Any, Any]) -> None:
        """Start the worker, watch it until it ends, and keep the messages about that.

        It is started here because Linux ends it with the thread that has started it, not with the process.
        """
        try:
            try:
                self._watcher.begin(work, how)
            finally:
                theirs.close()
                self._begun.set()
            self._watcher.result()
        except BookError as problem:
            self._end = problem.findings
        except WorkerFault:
            self._end = (was_ended(Step("", ""), 1),)
        finally:
            self._watcher.close()
            self._gone()

    @property
    def process(self) -> int:
        """The number of its process."""
        return self._watcher.number

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return not self._looking.is_alive()

    def asked(self, question: Any) -> Said:
        """Return its message; raise if it has ended."""
        try:
            self._connection.send(question)
            said = self._connection.recv()
        except (EOFError, OSError):
            self._looking.join()
            return Said(findings=self._end or (was_ended(Step(""), 0),))
        assert isinstance(said, Said)
        return said

    def close(self) -> None:
        """End it."""
        with suppress(OSError):
            self._connection.close()
        self._watcher.end()
        self._looking.join()


class _Watcher(Watcher):
    """A watcher that passes on the worker's steps."""

    def __init__(self, heard: Callable[[Step | None], None]) -> None:
        super().__init__(lambda name: None, trusted=False)
        self._told, self._at = heard, Step("")

    def _heed(self, message: Any) -> None:
        super()._heed(message)
        if self._now != self._at:
            self._at = self._now
            self._told(self._at if self._at.file else None)


def attend(
    make: Callable[..., Attendant], arguments: tuple[Any, ...], questions: Connection[Any, Any], worker: Worker
) -> None:
    """In the worker: answer every question until no more come."""
    attendant = make(*arguments)
    while True:
        try:
            with step("waiting for a question", limited=False):
                question = questions.recv()
        except (EOFError, OSError):
            return
        with suppress(BrokenPipeError, ConnectionResetError):
            questions.send(_said(attendant, question, worker))


def _said(attendant: Attendant, question: Any, worker: Worker) -> Said:
    try:
        return Said(attendant(question, worker))
    except BookError as problem:
        return Said(findings=problem.findings)
    except MemoryError:
        raise
    except Exception as problem:
        return Said(traceback="".join(traceback.format_exception(problem)))
