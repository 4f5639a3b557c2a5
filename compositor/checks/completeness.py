"""Blocks against runs: every letter of the source is seen once, in its order, in the PDF and in the EPUB.

Each block is laid on the runs where its letters stand: whole, or in pieces where a page ends. A block begins and ends
with a run, for it begins and ends a line (PDF) or a text node (EPUB); so a short cell is never found inside a long
word. What no block has claimed must be on the closed list `REMOVED`. Blocks that are not found, and letters that
nobody claims, are compared word by word, to say what is missing, doubled, changed or hidden, and on which page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from compositor.checks.blocks import NUMBERED, PRINTED, SILENT, Block
from compositor.checks.runs import Run, folded, letters
from compositor.errors import error
from compositor.model import Finding, PageMap, Place, Unit

REMOVED: Mapping[str, str] = {
    "folio": "the number of the page, in its corner or at its foot",
    "running head": "chapter and section at the head of a page, also as the last heading before it",
    "number of the unit": "`18.3` or `Chapter 18` before a title, by the template",
    "list mark": "the number or the bullet of a list item, by the style sheet",
    "table head again": "the head rows of a table, where it goes on on another page",
}
"""What a page may show and no block owes: taken off where it stands, and nothing else is. Pages without an author
(cover, title, copyright, contents) are not compared; labels and note numbers are not taken off but compared too."""

NEAR = 1500
"""Letters to look ahead for the next block: notes, heads and folios lie between, at the end of a page."""
HYPHEN = "\x02"
"""What pdfium writes where a line ends in a hyphen, be it the author's or the typesetter's."""
LARGEST_DIFFERENCE = 20_000_000
"""Product of the lengths of two texts beyond which they are not compared letter by letter: it would take minutes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file shows of one unit, and how to speak of it."""

    file: str
    """`PDF` or `EPUB`."""
    unit: Unit
    runs: tuple[Run, ...]
    pages: PageMap | None = None

    def on(self, page: int) -> str:
        """` on page 31 of the PDF (folio 25)`, or ` in the EPUB`."""
        if not page or self.pages is None:
            return f" in the {self.file}"
        folio = self.pages.pages[page - 1].folio if page <= len(self.pages.pages) else ""
        return f" on page {page} of the {self.file}" + (f" (folio {folio})" if folio else "")


@dataclass(slots=True)
class _Sheet:
    """The letters of a unit in one string, where its runs begin and end, and which of them are claimed."""

    text: str
    exact: str
    starts: list[int]
    ends: list[int]
    runs: list[Run]
    claims: list[tuple[int, int, int]] = field(default_factory=list)
    """Start, end, number of the block; sorted."""

    def page(self, position: int) -> int:
        """The page of a letter."""
        return self.runs[max(0, min(bisect_right(self.starts, position) - 1, len(self.runs) - 1))].page if self.runs else 0

    def free(self, start: int, end: int) -> bool:
        """Whether nobody has claimed a letter between the two."""
        index = bisect_left(self.claims, (start, -1, -1))
        after = index < len(self.claims) and self.claims[index][0] < end
        return not after and (index == 0 or self.claims[index - 1][1] <= start)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Stretches that no block has claimed."""
        position = 0
        for start, end, _ in self.claims:
            if start > position:
                yield position, start
            position = max(position, end)
        if position < len(self.text):
            yield position, len(self.text)


def prove(blocks: Sequence[Block], shown: Shown) -> Iterator[Finding]:
    """Every difference between what a unit owes and what a file shows of it."""
    sheet = _sheet(blocks, shown.runs)
    lost = _claim_all(blocks, sheet)
    gaps = [(start, end) for start, end in sheet.gaps() if not _removed(blocks, shown, sheet, start, end)]
    yield from _differences(blocks, shown, sheet, lost, gaps)
    if not lost:
        yield from _out_of_order(blocks, shown, sheet)


def _sheet(blocks: Sequence[Block], runs: Iterable[Run]) -> _Sheet:
    """The seen runs in one string; a hyphen at the end of a line stays where the source has one there."""
    seen = [run for run in runs if not run.hidden]
    owed = "\n".join(block.letters for block in blocks) + "\n"
    parts, starts, ends, position = [], [], [], 0
    for index, run in enumerate(seen):
        text = run.letters
        if run.page and (HYPHEN in text or text.endswith("-")):
            text = _without_hyphen(text, _followers(seen, index), owed)
        starts.append(position)
        position += len(text)
        ends.append(position)
        parts.append(text)
    exact = "".join(parts)
    return _Sheet(folded(exact), exact, starts, ends, seen)


