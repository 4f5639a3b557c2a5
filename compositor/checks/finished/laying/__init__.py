"""Blocks laid on runs: where the letters of each block stand, whole, or in pieces where a page ends (`finding`).

What can stand in one place alone is laid first (`anchors`), the others in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compositor.checks.finished.block import Block
from compositor.checks.finished.laying.anchors import claimed, found_first, found_once, whole_notes
from compositor.checks.finished.laying.equal import put_equal_ones_in_order
from compositor.checks.finished.laying.finding import PIECE, broken, whole
from compositor.checks.finished.sheet import Sheet
from compositor.markdown.notes.several_calls import SIGN

NEAR = 1500
"""Letters to look ahead for the next block: notes, heads and folios lie between, at the end of a page."""
CLOSE = 60
"""Letters between two blocks in the ordinary course of things: a mark, a number."""
FRONTS = 4
CELLS_AHEAD = 3
"""Pages on which a cell may go on: it waits where its row has no room for its next lines."""
NOTES_AHEAD = 8
"""Pages on which a note may go on: the foot of the next ones may belong to the notes before it."""


def lay(blocks: Sequence[Block], sheet: Sheet, notes_first: bool = True, first: Sequence[int] = ()) -> list[int]:
    """Lay every block on the sheet; returns the numbers of those that do not lie on it as they should.

    The text is painted in its order, but for what stands before or behind it: notes and heads at the end of a page,
    headings and boxes that a style has given a position. So several fronts are kept, the last one used first, and
    others for the notes. A short text that does not stand at a front waits until its neighbours lie: else a cell would
    be found in the next table. `first` are blocks that were lost when they were laid after others.
    """
    later = {number for number in range(len(blocks) - 1) if _begins_the_next(blocks, number)}
    waiting = [number for number, block in enumerate(blocks) if _is_number_of_a_note(block)]
    order = sorted({*range(len(blocks))} - {*waiting}, key=lambda number: number + 1.5 if number in later else number)
    lost, fronts, slack = list[int](), {False: [0], True: [0]}, NEAR
    done = set(whole_notes(sheet, blocks)) if notes_first else set[int]()
    anchored = {*found_first(sheet, blocks, first), *found_once(sheet, blocks)}
    for number in order:
        block = blocks[number]
        if not block.folded or number in done:
            fronts[True] = [sheet.lies[number][1]] if number in done else fronts[True]
            continue
        here, sheet.ahead = fronts[block.note], _pages_ahead(block)
        is_laid = number in anchored
        front, spans = (here[0], [sheet.lies[number]]) if is_laid else _behind(sheet, block, here, slack)
        if is_laid or claimed(sheet, blocks, number, spans):
            fronts[block.note] = _moved(sheet, here, front, spans, _has_more_beside(blocks, number))
            slack = NEAR
        else:
            (lost if spans or len(block.folded) >= CLOSE else waiting).append(number)
            slack += len(block.folded) * 2
    waiting = [number for number in waiting if number not in anchored]
    for place in (_right_before, _between, _anywhere) * 2:  # what was found last is the neighbour of another
        waiting = [n for n in waiting if not claimed(sheet, blocks, n, place(sheet, blocks, n))]
    put_equal_ones_in_order(sheet, blocks)
    return sorted([*lost, *(number for number in waiting if not blocks[number].optional)])


def _pages_ahead(block: Block) -> int:
    """On how many of the next pages a block may go on."""
    return NOTES_AHEAD if block.note else CELLS_AHEAD if block.cell else 1


def _behind(sheet: Sheet, block: Block, fronts: Sequence[int], slack: int) -> tuple[int, list[tuple[int, int]]]:
    """The front behind which a block stands, and where: a short one close to it, a long one as near as there is one."""
    if len(block.folded) < CLOSE:
        return _close(sheet, block, fronts)
    tries = (_find(sheet, wanted, fronts, slack) for wanted in block.wanted)
    return next((found for found in tries if found[1]), (fronts[0], []))


def _close(sheet: Sheet, block: Block, fronts: Sequence[int]) -> tuple[int, list[tuple[int, int]]]:
    """The front right behind which a short block stands whole, or close to the last one, or overleaf; and where."""
    for start, reach in _starts(sheet, fronts):
        for wanted in block.wanted:
            spans = whole(sheet, wanted, start, start + reach + len(wanted))
            if spans:
                return start, spans
    return fronts[0], []


def _starts(sheet: Sheet, fronts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a short block may stand, and how far behind that: where text was moved, behind each front."""
    yield from ((front, 0) for front in fronts)
    yield fronts[0], CLOSE
    yield from ((sheet.overleaf(front), CLOSE) for front in fronts)


