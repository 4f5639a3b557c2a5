"""Finished files -> rows of the report: each promise, who checked it, and the result.

A new promise is a function in a file of this folder, and a line in `ROWS`.

rows.py      what a row is; running a program
own.py       what Compositor checks itself, and what it can compare with its model
judges.py    other programs: EPUBCheck, Ace, page-validation, qpdf, poppler
versions.py  this machine -> the versions on which the bytes of a PDF depend
page.py      rows -> the report as one page of HTML
became.py    what became of the book -> a part of that page
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from compositor.proof import judges, own
from compositor.proof.page import as_html
from compositor.proof.rows import Files, Row

__all__ = ["ROWS", "Files", "Row", "as_html", "as_lines", "prove"]

ROWS: tuple[Callable[[Files], Iterable[Row]], ...] = (
    own.sources,
    own.finished,
    own.structure,
    own.accessibility,
    own.same_bytes,
    judges.epubcheck,
    judges.ace,
    judges.pdf_ua,
    judges.pdf_a,
    judges.qpdf,
    judges.fonts,
    judges.tagged,
)
"""The promises, in the order of the report."""


def prove(files: Files) -> tuple[Row, ...]:
    """Return every row; a tool that is not installed gives a row that says so."""
    return tuple(row for rows in ROWS for row in rows(files))


def as_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows for a terminal, and below each that does not hold the evidence."""
    for row in rows:
        yield f"{row.outcome:<8} {row.promise}: {row.figure}"
        yield from (f"{'':<9}{line}" for line in row.details[:5])
