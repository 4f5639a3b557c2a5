"""Blocks laid on runs: where the letters of each block stand, whole, or in pieces where a page ends.

A block begins and ends with a run, for it begins and ends a line (PDF) or a text node (EPUB); so a short cell is never
found inside a long word. Notes, heads and folios lie between the pieces of a block that goes on on another page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from compositor.checks.blocks import Block
from compositor.checks.runs import Run, folded

NEAR = 1500
"""Letters to look ahead for the next block: notes, heads and folios lie between, at the end of a page."""
CLOSE = 60
"""Letters between two blocks in the ordinary course of things: a mark, a number."""
PIECE = 20
"""Letters that a piece at the end of a page has at least: a number that stands there may be that of a note."""
FRONTS = 4
HYPHEN = "\x02"
"""What pdfium writes where a line ends in a hyphen, be it the author's or the typesetter's."""


@dataclass(slots=True)
class Sheet:
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
        return (
            self.runs[max(0, min(bisect_right(self.starts, position) - 1, len(self.runs) - 1))].page if self.runs else 0
        )

    def free(self, start: int, end: int) -> bool:
        """Whether a block may have the letters between the two: nobody has claimed one, and none is furniture."""
        index = bisect_left(self.claims, (start, -1, -1))
        after = index < len(self.claims) and self.claims[index][0] < end
        if after or (index > 0 and self.claims[index - 1][1] > start):
            return False
        touched = self.runs[max(0, bisect_right(self.starts, start) - 1) : bisect_left(self.starts, end)]
        return not any(run.furniture for run in touched)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Stretches that no block has claimed."""
        position = 0
        for start, end, _ in self.claims:
            if start > position:
                yield position, start
            position = max(position, end)
        if position < len(self.text):
            yield position, len(self.text)


def sheet_of(blocks: Sequence[Block], runs: Iterable[Run]) -> Sheet:
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
    return Sheet(folded(exact), exact, starts, ends, seen)


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


def lay(blocks: Sequence[Block], sheet: Sheet) -> list[int]:
    """Lay every block on the sheet; returns the numbers of those that do not lie on it as they should.

    The text is painted in its order, but for what stands before or behind it: notes and heads at the end of a page,
    headings and boxes that a style has given a position. So several fronts are kept, the last one used first.
    """
    lost, fronts, slack = [], [0], NEAR
    later = {number for number in range(len(blocks) - 1) if _begins_the_next(blocks, number)}
    for number in sorted(range(len(blocks)), key=lambda number: (number + 1.5 if number in later else number)):
        block = blocks[number]
        wanted = block.folded
        front, spans = _find(sheet, wanted, fronts, slack)
        if not spans and block.optional:
            continue
        if not spans or (block.exact and "".join(sheet.exact[a:b] for a, b in spans) != block.letters):
            lost.append(number)
            slack += len(wanted) * 2
            continue
        for start, end in spans:
            insort(sheet.claims, (start, end, number))
        if not block.note:
            fronts = _moved(fronts, front, spans)
            slack = NEAR
    return sorted(lost)


def _begins_the_next(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block might take the first letters of the one behind it: "X", and then "x, 4" in an index.

    Such a one is laid after that one, for headings may be painted behind what they stand over.
    """
    here, behind = blocks[number], blocks[number + 1]
    listed = here.cell and here.kind == behind.kind == "block"
    return listed and len(here.folded) < len(behind.folded) and behind.folded.startswith(here.folded)


def _moved(fronts: list[int], front: int, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The fronts after a block: that of the block, and the one it left behind when it stood far away."""
    others = [other for other in fronts if other != front]
    jumped = not 0 <= spans[0][0] - front <= CLOSE or len(spans) > 1
    return [spans[-1][1], *([front] if jumped else []), *others][:FRONTS]


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
        spans = _broken(sheet, wanted, front, min(front + slack, len(sheet.text)), 0)
        if spans:
            return front, spans
    everywhere = _whole(sheet, wanted, 0, len(sheet.text)) or _broken(sheet, wanted, 0, len(sheet.text), 0)
    return fronts[0], everywhere


def _nearest(sheet: Sheet, wanted: str, front: int, reach: int) -> list[tuple[int, int]]:
    """Where the letters stand behind a front, whole or in pieces; a text of less than a line is looked for whole."""
    whole = _whole(sheet, wanted, front, front + reach + len(wanted))
    if whole and (whole[0][0] == front or len(wanted) < CLOSE):
        return whole
    limit = whole[0][0] if whole else min(front + reach + 1, len(sheet.text))
    pieces = _broken(sheet, wanted, front, limit, 0)
    return pieces if pieces and pieces[0][1] - pieces[0][0] >= PIECE else whole


def _whole(sheet: Sheet, wanted: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Where the letters stand in one piece, from the beginning of a run to the end of one."""
    at = sheet.text.find(wanted, start, stop)
    while at >= 0:
        if _bounded(sheet, at, at + len(wanted)) and sheet.free(at, at + len(wanted)):
            return [(at, at + len(wanted))]
        at = sheet.text.find(wanted, at + 1, stop)
    return []


def _bounded(sheet: Sheet, start: int, end: int) -> bool:
    first, last = bisect_left(sheet.starts, start), bisect_left(sheet.ends, end)
    return sheet.starts[first : first + 1] == [start] and sheet.ends[last : last + 1] == [end]


def _broken(sheet: Sheet, wanted: str, start: int, limit: int, depth: int) -> list[tuple[int, int]]:
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


def _rest(sheet: Sheet, rest: str, after: int, depth: int) -> list[tuple[int, int]]:
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


def _line_ends(sheet: Sheet, wanted: str, index: int) -> list[int]:
    """The ends of runs up to which the letters agree, the farthest first."""
    at, found = sheet.starts[index], []
    for end in sheet.ends[index:]:
        if not wanted.startswith(sheet.text[at:end]):
            break
        found.append(end)
    return found[::-1]
