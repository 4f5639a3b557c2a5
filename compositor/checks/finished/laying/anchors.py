"""Blocks that are laid before all others, because they can stand in one place alone; how a block is given letters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from compositor.checks.finished.block import Block
from compositor.checks.finished.laying.finding import PIECE, broken, whole
from compositor.checks.finished.sheet import Sheet

ENOUGH = 60
"""Letters that hardly stand twice by chance."""


def whole_notes(sheet: Sheet, blocks: Sequence[Block]) -> Iterator[int]:
    """The notes that stand whole behind the one before; laid first, so that nothing else can have their numbers."""
    front = 0
    for number, block in enumerate(blocks):
        if block.note and len(block.folded) >= PIECE:
            spans = whole(sheet, block.folded, front, len(sheet.text))
            if claimed(sheet, blocks, number, spans):
                front = spans[-1][1]
                yield number


def found_first(sheet: Sheet, blocks: Sequence[Block], numbers: Sequence[int]) -> Iterator[int]:
    """Blocks of which a line had been taken for a cell or another short text: they are laid before any such."""
    for number in numbers:
        wanted, end = blocks[number].folded, len(sheet.text)
        spans = whole(sheet, wanted, 0, end) or broken(sheet, wanted, 0, end)
        if number not in sheet.lies and claimed(sheet, blocks, number, spans):
            yield number


def found_once(sheet: Sheet, blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks whose letters, with those of as many behind them as make a line, stand in one place alone.

    A line of a paragraph may say what a cell says; where the paragraph was let go before the table, it comes first. And
    where the words of a table are as short as they are many, its rows say which table it is. What may be shown in other
    words begins none: `1` would be found where `Chapter 1` stands.
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
    """The letters of a sheet without heads, folios and cells that stand again, and where each run begins."""

    text: str
    starts: Sequence[int]
    places: Sequence[int]

    def place(self, at: int) -> int:
        """Where a letter stands on the sheet."""
        run = bisect_right(self.starts, at) - 1
        return self.places[run] + at - self.starts[run]


def _body_of(sheet: Sheet) -> _Body:
    runs = [number for number, run in enumerate(sheet.runs) if not run.furniture]
    parts = [sheet.text[sheet.starts[run] : sheet.ends[run]] for run in runs]
    starts = [0, *accumulate(map(len, parts))][:-1]
    return _Body("".join(parts), starts, [sheet.starts[run] for run in runs])


def _group(blocks: Sequence[Block], number: int) -> list[int]:
    """A block, and as many behind it as have letters enough together."""
    group, count = list[int](), 0
    for one in range(number, len(blocks)):
        if count >= ENOUGH or not blocks[one].folded or blocks[one].note != blocks[number].note:
            break
        group.append(one)
        count += len(blocks[one].folded)
    return group


def _laid_there(sheet: Sheet, blocks: Sequence[Block], group: Sequence[int], body: _Body, at: int) -> list[int]:
    """Lay these blocks one behind the other from a place on, as far as it can be done; those that lie there."""
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
    """Give a block the letters that were found for it, if there are any, and if they are its own in listings too."""
    block = blocks[number]
    if not spans or (block.exact and "".join(sheet.exact[a:b] for a, b in spans) != block.letters):
        return False
    sheet.claim(number, spans)
    return True


