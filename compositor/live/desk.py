"""A book that is being written: read and set again after each change, by two workers, for any number of viewers.

One reads, and has the page for the screen at once; the other sets, and has the PDF pages a little later. Each works on
the newest state. The last good result stays until there is another good one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from compositor.commands.work import Build
from compositor.errors import BookError
from compositor.fence import WorkerFault
from compositor.fence.resident import Resident
from compositor.live.news import News
from compositor.live.paper import behind_the_screen
from compositor.live.screen import Screen
from compositor.live.told import chapters_of, findings_of, seen_of, sheets_of
from compositor.live.values import PAINTED, Compare, Glance, Glanced, Look, Seen, Sheets
from compositor.machine.steps import Step
from compositor.model import Finding
from compositor.report import bug, from_here

LOOKS = ("templates/", "styles/", "fonts/")
"""Folders of a book that contain its look."""
REST = 0.5
"""Seconds without a change after which chapters are counted: pages that somebody waits for come first."""
QUIET = 4.0
"""Seconds without a change after which the pages are made once more as in a build."""


@dataclass(slots=True)
class Bench:
    """A worker, and its next task."""

    worker: Resident
    wants: threading.Condition = field(default_factory=threading.Condition)
    is_wanted: bool = False
    fresh: bool = False
    is_looking: bool = False
    """Whether it works on the book as a whole: if it dies over that, it would die again until something changes."""
    closed: bool = False

    def want(self, fresh: bool) -> None:
        """Note that there is something new."""
        with self.wants:
            self.is_wanted, self.fresh = True, self.fresh or fresh
            self.wants.notify_all()

    def next(self, seconds: float | None = None) -> Look | None:
        """Wait for the next task and return it; None on a timeout, or at the end."""
        with self.wants:
            self.wants.wait_for(lambda: self.is_wanted or self.closed, seconds)
            look = Look(self.fresh) if self.is_wanted and not self.closed else None
            self.is_wanted = self.fresh = False
            return look

    def look(self, look: Look) -> Any:
        """Return the worker's result for the book as it is. Raises BookError and WorkerFault."""
        self.is_looking = True
        try:
            return self.worker.ask(look)
        finally:
            self.is_looking = False

    def close(self) -> None:
        """End: no more tasks follow."""
        with self.wants:
            self.closed = True
            self.wants.notify_all()
        self.worker.close()


