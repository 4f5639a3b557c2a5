"""A build -> the same build, ended at each of its moments: the content of the output folder then, as lines of JSON.

    python -m tests.endings BOOK OUTPUT COMMAND HOW

A moment is the beginning of a stage, a question to the typesetter, or a call by which something on the disk changes.
HOW is the name of a signal that the process gets there, or ENOSPC for a call that the system refuses; with `worker-`
before it, the worker gets it, at its own moments. The first line is the build that is not ended. Each build is a fork
of this process, which has all imports.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from mmap import mmap
from pathlib import Path
from time import sleep
from typing import Any

from compositor import cli
from compositor.formats.writing import drafts, files
from compositor.machine import locks
from compositor.press import Timings
from compositor.typeset.processes.parent import Child

WORKER = "worker-"
CALLS = ("open", "write", "fsync", "link", "replace")


class Moments:
    """The moments of a build in order, and what happens at one of them."""

    def __init__(self, end_at: int, how: str) -> None:
        self.end_at, self.how = end_at, how.removeprefix(WORKER)
        self.of_worker = how.startswith(WORKER)
        self._seen = mmap(-1, 1 << 16)  # shared by the processes of the build, which take turns
        self._process = 0

    def begin(self) -> None:
        """Begin the build in this process."""
        self._process = os.getpid()

    @property
    def names(self) -> list[str]:
        """Return the moments that have come."""
        return self._seen[: self._seen.find(b"\0", 0)].decode().split("\n")[:-1]

    def come(self, name: str) -> None:
        """Note one more moment, in the process of the build or in its worker."""
        end = self._seen.find(b"\0", 0)
        number = self._seen[:end].count(b"\n")
        self._seen[end : end + len(name) + 1] = f"{name}\n".encode()
        if number == self.end_at and (os.getpid() != self._process or not self.of_worker):
            if self.how == "ENOSPC":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.kill(os.getpid() if self.of_worker else self._process, signal.Signals[self.how])
            if os.getpid() != self._process:
                sleep(60)  # it is ended before that

    def with_moment(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, with a moment before it."""

        def called(*arguments: Any, **options: Any) -> Any:
            self.come(name)
            return function(*arguments, **options)

        return called


class System:
    """The module `os`, with a moment before each call that touches the disk."""

    def __init__(self, moments: Moments) -> None:
        self._moments = moments

    def __getattr__(self, name: str) -> Any:
        found = getattr(os, name)
        return self._moments.with_moment(name, found) if name in CALLS else found


def build(arguments: list[str], moments: Moments) -> int:
    """Run the command in this process and return its exit code."""
    if moments.how != "ENOSPC":  # a target without a disk cannot be refused by one
        stage, ask = Timings.stage, Child.answer

        @contextmanager
        def stage_with_moment(self: Timings, name: str) -> Iterator[None]:
            moments.come(f"stage {name}")
            with stage(self, name):
                yield

        setattr(Timings, "stage", stage_with_moment)  # noqa: B010 - it is no method of this name
        setattr(Child, "answer", moments.with_moment("ask", ask))  # noqa: B010
    for module in (drafts, files, locks):
        setattr(module, "os", System(moments))  # noqa: B010
    return cli.main(arguments)


def forked(arguments: list[str], moments: Moments) -> tuple[int, list[str]]:
    """Return the wait status of such a build, and its moments."""
    child = os.fork()
    if child == 0:
        moments.begin()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os._exit(build(arguments, moments))
    return os.waitpid(child, 0)[1], moments.names


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file in a folder."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def main(book: str, output: str, command: str, how: str) -> None:
    """Print the result of the build, then its result when it is ended at each of its moments."""
    for name in ("checks.finished", "formats.epub", "formats.pdf"):
        import_module(f"compositor.{name}")
    folder, good = Path(output), Path(f"{output}-good")
    shutil.copytree(folder, good)
    arguments = [command, book, "-o", f"{output}/"]

    def ended(end_at: int) -> tuple[int, list[str]]:
        shutil.rmtree(folder)
        shutil.copytree(good, folder)
        return forked(arguments, Moments(end_at, how))

    status, names = ended(-1)
    print(json.dumps({"moment": "", "status": status, "files": hashes(folder)}), flush=True)
    for number, name in enumerate(names):
        status, _ = ended(number)
        print(json.dumps({"moment": name, "status": status, "files": hashes(folder)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
