"""PDF -> the runs of its pages, each page read once: here, by another process, or in an earlier build."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from compositor.cache import current, is_remembered, remembered
from compositor.checks.finished.directions import has_backward, in_order_of_reading
from compositor.checks.finished.keys import keys_of
from compositor.checks.finished.paper import read_page
from compositor.checks.finished.runs import Run
from compositor.language import language_for

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
    backward: bool
    """Whether its language is written from right to left."""
    runs: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    in_pictures: dict[int, str] = field(default_factory=dict)
    """The text in the pictures of each page."""

    def keep(self, number: int, page: Plain) -> None:
        """Keep a page that was read."""
        found, self.in_pictures[number] = page
        self.runs[number] = tuple(Run(one[0], number + 1, *one[1:]) for one in found)

    def read(self, numbers: Iterable[int]) -> None:
        """Read these pages of a unit, unless they have been read.

        Text of both directions may continue on a page that has only letters of one. So if one page has right-to-left
        letters, all of them are put in reading order.
        """
        wanted = {number for number in numbers if number not in self.runs and number < len(self.document)}
        new = dict[int, Plain]()
        for section, key in self.sections if wanted else ():
            if not key:
                new |= {number: self._page(number) for number in sorted(wanted.intersection(section))}
            elif not wanted.isdisjoint(section):
                new |= zip(section, remembered(partial(self._pages, section), NAME, key), strict=True)
        for number, page in new.items():
            self.keep(number, page)
        if self.backward or any(has_backward(self.runs[number]) for number in new):
            for number in new:
                self.runs[number] = in_order_of_reading(self.document[number], self.runs[number])

    def _pages(self, numbers: range) -> list[Plain]:
        return [self._page(number) for number in numbers]

    def _page(self, number: int) -> Plain:
        runs, in_pictures = read_page(self.document[number])
        return [_plain(run) for run in runs], in_pictures


@lru_cache(maxsize=2)
def _file(data: bytes) -> _File:
    document = pypdfium2.PdfDocument(data)
    keys = (keys_of(data) if current() is not None else None) or [(range(len(document)), "")]
    return _File(document, tuple(keys), language_for(_language(document)).direction == "rtl")


def _language(document: Any) -> str:
    """Return the language of a file; empty if it names none."""
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    return ctypes.string_at(buffer, max(0, size - 2)).decode("utf-16-le", "replace")


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
