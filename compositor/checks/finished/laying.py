"""Blocks laid on runs: where the letters of each block stand, whole, or in pieces where a page ends.

A block begins and ends with a run, for it begins and ends a line (PDF) or a text node (EPUB); so a short cell is never
found inside a long word. Notes, heads and folios lie between the pieces of a block that goes on on another page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from compositor.checks.finished.block import Block
from compositor.checks.finished.equal import put_equal_ones_in_order
from compositor.checks.finished.sheet import Sheet

NEAR = 1500
"""Letters to look ahead for the next block: notes, heads and folios lie between, at the end of a page."""
CLOSE = 60
"""Letters between two blocks in the ordinary course of things: a mark, a number."""
PIECE = 20
"""Letters that a piece at the end of a page has at least: a number that stands there may be that of a note."""
FRONTS = 4
MOST_PAGES = 200
"""Pages on which one block may go on."""
NOTES_AHEAD = 8
"""Pages on which a note may go on: the foot of the next ones may belong to the notes before it."""


def lay(blocks: Sequence[Block], sheet: Sheet, notes_first: bool = True) -> list[int]:
    """Lay every block on the sheet; returns the numbers of those that do not lie on it as they should.

    The text is painted in its order, but for what stands before or behind it: notes and heads at the end of a page,
    headings and boxes that a style has given a position. So several fronts are kept, the last one used first, and
    others for the notes. A short text that does not stand at a front waits until its neighbours lie: else a cell would
    be found in the next table.
    """
    later = {number for number in range(len(blocks) - 1) if _begins_the_next(blocks, number)}
    waiting = [number for number, block in enumerate(blocks) if _is_number_of_a_note(block)]
    order = sorted({*range(len(blocks))} - {*waiting}, key=lambda number: number + 1.5 if number in later else number)
    lost, fronts, slack = [], {False: [0], True: [0]}, NEAR
    done = set(_whole_notes(sheet, blocks)) if notes_first else set[int]()
    for number in order:
        block = blocks[number]
        if not block.folded or number in done:
            fronts[True] = [sheet.lies[number][1]] if number in done else fronts[True]
            continue
        here, sheet.ahead = fronts[block.note], NOTES_AHEAD if block.note else 1
        if len(block.folded) < CLOSE:
            front, spans = _close(sheet, block, here)
            if not spans:
                waiting.append(number)
                slack += len(block.folded) * 2
                continue
        else:
            tries = (_find(sheet, wanted, here, slack) for wanted in block.wanted)
            front, spans = next((found for found in tries if found[1]), (here[0], []))
        if not _claimed(sheet, blocks, number, spans):
            lost.append(number)
            slack += len(block.folded) * 2
        else:
            fronts[block.note] = _moved(sheet, here, front, spans, _has_more_beside(blocks, number))
            slack = NEAR
    for place in (_right_before, _between, _anywhere):
        waiting = [n for n in waiting if not _claimed(sheet, blocks, n, place(sheet, blocks, n))]
    put_equal_ones_in_order(sheet, blocks)
    return sorted([*lost, *(number for number in waiting if not blocks[number].optional)])


def _whole_notes(sheet: Sheet, blocks: Sequence[Block]) -> Iterator[int]:
    """The notes that stand whole behind the one before; laid first, so that nothing else can have their numbers."""
    front = 0
    for number, block in enumerate(blocks):
        if block.note and len(block.folded) >= PIECE:
            spans = _whole(sheet, block.folded, front, len(sheet.text))
            if _claimed(sheet, blocks, number, spans):
                front = spans[-1][1]
                yield number


def _claimed(sheet: Sheet, blocks: Sequence[Block], number: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Give a block the letters that were found for it, if there are any, and if they are its own in listings too."""
    block = blocks[number]
    if not spans or (block.exact and "".join(sheet.exact[a:b] for a, b in spans) != block.letters):
        return False
    sheet.claim(number, spans)
    return True


def _close(sheet: Sheet, block: Block, fronts: Sequence[int]) -> tuple[int, list[tuple[int, int]]]:
    """The front right behind which a short block stands whole, or close to the last one, or overleaf; and where."""
    for start, reach in _starts(sheet, fronts):
        for wanted in block.wanted:
            spans = _whole(sheet, wanted, start, start + reach + len(wanted))
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
    return block.note and block.kind == "note" and block.folded.isdigit()


def _right_before(sheet: Sheet, blocks: Sequence[Block], number: int) -> list[tuple[int, int]]:
    """Where a block is the last that stands before the one behind it."""
    behind, wanted = sheet.lies.get(number + 1), blocks[number].folded
    start = behind[0] - len(wanted) if behind is not None else -1
    return _whole(sheet, wanted, start, start + len(wanted)) if start >= 0 else []


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
    sheet.ahead = NOTES_AHEAD if block.note else 1
    for wanted in block.wanted:
        spans = _whole(sheet, wanted, low, high) or _broken(sheet, wanted, low, high)
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
        spans = _broken(sheet, wanted, front, min(front + slack, len(sheet.text)))
        if spans:
            return front, spans
    everywhere = _whole(sheet, wanted, 0, len(sheet.text)) or _broken(sheet, wanted, 0, len(sheet.text))
    return fronts[0], everywhere


