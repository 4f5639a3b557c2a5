"""Work -> messages: what runs in the watched process; it prints nothing and writes no output itself."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from compositor.errors import BookError
from compositor.fence.messages import Answer, Began, Ended, Fault, Message, OutOfMemory, Refused, Stage, Write
from compositor.formats.writing import files
from compositor.machine import memory, steps
from compositor.machine.interruption import ENDING, ending_as_interrupted
from compositor.model import Limits, Place

ROOM = 1 << 30
"""Bytes of address space beyond the memory limit: libraries and stacks reserve addresses without using them."""
GRACE = 3.0
"""Seconds in which a worker without a watcher may clean up."""
DIES_WITH_ITS_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


class Worker:
    """The watched side: the messages of the work while it runs."""

    def __init__(self, connection: Connection[Any, Any], trusted: bool) -> None:
        self._connection = connection
        self._trusted = trusted
        self._lock, self._asking = Lock(), Lock()

    def stage(self, name: str) -> None:
        """Report a stage, for progress."""
        self.send(Stage(name))

    def tell(self, what: steps.Step | steps.Allowance | steps.Progress | None) -> None:
        """Report a step that begins, or its progress, or the end of the last one, or new limits of steps."""
        if isinstance(what, steps.Progress):
            self.stage(str(what))
        elif isinstance(what, steps.Allowance):
            if not self._trusted:
                memory.refuse_more_than(what.bytes + ROOM)
            self.send(what)
        else:
            self.send(Ended() if what is None else Began(what))

    def write(self, targets: Mapping[Path, bytes], outdated: Sequence[Path]) -> None:
        """Have the watcher write these; raises BookError as writing them here would."""
        with self._asking:  # threads may write at once, and each gets its own answer
            self.send(Write(targets, outdated))
            findings = self._connection.recv()
        if findings:
            raise BookError(findings)

    def send(self, message: Message) -> None:
        """Send this to the watcher; threads may send at once."""
        with self._lock:
            self._connection.send(message)


SELDOM = (100_000, 50, 100)
"""Thresholds of the garbage collector: a book is hundreds of thousands of objects that stay until the end."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: a function, and its arguments before the worker."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    trusted: bool
    """Whether it may start processes: it is asked to end, not killed, and its memory is not limited."""


def main(
    connection: Connection[Any, Any], life: Connection[Any, Any], others: Sequence[Connection[Any, Any]], work: Work
) -> None:
    """Do the work, and report how it ended; `life` closes with the watcher; `others` are its ends of both."""
    for one in others:
        one.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the watcher learns of it too, and ends this process
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    memory.leave_no_core()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    _end_with_watcher(life, not work.trusted)
    worker = Worker(connection, work.trusted)
    if not work.trusted:
        memory.refuse_more_than(Limits().bytes + ROOM)
    with suppress(OSError):
        worker.send(_result(worker, work))


def _result(worker: Worker, work: Work) -> Message:
    try:
        with ending_as_interrupted(), steps.told_to(worker.tell), files.written_by(worker.write):
            return Answer(work.function(*work.arguments, worker))
    except BookError as problem:
        return Refused(problem.findings)
    except MemoryError as problem:
        return OutOfMemory(steps.failed(problem))
    except KeyboardInterrupt:
        raise SystemExit(1) from None
    except Exception as problem:
        return Fault("".join(traceback.format_exception(problem)), _where(problem))


def _where(problem: BaseException) -> str:
    """Return the file that was being worked on, and its line if known."""
    file = steps.failed(problem).file
    line = next(_lines(problem.__traceback__), None)
    return file if line is None or not file else f"{file}:{line}"


def _lines(trace: TracebackType | None) -> Any:
    """Return lines of the source that the innermost calls worked on: of a token of markdown-it, or a place."""
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    for frame in reversed(frames):
        for value in frame.f_locals.values():
            if isinstance(value, Place) and value.line:
                yield value.line
            lines = getattr(value, "map", None)
            if isinstance(lines, list) and lines and isinstance(lines[0], int):
                yield lines[0] + 1


def _end_with_watcher(life: Connection[Any, Any], at_once: bool) -> None:
    """Ensure that this process does not outlive its watcher."""
    if at_once and sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
    threading.Thread(target=_wait_for_end, args=(life,), daemon=True).start()


def _wait_for_end(life: Connection[Any, Any]) -> None:
    with suppress(EOFError, OSError):
        life.recv()
    with suppress(OSError):
        os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
