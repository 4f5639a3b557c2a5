"""PDF -> the runs of its pages, each page read once: here, by another process, or in an earlier build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import pypdfium2

from compositor.cache import current, is_remembered, remembered
from compositor.checks.finished.directions import in_order_of_reading
from compositor.checks.finished.keys import keys_of
from compositor.checks.finished.paper import read_page
from compositor.checks.finished.runs import Run

Plain = tuple[list[tuple[Any, ...]], str]
"""The runs of a page as plain values, without its number, and the text in its pictures."""
NAME = "runs of pages"
"""The name of the entries in the cache."""


@dataclass(frozen=True, slots=True)
class _File:
    """A PDF that is read, and the pages that have been read so far, by their numbers from 0."""

    document: Any
    sections: tuple[tuple[range, str], ...]
    """Runs of pages and their keys; the key is empty without a cache."""
    runs: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    in_pictures: dict[int, str] = field(default_factory=dict)
    """The text in the pictures of each page."""

    def keep(self, number: int, page: Plain) -> None:
        """Keep a page that was read, with its runs in reading order."""
        found, self.in_pictures[number] = page
        runs = [Run(one[0], number + 1, *one[1:]) for one in found]
        self.runs[number] = in_order_of_reading(self.document, number, runs)

    def read(self, numbers: Iterable[int]) -> None:
        """Read these pages, unless they have been read."""
        wanted = {number for number in numbers if number not in self.runs and number < len(self.document)}
        for section, key in self.sections if wanted else ():
            if not key:
                for number in sorted(wanted.intersection(section)):
                    self.keep(number, self._page(number))
            elif not wanted.isdisjoint(section):
                pages = remembered(partial(self._pages, section), NAME, key)
                for number, page in zip(section, pages, strict=True):
                    self.keep(number, page)

    def _pages(self, numbers: range) -> list[Plain]:
        return [self._page(number) for number in numbers]

    def _page(self, number: int) -> Plain:
        runs, in_pictures = read_page(self.document[number])
        return [_plain(run) for run in runs], in_pictures


@lru_cache(maxsize=2)
def _file(data: bytes) -> _File:
    document = pypdfium2.PdfDocument(data)
    keys = (keys_of(data) if current() is not None else None) or [(range(len(document)), "")]
    return _File(document, tuple(keys))


def pages_of(data: bytes, numbers: Sequence[int] | None = None) -> tuple[tuple[Run, ...], ...]:
    """Return the runs of pages, in the order of painting, without the letters in pictures.

    `numbers` are those of physical pages, from 0; None: all. A page that the file does not have is left out.
    """
    file = _file(data)
    wanted = range(len(file.document)) if numbers is None else numbers
    file.read(wanted)
    return tuple(file.runs[number] for number in wanted if number in file.runs)


def letters_in_pictures(data: bytes) -> tuple[str, ...]:
    """Return the text in the pictures of each physical page, visible or not."""
    file = _file(data)
    file.read(range(len(file.document)))
    return tuple(file.in_pictures[number] for number in range(len(file.document)))


def unread(data: bytes) -> frozenset[int]:
    """Return the numbers of the pages that have to be parsed, from 0: neither read here nor in an earlier build."""
    file = _file(data)
    known = [section for section, key in file.sections if key and is_remembered(NAME, key)]
    read = {number for section in known for number in section}.union(file.runs)
    return frozenset(range(len(file.document))) - read


def plain_pages(data: bytes) -> dict[int, Plain]:
    """Return the pages that have been read, in reading order, for another process."""
    file = _file(data)
    return {number: ([_plain(run) for run in runs], file.in_pictures[number]) for number, runs in file.runs.items()}


def give(data: bytes, pages: Mapping[int, Plain]) -> None:
    """Take pages that another process has read, in reading order."""
    file = _file(data)
    for number, (runs, in_pictures) in pages.items():
        file.runs[number] = tuple(Run(one[0], number + 1, *one[1:]) for one in runs)
        file.in_pictures[number] = in_pictures


def forget() -> None:
    """Forget all files."""
    _file.cache_clear()


def _plain(run: Run) -> tuple[Any, ...]:
    return run.letters, run.top, run.hidden, run.content, run.left, run.drawn, run.furniture
