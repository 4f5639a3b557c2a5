"""Work from the parent -> its results: a typesetter in a process of its own, which ends when the parent does.

The main thread listens, so that it notices the end of the parent even in the middle of a page. Another thread sets the
pages, with a stack that is large enough for deep nesting.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from compositor.machine import native
from compositor.machine.memory import leave_no_core, refuse_more_than
from compositor.machine.scratch import is_full
from compositor.pictures import forget_other_formats
from compositor.typeset.engine import weasyprint
from compositor.typeset.processes.work import OUT_OF_MEMORY, Failure, Start, Work
from compositor.typeset.typesetter import Typesetter
from compositor.typeset.values import UnitText

STACK = 512 << 20
"""Bytes of stack for the thread that sets pages: WeasyPrint walks down a document by recursion."""
DEEPEST = 20_000
"""The deepest recursion; the stack above is enough for it (1,500 nested elements need 15,000 calls)."""
ATTEMPTS = 100
PACKAGE = Path(__file__).resolve().parent.parent.parent


def main(descriptor: int, scratch: str) -> None:
    """Do the work that comes through this socket, until it is closed; `scratch` is a folder for this process alone."""
    leave_signals_to_the_parent()
    prepare()
    work(Connection(descriptor), scratch)


def leave_signals_to_the_parent() -> None:
    """Ignore signals that ask a process to end: the parent gets them too, and ends this process."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def work(connection: Connection[Any, Any], scratch: str) -> None:
    """Do the work that comes through the connection, and end this process when it is closed."""
    waiting: SimpleQueue[Work] = SimpleQueue()
    try:
        start = connection.recv()
        _limit(start.memory)
        threading.stack_size(STACK)
        sys.setrecursionlimit(DEEPEST)
        threading.Thread(target=_answer_all, args=(connection, waiting), daemon=True).start()
        waiting.put(start)
        while True:
            waiting.put(connection.recv())
    except (EOFError, OSError):
        remove(scratch)
    os._exit(0)


def prepare() -> None:
    """Import what every book needs; failures are reported when there is a book."""
    with suppress(Exception):
        native.prepare_search_path()
        weasyprint()
        forget_other_formats()


def remove(scratch: str) -> None:
    """Remove the folder that a killed parent could not remove; the other thread may still be writing files there."""
    for _ in range(ATTEMPTS):
        shutil.rmtree(scratch, ignore_errors=True)
        if not os.path.exists(scratch):
            return
        time.sleep(0.01)


def _limit(memory: int) -> None:
    """Set a limit of memory for this process, and write no core file, where the system can do so."""
    leave_no_core()
    refuse_more_than(memory + STACK)


def _answer_all(connection: Connection[Any, Any], waiting: SimpleQueue[Work]) -> None:
    """Answer all work; if even that is impossible, end the process, so that the parent does not wait for it."""
    typesetter: Typesetter | None = None
    try:
        while True:
            work = waiting.get()
            try:
                if isinstance(work, Start):
                    native.prepare_search_path()
                    forget_other_formats()
                    typesetter = Typesetter(work.look)
                answer = _answer(typesetter, work)
            except MemoryError:
                answer = Failure("memory")
            except RecursionError:
                answer = Failure("depth")
            except Exception as problem:
                answer = Failure("room") if is_full(problem) else _failure(problem)
            connection.send(answer)
    except OSError:
        return  # the parent has ended, which the main thread notices too
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        os._exit(1)


def _answer(typesetter: Typesetter | None, work: Work) -> Any:
    assert typesetter is not None
    if isinstance(work, Start):
        return typesetter.messages, typesetter.files
    if isinstance(work, UnitText):
        return typesetter.typeset(work)
    return typesetter.result(work)


def _failure(problem: Exception) -> Failure:
    """Return a failure: an exception of WeasyPrint or its libraries is about the book; an exception of ours is a bug.
    """
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    file = Path(frame.filename)
    if file.is_relative_to(PACKAGE):
        return Failure("bug", "".join(traceback.format_exception(problem)))
    words = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    return Failure("fault", f"{words} ({file.parent.name}/{file.name}:{frame.lineno})")
