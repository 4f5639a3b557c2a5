"""Letters that no block has claimed -> those that are not on the closed list either: no other text may be added.

Heads and folios are looked for only in what the PDF marks as no part of the text, and only those of that page. The mark
of a list item may occur once, in the line where the item begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from compositor.checks.finished.block import Block
from compositor.checks.finished.differences import Laid
from compositor.checks.finished.runs import BACKWARD, Run, folded, letter_counts, letters
from compositor.checks.finished.sheet import Sheet

REMOVED: Mapping[str, str] = {
    "folio": "the number of the page, in a corner or at the foot",
    "running head": "chapter and section at the head of a page, also as the last heading before that page",
    "continued": "the label of a listing at the head of a page where it continues",
    "entry again": "the words of an index entry at the head of a column in which it continues",
    "mark in a listing": "the number that an annotation below a listing explains; on paper it is drawn",
    "list mark": "the number or the bullet of a list item, by the style sheet: once, in the first line of the item",
    "words of an ornament": "words in a drawing without an alternative text, which is marked as decoration",
    "table head again": "the head rows of a table, where it continues on another page",
    "table column again": "the first column of a table that is split by columns, in each part except the first",
}
"""Text that a page may show although no block expects it. It is removed where it occurs; nothing else is. In the EPUB,
that is only the mark in a listing. Labels, chapter numbers and note numbers are compared, not removed."""
LINE = 10.0
"""Most points between the tops of a mark and of the first letters of its item; a line is higher."""


def remaining(laid: Laid) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a file that no block has claimed and no list allows."""
    sheet = laid.sheet
    allowed = _Allowed(laid) if laid.shown.pages is not None else None
    behind = (0, 0)
    for start, end, run in _pieces(sheet):
        if allowed is not None and allowed.has(sheet.text[start:end], run, end):
            continue
        if behind[1] != start:
            if behind[1]:
                yield behind
            behind = start, end
        behind = behind[0], end
    if behind[1]:
        yield behind


def _pieces(sheet: Sheet) -> Iterator[tuple[int, int, Run]]:
    """Yield what is not claimed, run by run; consecutive lines of a page's heads or feet are one."""
    for start, end in sheet.gaps():
        first, last = bisect_left(sheet.starts, start), bisect_left(sheet.starts, end)
        runs = zip(sheet.starts[first:last], sheet.ends[first:last], sheet.runs[first:last], strict=True)
        for (furniture, *_), group in groupby(runs, key=lambda one: _together(one[2])):
            pieces = list(group)
            if furniture:
                pieces = [(pieces[0][0], pieces[-1][1], pieces[0][2])]
            yield from ((a, b, run) for a, b, run in pieces if a < b)


def _together(run: Run) -> tuple[bool, int, int]:
    """Return a value that is equal for runs that form one piece if they are consecutive."""
    return run.furniture, run.page, run.content if run.furniture else 0


ELLIPSIS = "…"
"""Ends a running head that is longer than its line."""


class _Allowed:
    """The text that pages of a unit may show besides its blocks, and the marks that were found."""

    def __init__(self, laid: Laid) -> None:
        self.pages = laid.shown.pages.pages if laid.shown.pages is not None else ()
        unit = laid.shown.unit
        heads = {unit.number, unit.label, unit.verso, unit.recto, *laid.shown.heads, *heads_of_tables(laid.blocks)}
        self.heads = {folded(letters(text)) for text in heads}
        self.backward = laid.shown.backward
        self.marks = list(_marks_of_items(laid))
        self.ornaments = [folded(letters(text)) for text in laid.shown.ornaments]

    def _of_ornaments(self, text: str, pieces: Iterable[str]) -> bool:
        """Return whether a text has only letters of drawings, which may cut some off, and of allowed texts beside them.

        A running head beside them may be cut, and then ends in an ellipsis.
        """
        return letter_counts(text.replace(ELLIPSIS, "")) <= letter_counts("".join((*pieces, *self.ornaments)))

    def has(self, text: str, run: Run, end: int) -> bool:
        """Return whether a page may show these letters, which end before this place in the file."""
        if run.furniture:
            folio = self.pages[run.page - 1].folio if run.page <= len(self.pages) else ""
            pieces = {*self.heads, folded(letters(folio))} - {""}
            made = _is_made_of(text, pieces) or (self.backward and _is_made_of_backward(text, pieces))
            return made or (bool(self.ornaments) and self._of_ornaments(text, pieces))
        near = [mark for mark in self.marks if text in mark.texts and mark.may_be(run, end)]
        if near:
            self.marks.remove(near[0])
        return bool(near)