def _is_number_of_a_note(block: Block) -> bool:
    """Whether it is a number alone, before a note that begins with no words: a listing in it is full of numbers."""
    return block.note and block.kind == "note" and block.folded.replace(SIGN, "").isdigit()


def _right_before(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Where a block is the last that stands before the one behind it."""
    behind, wanted = sheet.lies.get(number + 1), blocks[number].folded
    start = behind[0] - len(wanted) if behind is not None else -1
    return whole(sheet, wanted, start, start + len(wanted)) if start >= 0 else []


def _between(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Where a block stands behind the end of the one before it and before the beginning of the one behind it."""
    notes = blocks[number].note
    before = (sheet.lies[n][1] for n in range(number - 1, -1, -1) if n in sheet.lies and blocks[n].note == notes)
    behind = (sheet.lies[n][0] for n in range(number + 1, len(blocks)) if n in sheet.lies and blocks[n].note == notes)
    return _first(sheet, blocks[number], next(before, 0), next(behind, len(sheet.text)))


def _anywhere(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Where a block stands in what all others have left; a number or a word, only on the pages of its neighbours."""
    if len(blocks[number].folded) >= PIECE:
        return _first(sheet, blocks[number], 0, len(sheet.text))
    near = [sheet.page(sheet.lies[n][0]) for n in range(number - 2, number + 3) if n in sheet.lies]
    first, last = min(near, default=0) - 1, max(near, default=0) + 1
    inside = [i for i, run in enumerate(sheet.runs) if first <= run.page <= last]
    return _first(sheet, blocks[number], sheet.starts[inside[0]], sheet.ends[inside[-1]]) if inside else []


def _first(sheet: Sheet, block: Block, low: int, high: int) -> list[tuple[int, int]]:
    """Where a block first stands between two letters, whole or in pieces."""
    sheet.ahead = _pages_ahead(block)
    for wanted in block.wanted:
        spans = whole(sheet, wanted, low, high) or broken(sheet, wanted, low, high)
        if spans:
            return spans
    return []


def _begins_the_next(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block might take the first letters of the one behind it: "X", and then "x, 4" in an index.

    Such a one is laid after that one, for headings may be painted behind what they stand over.
    """
    here, behind = blocks[number], blocks[number + 1]
    listed = here.cell and here.kind == behind.kind == "block"
    return listed and len(here.folded) < len(behind.folded) and behind.folded.startswith(here.folded)


def _has_more_beside(blocks: Sequence[Block], number: int) -> bool:
    """Whether the next block is a cell in the row of this one."""
    here, *behind = blocks[number : number + 2]
    return here.cell and any(one.cell and one.kind == here.kind and one.place == here.place for one in behind)


def _moved(sheet: Sheet, fronts: list[int], front: int, spans: Sequence[tuple[int, int]], more: bool) -> list[int]:
    """The fronts after a block: that of the block, and the one it left behind when it did not stand right there.

    If there is more of the row, that begins on the page where this one did: behind its first piece.
    """
    others = [other for other in fronts if other != front]
    jumped = spans[0][0] != front or len(spans) > 1
    beside = [spans[0][1]] if more and len(spans) > 1 else []
    return [*beside, sheet.behind_furniture(spans[-1][1]), *([front] if jumped else []), *others][:FRONTS]


def _find(sheet: Sheet, wanted: str, fronts: Sequence[int], slack: int) -> tuple[int, list[tuple[int, int]]]:
    """The front behind which a block stands, and where: right there, else close to it, else near it, else anywhere.

    Whole or in pieces, whichever begins first: what goes on overleaf may stand again in the next paragraph.
    """
    for reach in (0, CLOSE, slack):
        for front in fronts:
            spans = _nearest(sheet, wanted, front, reach)
            if spans:
                return front, spans
    for front in fronts:
        spans = broken(sheet, wanted, front, min(front + slack, len(sheet.text)))
        if spans:
            return front, spans
    everywhere = whole(sheet, wanted, 0, len(sheet.text)) or broken(sheet, wanted, 0, len(sheet.text))
    return fronts[0], everywhere


def _nearest(sheet: Sheet, wanted: str, front: int, reach: int) -> list[tuple[int, int]]:
    """Where the letters stand behind a front, whole or in pieces; a text of less than a line is looked for whole."""
    in_one = whole(sheet, wanted, front, front + reach + len(wanted))
    if in_one and (in_one[0][0] == front or len(wanted) < CLOSE):
        return in_one
    limit = in_one[0][0] if in_one else min(front + reach + 1, len(sheet.text))
    pieces = broken(sheet, wanted, front, limit)
    return pieces if pieces and pieces[0][1] - pieces[0][0] >= PIECE else in_one