def _followers(runs: Sequence[Run], index: int) -> Iterator[str]:
    """With what a word may go on: the end of its block, the next run, the first one of the next page."""
    yield "\n"
    page = runs[index].page
    yield from (run.letters for run in runs[index + 1 : index + 2])
    yield from (run.letters for run in next(([r] for r in runs[index + 1 :] if r.page > page), []))


def _without_hyphen(text: str, followers: Iterable[str], owed: str) -> str:
    """A hyphen inside a run is the author's; at its end it is, where the source has these letters with it."""
    text = text.replace(HYPHEN, "-")
    kept = any(text[-12:] + follower[:6].replace(HYPHEN, "-").rstrip("-") in owed for follower in followers)
    return text if kept or not text.endswith("-") else text[:-1]


def _claim_all(blocks: Sequence[Block], sheet: _Sheet) -> list[int]:
    """Lay every block on the sheet; returns the numbers of those that do not lie on it as they should."""
    lost, position, slack = [], 0, NEAR
    for number, block in enumerate(blocks):
        wanted = block.folded
        spans = _spans(sheet, wanted, position, position + slack + len(wanted)) or _spans(sheet, wanted, 0, None)
        if not spans and block.optional:
            continue
        if not spans or (block.exact and "".join(sheet.exact[a:b] for a, b in spans) != block.letters):
            lost.append(number)
            slack += len(wanted) * 2
            continue
        for start, end in spans:
            insort(sheet.claims, (start, end, number))
        if not block.note and spans[0][0] >= position:
            position, slack = spans[-1][1], NEAR
    return lost


def _spans(sheet: _Sheet, wanted: str, start: int, stop: int | None) -> list[tuple[int, int]]:
    """Where the letters stand, whole; or broken at the end of a page; empty when they do not."""
    limit = len(sheet.text) if stop is None else min(stop, len(sheet.text))
    at = sheet.text.find(wanted, start, limit)
    while at >= 0:
        if _bounded(sheet, at, at + len(wanted)) and sheet.free(at, at + len(wanted)):
            return [(at, at + len(wanted))]
        at = sheet.text.find(wanted, at + 1, limit)
    return _broken(sheet, wanted, start, limit, 0)


def _bounded(sheet: _Sheet, start: int, end: int) -> bool:
    first, last = bisect_left(sheet.starts, start), bisect_left(sheet.ends, end)
    return sheet.starts[first : first + 1] == [start] and sheet.ends[last : last + 1] == [end]


def _broken(sheet: _Sheet, wanted: str, start: int, limit: int, depth: int) -> list[tuple[int, int]]:
    """The longest beginning that ends with a line, and the rest on a later page or behind what stands between."""
    if depth > 12:
        return []
    head = wanted[:4]
    for index in range(bisect_left(sheet.starts, start), bisect_left(sheet.starts, limit)):
        at = sheet.starts[index]
        if not sheet.text.startswith(head, at) and not head.startswith(sheet.text[at : sheet.ends[index]]):
            continue
        for end in _line_ends(sheet, wanted, index):
            if not sheet.free(at, end):
                continue
            rest = wanted[end - at :]
            if not rest:
                return [(at, end)]
            follow = _rest(sheet, rest, end, depth)
            if follow:
                return [(at, end), *follow]
    return []


def _rest(sheet: _Sheet, rest: str, after: int, depth: int) -> list[tuple[int, int]]:
    """The rest of a block on the page after this one: whole where a line begins there, or broken again."""
    page = sheet.page(after - 1)
    runs = sheet.runs
    first = bisect_left(sheet.starts, after)
    while first < len(runs) and runs[first].page == page:
        first += 1
    if first == len(runs):
        return []
    last = first
    while last < len(runs) and runs[last].page == runs[first].page:
        last += 1
    for index in range(first, last):
        at = sheet.starts[index]
        if sheet.text.startswith(rest, at) and _bounded(sheet, at, at + len(rest)) and sheet.free(at, at + len(rest)):
            return [(at, at + len(rest))]
    return _broken(sheet, rest, sheet.starts[first], sheet.ends[last - 1], depth + 1)


def _line_ends(sheet: _Sheet, wanted: str, index: int) -> list[int]:
    """The ends of runs up to which the letters agree, the farthest first."""
    at, found = sheet.starts[index], []
    for end in sheet.ends[index:]:
        if not wanted.startswith(sheet.text[at:end]):
            break
        found.append(end)
    return found[::-1]


def _removed(blocks: Sequence[Block], shown: Shown, sheet: _Sheet, start: int, end: int) -> bool:
    """Whether these letters are on the closed list, at this place."""
    return _allowed(blocks, shown, sheet, start).fullmatch(sheet.text[start:end]) is not None


