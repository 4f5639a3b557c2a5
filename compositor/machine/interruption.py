"""Signals -> KeyboardInterrupt: being ended is being interrupted, so that everything is tidied up on the way out."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Asked to end by a person or a supervisor; the terminal has gone."""


class Ended(KeyboardInterrupt):
    """Interrupted by another signal than that of Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def ending_as_interrupted() -> Iterator[None]:
    """Inside, SIGTERM and SIGHUP raise Ended; but what was ignored from the start, as by `nohup`, stays ignored."""
    is_main = current_thread() is main_thread()  # signals are for the main thread alone
    heeded = [number for number in ENDING if is_main and signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _end) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Inside, which must be short, signals wait; they act when it is over."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, *ENDING))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def exit_code(problem: BaseException) -> int:
    """The exit code that shells know: 128 and the number of the signal."""
    ended = problem if isinstance(problem, Ended) else problem.__cause__
    return 128 + (ended.number if isinstance(ended, Ended) else signal.SIGINT)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)
