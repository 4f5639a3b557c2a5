"""Blocks that are laid before all others, because they can stand in one place alone; how a block is given letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    where the words of a table are as short as they are many, its rows say which table it is.
    """
    number = 0
    while number < len(blocks):
        group = _group(blocks, number)
        wanted = "".join(blocks[one].folded for one in group)
        at = sheet.text.find(wanted) if len(wanted) >= ENOUGH else -1
        found = _laid_there(sheet, blocks, group, at) if at >= 0 and sheet.text.find(wanted, at + 1) < 0 else []
        yield from found
        number += max(1, len(found))


def _group(blocks: Sequence[Block], number: int) -> list[int]:
    """A block, and as many behind it as have letters enough together."""
    group, count = list[int](), 0
    for one in range(number, len(blocks)):
        if count >= ENOUGH or not blocks[one].folded or blocks[one].note != blocks[number].note:
            break
        group.append(one)
        count += len(blocks[one].folded)
    return group


def _laid_there(sheet: Sheet, blocks: Sequence[Block], group: Sequence[int], at: int) -> list[int]:
    """Lay these blocks side by side from a place on, as far as it can be done; those that lie there."""
    found = list[int]()
    for number in group:
        end = at + len(blocks[number].folded)
        here = number not in sheet.lies and sheet.page(at) == sheet.page(end - 1)
        spans = whole(sheet, blocks[number].folded, at, end) if here else []
        if not claimed(sheet, blocks, number, spans):
            break
        found.append(number)
        at = end
    return found


def claimed(sheet: Sheet, blocks: Sequence[Block], number: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Give a block the letters that were found for it, if there are any, and if they are its own in listings too."""
    block = blocks[number]
    if not spans or (block.exact and "".join(sheet.exact[a:b] for a, b in spans) != block.letters):
        return False
    sheet.claim(number, spans)
    return True


