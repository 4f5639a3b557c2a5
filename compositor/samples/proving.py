"""Book -> checked samples: the results of its calls for each of them, in the order of the book."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from compositor.errors import error, in_order, warning
from compositor.machine.interruption import ending_as_interrupted
from compositor.model import Book, Finding, Place
from compositor.press import Timings
from compositor.samples.calling import Desk, Result, results_of
from compositor.samples.calls import EXCEPTION, KINDS, Call, Kind, calls, name_for
from compositor.samples.environments import FOLDER, Environments, forget_others, prepare
from compositor.samples.fences import Sample, collect
from compositor.samples.keeping import Kept
from compositor.samples.lines import Lines
from compositor.samples.outputs import not_from_a_run, not_in_their_files
from compositor.samples.running import Runner
from compositor.samples.table import DONE, Standing, rounded_down, share

MISSING = frozenset({"X121", "X122"})
"""Codes of what is missing on the machine, and not wrong in the book."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a book is to be checked, and the least percentages."""

    chapters: tuple[str, ...] = ()
    """Files of the book; empty for all."""
    fresh: bool = False
    least_checked: int | None = None
    """Percent; None: the value of book.toml."""
    least_run: int | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """The state of every sample, and all findings."""

    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]

    @property
    def only_missing(self) -> bool:
        """Whether every error is something missing on this machine."""
        errors = [finding.code for finding in self.findings if finding.severity == "error"]
        return bool(errors) and set(errors) <= MISSING

    def seen_from_here(self, folder: Path) -> tuple[Standing, ...]:
        """Return the same with paths that a terminal and an editor can open from the current folder."""
        return tuple(
            replace(one, place=replace(one.place, file=str(folder / one.place.file))) for one in self.standings
        )


def chapters_named(book: Book, names: Sequence[str]) -> tuple[str, ...]:
    """Return the files for names on the command line: whole, without ending, or the beginning. Raises LookupError."""
    paths = [unit.chapter.source.path for unit in book.units]
    found: list[str] = []
    for name in names:
        short = name.removeprefix(f"{book.manuscript.folder}/")
        fitting = [path for path in paths if short in (path, path.rpartition(".")[0])]
        fitting = fitting or [path for path in paths if path.rpartition("/")[2].startswith(short)]
        if not fitting:
            raise LookupError(name)
        found += fitting
    return tuple(dict.fromkeys(found))


def prove(book: Book, wanted: Wanted, timings: Timings) -> Proved:
    """Check and run the samples of a book. Raises KeyboardInterrupt when interrupted; then no process is left."""
    collected = collect(book)
    samples = [one for one in collected.samples if not wanted.chapters or one.fence.chapter in wanted.chapters]
    settings = book.manuscript.samples
    orders = list(calls(samples, settings))
    with ending_as_interrupted():
        with timings.stage("environments"):
            names = [*dict.fromkeys([*(call.language.environment for call in orders), *settings.environments])]
            made = prepare(book, names if orders else ())
        desk = Desk(book, made, _kept(book, made, wanted.fresh), Runner(), timings.tell)
        results = results_of(desk, orders)
    for call, result in zip(orders, results, strict=True):
        stage = f"{call.kind} {call.name}"
        if result.seconds:
            timings.seconds[stage] = timings.seconds.get(stage, 0.0) + result.seconds
    if orders and not wanted.chapters and not made.missing:
        desk.kept.forget_others()
        forget_others(book, made)
    standings, findings = _standings(samples, orders, results, book)
    doubts = [*collected.findings, *not_in_their_files(collected.elsewhere, book.manuscript.folder)]
    found = [f for f in doubts if not wanted.chapters or f.place.file in wanted.chapters]
    found += [*made.findings, *findings, *(f for result in results for f in result.findings)]
    if not wanted.chapters and not found:  # a failed call leaves others unchecked; its fault is reported then
        found += [*_shortfall(book, standings, wanted), *_unused(book, standings)]
    return Proved(tuple(standings), _with_excerpts(found, book))


