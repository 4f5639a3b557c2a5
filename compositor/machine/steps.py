"""What is being done now, and to which file: said to whoever watches this process, and to nobody where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work that has an end: what is done to a file, in words that fit "… took more than 60 s"."""

    task: str
    file: str = ""
    """A file of the book, as messages name it; empty for the book as a whole."""
    most: float | None = None
    """Seconds that it may take, where those are not what the book allows for the reading of a file."""
    limited: bool = True
    """Whether it is watched; a piece of work that keeps limits of its own is not."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the steps from here on may take: seconds of each, and memory, in bytes and as the book says it."""

    seconds: float
    bytes: int
    memory: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work has come."""

    task: str
    done: int
    of: int
    """As many as are expected; 0 where that is not known."""
    things: str
    """What is counted, in the plural."""

    def __str__(self) -> str:
        expected = f" of {self.of}" if self.of >= self.done else ""
        return f"{self.task}: {self.done}{expected} {self.things}"


Tell = Callable[[Step | Allowance | Progress | None], None]
"""What hears of a step when it begins, None when the last one that began has ended, what they may take, and how far
one has come."""
MARK = "compositor_step"
"""The attribute by which an exception keeps the step that it has left."""
_tell: list[Tell] = []


@contextmanager
def step(task: str, file: str = "", most: float | None = None, limited: bool = True) -> Iterator[None]:
    """Inside, this is done; steps stand inside each other."""
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
    """From here on, this is what steps may take."""
    for tell in _tell:
        tell(allowance)


def come_to(progress: Progress) -> None:
    """So far this has come."""
    for tell in _tell:
        tell(progress)


@contextmanager
def told_to(tell: Tell) -> Iterator[None]:
    """Inside, this hears of every step."""
    _tell.append(tell)
    try:
        yield
    finally:
        _tell.remove(tell)


@contextmanager
def told_alone(tell: Tell) -> Iterator[None]:
    """Inside, this hears of every step, and nobody else."""
    others = _tell[:]
    _tell[:] = [tell]
    try:
        yield
    finally:
        _tell[:] = others


def failed(problem: BaseException) -> Step:
    """The innermost step, with a file if there is one, that this exception has left; an empty one if it left none."""
    found = getattr(problem, MARK, Step(""))
    assert isinstance(found, Step)
    return found
