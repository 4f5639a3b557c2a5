"""The current step and its file, reported to the watcher of this process, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work that ends: what is done to a file, in words that fit "… took more than 60 s"."""

    task: str
    file: str = ""
    """A file of the book, as in messages; empty for the book as a whole."""
    most: float | None = None
    """Seconds that it may take, if they differ from what the book allows for reading a file."""
    limited: bool = True
    """Whether it is watched; a piece of work with limits of its own is not."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the steps from here on may use: seconds of each, and memory, in bytes and as the book gives it."""

    seconds: float
    bytes: int
    memory: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a piece of work."""

    task: str
    done: int
    of: int
    """The expected number; 0 if unknown."""
    things: str
    """What is counted, in the plural."""

    def __str__(self) -> str:
        expected = f" of {self.of}" if self.of >= self.done else ""
        return f"{self.task}: {self.done}{expected} {self.things}"


Tell = Callable[[Step | Allowance | Progress | None], None]
"""Called with a step when it begins, with None when the last one has ended, with the limits, and with progress."""
MARK = "compositor_step"
"""The attribute in which an exception keeps the step that it has left."""
_tell: list[Tell] = []


@contextmanager
def step(task: str, file: str = "", most: float | None = None, limited: bool = True) -> Iterator[None]:
    """Note this step as the current one inside the block; steps may be nested."""
    now = Step(task, file, most, limited)
    for tell in _tell:
        tell(now)
    try:
        yield
    except BaseException as problem:
        known = failed(problem)
        setattr(problem, MARK, known if known.file else now)
        raise
    finally:
        for tell in _tell:
            tell(None)


def allow(allowance: Allowance) -> None:
    """Set the limits of steps from here on."""
    for tell in _tell:
        tell(allowance)


def come_to(progress: Progress) -> None:
    """Report progress."""
    for tell in _tell:
        tell(progress)


@contextmanager
def told_to(tell: Tell) -> Iterator[None]:
    """Report every step inside the block to this function as well."""
    _tell.append(tell)
    try:
        yield
    finally:
        _tell.remove(tell)


@contextmanager
def told_alone(tell: Tell) -> Iterator[None]:
    """Report every step inside the block to this function only."""
    others = _tell[:]
    _tell[:] = [tell]
    try:
        yield
    finally:
        _tell[:] = others


def failed(problem: BaseException) -> Step:
    """Return the innermost step, with a file if any, that this exception has left; an empty one if it left none."""
    found = getattr(problem, MARK, Step(""))
    assert isinstance(found, Step)
    return found
