"""Blocks that were not found, and letters that no block has claimed -> findings that say what happened, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compositor.checks.finished.block import Block
from compositor.checks.finished.runs import Run, folded, same_but_for_accents
from compositor.checks.finished.sheet import Sheet
from compositor.errors import error
from compositor.model import Finding, PageMap, Place, Unit

LARGEST = 20_000_000
"""Product of the lengths of two texts beyond which they are not compared letter by letter: it would take minutes."""
ALIKE = 0.4
"""Least share of common letters for which two texts may be the same."""
Change = tuple[str, int, int, int, int]
"""An operation of difflib: what was done, from where to where in the source, from where to where in the file."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file shows of one unit, and how a message names it."""

    file: str
    """`PDF` or `EPUB`."""
    unit: Unit
    runs: tuple[Run, ...]
    pages: PageMap | None = None
    heads: tuple[str, ...] = ()
    """What the heads of pages contain besides the titles of the unit: headings, continuations, the book's title."""
    ornaments: tuple[str, ...] = ()
    """The words in drawings without an alternative text."""
    backward: bool = False
    """Whether the book is read from right to left."""

    def on(self, page: int) -> str:
        """Return ` on page 31 of the PDF (folio 25)`, or ` in the EPUB`."""
        if not page or self.pages is None:
            return f" in the {self.file}"
        folio = self.pages.pages[page - 1].folio if page <= len(self.pages.pages) else ""
        return f" on page {page} of the {self.file}" + (f" (folio {folio})" if folio else "")


@dataclass(frozen=True, slots=True)
class Laid:
    """What a file should show of a unit, what it shows, and which blocks have been found."""

    blocks: Sequence[Block]
    shown: Shown
    sheet: Sheet

    def between(self, group: Sequence[int], gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the gaps at the place of some neighbouring blocks: after the block before, before the block after."""
        notes = self.blocks[group[0]].note
        claims = [claim for claim in self.sheet.claims if self.blocks[claim[2]].note == notes]
        low = max((end for _, end, number in claims if number < group[0]), default=0)
        high = min((at for at, _, number in claims if number > group[-1] and at >= low), default=len(self.sheet.text))
        return [gap for gap in gaps if low <= gap[0] < max(high, low + 1)] or self._alike(group, gaps)

    def _alike(self, group: Sequence[int], gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the gap that has most of their letters, if a style has painted the neighbours in another order."""
        owed = "".join(self.blocks[number].folded for number in group)
        alike = [(SequenceMatcher(None, owed, self.sheet.text[slice(*gap)]).quick_ratio(), gap) for gap in gaps]
        best = max(alike, default=(0.0, (0, 0)))
        return [best[1]] if best[0] > ALIKE else []

    def page_before(self, number: int) -> int:
        """Return the page on which the previous block ends."""
        return self.sheet.page(max((end - 1 for _, end, n in self.sheet.claims if n < number), default=0))


@dataclass(frozen=True, slots=True)
class _Difference:
    """A block, and how the text at its place differs from it."""

    block: Block
    missing: str
    added: str
    words: str
    """The words of the source around the difference."""


def words_of(laid: Laid, group: Sequence[int], gaps: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield one finding for each of some neighbouring blocks whose letters differ from those in the file."""
    owed = "".join(laid.blocks[n].letters for n in group)
    found = "".join(laid.sheet.exact[start:end] for start, end in gaps)
    if not any(laid.blocks[n].exact for n in group):
        owed, found = folded(owed), folded(found)
    if same_but_for_accents(owed, found):
        return
    page = laid.sheet.page(gaps[0][0]) if gaps else laid.page_before(group[0])
    changes, start, taken = _changes(owed, found), 0, set[Change]()
    for number in group:
        block = laid.blocks[number]
        end = start + len(block.letters)
        mine = [change for change in changes if change not in taken and _touches(change, start, end)]
        taken |= {change for change in mine if change[2] <= end}
        if mine:
            yield _finding(laid.shown, page, _difference(block, start, (owed, found), mine))
        start = end


def _changes(owed: str, found: str) -> list[Change]:
    if len(owed) * len(found) > LARGEST:
        return [("replace", 0, len(owed), 0, len(found))]
    matcher = SequenceMatcher(None, owed, found, autojunk=False)
    return [change for change in matcher.get_opcodes() if change[0] != "equal"]


def _touches(change: Change, start: int, end: int) -> bool:
    first, last = change[1], change[2]
    return first < end and last > start if first < last else start <= first <= end


def _difference(block: Block, start: int, texts: tuple[str, str], changes: Sequence[Change]) -> _Difference:
    end = start + len(block.letters)
    missing = "".join(texts[0][max(change[1], start) : min(change[2], end)] for change in changes)
    added = "".join(texts[1][change[3] : change[4]] for change in changes)
    first, last = max(changes[0][1], start) - start, min(changes[-1][2], end) - start
    return _Difference(block, missing, added, short(block.word_at(first, max(last, first + 1))))


def _finding(shown: Shown, page: int, found: _Difference) -> Finding:
    """Return the finding for a block, by the kind of its differences."""
    block, words, where = found.block, found.words, f"{shown.on(page)} ({found.block.kind})"
    hidden = next((run for run in shown.runs if run.hidden and _overlaps(run.letters, found.missing)), None)
    if hidden is not None:
        message = f'"{words}" cannot be seen{shown.on(hidden.page)} ({block.kind}): {hidden.hidden}'
        return error("C204", message, block.place, "change the style, or break the text that is too long")
    if not found.added:
        remedy = "check the styles and templates of the book; if they are not the cause, report this"
        return error("C201", f'"{words}" is missing{where}', block.place, remedy)
    if not found.missing:
        message = f'"{short(found.added)}" appears{where} once more than in the source'
        return error("C202", message, block.place, "report this: Compositor has printed it twice")
    moved = sorted(found.missing) == sorted(found.added)
    how = "in another order" if moved else f'as "{short(found.added)}"'
    return error("C203", f'"{words}" appears {how}{where}', block.place, "report this: Compositor has changed it")


def without_place(laid: Laid, gap: tuple[int, int]) -> Finding:
    """Return findings for letters that no block or list allows: at a neighbour with them, else at the block before."""
    text, where = laid.sheet.text[slice(*gap)], laid.shown.on(laid.sheet.page(gap[0]))
    before = [laid.blocks[number] for start, _, number in laid.sheet.claims if start <= gap[0]][-1:]
    behind = [laid.blocks[number] for start, _, number in laid.sheet.claims if start >= gap[1]][:1]
    begins = [(block, 0) for block in behind if block.folded.startswith(text)]
    ends = [(block, len(block.folded) - len(text)) for block in before if block.folded.endswith(text)]
    inside = [(block, block.folded.find(text)) for block in (*behind, *before)]
    for block, at in (*begins, *ends, *inside):
        if at >= 0:
            message = f'"{short(block.word_at(at, at + len(text)))}" appears{where} twice ({block.kind})'
            return error("C202", message, block.place, "report this: Compositor has printed it twice")
    place = before[0].place if before else Place(laid.shown.unit.chapter.source.path, 1)
    message = f'"{short(laid.sheet.exact[slice(*gap)])}" appears{where} but not in the source, or twice'
    return error("C202", message, place, "check this place in the file; a template, a style or Compositor added it")


def _overlaps(hidden: str, missing: str) -> bool:
    hidden, missing = folded(hidden), folded(missing)
    return bool(missing) and (missing in hidden or hidden in missing)


def short(text: str) -> str:
    """Shorten a text so that it fits into a message."""
    return text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"
