"""Blocks that are matched before all others, because they can be in only one place; how a block claims letters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from compositor.checks.finished.block import Block
from compositor.checks.finished.laying.finding import PIECE, broken, whole
from compositor.checks.finished.sheet import Sheet

ENOUGH = 60
"""A text with so many letters hardly occurs twice by chance."""


def whole_notes(sheet: Sheet, blocks: Sequence[Block]) -> Iterator[int]:
    """Match the notes that come whole after the previous note, before any other block can claim their numbers."""
    front = 0
    for number, block in enumerate(blocks):
        if block.note and len(block.folded) >= PIECE:
            spans = whole(sheet, block.folded, front, len(sheet.text))
            if claimed(sheet, blocks, number, spans):
                front = spans[-1][1]
                yield number


def found_first(sheet: Sheet, blocks: Sequence[Block], numbers: Sequence[int]) -> Iterator[int]:
    """Yield blocks of which a line had been taken for a cell or another short text; they are matched before those."""
    for number in numbers:
        wanted, end = blocks[number].folded, len(sheet.text)
        spans = whole(sheet, wanted, 0, end) or broken(sheet, wanted, 0, end)
        if number not in sheet.lies and claimed(sheet, blocks, number, spans):
            yield number


def found_once(sheet: Sheet, blocks: Sequence[Block]) -> Iterator[int]:
    """Match the blocks whose letters, with enough following blocks to make up a line, are in only one place.

    A line of a paragraph may have the same words as a cell; where the paragraph was dropped before the table, it comes
    first. If a table has many short words, its rows tell which table it is. A block that may be shown in other words
    starts none: `1` would be found where `Chapter 1` is.
    """
    body, number = _body_of(sheet), 0
    while number < len(blocks):
        group = [] if blocks[number].instead else _group(blocks, number)
        wanted = "".join(blocks[one].folded for one in group)
        at = body.text.find(wanted) if len(wanted) >= ENOUGH else -1
        alone = at >= 0 and body.text.find(wanted, at + 1) < 0
        found = _laid_there(sheet, blocks, group, body, at) if alone else []
        yield from found
        number += max(1, len(found))


@dataclass(frozen=True, slots=True)
class _Body:
    """The letters of a sheet without heads, folios and repeated cells, and where each run begins."""

    text: str
    starts: Sequence[int]
    places: Sequence[int]

    def place(self, at: int) -> int:
        """Return where a letter is on the sheet."""
        run = bisect_right(self.starts, at) - 1
        return self.places[run] + at - self.starts[run]


def _body_of(sheet: Sheet) -> _Body:
    runs = [number for number, run in enumerate(sheet.runs) if not run.furniture]
    parts = [sheet.text[sheet.starts[run] : sheet.ends[run]] for run in runs]
    starts = [0, *accumulate(map(len, parts))][:-1]
    return _Body("".join(parts), starts, [sheet.starts[run] for run in runs])


def _group(blocks: Sequence[Block], number: int) -> list[int]:
    """Return a block, and as many of the next blocks as are needed for enough letters."""
    group, count = list[int](), 0
    for one in range(number, len(blocks)):
        if count >= ENOUGH or not blocks[one].folded or blocks[one].note != blocks[number].note:
            break
        group.append(one)
        count += len(blocks[one].folded)
    return group


def _laid_there(sheet: Sheet, blocks: Sequence[Block], group: Sequence[int], body: _Body, at: int) -> list[int]:
    """Match these blocks one after the other from a place on, as far as possible; return those that were found."""
    found = list[int]()
    for number in group:
        wanted, start = blocks[number].folded, body.place(at)
        end = start + len(wanted)
        here = number not in sheet.lies and sheet.page(start) == sheet.page(end - 1)
        if not claimed(sheet, blocks, number, whole(sheet, wanted, start, end) if here else []):
            break
        found.append(number)
        at += len(wanted)
    return found


def claimed(sheet: Sheet, blocks: Sequence[Block], number: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Let a block claim the letters that were found for it, if there are any; in listings, if the case is right."""
    block = blocks[number]
    if not spans or (block.exact and "".join(sheet.exact[a:b] for a, b in spans) != block.letters):
        return False
    sheet.claim(number, spans)
    return True