class Desk:
    """The present state of a book."""

    def __init__(self, wanted: Build, said: Callable[[str], None], paged: bool = True) -> None:
        """`said` is called with a line for each state of the book; `paged`: whether there are PDF pages."""
        self.book, self.news, self._said = wanted.book, News(), said
        self.root = Path(wanted.book).resolve()
        self.screen = Bench(Resident(Screen, wanted))
        self.paper = Bench(Resident(behind_the_screen, wanted, heard=self._at)) if paged else None
        for bench in self._benches():
            bench.worker.ended = partial(self._again, bench)
        self._lock = threading.RLock()
        self._seen: Seen | None = None
        self._glanced: Glanced | None = None
        self._sheets: Sheets | None = None
        self._of_reading: tuple[Finding, ...] = ()
        self._of_pages: tuple[Finding, ...] = ()
        self._setting = paged
        self._step = ""
        self._is_quick = False
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        """Read and set the book, now and after each change."""
        self.screen.worker.begin()  # before there are threads, so that it can start with all that is imported here
        self._threads.append(threading.Thread(target=self._read, daemon=True))
        if self.paper is not None:
            self._threads.append(threading.Thread(target=self._set, daemon=True))
        for one in self._threads:
            one.start()
        self.changed(())

    def changed(self, names: Collection[str]) -> None:
        """Note that these files of the book's folder have changed."""
        fresh = any(name.lower().endswith(PAINTED) or name.startswith(LOOKS) for name in names)
        with self._lock:
            self._setting = self.paper is not None
        self.news.tell("saved", {"files": sorted(names)})
        for bench in self._benches():
            bench.want(fresh)

    def _benches(self) -> list[Bench]:
        return [self.screen] if self.paper is None else [self.screen, self.paper]

    def ask_screen(self, question: object) -> Any:
        """Return the answer of the worker that reads; None if it died, and another one has started."""
        return self._asked(self.screen, question)

    def ask_paper(self, question: object) -> Any:
        """Return the answer of the worker that sets; None without one."""
        return self._asked(self.paper, question) if self.paper is not None else None

    def _again(self, bench: Bench) -> None:
        """Start another worker if one has died between two readings of the book; it reads at once."""
        if not bench.is_looking and not bench.closed:
            self._said("a process that works on the book has died; another one starts")
            bench.want(True)

    def _asked(self, bench: Bench, question: object) -> Any:
        try:
            return bench.worker.ask(question)
        except WorkerFault as problem:
            bug(problem)
        except BookError:
            pass  # the page stays as it was; the fault is reported when the book is read
        return None

    def _read(self) -> None:
        while not self.screen.closed:
            look = self.screen.next(REST if self._glanced is None else None)
            if look is not None:
                self._glanced = None if self._looked(look) else self._glanced
            elif self._seen is not None:
                glanced = self.ask_screen(Glance())
                self._glanced = glanced if isinstance(glanced, Glanced) else Glanced((), None)
                self._tell("glanced")

    def _looked(self, look: Look) -> bool:
        """Read the book; return whether there is something to count."""
        try:
            seen = self.screen.look(look)
        except BookError as problem:
            seen = None
            self._of_reading = problem.findings
        except WorkerFault as problem:
            bug(problem)
            return False
        with self._lock:
            if seen is not None:
                self._seen, self._of_reading = seen, seen.findings
                self._setting = self._setting and seen.good
            elif not self.screen.closed:
                self._setting = False
        if not self.screen.closed:
            self._tell("seen")
            self._said(self._line())
        return seen is not None and seen.good

    def _set(self) -> None:
        assert self.paper is not None
        while not self.paper.closed:
            look = self.paper.next(QUIET if self._is_quick else None)
            if look is None:
                self._compare()
                continue
            try:
                sheets = self.paper.look(look)
                findings = sheets.findings if sheets is not None else ()
            except BookError as problem:
                sheets, findings = None, problem.findings
            except WorkerFault as problem:
                bug(problem)
                sheets, findings = None, ()
            with self._lock:
                self._sheets = sheets or self._sheets
                self._of_pages = findings
                self._setting = self.paper.is_wanted
                self._step = ""
            self._is_quick = sheets is not None
            if not self.paper.closed:
                self._tell("sheets")
                if sheets is not None:
                    self._said(f"set: {len(sheets.pages)} pages")

    def _compare(self) -> None:
        """If nobody is writing, check that a build from scratch gives the same pages; otherwise replace them."""
        if self.paper is None or self.paper.closed:
            return
        self._is_quick = False
        sheets = self._asked(self.paper, Compare())
        if sheets is not None and not self.paper.is_wanted:
            with self._lock:
                self._sheets, self._of_pages = sheets, sheets.findings
            self._tell("sheets")

    def _at(self, step: Step | None) -> None:
        """Report the progress of setting, for those who wait for pages."""
        said = step.file if step is not None and step.task.startswith("setting") else ""
        if said and said != self._step:
            self._step = said
            self.news.tell("at", {"file": said})

    def _findings(self) -> tuple[Finding, ...]:
        """Return all findings."""
        return tuple(dict.fromkeys((*self._of_reading, *self._of_pages)))

    def _line(self) -> str:
        found = self._findings()
        errors = sum(one.severity == "error" for one in found)
        shown = [f"{count} {word}{'s' * (count != 1)}" for count, word in
                 ((errors, "error"), (len(found) - errors, "warning")) if count]  # fmt: skip
        told = ", ".join(shown) or "no findings"
        first = next((one for one in found if one.severity == "error"), None)
        where = f": {from_here(first, self.book).place} {first.code} {first.message}" if first is not None else ""
        return f"read: {told}{where}"

    def _tell(self, kind: str) -> None:
        self.news.tell(kind, self.state(kind))

    def state(self, kind: str = "") -> dict[str, object]:
        """Return the state; with `kind`, as an event of this kind."""
        with self._lock:
            findings = self._findings()
            seen, sheets = self._seen, self._sheets
            told: dict[str, object] = {"findings": findings_of(findings), "setting": self._setting}
            if seen is not None:
                told["chapters"] = chapters_of(seen, self._glanced, sheets, findings)
                told["book"] = seen_of(seen) if kind in ("", "seen") else None
            if sheets is not None and kind in ("", "sheets"):
                told["sheets"] = sheets_of(sheets)
            told["paged"] = bool(self.paper)
            return told

    def close(self) -> None:
        """End the workers, and disconnect the viewers."""
        self.news.close()
        for bench in self._benches():
            bench.close()
        for one in self._threads:
            one.join(5)
