"""Work for a worker, good and bad: functions that a process of its own can be given."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from compositor.errors import BookError, stop
from compositor.fence import Worker
from compositor.formats.writing.files import write_all
from compositor.machine import steps
from compositor.machine.steps import step
from compositor.model import Place

FILE = "01-page.md"


def allow(seconds: float = 60, memory: int = 10**9) -> None:
    """Set the limits from here on."""
    steps.allow(steps.Allowance(seconds, memory, f"{memory // 10**6} MB"))


def answers(words: str, worker: Worker) -> tuple[str, int]:
    """Return the argument, with the number of the process."""
    worker.stage("look")
    with step("reading it", FILE):
        return words, os.getpid()


def never_ends(worker: Worker) -> None:
    """Loop for ever while a file is being read."""
    allow(seconds=0.5)
    with step("reading it", "00-fine.md"):
        pass
    with step("reading it", FILE):
        while True:
            pass


def starts_without_end(worker: Worker) -> None:
    """Begin and end small steps for ever, inside a step that has a limit."""
    allow(seconds=0.5)
    with step("reading it", FILE):
        while True:
            with step("reading it", "part.md"):
                time.sleep(0.01)


def never_ends_between_steps(worker: Worker) -> None:
    """Stay in a stage for ever, at no file of the book."""
    allow(seconds=0.05)
    worker.stage("assemble")
    while True:
        pass


def has_limits_of_its_own(worker: Worker) -> str:
    """Take longer than a step may, in a step that is not watched."""
    allow(seconds=0.3)
    with step("making it", FILE), step("setting pages", limited=False):
        time.sleep(1)
    return "done"


def grows(worker: Worker) -> int:
    """Take more memory than allowed, bit by bit."""
    allow(memory=300 * 10**6)
    held = []
    with step("reading it", FILE):
        while True:
            held.append(bytearray(10**7))
            time.sleep(0.005)


def grows_at_once(worker: Worker) -> int:
    """Ask for far more memory than allowed."""
    with step("reading it", FILE):
        return len(bytearray(10**12))


def is_killed(worker: Worker) -> None:
    """End as the system ends a process."""
    with step("reading it", FILE):
        os.kill(os.getpid(), signal.SIGKILL)


def has_a_fault(worker: Worker) -> None:
    """Raise an unexpected exception while a place is known, after another exception that was handled."""
    with suppress(KeyError), step("reading it", "00-fine.md"):
        raise KeyError
    place = Place(FILE, 7)
    with step("reading it", FILE):
        raise RuntimeError(f"surprise at {place.file}")


def finds(worker: Worker) -> None:
    """End with a finding."""
    stop("M001", "there is nothing", Place(FILE), "write something")


def writes(target: Path, outdated: Path, worker: Worker) -> None:
    """Have one file written and another removed."""
    write_all({target: b"good"}, [outdated])


def writes_in_threads(targets: list[Path], worker: Worker) -> list[bool]:
    """Have many files written by threads at once; return which could be written."""

    def is_written(target: Path) -> bool:
        try:
            write_all({target: target.name.encode()})
        except BookError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(is_written, targets))


def sleeps(note: Path, worker: Worker) -> None:
    """Print the process number, and wait."""
    note.write_text(str(os.getpid()), encoding="ascii")
    time.sleep(60)


def never_lets_go(note: Path, worker: Worker) -> None:
    """Print the process number, and stay in one call that no signal interrupts."""
    note.write_text(str(os.getpid()), encoding="ascii")
    pow(3, 10**9)
