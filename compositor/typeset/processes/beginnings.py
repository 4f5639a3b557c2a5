"""How a typesetter's process starts: forked by a server that has imported everything, or from scratch."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import astuple
from typing import IO, Protocol

from compositor.machine.beginnings import how_to_begin
from compositor.machine.scratch import Scratch
from compositor.typeset.processes.work import Request, environment

BEGIN = "import sys, json; from importlib import import_module; sys.path[:] = json.loads(sys.argv[2]); "
BEGIN += "import_module('compositor.typeset.processes.' + sys.argv[4]).main(int(sys.argv[1]), sys.argv[3])"
PATIENCE = 60.0
"""Seconds after which a silent server is considered dead."""
LAST_WAIT = 2.0
"""Seconds in which a fork server ends the processes that are no longer used."""


class Process(Protocol):
    """A process, however it was started."""

    @property
    def pid(self) -> int:
        """Return its number; 0 if that is not known."""

    def kill(self) -> None:
        """End it now."""

    def wait(self) -> int:
        """Return how it ended, as `Popen.wait` does; it has ended, or is about to."""


def begun(connection: int, said: IO[bytes], scratch: str) -> Process:
    """Return a typesetter's process that listens to this socket and writes its output to `said`. Raises OSError."""
    if _servers:
        with suppress(OSError):  # the server was killed: a process from scratch does the same
            return _servers[-1].fork(connection, said, scratch)
    return anew("child", connection, said, scratch)


def anew(module: str, connection: int, said: IO[bytes] | int, scratch: str) -> subprocess.Popen[bytes]:
    """Return a new Python process that runs `main` of a module of this folder."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", BEGIN, str(connection), json.dumps(sys.path), scratch, module],
        pass_fds=[connection],
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        env=environment(scratch),
    )


class ForkServer:
    """A process that has imported WeasyPrint, and forks a typesetter on request. Raises OSError at its start.

    It ends when it is closed, or when no process is left that could ask it.
    """

    def __init__(self) -> None:
        self._scratch = Scratch("forks")
        self._owner = os.getpid()
        self._asked, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = anew("forks", theirs.fileno(), subprocess.DEVNULL, self._scratch.name)

    def fork(self, connection: int, said: IO[bytes], scratch: str) -> Forked:
        """Let it fork a typesetter; raises OSError if it has ended."""
        ours, theirs = socket.socketpair()
        request = Request(environment(scratch), os.getcwd(), scratch)
        with theirs:
            try:
                files = [connection, said.fileno(), theirs.fileno()]
                socket.send_fds(self._asked, [json.dumps(astuple(request)).encode()], files)
            except OSError:
                ours.close()
                raise
        return Forked(ours)

    def is_alive(self) -> bool:
        """Return whether it is running: it never sends anything, so a read would block until it ends."""
        try:
            return bool(self._asked.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except OSError as problem:
            return isinstance(problem, BlockingIOError)

    def close(self) -> None:
        """End it, and those of its forks whose callers have ended; forks in use continue."""
        self._asked.close()
        if os.getpid() == self._owner:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(LAST_WAIT)
            self._process.kill()
            self._process.wait()
            self._scratch.cleanup()


class Forked:
    """A process that the server has forked, or is about to fork."""

    def __init__(self, status: socket.socket) -> None:
        self._status = status
        self._status.settimeout(PATIENCE)
        self._lines = status.makefile("rb")
        self._pid: int | None = None
        self._code: int | None = None

    @property
    def pid(self) -> int:
        """Return its number; 0 if the server ended before it existed."""
        if self._pid is None:
            self._pid = self._number() or 0
        return self._pid

    def kill(self) -> None:
        """End it now, if it exists."""
        if self._code is None and self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Return how it ended; if the server ended first, as if it had been killed."""
        if self._code is None:
            code = None
            if self.pid:
                with suppress(OSError):
                    self._status.sendall(b"?")
                code = self._number()
            self._code = -signal.SIGKILL if code is None else code
            self._lines.close()
            self._status.close()
        return self._code

    def _number(self) -> int | None:
        with suppress(OSError, ValueError):
            return int(self._lines.readline())
        return None


_servers: list[ForkServer] = []


@contextmanager
def forked_inside() -> Iterator[None]:
    """Let a server fork typesetters inside the `with` block, where a fork is safe: the running server, else a new one.
    """
    if how_to_begin() != "fork" or (_servers and _servers[-1].is_alive()):
        yield
        return
    try:
        server = ForkServer()
    except OSError:  # whoever needs a typesetter reports why there is none
        yield
        return
    _servers.append(server)
    try:
        yield
    finally:
        _servers.remove(server)
        server.close()


@contextmanager
def server_kept() -> Iterator[Callable[[], None]]:
    """Yield a function to be called before each build, so that a server is running: for commands that build many times.
    """
    with ExitStack() as stack:

        def see_to_it() -> None:
            if not (_servers and _servers[-1].is_alive()):
                stack.close()
                stack.enter_context(forked_inside())

        yield see_to_it
