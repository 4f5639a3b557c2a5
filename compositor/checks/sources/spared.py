"""Findings of the sources -> those that hold on this page: long lines of a listing may fit in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compositor.markdown.code.listings import not_wrapped
from compositor.model import Book, Finding
from compositor.render.units import measure_of
from compositor.theme import Theme

WRAPPED = "L153"


def without_spared(findings: Iterable[Finding], book: Book, theme: Theme | None) -> Iterator[Finding]:
    """Yield the findings without those for code lines that fit on a page of this book."""
    told = tuple(findings)
    spared = set()
    if theme is not None and any(one.code == WRAPPED for one in told):
        measure = measure_of(book, theme)
        spared = {place for unit in book.units for place in not_wrapped(unit.chapter.tokens, measure)}
    yield from (one for one in told if one.code != WRAPPED or one.place not in spared)
