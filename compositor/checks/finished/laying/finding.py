"""Where letters are on a sheet: in one piece, or in several across page ends.

Letters begin and end with a run, because they begin and end a line (PDF) or a text node (EPUB); so a short cell is
never found inside a long word. Notes, heads and folios come between the pieces of a text that continues on another
page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from compositor.checks.finished.sheet import Sheet

PIECE = 20
"""Least letters in a piece at the end of a page: a number there may be that of a note."""
MOST_PAGES = 200
"""Pages over which one block may continue."""


def whole(sheet: Sheet, wanted: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where the letters are in one piece, from the beginning of a run to the end of one; never across two cells.

    Cells side by side are painted one after the other, and may have the same words many times.
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


def broken(sheet: Sheet, wanted: str, start: int, limit: int) -> list[tuple[int, int]]:
    """Return the longest beginning that ends with a line, and the rest on a later page or after the text between."""
    return _pieces(sheet, wanted, (start, limit), set(), 0)


def _pieces(
    sheet: Sheet, wanted: str, between: tuple[int, int], failed: set[tuple[int, int]], depth: int
) -> list[tuple[int, int]]:
    """Return where the letters are in pieces, the first of which begins between these two places.

    `failed` has the rests that are not on a page, each as its length and the first run there: if all lines of a listing
    are equal, the same rest is looked for again and again. The number of a note occurs in many places.
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
    """Yield the pieces that the letters may begin with."""
    head = wanted[:4]
    for index in range(*(bisect_left(sheet.starts, place) for place in between)):
        at = sheet.starts[index]
        if sheet.text.startswith(head, at) or head.startswith(sheet.text[at : sheet.ends[index]]):
            yield from ((at, end) for end in _line_ends(sheet, wanted, index))


def _rest(sheet: Sheet, rest: str, after: int, failed: set[tuple[int, int]], depth: int) -> list[tuple[int, int]]:
    """Return the rest of a block on the page after this one; for a note, on one of the next pages."""
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
    """Return the rest of a block on a page: whole if a line begins there, or in pieces again.

    A rest of two letters is found everywhere; it belongs to the block only at the beginning of the page's text.
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
    """Return the ends of runs up to which the letters agree, the farthest first; those of other cells come last."""
    at, found, beside = sheet.starts[index], list[int](), list[int]()
    for last in range(index, len(sheet.ends)):
        start, end = sheet.starts[last], sheet.ends[last]
        if end - at > len(wanted) or not sheet.text.startswith(wanted[start - at : end - at], start):
            break
        (found if sheet.rises[last] == sheet.rises[index] else beside).append(end)
    return [*found[::-1], *beside[::-1]]
