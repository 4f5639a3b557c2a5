"""`watch`: a book is made again after each change in its folder, and each build is a line.

The folder is looked at, which works on every kind of disk; nothing of it is read to see that it has changed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from compositor.commands.building import build
from compositor.commands.work import Build, Done
from compositor.errors import BookError, in_order, one_line, written
from compositor.fence import WorkerFault, fenced
from compositor.folder.listing import Listed, everything
from compositor.formats.writing.outputs import is_output
from compositor.model import Finding
from compositor.report import bug, from_here

EVERY = 0.3
"""Seconds between two looks at the folder."""
MOST = 10
"""Findings that a build may tell below its line."""


def changes(folder: Path, output: str, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Once for the folder as it is, then once after each change, as soon as two looks see the same."""
    outputs = os.path.realpath(output if output.endswith("/") or Path(output).is_dir() else Path(output).parent)
    built: dict[str, Listed] | None = None
    before = _look(folder, outputs)
    while True:
        wait(EVERY if built is not None else 0)
        now = _look(folder, outputs)
        if now == before and now != built:
            built = now
            yield
        before = now


def _look(folder: Path, outputs: str) -> dict[str, Listed]:
    """What is in the folder but outputs; nothing while it is not there."""
    try:
        return everything(os.path.realpath(folder), lambda path: is_output(os.path.realpath(path), outputs))
    except OSError:
        return {}


def lines(built: Done, seconds: float, known: Sequence[Finding]) -> Iterator[str]:
    """The line of a build, and below it what the build before did not have to say."""
    errors = sum(one.severity == "error" for one in built.findings)
    parts = [f"made {', '.join(map(str, built.made))}"] if built.made else []
    parts += [f"not made: {', '.join(f'the {one.name.upper()}' for one in built.missing)}"] if built.missing else []
    counts = ((errors, "error"), (len(built.findings) - errors, "warning"))
    counted = ", ".join(f"{number} {name}{'s' * (number != 1)}" for number, name in counts if number)
    parts += [counted] if counted else []
    yield one_line(f"{datetime.now():%H:%M:%S}  {'; '.join(parts)} ({seconds:.1f} s)")
    told = [one for one in in_order(built.findings) if one not in set(known)]
    told.sort(key=lambda one: one.severity)  # errors first, each in the order of the text
    for one in told[:MOST]:
        yield f"          {written(one, 'short', False)}"
    if told[MOST:]:
        yield f"          and {len(told) - MOST} more; `check` prints them"


def watch(wanted: Build, say: Callable[[str], None], wait: Callable[[float], None] = time.sleep) -> None:
    """Build after each change, and say what came of it, until somebody ends it."""
    known: Sequence[Finding] = ()
    for _ in changes(wanted.book, wanted.output, wait):
        start = time.monotonic()
        done = _built(wanted)
        shown = tuple(from_here(one, wanted.book) for one in done.findings)
        for line in lines(replace(done, findings=shown), time.monotonic() - start, known):
            say(line)
        known = shown


def _built(wanted: Build) -> Done:
    """What came of one build; whatever befell it, the next change is built again."""
    try:
        done: Done = fenced(build, wanted)
    except BookError as problem:
        return Done(problem.findings, {}, missing=wanted.formats)
    except WorkerFault as problem:
        bug(problem)
        return Done((), {}, missing=wanted.formats)
    return done