def _nearest(sheet: Sheet, wanted: str, front: int, reach: int) -> list[tuple[int, int]]:
    """Where the letters stand behind a front, whole or in pieces; a text of less than a line is looked for whole."""
    whole = _whole(sheet, wanted, front, front + reach + len(wanted))
    if whole and (whole[0][0] == front or len(wanted) < CLOSE):
        return whole
    limit = whole[0][0] if whole else min(front + reach + 1, len(sheet.text))
    pieces = _broken(sheet, wanted, front, limit)
    return pieces if pieces and pieces[0][1] - pieces[0][0] >= PIECE else whole


def _whole(sheet: Sheet, wanted: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Where the letters stand in one piece, from the beginning of a run to the end of one; not over two cells, if any.

    Cells that stand side by side are painted one after the other, and may say the same again and again.
    """
    over, at = list[tuple[int, int]](), sheet.text.find(wanted, start, stop)
    while at >= 0:
        end = at + len(wanted)
        if _bounded(sheet, at, end) and sheet.free(at, end):
            first, last = bisect_left(sheet.starts, at), bisect_left(sheet.ends, end)
            if sheet.rises[first] == sheet.rises[last]:
                return [(at, end)]
            over = over or [(at, end)]
        at = sheet.text.find(wanted, at + 1, stop)
    return over


def _bounded(sheet: Sheet, start: int, end: int) -> bool:
    first, last = bisect_left(sheet.starts, start), bisect_left(sheet.ends, end)
    return sheet.starts[first : first + 1] == [start] and sheet.ends[last : last + 1] == [end]


def _broken(sheet: Sheet, wanted: str, start: int, limit: int) -> list[tuple[int, int]]:
    """The longest beginning that ends with a line, and the rest on a later page or behind what stands between."""
    return _pieces(sheet, wanted, (start, limit), set(), 0)


def _pieces(
    sheet: Sheet, wanted: str, between: tuple[int, int], failed: set[tuple[int, int]], depth: int
) -> list[tuple[int, int]]:
    """Where the letters stand in pieces, the first of which begins between these two places.

    `failed` has the rests that do not stand on a page, each as its length and the first run there: where all lines of
    a listing are the same, the same rest is asked for again and again. A number of a note stands in many places.
    """
    tried, begun = set[tuple[int, int]](), _beginnings(sheet, wanted, between)
    for at, end in begun if depth else sorted(begun, key=lambda piece: piece[1] - piece[0] < PIECE):
        rest, page = wanted[end - at :], sheet.page(end - 1)
        if (len(rest), page) in tried or not sheet.free(at, end):
            continue
        tried.add((len(rest), page))
        if not rest:
            return [(at, end)]
        if depth < MOST_PAGES and (follow := _rest(sheet, rest, end, failed, depth)):
            return [(at, end), *follow]
    return []


def _beginnings(sheet: Sheet, wanted: str, between: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The pieces that the letters may begin with."""
    head = wanted[:4]
    for index in range(*(bisect_left(sheet.starts, place) for place in between)):
        at = sheet.starts[index]
        if sheet.text.startswith(head, at) or head.startswith(sheet.text[at : sheet.ends[index]]):
            yield from ((at, end) for end in _line_ends(sheet, wanted, index))


def _rest(sheet: Sheet, rest: str, after: int, failed: set[tuple[int, int]], depth: int) -> list[tuple[int, int]]:
    """The rest of a block on the page after this one; of a note, on one of the next."""
    page, runs = sheet.page(after - 1), sheet.runs
    first = sheet.first_of(page + 1, after)
    for _ in range(sheet.ahead):
        if first == len(runs):
            return []
        last = sheet.first_of(runs[first].page + 1, sheet.starts[first])
        if (len(rest), first) not in failed:
            if found := _rest_on(sheet, rest, (first, last), failed, depth):
                return found
            failed.add((len(rest), first))
        first = last
    return []


def _rest_on(
    sheet: Sheet, rest: str, page: tuple[int, int], failed: set[tuple[int, int]], depth: int
) -> list[tuple[int, int]]:
    """The rest of a block on a page: whole where a line begins there, or broken again.

    A rest of two letters is found everywhere; it is the block's where the text of that page begins.
    """
    runs, (first, last) = sheet.runs, page
    places = [index for index in range(first, last) if not runs[index].furniture]
    for index in places if len(rest) > 2 else places[:1]:
        at = sheet.starts[index]
        if sheet.text.startswith(rest, at) and _bounded(sheet, at, at + len(rest)) and sheet.free(at, at + len(rest)):
            return [(at, at + len(rest))]
    between = sheet.starts[first], sheet.ends[last - 1]
    return _pieces(sheet, rest, between, failed, depth + 1) if len(rest) > 2 else []


def _line_ends(sheet: Sheet, wanted: str, index: int) -> list[int]:
    """The ends of runs up to which the letters agree, the farthest first; those of other cells beside it come last."""
    at, found, beside = sheet.starts[index], list[int](), list[int]()
    for last in range(index, len(sheet.ends)):
        start, end = sheet.starts[last], sheet.ends[last]
        if end - at > len(wanted) or not sheet.text.startswith(wanted[start - at : end - at], start):
            break
        (found if sheet.rises[last] == sheet.rises[index] else beside).append(end)
    return [*found[::-1], *beside[::-1]]
