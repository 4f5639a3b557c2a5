"""`watch`: a book is built again after each change in its folder, and each build prints a line.

The folder is looked at when the system reports a change, and now and then anyway; nothing in it is read for that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from importlib import import_module

from compositor.commands.building import build
from compositor.commands.work import Build, Done
from compositor.errors import BookError, in_order, one_line, written
from compositor.fence import WorkerFault, fenced
from compositor.folder.events import Events, Waits
from compositor.folder.listing import Listed
from compositor.machine.beginnings import how_to_begin
from compositor.made_before.of_a_folder import Asked, Inputs
from compositor.model import Finding
from compositor.report import bug, from_here, outcome

EVERY = 0.3
"""Seconds between two looks at the folder."""
MOST = 10
"""Findings that a build may print below its line."""


def changes(inputs: Inputs, events: Waits) -> Iterator[None]:
    """Yield once for the folder as it is, then once after each change, when two looks in a row see the same."""
    built: dict[str, Listed] | None = None
    before = _look(inputs)
    while True:
        events.wait(EVERY if built is not None else 0, idle=before == built)
        now = _look(inputs)
        if now == before and now != built:
            built = now
            yield
            events.found()
        before = now


def _look(inputs: Inputs) -> dict[str, Listed]:
    """Return what is in the folder; nothing while it does not exist."""
    try:
        return inputs.listed()
    except OSError:
        return {}


def lines(built: Done, seconds: float, known: Sequence[Finding]) -> Iterator[str]:
    """Yield the line of a build, and below it the findings that the previous build did not have, errors first."""
    came_of_it = outcome(built.findings, built.made, built.missing)
    yield one_line(f"{datetime.now():%H:%M:%S}  {came_of_it} ({seconds:.1f} s)")
    if built.unknown:
        yield one_line(f"          {built.unknown}")
    told = sorted(in_order(set(built.findings) - set(known)), key=lambda one: one.severity == "warning")
    for one in told[:MOST]:
        yield f"          {written(one, 'short', False)}"
    if told[MOST:]:
        yield f"          and {len(told) - MOST} more; `check` prints them"


def watch(wanted: Build, say: Callable[[str], None]) -> None:
    """Build after each change and print the result, until interrupted."""
    known: Sequence[Finding] = ()
    _import_what_builds_need(wanted)
    inputs = Inputs(Asked(wanted.book, wanted.formats, wanted.output, None))
    with _typesetters_ready(wanted) as see_to_them, Events(inputs.root) as events:
        for _ in changes(inputs, events):
            see_to_them()
            start = time.monotonic()
            done = _built(wanted)
            shown = tuple(from_here(one, wanted.book) for one in done.findings)
            for line in lines(replace(done, findings=shown), time.monotonic() - start, known):
                say(line)
            known = shown


@contextmanager
def _typesetters_ready(wanted: Build) -> Iterator[Callable[[], None]]:
    """Return what to call before each build, so that typesetters start at once, if the build has pages."""
    if not any(one.medium.paged for one in wanted.formats):
        yield lambda: None
        return
    from compositor.typeset.processes.beginnings import server_kept

    with server_kept() as see_to_it:
        yield see_to_it


def _import_what_builds_need(wanted: Build) -> None:
    """Import everything once, so that every forked worker has it."""
    if how_to_begin() == "fork":
        for name in ("compositor.making", "compositor.checks.finished", *(one.module for one in wanted.formats)):
            import_module(name)


def _built(wanted: Build) -> Done:
    """Return the result of one build. Whatever happened to it, the next change is built again."""
    try:
        done: Done = fenced(build, wanted)
    except BookError as problem:
        return Done(problem.findings, {}, missing=wanted.formats)
    except WorkerFault as problem:
        bug(problem)
        return Done((), {}, missing=wanted.formats)
    return done