def _kept(book: Book, made: Environments, fresh: bool) -> Kept:
    folder = Path(os.path.abspath(book.manuscript.folder))
    return Kept(folder / FOLDER / "results", folder, made.digests, fresh)


def _standings(
    samples: Sequence[Sample], orders: Sequence[Call], results: Sequence[Result], book: Book
) -> tuple[list[Standing], list[Finding]]:
    """Return the state of each sample, and findings about outputs that no run could have printed."""
    proof = {(call.kind, id(each)): (call, result) for call, result in zip(orders, results, strict=True)
             for each in call.samples}  # fmt: skip
    standings: list[Standing] = []
    findings: list[Finding] = []
    for sample in samples:
        name = name_for(sample, book.manuscript.samples.languages)
        check, run = (_reason(kind, sample, name, proof.get((kind, id(sample)))) for kind in KINDS)
        standings.append(Standing(name or sample.fence.language, sample.fence.opened, check, run))
        if ("run", id(sample)) not in proof:
            findings += not_from_a_run(sample, run)
    return standings, findings


def _reason(kind: Kind, sample: Sample, name: str, proof: tuple[Call, Result] | None) -> str:
    """Return why a sample was not checked, or not run; empty if it was."""
    if proof is not None:
        call, result = proof
        if result.not_called:
            return result.not_called
        if any(sample is one for one in result.at_fault):
            return "failed"
        if result.failed:
            return f"called together with one that failed ({len(call.samples)} samples)"
        return ""
    excepted = sample.fence.without(EXCEPTION[kind])
    if excepted is not None:
        return excepted.strip() or "no reason is given"
    return f"no command that {'checks' if kind == 'check' else 'runs'} it" if name else "no command for it"


def _unused(book: Book, standings: Sequence[Standing]) -> Iterator[Finding]:
    """Yield findings for languages of book.toml without a sample: usually their names are misspelt."""
    used = {one.language for one in standings}
    for name in book.manuscript.samples.languages:
        if name not in used:
            place = book.manuscript.sample_places.get(f"languages.{name}", Place("book.toml"))
            near = get_close_matches(name, sorted(used), 1)
            remedy = f'did you mean "{near[0]}"?' if near else "correct the name, or delete the table"
            meant = (name, near[0]) if near else ("", "")
            yield warning("X132", f'no sample of the book is in "{name}"', place, remedy, meant=meant)


def _shortfall(book: Book, standings: Sequence[Standing], wanted: Wanted) -> Iterator[Finding]:
    settings, places = book.manuscript.samples, book.manuscript.sample_places
    rows: tuple[tuple[Kind, str, int | None, int], ...] = (
        ("check", "least-checked", wanted.least_checked, settings.least_checked),
        ("run", "least-run", wanted.least_run, settings.least_run),
    )
    for kind, key, asked, written in rows:
        least = written if asked is None else asked
        reached = share(standings, kind)
        if reached < least:
            message = f"{rounded_down(reached)} % of the samples are {DONE[kind]}; at least {least} % must be"
            yield error("X131", message, places.get(key, Place("book.toml")), "the table lists each sample that is not")


def _with_excerpts(findings: Sequence[Finding], book: Book) -> tuple[Finding, ...]:
    """Return findings in order, each with its source line."""
    lines = Lines(book)
    return in_order(replace(f, excerpt=f.excerpt or lines.at(f.place)) for f in findings)


EXPLANATIONS = {
    "X131": """Less code is checked or run than the book asks for, by `least-checked` and `least-run` under [samples]
or on the command line. The table lists every sample that is not, with the reason. The number counts every fence that
is not marked as an output.""",
    "X132": """book.toml has commands for a language, or for a language with a class, that no fence of the book uses; or
commands with more classes are used for all of its fences. Usually the name is misspelt.""",
}
