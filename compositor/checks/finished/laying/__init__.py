"""Blocks matched with runs: where the letters of each block are, whole or in pieces across page ends (`finding`).

Blocks that can be in only one place are matched first (`anchors`), the others in their order.
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
"""Letters to look ahead for the next block: at the end of a page, notes, heads and folios come between."""
CLOSE = 60
"""Letters between two blocks in ordinary cases: a mark, a number."""
FRONTS = 4
CELLS_AHEAD = 3
"""Pages over which a cell may continue: it waits if its row has no room for its next lines."""
NOTES_AHEAD = 8
"""Pages over which a note may continue: the foot of the next pages may belong to the notes before it."""


def lay(blocks: Sequence[Block], sheet: Sheet, notes_first: bool = True, first: Sequence[int] = ()) -> list[int]:
    """Match every block with the sheet; return the numbers of the blocks that could not be matched properly.

    The text is painted in its order, except notes and heads at the end of a page, and headings and boxes that a style
    has positioned. So several fronts are kept, the last used first, and others for the notes. A short text that is not
    at a front waits until its neighbours are matched; otherwise a cell would be found in the next table. `first` are
    blocks that were lost when they were matched after others.
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
    for place in (_right_before, _between, _anywhere) * 2:  # the block found last is the neighbour of another
        waiting = [n for n in waiting if not claimed(sheet, blocks, n, place(sheet, blocks, n))]
    put_equal_ones_in_order(sheet, blocks)
    return sorted([*lost, *(number for number in waiting if not blocks[number].optional)])


def _pages_ahead(block: Block) -> int:
    """Return over how many of the next pages a block may continue."""
    return NOTES_AHEAD if block.note else CELLS_AHEAD if block.cell else 1


def _behind(sheet: Sheet, block: Block, fronts: Sequence[int], slack: int) -> tuple[int, list[tuple[int, int]]]:
    """Return the front after which a block is found, and where: a short block close to it, a long one anywhere near."""
    if len(block.folded) < CLOSE:
        return _close(sheet, block, fronts)
    tries = (_find(sheet, wanted, fronts, slack) for wanted in block.wanted)
    return next((found for found in tries if found[1]), (fronts[0], []))


def _close(sheet: Sheet, block: Block, fronts: Sequence[int]) -> tuple[int, list[tuple[int, int]]]:
    """Return the front after which a short block is found whole: right there, near the last one, or overleaf."""
    for start, reach in _starts(sheet, fronts):
        for wanted in block.wanted:
            spans = whole(sheet, wanted, start, start + reach + len(wanted))
            if spans:
                return start, spans
    return fronts[0], []


def _starts(sheet: Sheet, fronts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where a short block may be found, and how far after that: after each front, if text was moved."""
    yield from ((front, 0) for front in fronts)
    yield fronts[0], CLOSE
    yield from ((sheet.overleaf(front), CLOSE) for front in fronts)


def _is_number_of_a_note(block: Block) -> bool:
    """Return whether it is only a number, before a note without words at its start: a listing is full of numbers."""
    return block.note and block.kind == "note" and block.folded.replace(SIGN, "").isdigit()


def _right_before(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Return the last place of a block before the next block."""
    behind, wanted = sheet.lies.get(number + 1), blocks[number].folded
    start = behind[0] - len(wanted) if behind is not None else -1
    return whole(sheet, wanted, start, start + len(wanted)) if start >= 0 else []


def _between(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Return where a block is found after the end of the previous block and before the beginning of the next."""
    notes = blocks[number].note
    before = (sheet.lies[n][1] for n in range(number - 1, -1, -1) if n in sheet.lies and blocks[n].note == notes)
    behind = (sheet.lies[n][0] for n in range(number + 1, len(blocks)) if n in sheet.lies and blocks[n].note == notes)
    return _first(sheet, blocks[number], next(before, 0), next(behind, len(sheet.text)))


def _anywhere(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Return where a block is in what the others have left; for a number or a word, only on its neighbours' pages."""
    if len(blocks[number].folded) >= PIECE:
        return _first(sheet, blocks[number], 0, len(sheet.text))
    near = [sheet.page(sheet.lies[n][0]) for n in range(number - 2, number + 3) if n in sheet.lies]
    first, last = min(near, default=0) - 1, max(near, default=0) + 1
    inside = [i for i, run in enumerate(sheet.runs) if first <= run.page <= last]
    return _first(sheet, blocks[number], sheet.starts[inside[0]], sheet.ends[inside[-1]]) if inside else []


def _first(sheet: Sheet, block: Block, low: int, high: int) -> list[tuple[int, int]]:
    """Return where a block first appears between two letters, whole or in pieces."""
    sheet.ahead = _pages_ahead(block)
    for wanted in block.wanted:
        spans = whole(sheet, wanted, low, high) or broken(sheet, wanted, low, high)
        if spans:
            return spans
    return []


def _begins_the_next(blocks: Sequence[Block], number: int) -> bool:
    """Return whether a block might take the first letters of the next one: "X", and then "x, 4" in an index.

    Such a block is matched after the next one, because headings may be painted after the text below them.
    """
    here, behind = blocks[number], blocks[number + 1]
    listed = here.cell and here.kind == behind.kind == "block"
    return listed and len(here.folded) < len(behind.folded) and behind.folded.startswith(here.folded)


def _has_more_beside(blocks: Sequence[Block], number: int) -> bool:
    """Return whether the next block is a cell in the same row."""
    here, *behind = blocks[number : number + 2]
    return here.cell and any(one.cell and one.kind == here.kind and one.place == here.place for one in behind)


def _moved(sheet: Sheet, fronts: list[int], front: int, spans: Sequence[tuple[int, int]], more: bool) -> list[int]:
    """Return the fronts after a block: that of the block, and the previous front if the block was not right after it.

    The next cell of a row begins on the page where this one began: after its first piece.
    """
    others = [other for other in fronts if other != front]
    jumped = spans[0][0] != front or len(spans) > 1
    beside = [spans[0][1]] if more and len(spans) > 1 else []
    return [*beside, sheet.behind_furniture(spans[-1][1]), *([front] if jumped else []), *others][:FRONTS]


def _find(sheet: Sheet, wanted: str, fronts: Sequence[int], slack: int) -> tuple[int, list[tuple[int, int]]]:
    """Return the front after which a block is found, and where: right there, else close, else near, else anywhere.

    The block may be whole or in pieces, whichever begins first: text that continues on the next page may also be in the
    next paragraph.
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
    """Return where the letters are after a front, whole or in pieces; less than a line is searched only as a whole."""
    in_one = whole(sheet, wanted, front, front + reach + len(wanted))
    if in_one and (in_one[0][0] == front or len(wanted) < CLOSE):
        return in_one
    limit = in_one[0][0] if in_one else min(front + reach + 1, len(sheet.text))
    pieces = broken(sheet, wanted, front, limit)
    return pieces if pieces and pieces[0][1] - pieces[0][0] >= PIECE else in_one
