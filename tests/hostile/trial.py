"""A hostile book -> bugs in Compositor: a traceback, a wrong exit code, too much time, a leaked secret."""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compositor.cli import main
from tests.hostile.inputs import Hostile

BOUND = 10.0
"""Seconds of processor time that a check of a small book may take."""
MOST = 30
"""Seconds of processor time after which the system ends a command, so that nothing hangs."""
PATIENCE = 600.0
SECRET = "root:x:0:0"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended on this book."""

    code: int
    """The exit code; below 0 the number of a signal."""
    seconds: float
    said: str


def try_book(book: Hostile, command: str = "check") -> str:
    """Return what is wrong with how Compositor handles this book; empty if nothing is.

    A file is made twice, the second time from the cache of the first, and after a change without effect.
    """
    with tempfile.TemporaryDirectory(prefix="hostile-") as scratch:
        folder = book.write(Path(scratch) / "book")
        output = ["-o", f"{scratch}/out/"] if command != "check" else []
        words = [command, str(folder), *output]
        ended = run(words, Path(scratch) / "said", Path(scratch, "cache"))
        made = {path.name: path.read_bytes() for path in Path(scratch, "out").glob("*.*")}
        if command != "check" and ended.code in (0, 1):
            (folder / "notes.txt").write_text("Not of the book.\n", encoding="utf-8")
            again = run(words, Path(scratch) / "again", Path(scratch, "cache"))
            other = {path.name: path.read_bytes() for path in Path(scratch, "out").glob("*.*")}
            if (again.code, other) != (ended.code, made):
                return f"made again it ends with {again.code}, not {ended.code}: {again.said[-500:]}"
    return _fault(ended, command, bool(made))


def _fault(ended: Ended, command: str, made: bool) -> str:
    """Return what is wrong with the end of a command."""
    if ended.code not in (0, 1):
        return f"exit code {ended.code} after {ended.seconds:.1f} s: {ended.said[-500:]}"
    if command == "check" and ended.seconds > BOUND:
        return f"it took {ended.seconds:.1f} s"
    if SECRET in ended.said:
        return "it tells what stands in a file of the machine"
    if ended.code and "error[" not in ended.said:
        return f"it failed and said nothing: {ended.said[-300:]}"
    if command != "check" and not ended.code and not made:
        return "it made nothing, and says that all is well"
    return ""


def run(words: Sequence[str], said: Path, cache: Path) -> Ended:
    """Run a command in a process of its own, with a folder for the cache; return how it ended."""
    return wait(work(words, said, cache), said)


def work(words: Sequence[str], said: Path, cache: Path) -> int:
    """Start a command in a process forked from this one, which has all imports; return its number."""
    said.touch()
    child = os.fork()
    if child == 0:
        os.environ["COMPOSITOR_CACHE"] = str(cache)
        _work(words, said)
    return child


def wait(child: int, said: Path) -> Ended:
    """Return how a process ends; end it if it hangs."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        number, status, used = os.wait4(child, os.WNOHANG)
        if number:
            break
        time.sleep(0.01)
    else:
        os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, said.read_text("utf-8", "replace"))


def _work(words: Sequence[str], said: Path) -> None:
    """In the child: run the command, with all its output in a file; never return."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST))
        target = os.open(said, os.O_WRONLY | os.O_CREAT)
        os.dup2(target, 1)
        os.dup2(target, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        code = main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as problem:
        os.write(2, f"\nleft the press: {problem!r}\n".encode())
        code = 99
    os._exit(code)
