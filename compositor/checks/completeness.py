"""Blocks against runs: every letter of the source is seen once, in its order, in the PDF and in the EPUB.

Each block is laid on the runs where its letters stand (`laying`). What no block has claimed must be on the closed list
`REMOVED`. What is left, and the blocks that were not found, `differences` puts into words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from compositor.checks.blocks import FORMULAS, NUMBERED, PRINTED, SILENT, Block
from compositor.checks.differences import Laid, Shown, short, without_place, words_of
from compositor.checks.laying import Sheet, lay, sheet_of
from compositor.checks.runs import folded, letters
from compositor.errors import error
from compositor.model import Finding

REMOVED: Mapping[str, str] = {
    "folio": "the number of the page, in its corner or at its foot",
    "running head": "chapter and section at the head of a page, also as the last heading before it",
    "continued": "the label of a listing at the head of a page on which it goes on",
    "mark in a listing": "the number that an annotation below a listing explains; on paper it is drawn",
    "number of the unit": "`18.3` or `Chapter 18` before a title, by the template",
    "list mark": "the number or the bullet of a list item, by the style sheet",
    "table head again": "the head rows of a table, where it goes on on another page",
}
"""What a page may show and no block owes: taken off where it stands, and nothing else is. Pages without an author
(cover, half-title, title, copyright, contents, lists) are not compared; labels and note numbers are not taken off but
compared too."""


def prove(blocks: Sequence[Block], shown: Shown) -> Iterator[Finding]:
    """Every difference between what a unit owes and what a file shows of it."""
    sheet = sheet_of(blocks, shown.runs)
    lost = lay(blocks, sheet)
    laid = Laid(blocks, shown, sheet)
    gaps = [gap for gap in sheet.gaps() if not _allowed(laid, gap[0]).fullmatch(sheet.text[slice(*gap)])]
    for group in _neighbours(lost):
        inside = laid.between(group, gaps)
        gaps = [gap for gap in gaps if gap not in inside]
        yield from words_of(laid, group, [_trimmed(laid, gap, group) for gap in inside])
    for gap in gaps:
        yield without_place(laid, gap)
    if not lost:
        yield from _out_of_order(laid)


def _allowed(laid: Laid, start: int) -> re.Pattern[str]:
    """What may stand at a place and belongs to no block: letters of the closed list, in any number."""
    unit, pages, sheet = laid.shown.unit, laid.shown.pages, laid.sheet
    texts = {unit.number, unit.label} if start < len(unit.label) + len(unit.number) + 200 else set()
    page = sheet.page(start)
    elsewhere = {number for at, _, number in sheet.claims if abs(sheet.page(at) - page) > 1}
    texts |= {mark for n, block in enumerate(laid.blocks) if n not in elsewhere for mark in block.marks}
    if pages is not None:
        near = range(max(1, page - 1), min(len(pages.pages), page + 1) + 1)
        texts |= {pages.pages[number - 1].folio for number in near} | {unit.verso, unit.recto, *laid.shown.heads}
        texts |= _heads(laid.blocks)
    found = sorted({re.escape(folded(letters(text))) for text in texts if text}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(found)})*" if found else "")


def _heads(blocks: Sequence[Block]) -> set[str]:
    """The head rows of tables, which are printed again where a table goes on."""
    found, row = set(), ""
    for block in blocks:
        row = row + block.words if block.head else ""
        found |= {row, block.words} if block.head else set()
    return found


def _trimmed(laid: Laid, gap: tuple[int, int], group: Sequence[int]) -> tuple[int, int]:
    """A gap without the heads, folios and marks at its ends, unless the blocks that are looked for have them too."""
    sheet, allowed = laid.sheet, _allowed(laid, gap[0])
    owed = "".join(laid.blocks[number].folded for number in group)
    runs = [(max(a, gap[0]), min(b, gap[1])) for a, b in zip(sheet.starts, sheet.ends, strict=True)]
    runs = [(a, b) for a, b in runs if a < b]
    texts = [sheet.text[a:b] for a, b in runs]
    while runs and allowed.fullmatch(texts[0]) and not owed.startswith(texts[0]):
        del runs[0], texts[0]
    while runs and allowed.fullmatch(texts[-1]) and not owed.endswith(texts[-1]):
        del runs[-1], texts[-1]
    return (runs[0][0], runs[-1][1]) if runs else (gap[0], gap[0])


def _neighbours(lost: Sequence[int]) -> Iterator[list[int]]:
    """Runs of consecutive numbers."""
    group: list[int] = []
    for number in lost:
        if group and number != group[-1] + 1:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _out_of_order(laid: Laid) -> Iterator[Finding]:
    """Blocks that stand above the one before them; cells of a row and notes may."""
    first: dict[int, int] = {}
    for start, _, number in laid.sheet.claims:
        first.setdefault(number, start)
    moved = laid.shown.pages.moved if laid.shown.pages is not None else ()
    numbers = [n for n in sorted(first) if not laid.blocks[n].note and not laid.blocks[n].cell]
    numbers = [n for n in numbers if not any(_lies_in(laid.blocks[n], *lines) for lines in moved)]
    for before, number in pairwise(numbers):
        if _above(laid.sheet, first[number], first[before]):
            here = laid.blocks[number]
            where = laid.shown.on(laid.sheet.page(first[number]))
            message = f'"{short(here.words)}" stands before "{short(laid.blocks[before].words)}"{where}'
            yield error("C203", message, here.place, "report this: the press has changed the order")


def _lies_in(block: Block, position: str, after: str) -> bool:
    """Whether a block belongs to one that was moved behind the text that follows it: a figure that had no room."""
    (file, _, first), (there, _, last) = position.rpartition(":"), after.rpartition(":")
    line = block.place.line or 0
    return block.place.file == file and int(first) <= line and (file != there or line < int(last))


def _above(sheet: Sheet, position: int, before: int) -> bool:
    """Whether a letter stands higher in the file; the tops of letters in one line of type differ by some points."""
    here, there = (sheet.runs[bisect_left(sheet.starts, at)] for at in (position, before))
    if not here.page:
        return position < before
    return here.page < there.page or (here.page == there.page and here.top < there.top - 8)


def closed_list() -> Iterator[str]:
    """What is not compared with the source as the author's, line by line, for people."""
    for name, why in {**REMOVED, **PRINTED, **NUMBERED, **FORMULAS, **SILENT}.items():
        yield f"{name}: {why}"


EXPLANATIONS = {
    "C201": """Words of the source are not in a finished file. Every paragraph, heading, cell, caption, listing and note
is compared with what the PDF and the EPUB show; nothing is written when a word has been lost. This is a fault of the
press, or of a template or a style sheet of the book's own that leaves something out.""",
    "C202": "A finished file shows words that are not in the source, or shows them twice. What the press adds is on a "
    "closed list, and nothing else is allowed: "
    + "; ".join([*REMOVED.values(), *PRINTED.values(), *NUMBERED.values()])
    + ".",
    "C203": """Words of the source stand in a finished file in another order, or with other letters. In listings upper
and lower case count too.""",
    "C204": """Words of the source are in a finished file, and nobody can see them: they lie outside the page, are cut
off by a box, have the colour of their ground, or are hidden by a style sheet. Break the word that is too long, or
change the style.""",
}
