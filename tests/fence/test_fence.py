"""Work in a worker -> an answer, or a finding that names the file that the worker was reading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compositor.errors import BookError
from compositor.fence import WorkerFault, fenced
from compositor.fence.messages import Began
from compositor.fence.watcher import Watcher
from compositor.machine.beginnings import VARIABLE as BEGINNING
from compositor.machine.beginnings import how_to_begin
from compositor.machine.steps import Allowance, Step
from compositor.model import Finding
from tests.fence import work
from tests.finished import ROOT
from tests.process_trees import is_running, until


def finding(function: Callable[..., Any], *words: Any) -> Finding:
    """Return the only finding with which the work ends."""
    with pytest.raises(BookError) as problem:
        fenced(function, *words)
    (found,) = problem.value.findings
    return found


def test_work_is_done_in_another_process() -> None:
    """The result comes back, and an observer is told of the stages."""
    stages: list[str] = []
    words, process = fenced(work.answers, "words", stage=stages.append)
    assert (words, stages) == ("words", ["look"])
    assert process != os.getpid()


def test_a_worker_may_begin_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where forking is impossible, a worker is spawned: answers, findings and named files are the same."""
    monkeypatch.setenv(BEGINNING, "spawn")
    stages: list[str] = []
    words, process = fenced(work.answers, "words", stage=stages.append)
    assert (words, stages) == ("words", ["look"])
    assert process != os.getpid()
    assert finding(work.finds).message == "there is nothing"
    found = finding(work.is_killed)
    assert (found.code, found.place.file) == ("W003", work.FILE)


@pytest.mark.parametrize("told", ["", "threads"])
def test_a_worker_is_forked_where_that_is_safe(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """An unknown start method is skipped."""
    monkeypatch.setenv(BEGINNING, told)
    assert how_to_begin() == ("fork" if sys.platform == "linux" else "spawn")


@pytest.mark.parametrize("function", [work.never_ends, work.starts_without_end])
def test_what_has_no_end_is_ended(function: Callable[..., Any]) -> None:
    """The finding for endless work names the file, the step and the time."""
    found = finding(function)
    assert (found.code, found.place.file) == ("W001", work.FILE)
    assert found.message.startswith("reading it took more than 0.5 s")


def test_what_has_no_end_between_two_files_is_ended() -> None:
    """The finding names the stage; the limit is longer than for a file."""
    found = finding(work.never_ends_between_steps)
    assert (found.code, found.place.file) == ("W001", "book.toml")
    assert found.message.startswith('the stage "assemble" took more than 0.5 s')


def test_a_step_with_limits_of_its_own_is_left_alone() -> None:
    """The step around it is not ended meanwhile, either."""
    assert fenced(work.has_limits_of_its_own) == "done"


@pytest.mark.parametrize("function", [work.grows, work.grows_at_once])
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is watched on Linux")
def test_what_takes_too_much_memory_is_ended(function: Callable[..., Any]) -> None:
    """The worker is ended whether its memory grows slowly or at once."""
    found = finding(function)
    assert (found.code, found.place.file) == ("W002", work.FILE)


def test_a_worker_that_is_killed_is_told_with_its_file() -> None:
    """The system kills processes when memory runs out; the finding names the file."""
    found = finding(work.is_killed)
    assert (found.code, found.place.file) == ("W003", work.FILE)
    assert "SIGKILL" in found.message


def test_a_fault_of_the_press_says_where_it_was() -> None:
    """The traceback is the worker's, and the place is in the book."""
    with pytest.raises(WorkerFault) as problem:
        fenced(work.has_a_fault)
    assert problem.value.where == f"{work.FILE}:7"
    assert "RuntimeError: surprise" in problem.value.traceback
    assert not problem.value.wrote


def test_findings_come_through() -> None:
    """A book that cannot be made ends with the same findings as without a worker."""
    assert finding(work.finds).message == "there is nothing"


def test_the_watcher_writes(tmp_path: Path) -> None:
    """The watcher puts files in place and removes outdated ones; a file that cannot be written is a finding."""
    old = tmp_path / "unproved" / "a.txt"
    old.parent.mkdir()
    old.write_bytes(b"bad")
    fenced(work.writes, tmp_path / "a.txt", old)
    assert (tmp_path / "a.txt").read_bytes() == b"good"
    assert not old.parent.exists()
    assert finding(work.writes, tmp_path, old).code == "F001"


def test_threads_write_at_once(tmp_path: Path) -> None:
    """Each thread gets its own answer: no file can be written where a folder is."""
    targets = [tmp_path / f"{number}.txt" for number in range(200)]
    for target in targets[::2]:
        target.mkdir()
    assert fenced(work.writes_in_threads, targets) == [False, True] * 100


def test_time_in_which_nobody_looked_is_nobodys() -> None:
    """A watcher that was stopped itself, as by Ctrl-Z, does not count that time against the work."""
    watcher = Watcher(lambda name: None, trusted=True)
    watcher._heed(Allowance(5, 10**9, "1 GB"))
    watcher._heed(Began(Step("reading it", work.FILE)))
    for behind in (6.0, 0.5):
        watcher._looked -= behind
        watcher._steps = [(step, since - behind) for step, since in watcher._steps]
        watcher._look()
    watcher._steps = [(step, since - 6) for step, since in watcher._steps]
    watcher._looked -= 0.5
    with pytest.raises(BookError):
        watcher._look()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("name", ["sleeps", "never_lets_go"])
def test_a_worker_ends_with_its_watcher(tmp_path: Path, name: str, number: signal.Signals) -> None:
    """The worker ends however the watcher ends, and whatever the worker is doing."""
    note = tmp_path / "number"
    code = f"from compositor.fence import fenced; from tests.fence import work; fenced(work.{name}, {str(note)!r})"
    code = code.replace(repr(str(note)), f"__import__('pathlib').Path({str(note)!r})")
    watcher = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL)
    assert until(lambda: note.exists() and note.read_text(encoding="ascii") != "")
    process = int(note.read_text(encoding="ascii"))
    watcher.send_signal(number)
    watcher.wait(20)
    assert until(lambda: not is_running(process))
