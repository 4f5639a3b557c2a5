"""Signals -> KeyboardInterrupt: a request to end is an interruption, so that everything is cleaned up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Requests to end from a person or a supervisor; the terminal has gone."""


class Ended(KeyboardInterrupt):
    """Interrupted by another signal than that of Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def ending_as_interrupted() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise Ended inside the block, unless they were ignored from the start, as by `nohup`."""
    is_main = current_thread() is main_thread()  # signals are only for the main thread
    heeded = [number for number in ENDING if is_main and signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _end) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold signals back inside the block, which must be short; handle them at its end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, *ENDING))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def exit_code(problem: BaseException) -> int:
    """Return the exit code that shells know: 128 and the number of the signal."""
    ended = problem if isinstance(problem, Ended) else problem.__cause__
    return 128 + (ended.number if isinstance(ended, Ended) else signal.SIGINT)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)
