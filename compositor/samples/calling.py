"""Calls -> results: two at a time, cached ones if nothing has changed, with the output and the faults of each."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from compositor.errors import error
from compositor.machine.scratch import Scratch
from compositor.model import Book, Finding, Place
from compositor.samples.calls import Call
from compositor.samples.environments import Environments, search_path
from compositor.samples.fences import Sample
from compositor.samples.giving import Given, give
from compositor.samples.keeping import Kept, Printed
from compositor.samples.messages import Said, faults
from compositor.samples.outputs import differences
from compositor.samples.running import Order, Runner, Stopped

AT_ONCE = 2
"""Calls at a time, if there are as many processors."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a call for its samples: the output of each, and findings; or why there was no call."""

    printed: Printed = ()
    findings: tuple[Finding, ...] = ()
    at_fault: tuple[Sample, ...] = ()
    failed: bool = False
    """Whether the call itself failed, so that nothing is known about the others."""
    not_called: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Desk:
    """What every call of a run uses."""

    book: Book
    made: Environments
    kept: Kept
    runner: Runner
    tell: Callable[[str], None]


def results_of(desk: Desk, orders: Sequence[Call]) -> list[Result]:
    """Return the results of all calls, in the order of the calls.

    A sample that fails its check is not run as well. Its neighbours are, with nothing in its place, so that it does not
    hide their faults.
    """
    checks = [call for call in orders if call.kind == "check"]
    found = dict(zip(map(id, checks), _at_once(desk, checks), strict=True))
    at_fault = [sample for result in found.values() for sample in result.at_fault]
    runs = [call for call in orders if call.kind == "run"]
    left_out = {id(call): [one for one in call.samples if any(one is fault for fault in at_fault)] for call in runs}
    useless = [call for call in runs if len(left_out[id(call)]) == len(call.samples)]
    found |= {id(call): Result(not_called="its check failed") for call in useless}
    runs = [call for call in runs if id(call) not in found]
    results = _at_once(desk, [_without(call, left_out[id(call)]) for call in runs])
    for call, result in zip(runs, results, strict=True):
        found[id(call)] = _of_the_others(call, result, left_out[id(call)])
    return [found[id(call)] for call in orders]


def _without(call: Call, left_out: Sequence[Sample]) -> Call:
    """Return the same call with nothing in place of some samples: the others keep their numbers."""
    return replace(call, samples=tuple(_emptied(one) if one in left_out else one for one in call.samples))


def _emptied(sample: Sample) -> Sample:
    return Sample(replace(sample.fence, text=""))


def _of_the_others(call: Call, result: Result, left_out: Sequence[Sample]) -> Result:
    """Return the result of a call without findings about samples that it was not given."""
    if not left_out:
        return result
    places = {(place.file, place.line) for sample in left_out for place in sample.fence.lines}
    kept = tuple(one for one in result.findings if (one.place.file, one.place.line) not in places)
    others = [one for one in call.samples if one not in left_out and one in result.at_fault]
    failed = result.failed and bool(others or kept)
    return replace(result, findings=kept, at_fault=(*left_out, *others), failed=failed)


def _at_once(desk: Desk, orders: Sequence[Call]) -> list[Result]:
    """Return the results of calls that do not depend on one another."""
    workers = max(1, min(AT_ONCE, os.cpu_count() or 1))
    with ThreadPoolExecutor(workers) as pool:
        try:
            waiting: list[Future[Result]] = [pool.submit(_one, desk, call) for call in orders]
            return [future.result() for future in waiting]
        except BaseException:
            desk.runner.stopping.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _one(desk: Desk, call: Call) -> Result:
    """Return the result of one call: a cached one that still matches the outputs in the book, or a new one."""
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


def _hindrance(desk: Desk, call: Call) -> Result | None:
    """Return why a call cannot be made on this machine."""
    for name in (call.language.environment, *call.language.needs):
        if name in desk.made.missing:
            return Result(not_called=desk.made.missing[name])
    program = call.words[0]
    path = search_path(desk.made.folders[call.language.environment])
    in_book = os.path.abspath(desk.book.manuscript.folder / program)
    if shutil.which(in_book if "/" in program else program, path=path) is not None:
        return None
    return _not_started(desk, call, "there is no such program on this machine")


def _not_started(desk: Desk, call: Call, why: str) -> Result:
    place = desk.book.manuscript.sample_places.get(f"languages.{call.name}.{call.kind}", Place("book.toml"))
    remedy = "correct the command, or install the program; until then the samples that need it are not run"
    message = f'"{call.words[0]}" cannot be run: {why}'
    return Result(findings=(error("X122", message, place, remedy),), not_called=message)


def _called(desk: Desk, call: Call) -> Result:
    desk.tell(f"{call.kind} {call.name}, {call.chapter}")
    folder = Path(os.path.abspath(desk.book.manuscript.folder))
    try:
        made = Scratch("samples")
    except OSError as problem:
        return _not_started(desk, call, f"temporary files cannot be written: {(problem.strerror or '').lower()}")
    try:
        scratch = Path(os.path.realpath(made.name))
        given = give(call, desk.made, scratch)
        order = Order(given.words, folder, scratch, given.environment, call.language.timeout)
        ended = desk.runner.run(order)
        if ended.code or ended.limit:
            named = {str(file): sample for file, sample in zip(given.files, call.samples, strict=True)}
            shown = {str(scratch / "samples"): "", str(scratch): "", str(folder): ""}
            findings, at_fault = faults(Said(call, ended, named, shown))
            told = [] if call.one_by_one or ended.limit else _told_all_the_same(call, given, at_fault)
            found = (*findings, *(finding for _, each in told for finding in each))
            return Result((), found, (*at_fault, *(sample for sample, each in told if each)), failed=True)
        printed = _printed(call, given, ended.output)
        differing = _compared(call, printed)
        at_fault = [sample for sample, found in differing if found]
        return Result(printed, tuple(f for _, found in differing for f in found), tuple(at_fault))
    except Stopped:
        return Result(not_called="interrupted")
    except OSError as problem:
        return _not_started(desk, call, (problem.strerror or str(problem)).lower())
    finally:
        made.cleanup()


def _printed(call: Call, given: Given, output: str) -> Printed:
    if call.one_by_one:
        return (output,)
    return tuple(_beside(file) for file in given.files)


def _beside(file: Path) -> str | None:
    """Return what a runner has written into the file next to that of a sample."""
    with suppress(FileNotFoundError):
        return Path(f"{file}.out").read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    return None


def _told_all_the_same(call: Call, given: Given, at_fault: Sequence[Sample]) -> list[tuple[Sample, list[Finding]]]:
    """If a call failed, report the samples without faults whose output differs from that in the book."""
    pairs = zip(call.samples, _printed(call, given, ""), strict=True)
    return [
        (sample, list(differences(sample, text)))
        for sample, text in pairs
        if call.kind == "run" and text is not None and not any(sample is one for one in at_fault)
    ]


def _compared(call: Call, printed: Printed) -> list[tuple[Sample, list[Finding]]]:
    """Return each sample, and where its output differs from that in the book."""
    pairs = zip(call.samples, printed, strict=True) if call.kind == "run" else ()
    return [(sample, list(differences(sample, text))) for sample, text in pairs]
