"""A copy of the worker: what it returns, and that no result depends on it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compositor.errors import BookError, error
from compositor.fence.beside import Beside, begun_beside
from compositor.folder.opened import files_opened
from compositor.machine.cores import VARIABLE
from compositor.machine.steps import step, told_to
from compositor.model import Limits, Place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a copy is made where a fork is safe")
PATIENCE = 60.0
"""Enough seconds on a busy machine."""
LIMITS = Limits()


@pytest.fixture
def book(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a book, on a machine with two cores."""
    monkeypatch.setenv(VARIABLE, "2")
    return small_book


def begun(book: Path, work: Callable[[], object], limits: Limits = LIMITS) -> Beside:
    """Start a copy that does this."""
    made = begun_beside(book, limits, work)
    assert made is not None
    return made


def test_what_it_gives_is_as_if_it_had_been_done_here(book: Path) -> None:
    """The copy returns a value, and the files that were read for it, as if the worker had done the work itself."""
    read = (book / "book.toml").read_text
    with files_opened(book) as opened:
        came = begun(book, read).result(PATIENCE)
    assert came is not None
    assert came.value.startswith("format = 1")
    assert opened == {"book.toml"}


def test_what_is_refused_is_refused_here(book: Path) -> None:
    """If the copy refuses something, the worker refuses it too, with the same findings."""
    fault = error("E001", "a fault", Place("01-one.md", 3))

    def work() -> None:
        raise BookError([fault])

    came = begun(book, work).result(PATIENCE)
    assert came is not None
    assert came.refused == (fault,)


@pytest.mark.parametrize(
    "work",
    [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 // 0, lambda: os._exit(0), lambda: lambda: 1],
    ids=["killed", "a fault", "ended", "a result that cannot be sent"],
)
def test_where_it_does_not_come_to_its_end_there_is_nothing(
    book: Path, work: Callable[[], object], capfd: pytest.CaptureFixture[str]
) -> None:
    """A copy that fails returns and reports nothing: the worker does the work itself and reports the failure."""
    assert begun(book, work).result(PATIENCE) is None
    assert capfd.readouterr() == ("", "")


def test_it_is_waited_for_as_long_as_it_goes_on(book: Path) -> None:
    """Each step may take its seconds; a copy whose step takes longer is given up."""

    def work() -> int:
        for _ in range(6):
            with step("waiting"):
                time.sleep(0.5)
        return 1

    came = begun(book, work).result(2.5)
    assert came is not None and came.value == 1
    stuck = begun(book, lambda: time.sleep(PATIENCE))
    assert stuck.result(0.1) is None


def test_its_steps_are_not_told_to_the_watcher(book: Path) -> None:
    """The watcher sees no steps of the copy, because the steps of two processes in one line would end each other."""
    told: list[Any] = []

    def work() -> int:
        with step("working"):
            return 1

    with told_to(told.append):
        assert begun(book, work).result(PATIENCE) is not None
    assert all(one is None or one.task.startswith("waiting") for one in told)


def test_it_has_no_more_memory_than_a_build(book: Path) -> None:
    """A copy that exceeds the memory limit of a build ends before its next step."""
    def work() -> int:
        with step("working"):
            return 1

    assert begun(book, work, Limits(memory="1 MB")).result(PATIENCE) is None


def test_it_has_nothing_open_of_this_process(book: Path) -> None:
    """Open pipes to the watcher and to the typesetters would stay open after this process ends."""
    ours, theirs = os.pipe()

    def work() -> bool:
        try:
            os.fstat(theirs)
        except OSError:
            return True
        return False

    came = begun(book, work).result(PATIENCE)
    os.close(ours)
    os.close(theirs)
    assert came is not None and came.value is True


@pytest.mark.parametrize(("name", "value"), [(VARIABLE, "1"), ("COMPOSITOR_START", "spawn")])
def test_where_it_is_of_no_use_there_is_none(
    book: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """There is no copy if one process is asked for, or if the system cannot fork."""
    monkeypatch.setenv(name, value)
    assert begun_beside(book, LIMITS, lambda: 1) is None