def _is_made_of(text: str, pieces: Iterable[str]) -> bool:
    """Return whether a text consists of some of these pieces, or of beginnings of them that end in an ellipsis.

    If it is read from right to left, no structure element tells its reading order: then its letters are counted.
    """
    if BACKWARD.search(text):
        return _has_the_letters_of(text, pieces)
    ends = {0}
    for at in range(len(text)):
        if at in ends:
            ends |= {at + len(piece) for piece in pieces if text.startswith(piece, at)}
            cut = text.find(ELLIPSIS, at)
            ends |= {cut + 1 for piece in pieces if cut > at and piece.startswith(text[at:cut])}
    return len(text) in ends


def _is_made_of_backward(text: str, pieces: Iterable[str]) -> bool:
    """Return the same for a book read from right to left, where `-3` ends with its sign, which looks like a hyphen."""
    return _has_the_letters_of(text.replace("-", ""), [piece.replace("-", "") for piece in pieces])


def _has_the_letters_of(text: str, pieces: Iterable[str]) -> bool:
    """Return whether all letters of a text are those of some of these pieces, and of one that is cut."""
    ordered = sorted(set(pieces), key=lambda piece: (-len(piece), piece))
    counts = [letter_counts(piece) for piece in ordered]
    cuts = counts if ELLIPSIS in text else [Counter[str]()]
    rest = letter_counts(text.replace(ELLIPSIS, ""))
    return any(_are_covered(rest, [one for one in counts if one is not cut], cut) for cut in cuts)


def _are_covered(rest: Counter[str], pieces: Sequence[Counter[str]], cut: Counter[str]) -> bool:
    """Return whether letters are those of some pieces, trying each that has the first letter; one may be cut off."""
    letter = min(rest - cut, default="")
    having = (piece for piece in pieces if piece[letter] and piece <= rest)
    return not letter or any(_are_covered(rest - one, [p for p in pieces if p is not one], cut) for one in having)


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark of a list item: what it may be, and where the item begins."""

    texts: tuple[str, ...]
    page: int
    top: float | None
    """The top of its first letters; None if the item does not begin with a line of text."""
    start: int
    """The position of its first letters in the file."""

    def may_be(self, run: Run, end: int) -> bool:
        """Return whether letters that end here can be the mark: in the line of the item's first letters.

        A picture makes its line as high as itself; then the mark is above the letters, right before them.
        """
        if self.top is None:
            return abs(self.page - run.page) <= 1
        beside = abs(self.top - run.top) <= LINE
        return self.page == run.page and (beside or (end == self.start and run.top < self.top))


def _marks_of_items(laid: Laid) -> Iterator[_Mark]:
    first: dict[int, int] = {}
    page = 0
    for start, _, number in laid.sheet.claims:
        first.setdefault(number, start)
    for number, block in enumerate(laid.blocks):
        start, top = first.get(number, -1), None
        if start >= 0:
            run = laid.sheet.run(start)
            page, top = run.page, run.top if block.kind == "list item" else None
        for marks in block.marks:
            yield _Mark(tuple(folded(mark) for mark in marks), page, top, start)


def heads_of_tables(blocks: Sequence[Block]) -> set[str]:
    """Return the head rows of tables, which are printed again where a table continues."""
    found, row = set(), ""
    for block in blocks:
        row = row + block.words if block.head else ""
        found |= {row, block.words} if block.head else set()
    return found
