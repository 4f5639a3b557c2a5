"""Requests -> forks of this process, which has imported what a typesetter needs: the fork server.

It reads nothing of a book. It has one thread, and nothing of Pango or fontconfig has been used yet, so that a fork is
safe. The server ends when all processes have ended that could ask it, and ends the forks that they asked for.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import tempfile
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from compositor.typeset.processes import child
from compositor.typeset.processes.work import FIXED_BY_ENGINE, Request

LONGEST = 1 << 20
"""The longest request in bytes: the environment variables of a process are most of it."""
FILES = 3
"""File descriptors that come with a request: the child's socket, the file for its output, the socket for its status."""
GRACE = 0.5
"""Seconds in which a process whose caller has ended may end by itself: it may be inside a library."""


def main(descriptor: int, scratch: str) -> None:
    """Fork for requests from this socket, until it is closed; `scratch` is a folder for this process alone."""
    child.leave_signals_to_the_parent()
    child.prepare()
    gc.freeze()
    asked = socket.socket(fileno=descriptor)
    watched = selectors.DefaultSelector()
    watched.register(asked, selectors.EVENT_READ)
    forked: dict[socket.socket, int] = {}
    left: dict[int, float] = {}
    is_asked = True
    while is_asked or forked or left:
        for key, _ in watched.select(GRACE if left else None):
            if key.fileobj is not asked:
                _tell_end(watched, forked, key.fileobj, left)
            elif not _fork(asked, watched, forked):
                is_asked = False
                watched.unregister(asked)
        for process in [one for one, since in left.items() if _has_ended(one, since)]:
            del left[process]
    child.remove(scratch)
    os._exit(0)


def _fork(asked: socket.socket, watched: selectors.BaseSelector, forked: dict[socket.socket, int]) -> bool:
    """Do what the next request asks, and send the number of the new process; return False if no caller is left."""
    data, files, _, _ = socket.recv_fds(asked, LONGEST, FILES)
    if not data:
        return False
    process = os.fork()
    if process == 0:
        watched.close()
        for one in (asked, *forked):
            one.close()
        _become(Request(*json.loads(data)), *files)
    for descriptor in files[:-1]:
        os.close(descriptor)
    status = socket.socket(fileno=files[-1])
    with suppress(OSError):
        status.sendall(f"{process}\n".encode())
    forked[status] = process
    watched.register(status, selectors.EVENT_READ)
    return True


def _become(request: Request, connection: int, said: int, status: int) -> None:
    """Become the child that was asked for; never returns."""
    try:
        os.close(status)
        for descriptor in (1, 2):
            os.dup2(said, descriptor)
        os.close(said)
        for name in set(os.environ) - set(request.environment) - set(FIXED_BY_ENGINE):
            del os.environ[name]
        os.environ.update(request.environment)
        tempfile.tempdir = None
        with suppress(OSError):
            os.chdir(request.folder)
        listens: Connection[Any, Any] = Connection(connection)
        child.work(listens, request.scratch)
    finally:
        os._exit(1)


def _tell_end(watched: Any, forked: dict[socket.socket, int], status: Any, left: dict[int, float]) -> None:
    """Send how a process has ended, if its caller waits for that; otherwise note that it should end by itself."""
    process = forked.pop(status)
    watched.unregister(status)
    with suppress(OSError):
        if status.recv(1):
            code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            status.sendall(f"{code}\n".encode())
            process = 0
    status.close()
    if process:
        left[process] = time.monotonic()


def _has_ended(process: int, since: float) -> bool:
    """Return whether a process without a caller has ended; kill it if a library keeps it running for too long."""
    if os.waitpid(process, os.WNOHANG) != (0, 0):
        return True
    if time.monotonic() - since > GRACE:
        os.kill(process, signal.SIGKILL)
    return False
