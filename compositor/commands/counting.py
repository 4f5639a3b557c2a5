"""What is asked of a book -> how long it is, as a table for people and as JSON. This runs inside the fence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from compositor.cache import cache_for, using
from compositor.commands.work import Reader
from compositor.errors import BookError
from compositor.fence import Worker
from compositor.fidelity.counts import COUNTED, Counts, counts
from compositor.git import one_look
from compositor.made_before.of_pages import earlier_pages
from compositor.press import Timings

TITLE = 40
"""Most characters of a title in the table."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of a book."""

    rows: tuple[Counts, ...]
    words_a_minute: int
    build: str
    """The build id of the book as it is now."""
    pages_of: str = ""
    """The build id of the PDF that the page numbers come from; empty without one."""
    errors: int = 0
    """How many findings would stop a build."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a book is to be counted."""

    output: str
    """The path of its PDF."""
    words_a_minute: int
    by_file: bool
    """Whether each section file is counted separately."""


def count(book: Path, read: Reader, wanted: Wanted, worker: Worker) -> Counted:
    """Read a book and count. Raises BookError if there is no book to count."""
    with using(cache_for(book)), one_look():
        proof = read(book, Timings(worker.stage))
        if proof.book is None:
            raise BookError(proof.findings)
        pages = earlier_pages(proof, wanted.output)
        known = (pages.pages, len(pages.labels)) if pages else (None, None)
        rows = counts(proof.book, *known, by_file=wanted.by_file)
        told = pages.build if pages else ""
        return Counted(rows, wanted.words_a_minute, proof.book.edition.build_id, told, len(proof.errors))


def as_lines(counted: Counted) -> Iterator[str]:
    """Yield a row for each chapter, a row for all, and what the numbers mean."""
    heads = ("words", "minutes", *(("pages",) if counted.pages_of else ()), *COUNTED[1:])
    names = [_name(one) for one in counted.rows]
    width = max(map(len, names))
    yield f"{'':<{width}}  {'  '.join(heads)}"
    for name, one in zip(names, counted.rows, strict=True):
        cells = (f"{_cell(one, head, counted.words_a_minute):>{len(head)}}" for head in heads)
        yield f"{name:<{width}}  {'  '.join(cells)}".rstrip()


def remarks(counted: Counted) -> Iterator[str]:
    """Yield remarks about the numbers."""
    yield f"minutes: at {counted.words_a_minute} words a minute, code and notes included"
    if not counted.pages_of:
        yield "pages: unknown; there is no PDF of the book (`--output` says where it is)"
    elif counted.pages_of != counted.build:
        yield f"pages: of the last PDF, which is of another state of the book ({counted.pages_of})"
    else:
        yield "pages: of the PDF of this state of the book; in all, those before the text too"
    if counted.errors:
        yield "the book has errors and cannot be built: `check` lists them"


def _name(one: Counts) -> str:
    title = one.title if len(one.title) <= TITLE else f"{one.title[: TITLE - 1].rstrip()}…"
    return f"{one.number} {title}".strip() if one.role else "in all"


def _cell(one: Counts, head: str, words_a_minute: int) -> str:
    value = one.minutes(words_a_minute) if head == "minutes" else getattr(one, head)
    return "-" if value is None else f"{value:,}"


def as_json(counted: Counted) -> str:
    """Return the same as one line of JSON."""
    *chapters, whole = (_row(one, counted.words_a_minute) for one in counted.rows)
    pages_of = {"build": counted.pages_of, "is_current": counted.pages_of == counted.build}
    told = {
        "build": counted.build,
        "words_a_minute": counted.words_a_minute,
        "pages_of": pages_of if counted.pages_of else None,
        "errors": counted.errors,
        "chapters": chapters,
        "total": {key: value for key, value in whole.items() if key not in ("number", "file", "role")},
    }
    return json.dumps(told, ensure_ascii=False)


def _row(one: Counts, words_a_minute: int) -> dict[str, object]:
    return {**asdict(one), "minutes": one.minutes(words_a_minute)}

