"""A random book -> bugs in Compositor: a refusal, a false alarm, a crash."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from compositor.checks.finished import FINISHED_CHECKS, reading_order
from compositor.errors import BookError
from compositor.formats import EDITIONS, Format, pdf
from compositor.making import make
from compositor.model import Finding, Limits
from compositor.press import Timings, read_book
from compositor.typeset import Look, Typesetter
from tests.random_books.books import RandomBook


class _Here(Typesetter):
    """A typesetter in this process, in place of one in a process of its own."""

    def __init__(self, look: Look, limits: Limits, files: object = None) -> None:
        super().__init__(look)

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        """End nothing."""


@contextmanager
def in_this_process() -> Iterator[None]:
    """Set pages in this process, so that WeasyPrint is imported once and not for each book; the bytes are the same."""
    with patch.object(pdf, "ChildTypesetter", _Here):
        yield


def try_book(
    book: RandomBook, formats: Sequence[Format] = EDITIONS, ask: Callable[[Path], tuple[str, ...]] = lambda output: ()
) -> tuple[str, ...]:
    """Make the book in a temporary folder; return the bugs in Compositor, else the result of `ask`."""
    with tempfile.TemporaryDirectory(prefix="random-book-") as scratch:
        output = Path(scratch) / "out"
        return faults(book.write(Path(scratch) / "book"), output, formats) or ask(output)


def faults(folder: Path, output: Path, formats: Sequence[Format] = EDITIONS) -> tuple[str, ...]:
    """Return what prevents the files of this book, each as `code place: words`; nothing if all are made."""
    try:
        proof = read_book(folder, Timings())
        with in_this_process(), patch.dict(FINISHED_CHECKS, {"reading order": reading_order}):
            made = make(proof, formats, f"{output}{os.sep}", Timings())
    except BookError as problem:
        return tuple(_said(one) for one in problem.findings if one.severity == "error")
    except Exception as problem:
        frame = traceback.extract_tb(problem.__traceback__)[-1]
        return (f"{type(problem).__name__} in {Path(frame.filename).name}:{frame.name}: {problem}",)
    found = [_said(one) for one in made.findings if one.severity == "error"]
    return tuple(found or (f"no {one.name}: and nothing says why" for one in made.missing))


def _said(finding: Finding) -> str:
    return f"{finding.code} {finding.place}: {finding.message}"


def kind(fault: str) -> str:
    """Return the part of a fault that stays in a smaller book: its code, or the exception and where it was raised."""
    first, _, rest = fault.partition(" ")
    return f"{first} {rest.partition(': ')[0]}" if rest.startswith("in ") else first
