"""Work -> its result, from a copy of this worker that does it meanwhile; nothing if the copy has not finished.

The copy only saves time: it writes no output and sends nothing to the watcher. Whatever happens to it, its work can be
done again here, with limits and progress. It ends with this process.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from compositor.errors import BookError
from compositor.fence.worker import DIES_WITH_ITS_PARENT
from compositor.folder.opened import files_opened, opened_elsewhere
from compositor.machine import steps
from compositor.machine.beginnings import how_to_begin
from compositor.machine.cores import workers_at_most
from compositor.machine.memory import resident
from compositor.model import Finding, Limits

FIRST = 3
"""The first file number after the three that each process has."""


@dataclass(frozen=True, slots=True)
class Came:
    """The result of the work, or findings if it was refused."""

    value: Any
    refused: tuple[Finding, ...] = ()
    opened: frozenset[str] = frozenset()
    """The files of the book's folder that were opened for it."""


@dataclass(frozen=True, slots=True)
class Goes:
    """A step of the work begins or ends."""


class Beside:
    """A piece of work that a copy of this process does meanwhile."""

    def __init__(self, process: int, connection: Connection[Any, Any]) -> None:
        self._process, self._connection = process, connection

    def result(self, patience: float) -> Came | None:
        """Return its result; None if it ended in another way, or was silent for so many seconds."""
        try:
            while self._connection.poll(patience):
                message = self._connection.recv()
                if isinstance(message, Came):
                    opened_elsewhere(message.opened)
                    return message
                with steps.step("waiting for what is made meanwhile", limited=False):
                    pass  # also a sign of life for the watcher
        except (EOFError, OSError):
            return None
        finally:
            self.close()
        return None

    def close(self) -> None:
        """End it, whatever it is doing."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0
            self._connection.close()


def begun_beside(folder: Path, limits: Limits, work: Callable[[], Any]) -> Beside | None:
    """Start a copy of this process that does this for the book in a folder; None if it is of no use, or not safe."""
    if how_to_begin() != "fork" or sys.platform != "linux" or workers_at_most(limits.bytes) < 2:
        return None
    parent = os.getpid()
    try:
        ours, theirs = Pipe(duplex=False)
    except OSError:  # too many files
        return None
    try:
        with warnings.catch_warnings():  # Python warns of a fork beside threads; the one here waits, and holds no lock
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
    except OSError:  # no memory, or too many processes
        process = -1
    if process == 0:
        _become(theirs, parent, partial(_done, folder, limits, work))
    theirs.close()
    if process < 0:
        ours.close()
        return None
    return Beside(process, ours)


def _become(connection: Connection[Any, Any], parent: int, work: Callable[[Connection[Any, Any]], Came]) -> None:
    """Do the work, send its result, and end."""
    try:
        ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
        number = connection.fileno()
        os.closerange(FIRST, number)  # connections to the watcher and the typesetters belong to this process's parent
        os.closerange(number + 1, os.sysconf("SC_OPEN_MAX"))
        if os.getppid() == parent:
            connection.send(work(connection))
    finally:
        os._exit(0)


def _done(folder: Path, limits: Limits, work: Callable[[], Any], connection: Connection[Any, Any]) -> Came:
    """Return the result of the work; each of its steps is a sign of life."""
    with steps.told_alone(partial(_goes, connection, limits)), files_opened(folder) as opened:
        try:
            came = Came(work())
        except BookError as problem:
            came = Came(None, tuple(problem.findings))
    return replace(came, opened=frozenset(opened))


def _goes(connection: Connection[Any, Any], limits: Limits, _: object) -> None:
    """Report that the work continues; end if it has more memory than a build may have."""
    connection.send(Goes())
    if resident(os.getpid()) > limits.bytes:
        raise MemoryError
