"""The units of a PDF -> findings about each, from several processes: each reads the pages of its own units.

A copy of this process proves a part of the units, and sends its findings and the pages that it has read, which later
checks need too. If a copy does not finish, this process does its part. So the findings are those of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from compositor.checks.finished.parts.pages import Plain, give, plain_pages, unread
from compositor.fence.beside import Beside, begun_beside
from compositor.machine.cores import workers_at_most
from compositor.model import Book, Finding, PageMap, Unit

LEAST = 40
"""Pages to parse for which another process saves more time than it takes."""
Findings = tuple[Finding, ...]
Prove = Callable[[Unit], Findings]


@dataclass(frozen=True, slots=True)
class Part:
    """What a process returns: the findings about its units, in their order, and the pages that it has read."""

    findings: list[Findings]
    pages: dict[int, Plain]


def in_parts(book: Book, data: bytes, pages: PageMap, prove: Prove) -> Iterable[Findings]:
    """Return the findings about each unit of a PDF, in the order of the book."""
    parts = _parts(book, data, pages)
    limits, folder = book.manuscript.limits, book.manuscript.folder
    with ExitStack() as stack:
        begun: list[Beside | None] = []
        for units in parts[1:]:
            copy = begun_beside(folder, limits, partial(_part, data, units, prove))
            begun.append(copy)
            if copy is not None:
                stack.callback(copy.close)
        found = [prove(unit) for unit in parts[0]]
        for copy, units in zip(begun, parts[1:], strict=True):
            came = copy.result(limits.reading) if copy is not None else None
            if came is not None and isinstance(came.value, Part):
                give(data, came.value.pages)
                found += came.value.findings
            else:
                found += [prove(unit) for unit in units]
    return found


def _part(data: bytes, units: Sequence[Unit], prove: Prove) -> Part:
    """Return the part of a copy of the process."""
    before = plain_pages(data).keys()
    findings = [prove(unit) for unit in units]
    return Part(findings, {number: page for number, page in plain_pages(data).items() if number not in before})


def _parts(book: Book, data: bytes, pages: PageMap) -> list[Sequence[Unit]]:
    """Return runs of units with about the same number of pages that have to be parsed, as many as pay."""
    count, units = workers_at_most(book.manuscript.limits.bytes), book.units
    waiting = unread(data) if count > 1 and len(pages.pages) >= LEAST else frozenset()
    count = min(count, len(waiting) // (LEAST // 2), len(units))
    if count < 2:
        return [units]
    parts: list[list[Unit]] = [[] for _ in range(count)]
    weights = [len(waiting.intersection(pages.numbers_of(unit.key))) for unit in units]
    done, every = 0, max(1, sum(weights))
    for unit, weight in zip(units, weights, strict=True):
        parts[min(done * count // every, count - 1)].append(unit)
        done += weight
    return [part for part in parts if part] or [units]
