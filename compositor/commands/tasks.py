"""What a command does with the sources of a book, inside the fence: from words to results that can be printed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, redirect_stderr
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compositor.commands.work import Checks, Done, Reader
from compositor.errors import BookError
from compositor.fence import Worker
from compositor.formats import EDITIONS
from compositor.machine import memory
from compositor.machine.steps import step
from compositor.model import Finding
from compositor.press import Timings, ask_the_web

if TYPE_CHECKING:
    from compositor.fidelity import Fidelity
    from compositor.proof import Row
    from compositor.samples import Wanted
    from compositor.samples.table import Standing

@dataclass(frozen=True, slots=True)
class Sampled:
    """The results of the samples of a book."""

    findings: tuple[Finding, ...]
    timings: Mapping[str, float]
    standings: tuple[Standing, ...] = ()
    only_missing: bool = False
    has_commands: bool = True
    unknown: str = ""
    """A chapter that was asked for and does not exist."""
    stopped: bool = False
    """Whether the book has errors, so that no sample was checked."""


def check(book: Path, read: Reader, checks: Checks, worker: Worker) -> Done:
    """Find what is wrong in a book; with `full`, in its finished files too."""
    timings = Timings(worker.stage)
    proof = read(book, timings)
    findings = (*proof.findings, *(() if checks.full else proof.foreseen()))
    paths: tuple[Path, ...] = ()
    became: Fidelity | None = None
    if checks.full and not proof.errors:
        from compositor.making import make

        try:
            made = make(proof, EDITIONS, checks.folder, timings)
            findings = (*findings, *made.findings, *made.beside)
            paths = made.paths if checks.folder else ()
            became = made.fidelity
        except BookError as problem:
            findings += problem.findings
    if checks.external:
        with step("asking the web", limited=False):
            findings += ask_the_web(proof, timings)
    rows: tuple[Row, ...] = ()
    if checks.page:
        from compositor.proof import Files, ordering

        with step("asking others", limited=False), memory.unlimited():
            files = Files(proof.book, findings, paths, checks.sums, became)
            rows = ordering.write_report(checks.page, files, timings)
    return Done(findings, timings.seconds, rows=rows, remarks=tuple(_compared(became)))


def _compared(became: Fidelity | None) -> Iterator[str]:
    """Yield what was compared in a full check, and the result."""
    if became is not None:
        counts = {one.what: one.count for one in became.kept}
        texts = counts.get("texts", 0)
        words = f"{counts.get('words', 0):,} words of {texts:,} text{'s' * (texts != 1)}"
        holds = became.promises[0].standing == "holds"
        came_of_it = "each is there once, in order and visible" if holds else "they differ; the errors say where"
        yield f"compared with the finished files: {words}; {came_of_it}"


def sample(book: Path, read: Reader, wanted: Wanted, quiet: bool, worker: Worker) -> Sampled:
    """Check and run the code of a book, with the commands that its settings name."""
    from compositor.samples import chapters_named, prove

    timings = Timings(worker.stage)
    proof = read(book, timings)
    if proof.book is None or proof.errors:
        return Sampled(proof.errors, timings.seconds, stopped=True)
    try:
        named = chapters_named(proof.book, wanted.chapters)
    except LookupError as unknown:
        return Sampled((), timings.seconds, unknown=str(unknown.args[0]), stopped=True)
    talk = redirect_stderr(io.StringIO()) if quiet else nullcontext()
    with talk, step("running its code", limited=False):
        proved = prove(proof.book, replace(wanted, chapters=named), timings)
    has_commands = bool(proof.book.manuscript.samples.languages)
    standings = proved.seen_from_here(book)
    return Sampled(proof.told(proved.findings), timings.seconds, standings, proved.only_missing, has_commands)