def _allowed(blocks: Sequence[Block], shown: Shown, sheet: _Sheet, start: int) -> re.Pattern[str]:
    """What may stand at a place and belongs to no block."""
    unit = shown.unit
    texts = {unit.number, unit.label} if start < len(unit.label) + len(unit.number) + 200 else set()
    page = sheet.page(start)
    elsewhere = {number for at, _, number in sheet.claims if abs(sheet.page(at) - page) > 1}
    texts |= {mark for number, block in enumerate(blocks) if number not in elsewhere for mark in block.marks}
    if shown.pages is not None:
        texts |= {shown.pages.pages[page - 1].folio for page in range(*_pages_near(sheet, start, len(shown.pages.pages)))}
        texts |= {unit.verso, unit.recto}
        texts |= {block.words for block in blocks if block.kind == "heading"}
        texts |= _heads(blocks)
    found = sorted({re.escape(folded(letters(text))) for text in texts if text}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(found)})*" if found else "")


def _pages_near(sheet: _Sheet, start: int, count: int) -> tuple[int, int]:
    page = sheet.page(start)
    return max(1, page - 1), min(count, page + 1) + 1


def _heads(blocks: Sequence[Block]) -> set[str]:
    """The head rows of tables, which are printed again where a table goes on."""
    found, row = set(), ""
    for block in blocks:
        if block.head:
            row += block.words
            found |= {row, block.words}
        else:
            row = ""
    return found


def _differences(
    blocks: Sequence[Block], shown: Shown, sheet: _Sheet, lost: list[int], gaps: list[tuple[int, int]]
) -> Iterator[Finding]:
    """Neighbours that were not found, against the letters between those that were; then what is left over."""
    for group in _neighbours(lost):
        low = max((end for _, end, n in sheet.claims if n < group[0] and not blocks[n].note), default=0)
        high = min((start for start, _, n in sheet.claims if n > group[-1] and start >= low), default=len(sheet.text))
        if blocks[group[0]].note:
            low, high = _notes_between(blocks, sheet, group)
        inside = [gap for gap in gaps if low <= gap[0] < max(high, low + 1)]
        gaps = [gap for gap in gaps if gap not in inside]
        owed = "".join(blocks[n].folded for n in group)
        inside = [_trimmed(sheet, gap, owed, _allowed(blocks, shown, sheet, gap[0])) for gap in inside]
        yield from _compare(blocks, shown, sheet, group, inside, low)
    for start, end in gaps:
        before = [n for first, _, n in sheet.claims if first <= start]
        place = blocks[before[-1]].place if before else Place(shown.unit.chapter.source.path, 1)
        text = sheet.exact[start:end]
        message = f'"{_short(text)}" stands{shown.on(sheet.page(start))} and not in the source, or twice'
        yield error("C202", message, place, "look at this place in the file; a template, a style or the press added it")


def _trimmed(sheet: _Sheet, gap: tuple[int, int], owed: str, allowed: re.Pattern[str]) -> tuple[int, int]:
    """A gap without the heads, folios and marks at its ends, unless the blocks that are looked for have them too."""
    runs = list(zip(sheet.starts, sheet.ends, strict=True))
    runs = [(max(start, gap[0]), min(end, gap[1])) for start, end in runs if start < gap[1] and end > gap[0]]
    while runs and _stray(sheet.text[slice(*runs[0])], allowed) and not owed.startswith(sheet.text[slice(*runs[0])]):
        del runs[0]
    while runs and _stray(sheet.text[slice(*runs[-1])], allowed) and not owed.endswith(sheet.text[slice(*runs[-1])]):
        del runs[-1]
    return (runs[0][0], runs[-1][1]) if runs else (gap[0], gap[0])


def _stray(text: str, allowed: re.Pattern[str]) -> bool:
    return bool(text) and allowed.fullmatch(text) is not None


