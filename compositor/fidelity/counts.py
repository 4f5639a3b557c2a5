"""Book -> how long it is: words, figures, tables, listings, formulas and pages, by chapter and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from compositor.fidelity.kept import inside
from compositor.markdown.reading import walk
from compositor.model import Book, Role, Unit

COUNTED = ("words", "figures", "tables", "listings", "formulas")


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a chapter, or of the whole book."""

    number: str
    title: str
    file: str
    role: str
    """`chapter`, `section`, `appendix`, `front`, `back`, `part`; empty for the whole book."""
    words: int
    figures: int
    """A figure with panels counts once."""
    tables: int
    listings: int
    formulas: int
    pages: int | None = None
    """From its first page to the one before the next chapter; None without a PDF."""

    def minutes(self, words_a_minute: int) -> int:
        """Return how many minutes it takes to read the words, rounded up."""
        return ceil(self.words / words_a_minute)


def counts(
    book: Book, pages: Mapping[str, int] | None = None, in_all: int | None = None, *, by_file: bool = False
) -> tuple[Counts, ...]:
    """Return the counts of each chapter with its section files, or of each file, in the order of the book, then of the
    whole book. Pages that Compositor generates count only in the total of pages.

    `pages`: the page of the PDF that each anchor stands on; `in_all`: how many pages it has.
    """
    chapters = tuple((unit,) for unit in book.units) if by_file else tuple(_with_sections(book.units))
    starts = [None if pages is None else pages.get(units[0].anchor) for units in chapters]
    ends = [*starts[1:], in_all]
    rows = zip(chapters, map(_between, starts, ends), strict=True)
    made = [_counts(book, *one) for one in rows if not one[0][0].chapter.source.is_made]
    sums = {what: sum(getattr(one, what) for one in made) for what in COUNTED}
    return (*made, Counts("", book.metadata.title, "", "", **sums, pages=in_all))


def _between(start: int | None, end: int | None) -> int | None:
    """Return how many pages lie between two; None if one is unknown, or the PDF has them in another order."""
    return None if start is None or end is None or end < start else end - start


def _with_sections(units: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    """Yield every unit that is not a section, with the sections that follow it."""
    starts = [place for place, unit in enumerate(units) if unit.role is not Role.SECTION or not place]
    yield from (tuple(units[start:end]) for start, end in zip(starts, [*starts[1:], len(units)], strict=True))


def _counts(book: Book, units: Sequence[Unit], pages: int | None) -> Counts:
    found: Counter[str] = Counter()
    for unit in units:
        for what, count, _ in inside(unit.chapter, book.links):
            found[what] += count
        tokens = walk(list(unit.chapter.everything))
        found["figures"] += sum(one.type == "figure_open" and one.meta.get("kind") == "figure" for one in tokens)
    first = units[0]
    numbers = {what: found[what] for what in COUNTED}
    return Counts(first.number, first.title, first.chapter.source.path, first.role.value, **numbers, pages=pages)
