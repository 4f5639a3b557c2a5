"""Look + Limits -> typesetters in processes of their own, in parallel: the same bytes as from one.

Any free process sets a unit, and the same process paints it, since it has its pages. The result does not depend on
which process that was.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait
from typing import Any, Self

from compositor.machine.cores import told, workers_at_most
from compositor.machine.steps import step
from compositor.model import Limits
from compositor.typeset.document.parts import Cut, KeepFace, KeepSection, Paint, Refill, Task, WriteFace, WriteSection
from compositor.typeset.files import Files, of_the_book
from compositor.typeset.processes.early import started
from compositor.typeset.processes.parent import Child
from compositor.typeset.processes.work import Failure, Start, TypesettingFailed, Work
from compositor.typeset.values import Chain, Context, Counts, LaidOut, Look, UnitText, Volume, place_of, unplaced

Job = Generator[Work, tuple[Child, Any], None]
"""Work in several steps; each step is answered with the process that has done it, and its result."""
LOOK = 0.25
"""Seconds between two looks at the memory of the children."""
ENOUGH = 30_000
"""Letters of text for which another process is worth its start: about ten pages."""
LITTLE = 3_000
"""Letters outside the longest chain below which no other process is worth its start."""


class ChildTypesetter:
    """Typesetters in child processes; raises TypesettingFailed for everything that goes wrong there.

    The children end with this process. Use it in a `with` statement.
    """

    def __init__(self, look: Look, limits: Limits, workers: int = 0, files: Mapping[str, str] | None = None) -> None:
        """Keep `files`, which maps the keys of units to their source files, for messages."""
        self.limits, self._written = limits, files or {}
        self._look, self._most = look, workers or workers_at_most(limits.bytes)
        self._done: dict[UnitText, LaidOut] = {}
        self._pages: dict[UnitText, Child] = {}
        """The process that has the pages of a unit."""
        self._set_by: dict[tuple[str, Context], Child] = {}
        """The process that set a unit last, with any page numbers in its text."""
        self._latest: dict[tuple[str, Context], UnitText] = {}
        """The text that was set last for each unit: no process has the pages of earlier ones any more."""
        self._sections: dict[int, Child] = {}
        """The process that painted a section."""
        self._painted: dict[int, UnitText] = {}
        self._messages: tuple[str, ...] = ()
        self._files: Files = ()
        self.children = [self._another()]

    def _another(self) -> Child:
        return started(Start(self._look, self.limits.bytes))

    @property
    def messages(self) -> tuple[str, ...]:
        """Return what is wrong with the style sheets."""
        self._wait_for_first()
        return self._messages

    @property
    def files(self) -> Files:
        """Return the files that the style sheets name: faces and pictures."""
        self._wait_for_first()
        return self._files

    def _wait_for_first(self) -> None:
        while isinstance(self.children[0].at, Start):
            for child in self._heard():
                self._answer(child)

    @property
    def read(self) -> tuple[str, ...]:
        """Return the files in the book's folder that were read for it, as paths in that folder."""
        return of_the_book([self._files, *(one.files for one in self._done.values())])

    @property
    def counts(self) -> Counts:
        """Return how much was set."""
        laid = [one for unit, one in self._done.items() if unit.key and not one.renumbered]
        return Counts(len(self.children), len(laid), sum(len(one.pages) for one in laid))

    def set_ahead(self, chains: Sequence[Chain]) -> None:
        """Set these units in parallel, the longest chain first, so that they are ready when asked for."""
        wanted = min(self._most, len(chains), told() or _worth([chain.weight for chain in chains]))
        if wanted == 1:
            return
        while len(self.children) < wanted:
            self.children.append(self._another())
        self._run(self._job(chain) for chain in sorted(chains, key=lambda one: -one.weight))

    def _job(self, chain: Chain) -> tuple[Child | None, Job]:
        """Return the work on a chain, and the process for it: the one that has set its first unit before, if any."""
        if not self._set_by:
            return None, self._chained(chain)
        first = next(chain.units, None)
        return self._set_by.get(place_of(unplaced(first))) if first is not None else None, self._chained(chain, first)

    def _chained(self, chain: Chain, first: UnitText | None = None) -> Job:
        """Set the units of a chain that are not set yet; `first` is its first unit, if that was taken out of it."""
        unit = first or next(chain.units, None)
        while unit is not None:
            alike = unplaced(unit)
            if alike not in self._done:
                yield from self._set(alike)
            try:
                unit = chain.units.send(self._done[alike])
            except StopIteration:
                return

    def _set(self, unit: UnitText) -> Job:
        self._pages[unit], self._done[unit] = yield unit
        self._set_by[place_of(unit)], self._latest[place_of(unit)] = self._pages[unit], unit

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again, whatever its folios are."""
        alike = unplaced(unit)
        if alike not in self._done:
            self._run([(self._set_by.get(place_of(alike), self.children[0]), self._set(alike))])
        return replace(self._done[alike], unit=unit)

    def has_pages(self, unit: UnitText) -> bool:
        """Return whether a process has set a unit, and has set no other text of it since."""
        alike = unplaced(unit)
        child = self._pages.get(alike)
        return child is not None and self._latest.get(place_of(alike)) == alike

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """Return one PDF of the units' pages, and WeasyPrint's messages about it."""
        from compositor.typeset.document.join import join

        return join(volume, self, self._look.resample, self._look.trim)

    def do(self, tasks: Sequence[Task]) -> list[Any]:
        """Return the results of these tasks on parts of a PDF, in their order; each is done where its pages are."""
        results: dict[int, Any] = {}
        try:
            self._run((self._owner(task), self._task(number, task, results)) for number, task in enumerate(tasks))
        except TypesettingFailed as failed:
            failed.unit = failed.unit or self._painted.get(getattr(failed.work, "section", -1))
            raise
        return [results[number] for number in range(len(tasks))]

    def _task(self, number: int, task: Task, results: dict[int, Any]) -> Job:
        child, results[number] = yield task
        if isinstance(task, Paint):
            self._sections[task.section] = self._pages[unplaced(task.unit)] = child
            self._painted[task.section] = task.unit

    def _owner(self, task: Task) -> Child | None:
        match task:
            case Paint():
                return self._pages.get(unplaced(task.unit))  # if no process has set it, the one that paints it does
            case Cut() | WriteFace() | WriteSection() | KeepSection() | KeepFace():
                return self._sections[task.section]
            case Refill():
                return None
            case _:
                return self.children[0]

    def _run(self, jobs: Iterable[tuple[Child | None, Job]]) -> None:
        """Do all jobs, each as soon as a process is free that may do it; a job that has begun continues in that
        process."""
        waiting, begun = list(jobs), dict[Child, Job]()
        while waiting or begun:
            for child in self.children:
                while child.at is None and (mine := next((one for one in waiting if one[0] in (None, child)), None)):
                    waiting.remove(mine)
                    _go_on(begun, child, mine[1], None)
            for child in self._heard():
                if answer := self._answer(child):
                    _go_on(begun, child, begun.pop(child), (child, answer))

    def _answer(self, child: Child) -> Any:
        """Return the answer of a child; None if it only answers that it is ready."""
        starts = isinstance(child.at, Start)
        answer = child.answer()
        if starts:
            self._messages, self._files = answer
        return None if starts else answer

    def _heard(self) -> list[Child]:
        """Return the children that have answered, once there is one, or it is time to check them."""
        busy = [child for child in self.children if child.at is not None]
        if not busy:  # all of the work had been done before
            return []
        with step("setting it", self._file(busy[0].at), limited=False):
            ready = wait([child.connection for child in busy], LOOK)
        heard = [child for child in busy if child.connection in ready]
        self._look_at([child for child in busy if child not in heard])
        return heard

    def _file(self, work: Work | None) -> str:
        """Return the file that a child is working on; empty if it is not known."""
        unit = work.unit if isinstance(work, Paint) else work
        return self._written.get(unit.key, "") if isinstance(unit, UnitText) else ""

    def _look_at(self, busy: Iterable[Child]) -> None:
        """Raise TypesettingFailed if a child has exceeded its time, or all together have exceeded their memory."""
        now = time.monotonic()
        for child in busy:
            if now - child.since > self.limits.seconds and not child.connection.poll():
                raise TypesettingFailed(_work(child), Failure("time"))
        if busy and sum(child.memory for child in self.children) > self.limits.bytes:
            raise TypesettingFailed(_work(max(busy, key=lambda child: child.memory)), Failure("memory"))

    def close(self) -> None:
        """End the children and delete their files."""
        for child in self.children:
            child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, at: object) -> None:
        if problem is None:
            for child in self.children:
                child.pass_on()
        self.close()


def _worth(weights: Sequence[int]) -> int:
    """Return how many processes chains of these weights are worth; more would only wait for the longest chain."""
    whole, longest = sum(weights), max(weights, default=0)
    if whole - longest < LITTLE:
        return 1
    return max(1, min(1 + whole // ENOUGH, -(-whole // longest)))


def _go_on(begun: dict[Child, Job], child: Child, job: Job, said: tuple[Child, Any] | None) -> None:
    """Let a child do the next step of a job, if there is one."""
    with suppress(StopIteration):
        child.ask(job.send(said))  # type: ignore[arg-type]  # a generator begins with None
        begun[child] = job


def _work(child: Child) -> Work:
    assert child.at is not None
    return child.at
