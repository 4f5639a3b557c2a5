"""Blocks against runs: every letter of the source is visible once, in its order, in the PDF and in the EPUB.

Each block is matched with the runs that contain its letters (`laying`). Text that no block has claimed must be on a
closed list (`removal`). `differences` turns the rest, and the blocks that were not found, into words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from compositor.checks.finished.block import Block, lies_in, moved_of
from compositor.checks.finished.differences import Laid, Shown, short, without_place, words_of
from compositor.checks.finished.exceptions import FORMULAS, NUMBERED, PRINTED, SILENT
from compositor.checks.finished.laying import lay
from compositor.checks.finished.laying.finding import PIECE
from compositor.checks.finished.removal import REMOVED, remaining
from compositor.checks.finished.sheet import Sheet, sheet_of
from compositor.errors import error
from compositor.model import Finding


def prove(blocks: Sequence[Block], shown: Shown) -> Iterator[Finding]:
    """Yield every difference between what a unit should show and what a file shows of it."""
    sheet, lost = _laid(blocks, shown)
    laid = Laid(blocks, shown, sheet)
    gaps = list(remaining(laid))
    for group in _neighbours(lost):
        inside = laid.between(group, gaps)
        gaps = [gap for gap in gaps if gap not in inside]
        yield from words_of(laid, group, inside)
    for gap in gaps:
        yield without_place(laid, gap)
    if not lost:
        yield from _out_of_order(laid)


def _laid(blocks: Sequence[Block], shown: Shown) -> tuple[Sheet, list[int]]:
    """Return the sheet with its blocks, and the blocks that were not found on it.

    A note may have the same words as its paragraph, and be found in its place: then the text is matched before the
    notes. A line of a paragraph may have the same words as a cell: then the paragraph is matched before the cells.
    """
    sheet = sheet_of(blocks, shown.runs)
    lost = lay(blocks, sheet)
    for notes_first in (False, True):
        if lost and (notes_first or any(block.note for block in blocks)):
            other = sheet_of(blocks, shown.runs)
            first = [number for number in lost if len(blocks[number].folded) >= PIECE] if notes_first else []
            still = lay(blocks, other, notes_first, first)
            sheet, lost = (other, still) if len(still) < len(lost) else (sheet, lost)
    return sheet, lost


def _neighbours(lost: Sequence[int]) -> Iterator[list[int]]:
    """Group consecutive numbers."""
    group: list[int] = []
    for number in lost:
        if group and number != group[-1] + 1:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _out_of_order(laid: Laid) -> Iterator[Finding]:
    """Yield blocks that are higher on the page than the one before, except cells, which are side by side."""
    first = {number: start for number, (start, _) in laid.sheet.lies.items()}
    moved = moved_of(laid.blocks, laid.shown.pages)
    numbers = [n for n in sorted(first) if not laid.blocks[n].note]
    numbers = [n for n in numbers if not any(lies_in(laid.blocks[n], *lines) for lines in moved)]
    cells = [pair for pair in pairwise(numbers) if all(_has_neighbours(laid.blocks[number]) for number in pair)]
    wrong = [pair for pair in cells if first[pair[1]] < first[pair[0]] and not _is_parted(laid, *pair)]
    others = [n for n in numbers if not laid.blocks[n].cell]
    wrong += [(one, two) for one, two in pairwise(others) if _above(laid.sheet, first[two], first[one])]
    for before, number in wrong:
        here = laid.blocks[number]
        where = laid.shown.on(laid.sheet.page(first[number]))
        message = f'"{short(here.words)}" comes before "{short(laid.blocks[before].words)}"{where}'
        yield error("C203", message, here.place, "report this: Compositor has changed the order")


def _is_parted(laid: Laid, before: int, number: int) -> bool:
    """Return whether two cells of a row are on two pages: then the first has no line low enough for the end of one."""
    one, two = (laid.sheet.page(laid.sheet.lies[cell][0]) for cell in (before, number))
    return one == two + 1 and laid.blocks[before].place.line == laid.blocks[number].place.line


def _has_neighbours(block: Block) -> bool:
    """Return whether it is a cell, or the caption of one of several images side by side; they are painted in order."""
    return block.kind == "table cell" or (block.cell and block.kind == "caption")


def _above(sheet: Sheet, position: int, before: int) -> bool:
    """Return whether a letter is higher in the file. In one line of type, the tops of letters differ by some points."""
    here, there = (sheet.runs[bisect_left(sheet.starts, at)] for at in (position, before))
    if not here.page:
        return position < before
    return here.page < there.page or (here.page == there.page and here.top < there.top - 8)


def closed_list() -> Iterator[str]:
    """Yield the kinds of text that are not compared as the author's, line by line, for people."""
    yield from dict.fromkeys({**REMOVED, **PRINTED, **NUMBERED, **FORMULAS, **SILENT}.values())


EXPLANATIONS = {
    "C201": """Words of the source are missing from a finished file. Every paragraph, heading, cell, caption, listing
and note is compared with what the PDF and the EPUB show, and a file that has lost a word is set aside. This is a bug
in Compositor, or a template or a style sheet of the book leaves something out.""",
    "C202": "A finished file shows words that are not in the source, or shows them twice. What Compositor adds is on a "
    "closed list, and nothing else is allowed: "
    + "; ".join([*REMOVED.values(), *PRINTED.values(), *NUMBERED.values()])
    + ".",
    "C203": """Words of the source are in a finished file in another order or with other letters. In listings, upper
and lower case count too.""",
    "C204": """Words of the source are in a finished file, but nobody can see them: they are outside the page, cut off
by a box, in the colour of their background, or hidden by a style sheet. Break the word that is too long, or change the
style.""",
}
