"""Book -> proved samples: all calls, two at a time, and what each says about its samples, in the order of the book."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from compositor.errors import error, in_order
from compositor.model import Book, Finding, Place
from compositor.press import Timings
from compositor.samples.calls import EXCEPTION, KINDS, Call, Kind, calls, name_for
from compositor.samples.environments import Environments, forget_others, prepare, search_path
from compositor.samples.fences import Sample, collect
from compositor.samples.giving import Given, give
from compositor.samples.keeping import Kept, Printed
from compositor.samples.lines import Lines
from compositor.samples.messages import Said, faults
from compositor.samples.outputs import differences, not_from_a_run
from compositor.samples.running import Order, Runner, Stopped, ending_as_interrupted
from compositor.samples.table import DONE, Standing, rounded_down, share

AT_ONCE = 2
"""Calls at a time, where there are as many processors."""
MISSING = frozenset({"X121", "X122"})
"""Codes of what is missing on the machine, and not wrong in the book."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a book is to be proved, and how much of it must be."""

    chapters: tuple[str, ...] = ()
    """Files of the book; none are all."""
    fresh: bool = False
    least_checked: int | None = None
    """Percent; None: as book.toml says."""
    least_run: int | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """How every sample stands, and everything found on the way."""

    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]

    @property
    def only_missing(self) -> bool:
        """Whether everything that was found is missing on this machine."""
        return bool(self.findings) and all(finding.code in MISSING for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Result:
    """What a call says about its samples: what each printed, and findings; or why there was no call."""

    printed: Printed = ()
    findings: tuple[Finding, ...] = ()
    at_fault: tuple[Sample, ...] = ()
    failed: bool = False
    """Whether the call itself failed, so that nobody knows what it would have said of the others."""
    not_called: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every call of a run draws on."""

    book: Book
    made: Environments
    kept: Kept
    runner: Runner
    tell: Callable[[str], None]


def chapters_named(book: Book, names: Sequence[str]) -> tuple[str, ...]:
    """The files that names on the command line mean: whole, without ending, or their beginning. Raises LookupError."""
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
    """Check and run the samples of a book. Raises KeyboardInterrupt when interrupted: no process is left then."""
    collected = collect(book)
    samples = [one for one in collected.samples if not wanted.chapters or one.fence.chapter in wanted.chapters]
    settings = book.manuscript.samples
    orders = list(calls(samples, settings))
    with ending_as_interrupted():
        with timings.stage("environments"):
            names = [*dict.fromkeys([*(call.language.environment for call in orders), *settings.environments])]
            made = prepare(book, names if orders else ())
        desk = _Desk(book, made, _kept(book, made, wanted.fresh), Runner(), timings.tell)
        results = _all(desk, orders)
    for call, result in zip(orders, results, strict=True):
        stage = f"{call.kind} {call.name}"
        timings.seconds[stage] = timings.seconds.get(stage, 0.0) + result.seconds
    if orders and not wanted.chapters and not made.missing:
        desk.kept.forget_others()
        forget_others(book, made)
    standings, findings = _standings(samples, orders, results, book)
    found = [f for f in collected.findings if not wanted.chapters or f.place.file in wanted.chapters]
    found += [*made.findings, *findings, *(f for result in results for f in result.findings)]
    if not wanted.chapters and not found:  # a call that failed leaves others unproved; the fault is the news then
        found += _shortfall(book, standings, wanted)
    return Proved(tuple(standings), _with_excerpts(found, book))


def _kept(book: Book, made: Environments, fresh: bool) -> Kept:
    folder = Path(os.path.abspath(book.manuscript.folder))
    return Kept(folder / ".samples" / "results", folder, made.digests, fresh)


def _all(desk: _Desk, orders: Sequence[Call]) -> list[Result]:
    """The results of all calls, in the order of the calls."""
    workers = max(1, min(AT_ONCE, os.cpu_count() or 1))
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[Result]] = [pool.submit(_one, desk, call) for call in orders]
        try:
            return [future.result() for future in waiting]
        except BaseException:
            desk.runner.stopping.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _one(desk: _Desk, call: Call) -> Result:
    """The result of one call: a kept one that still fits what the book prints, or a new one."""
    if why := _hindrance(desk, call):
        return why
    key = desk.kept.key(call)
    known = desk.kept.load(key)
    if known is not None and len(known) == len(call.samples) and not any(f for _, f in _compared(call, known)):
        return Result(known)
    start = time.perf_counter()
    result = replace(_called(desk, call), seconds=time.perf_counter() - start)
    if not result.findings and not desk.runner.stopping.is_set():
        desk.kept.keep(key, result.printed)
    return result


def _hindrance(desk: _Desk, call: Call) -> Result | None:
    """Why a call cannot be made on this machine."""
    for name in (call.language.environment, *call.language.needs):
        if name in desk.made.missing:
            return Result(not_called=desk.made.missing[name])
    program = call.words[0]
    path = search_path(desk.made.folders[call.language.environment])
    in_book = os.path.abspath(desk.book.manuscript.folder / program)
    if shutil.which(in_book if "/" in program else program, path=path) is not None:
        return None
    place = desk.book.manuscript.sample_places.get(f"languages.{call.name}.{call.kind}", Place("book.toml"))
    remedy = "correct the command, or install it; until then the samples that need it are not run"
    finding = error("X122", f'there is no program "{program}" on this machine', place, remedy)
    return Result(findings=(finding,), not_called=f'"{program}" not on this machine')


def _called(desk: _Desk, call: Call) -> Result:
    desk.tell(f"{call.kind} {call.name}, {call.chapter}")
    scratch = Path(os.path.realpath(tempfile.mkdtemp(prefix="samples-")))
    folder = Path(os.path.abspath(desk.book.manuscript.folder))
    try:
        given = give(call, desk.made, scratch)
        order = Order(given.words, folder, scratch, given.environment, call.language.timeout)
        ended = desk.runner.run(order)
        if ended.code or ended.limit:
            named = {str(file): sample for file, sample in zip(given.files, call.samples, strict=True)}
            shown = {str(scratch / "samples"): "", str(scratch): "", str(folder): ""}
            findings, at_fault = faults(Said(call, ended, named, shown))
            return Result((), tuple(findings), tuple(at_fault), failed=True)
        printed = _printed(call, given, ended.output)
        differing = _compared(call, printed)
        at_fault = [sample for sample, found in differing if found]
        return Result(printed, tuple(f for _, found in differing for f in found), tuple(at_fault))
    except Stopped:
        return Result(not_called="interrupted")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _printed(call: Call, given: Given, output: str) -> Printed:
    if call.one_by_one:
        return (output,)
    return tuple(_beside(file) for file in given.files)


def _beside(file: Path) -> str | None:
    """What a runner has written into the file beside that of a sample."""
    with suppress(FileNotFoundError):
        return Path(f"{file}.out").read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    return None


def _compared(call: Call, printed: Printed) -> list[tuple[Sample, list[Finding]]]:
    """Each sample, and where what it printed is not what the book says it prints."""
    pairs = zip(call.samples, printed, strict=True) if call.kind == "run" else ()
    return [(sample, list(differences(sample, text))) for sample, text in pairs]


def _standings(
    samples: Sequence[Sample], orders: Sequence[Call], results: Sequence[Result], book: Book
) -> tuple[list[Standing], list[Finding]]:
    """How each sample stands, and findings about outputs that no run could have printed."""
    proof = {(call.kind, id(each)): (call, result) for call, result in zip(orders, results, strict=True)
             for each in call.samples}  # fmt: skip
    standings: list[Standing] = []
    findings: list[Finding] = []
    for sample in samples:
        name = name_for(sample, book.manuscript.samples.languages)
        check, run = (_reason(kind, sample, name, proof.get((kind, id(sample)))) for kind in KINDS)
        standings.append(Standing(name or sample.fence.language, str(sample.fence.opened), check, run))
        if ("run", id(sample)) not in proof:
            findings += not_from_a_run(sample, run)
    return standings, findings


def _reason(kind: Kind, sample: Sample, name: str, proof: tuple[Call, Result] | None) -> str:
    """Why a sample was not checked, or not executed; empty when it was."""
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
            yield error("X131", message, places.get(key, Place("book.toml")), "the table names each that is not")


def _with_excerpts(findings: Sequence[Finding], book: Book) -> tuple[Finding, ...]:
    """Findings in order, each with the source line that it is about."""
    lines = Lines(book)
    return in_order(replace(f, excerpt=f.excerpt or lines.at(f.place)) for f in findings)


EXPLANATIONS = {
    "X131": """Less of the code in the book is checked or executed than the book asks for, by `least-checked` and
`least-run` under [samples] or on the command line. The table names every sample that is not, with the reason. The
number counts every fence that is not marked as an output.""",
}
