"""A worker that stays: it answers again and again, and another one follows when it dies."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from compositor.errors import BookError, stop
from compositor.fence import Worker, WorkerFault
from compositor.fence.resident import Resident
from compositor.machine.steps import Step, step
from compositor.model import Place
from tests.fence.work import FILE, allow
from tests.process_trees import is_running, until


class Counter:
    """Counts what it is asked, and does what the question says."""

    def __init__(self, start: int) -> None:
        self.count = start

    def __call__(self, question: str, worker: Worker) -> object:
        """Return how often it was asked, and the number of its process."""
        self.count += 1
        does = {"find": self._find, "fail": self._fail, "turn": self._turn, "hurry": self._hurry, "die": self._die}
        if question in does:
            with step("reading it", FILE):
                does[question]()
        return self.count, os.getpid()

    def _find(self) -> None:
        stop("X001", "there is nothing", Place(FILE, 3), "look elsewhere")

    def _fail(self) -> None:
        raise ZeroDivisionError

    def _turn(self) -> None:
        allow(seconds=0.3)
        while True:
            time.sleep(0.01)

    def _hurry(self) -> None:
        allow(seconds=0.02)

    def _die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def resident() -> Iterator[Callable[..., Resident]]:
    """Makes workers that stay, and ends them."""
    made: list[Resident] = []

    def make(**words: object) -> Resident:
        made.append(Resident(Counter, 10, **words))
        return made[-1]

    yield make
    for one in made:
        one.close()
        assert not is_running(one.process)


def codes(one: Resident, question: str) -> list[str]:
    """Return the codes of the findings with which a question ends."""
    with pytest.raises(BookError) as problem:
        one.ask(question)
    return [found.code for found in problem.value.findings]


def test_it_remembers_from_one_question_to_the_next(resident) -> None:
    """One process answers all questions, also with findings and exceptions, and has no step between two questions."""
    steps: list[Step | None] = []
    one = resident(heard=steps.append)
    count, process = one.ask("count")
    assert (count, process != os.getpid()) == (11, True)
    assert codes(one, "find") == ["X001"]
    with pytest.raises(WorkerFault) as fault:
        one.ask("fail")
    assert "ZeroDivisionError" in fault.value.traceback
    assert one.ask("count") == (14, process)
    until(lambda: len(steps) == 4)
    assert [told.file if told else "" for told in steps] == [FILE, "", FILE, ""]


def test_one_that_dies_is_followed_by_another(resident) -> None:
    """The caller is told which file was being read; the next question goes to the next worker."""
    ended = threading.Event()
    one = resident(ended=ended.set)
    _, process = one.ask("count")
    with pytest.raises(BookError) as problem:
        one.ask("die")
    (found,) = problem.value.findings
    assert (found.code, found.place.file) == ("W003", FILE)
    assert ended.wait(10)
    count, other = one.ask("count")
    assert (count, other != process, one.begun) == (11, True, 2)


def test_one_that_never_answers_is_ended(resident) -> None:
    """Each step has a time limit, as in every worker."""
    one = resident()
    assert codes(one, "turn") == ["W001"]
    assert one.ask("count")[0] == 11


def test_one_that_waits_for_a_question_is_left_alone(resident: Callable[..., Resident]) -> None:
    """A waiting worker is not ended, however long it waits and however short its time limit is."""
    one = resident()
    before = one.ask("hurry")
    time.sleep(1.0)  # five times the limit for work between two steps
    assert one.ask("count") == (before[0] + 1, before[1])


def test_threads_are_answered_one_after_the_other(resident) -> None:
    """No thread gets the answer for another."""
    one, counts = resident(), []
    threads = [threading.Thread(target=lambda: counts.append(one.ask("count")[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(11, 19))


def test_one_that_is_closed_answers_no_more(resident) -> None:
    """A closed worker does not start again."""
    one = resident()
    _, process = one.ask("count")
    one.close()
    assert codes(one, "count") == ["W003"]
    assert not is_running(process)