def _neighbours(lost: list[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for number in lost:
        if group and number != group[-1] + 1:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _notes_between(blocks: Sequence[Block], sheet: _Sheet, group: list[int]) -> tuple[int, int]:
    """Notes stand page by page: behind the note before, up to the note after."""
    low = max((end for _, end, n in sheet.claims if blocks[n].note and n < group[0]), default=0)
    high = min((start for start, _, n in sheet.claims if blocks[n].note and n > group[-1]), default=len(sheet.text))
    return low, high


def _compare(
    blocks: Sequence[Block], shown: Shown, sheet: _Sheet, group: list[int], gaps: list[tuple[int, int]], low: int
) -> Iterator[Finding]:
    """One finding for each block whose letters differ from those that stand where it should."""
    owed, found = "".join(blocks[n].letters for n in group), "".join(sheet.exact[a:b] for a, b in gaps)
    if not any(blocks[n].exact for n in group):
        owed, found = folded(owed), folded(found)
    page = sheet.page(gaps[0][0] if gaps else low)
    if len(owed) * max(1, len(found)) > LARGEST_DIFFERENCE:
        changes = [("delete", 0, len(owed), 0, 0)]
    else:
        changes = SequenceMatcher(None, owed, found, autojunk=False).get_opcodes()
    position = 0
    for number in group:
        block, start = blocks[number], position
        position += len(block.letters)
        mine = [c for c in changes if c[0] != "equal" and (c[1] < position and c[2] > start or start <= c[1] == c[2] <= position)]
        if mine:
            yield _finding(block, start, owed, found, mine, shown, page)
            changes = [c for c in changes if c not in mine or c[2] > position]


def _finding(
    block: Block, start: int, owed: str, found: str, changes: Sequence[tuple[str, int, int, int, int]], shown: Shown, page: int
) -> Finding:
    """What happened to a block, by the kind of its differences."""
    end = start + len(block.letters)
    missing = "".join(owed[max(a, start) : min(b, end)] for _, a, b, _, _ in changes)
    added = "".join(found[a:b] for _, _, _, a, b in changes)
    first, last = max(changes[0][1], start) - start, min(max(c[2] for c in changes), end) - start
    words = _short(block.word_at(first, max(last, first + 1)))
    where = f"{shown.on(page)} ({block.kind})"
    hidden = next((r for r in shown.runs if r.hidden and missing and _overlaps(r.letters, missing)), None)
    if hidden is not None:
        message = f'"{words}" cannot be seen{shown.on(hidden.page)} ({block.kind}): {hidden.hidden}'
        return error("C204", message, block.place, "change the style, or break what is too long")
    if not added:
        return error("C201", f'"{words}" is missing{where}', block.place, "report this: the press has lost it")
    if not missing:
        message = f'"{_short(added)}" stands{where} once more than in the source'
        return error("C202", message, block.place, "report this: the press has printed it twice")
    kind = "in another order" if sorted(missing) == sorted(added) else f'as "{_short(added)}"'
    return error("C203", f'"{words}" stands {kind}{where}', block.place, "report this: the press has changed it")


def _overlaps(hidden: str, missing: str) -> bool:
    return folded(missing) in folded(hidden) or folded(hidden) in folded(missing)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"


def _out_of_order(blocks: Sequence[Block], shown: Shown, sheet: _Sheet) -> Iterator[Finding]:
    """Blocks that stand above the one before them; cells of a row and notes may."""
    first: dict[int, int] = {}
    for start, _, number in sheet.claims:
        first.setdefault(number, start)
    numbers = [n for n in sorted(first) if not blocks[n].note and not blocks[n].cell]
    for before, number in zip(numbers, numbers[1:], strict=False):
        if _height(sheet, first[number]) < _height(sheet, first[before]):
            where = shown.on(sheet.page(first[number]))
            message = f'"{_short(blocks[number].words)}" stands before "{_short(blocks[before].words)}"{where}'
            yield error("C203", message, blocks[number].place, "report this: the press has changed the order")


def _height(sheet: _Sheet, position: int) -> tuple[float, float]:
    run = sheet.runs[bisect_left(sheet.starts, position)]
    return (run.page, run.top + 8) if run.page else (0, position)


def closed_list() -> Iterator[str]:
    """What is not compared with the source as the author's, line by line, for people."""
    for name, why in {**REMOVED, **PRINTED, **NUMBERED, **SILENT}.items():
        yield f"{name}: {why}"


EXPLANATIONS = {
    "C201": """Words of the source are not in a finished file. Every paragraph, heading, cell, caption, listing and note
is compared with what the PDF and the EPUB show; nothing is written when a word has been lost. This is a fault of the
press, or of a template or a style sheet of the book's own that leaves something out.""",
    "C202": "A finished file shows words that are not in the source, or shows them twice. What the press adds is on a "
    "closed list, and nothing else is allowed: " + "; ".join([*REMOVED.values(), *PRINTED.values(), *NUMBERED.values()]) + ".",
    "C203": """Words of the source stand in a finished file in another order, or with other letters. In listings upper
and lower case count too.""",
    "C204": """Words of the source are in a finished file, and nobody can see them: they lie outside the page, are cut
off by a box, have the colour of their ground, or are hidden by a style sheet. Break the word that is too long, or
change the style.""",
}
