"""How a typesetter's process starts: forked by a server that has imported everything, or else from scratch."""

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
"""Seconds in which a fork server ends processes that nobody uses any more."""


class Process(Protocol):
    """What can be asked of a process, however it has begun."""

    @property
    def pid(self) -> int:
        """Its number; 0 where that is not known."""

    def kill(self) -> None:
        """End it now."""

    def wait(self) -> int:
        """How it ended, as `Popen.wait`; it has ended, or is about to."""


def begun(connection: int, said: IO[bytes], scratch: str) -> Process:
    """A typesetter's process that listens there, and writes there what it says; raises OSError where there is none."""
    if _servers:
        with suppress(OSError):  # a server that was killed; what comes from nothing does the same
            return _servers[-1].fork(connection, said, scratch)
    return anew("child", connection, said, scratch)


def anew(module: str, connection: int, said: IO[bytes] | int, scratch: str) -> subprocess.Popen[bytes]:
    """Return a new Python that runs `main` of a module of this folder."""
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

    It ends when it is closed, and when nobody is left who could ask it.
    """

    def __init__(self) -> None:
        self._scratch = Scratch("forks")
        self._owner = os.getpid()
        self._asked, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = anew("forks", theirs.fileno(), subprocess.DEVNULL, self._scratch.name)

    def fork(self, connection: int, said: IO[bytes], scratch: str) -> Forked:
        """Have it fork a typesetter; raises OSError when it has ended."""
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
        """Whether it has not ended: it never says anything, so that there is nothing to be had but its end."""
        try:
            return bool(self._asked.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except OSError as problem:
            return isinstance(problem, BlockingIOError)

    def close(self) -> None:
        """End it, and those that it has forked for callers that have gone; forks in use continue."""
        self._asked.close()
        if os.getpid() == self._owner:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(LAST_WAIT)
            self._process.kill()
            self._process.wait()
            self._scratch.cleanup()


class Forked:
    """A process that the server has forked, or is about to."""

    def __init__(self, status: socket.socket) -> None:
        self._status = status
        self._status.settimeout(PATIENCE)
        self._lines = status.makefile("rb")
        self._pid: int | None = None
        self._code: int | None = None

    @property
    def pid(self) -> int:
        """Its number; 0 where the server has ended before it was there."""
        if self._pid is None:
            self._pid = self._number() or 0
        return self._pid

    def kill(self) -> None:
        """End it now, if it is there."""
        if self._code is None and self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """How it ended; where the server has ended before it, it is as if it had been killed with it."""
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
    """Inside, typesetters are forked by a server where a fork is safe: by the one that is there, else by a new one."""
    if how_to_begin() != "fork" or (_servers and _servers[-1].is_alive()):
        yield
        return
    try:
        server = ForkServer()
    except OSError:  # whoever needs a typesetter will report why there is none
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
    """For a command that builds many times: gives what to call before each build, so that there is a server."""
    with ExitStack() as stack:

        def see_to_it() -> None:
            if not (_servers and _servers[-1].is_alive()):
                stack.close()
                stack.enter_context(forked_inside())

        yield see_to_it
