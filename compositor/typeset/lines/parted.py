"""A listing that its style keeps whole and that would leave a page short -> the listing divided at a good place.

It is divided only if enough lines to read on their own stand on both sides, and if nothing else has helped: neither
text before it, nor a paragraph that is a line shorter. A listing that is too long to stay whole is divided at a good
place as well, if one is near. WeasyPrint learns the place from the numbers of lines that it keeps together, and only
while it lays out this page. A short callout is divided in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from compositor.typeset.floats import classes_of, see, tag_of
from compositor.typeset.large import AVOID, SMALL_HOLE, holds, hole_of, laid_whole
from compositor.typeset.lines.callouts import callout_before, is_parted, may_be_parted
from compositor.typeset.lines.state import State, changed_in
from compositor.typeset.lines.trial import Trial

LEAST = 4
"""The fewest lines of a listing on either side."""
BACK = 4
"""The most lines by which the first part may be shorter than the room, in order to end at a good place in the code."""
HOLES = ((0.2, 2 * LEAST), (SMALL_HOLE, 16))
"""Part of a page that may stay white, and the number of lines from which on a listing is divided to fill it."""
CLOSING = ("}", ")", "]", "</", "end", "fi", "done", "esac")
"""Beginnings of a line that ends a piece of code: it stays with that piece."""


CONTINUED = "\\"
"""The end of a line that the next line continues."""
REMARKS = ("#", "//", "--", "/*", "*", ";;", "@")
"""Beginnings of a line that is about the next one: a remark, a decorator."""
MOST = 500
"""The most lines of a listing that is examined."""


Laid = Callable[..., Any]
"""Lays out a page again, inside a context if one is given."""


def part_listings() -> None:
    """Wrap WeasyPrint's function; called once in a process, after everything else that wraps functions for blocks."""
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; again with a listing or callout divided, if it left a hole or was divided badly."""
        if named or "unit" not in classes_of(box) or context.in_column:
            return original(context, box, bottom_space, *arguments, **named)
        trial = Trial(context, box, arguments)

        def laid(*kept: AbstractContextManager[None]) -> Any:
            trial.undo()
            with kept[0] if kept else nullcontext():
                return original(context, box, bottom_space, *arguments)

        result = original(context, box, bottom_space, *arguments)
        if context.current_page > State.wishes.filled:
            return result
        if (broken := _broken(context, box, result, arguments)) is not None:
            changed_in(context).filled.add(context.current_page)
            return laid(_kept(*broken))
        again = _listing_parted(context, box, bottom_space, result, laid)
        again = _callout_parted(context, box, bottom_space, result, laid) if again is None else again
        if again is not result:
            changed_in(context).filled.add(context.current_page)
        return again

    block.block_container_layout = block_container_layout


def _listing_parted(context: Any, box: Any, bottom_space: float, result: Any, laid: Laid) -> Any:
    """Return the page with the first part of the listing that left it short; None if no such listing can be divided."""
    hole, room = hole_of(context, box, bottom_space, result)
    fewest = next((lines for part, lines in HOLES if hole >= part * room), 0)
    whole, listing = _next(context, box, result) if fewest else (None, None)
    lines = [*_lines(laid_whole(context, box, whole), listing)] if listing is not None else []
    if not lines or len(lines) < fewest:
        return None
    again = laid(_kept(listing, LEAST, LEAST))
    count = len([*_lines(again[0], listing)])
    place = best_place([*map(_text, lines)], count) if LEAST <= count < len(lines) else 0
    if again[0] is None or not (place or (LEAST <= count < len(lines) and hole >= HOLES[0][0] * room)):
        return laid()
    return again if place in (0, count) else laid(_kept(listing, LEAST, len(lines) - place))


def _callout_parted(context: Any, box: Any, bottom_space: float, result: Any, laid: Laid) -> Any:
    """Return the page with the first part of the callout that left it short, if the callout has enough lines."""
    found = callout_before(context, box, bottom_space, result)
    if found is None:
        return result
    again = laid(may_be_parted(*found))
    return again if is_parted(box, again, found[0]) else laid()


def best_place(lines: Sequence[str], count: int, least: int = LEAST) -> int:
    """Return how many lines stand before the best break, if at most `count` fit: best after an empty line.

    Otherwise the break is before the line with the smallest indent, if that line ends nothing. A wrapped line is never
    divided, nor are two lines parted of which the second continues the first. Returns 0 if no place is left.
    """
    last = min(count, len(lines) - least)
    if last < least:
        return 0
    said = {place: place - (not lines[place - 1].strip()) for place in range(least, last + 1)}
    places = [place for place in said if said[place] >= min(count - BACK, last) and not lines[place].startswith(TURNED)]
    places = [place for place in places or [last] if not lines[place - 1].rstrip().endswith(CONTINUED)]
    return min(places, key=lambda place: (*_cost(lines, place), -place), default=0)


def _cost(lines: Sequence[str], place: int) -> tuple[bool, bool, bool, int]:
    """Return the disadvantages of a break before this line; the smallest is best."""
    line, before = lines[place], lines[place - 1].strip()
    said = line.lstrip()
    parts = not said or said.startswith(CLOSING)
    return bool(before), before.startswith(REMARKS) and not before.endswith("*/"), parts, len(line) - len(said)


TURNED = "\0"
"""What stands for the mark of a wrapped line."""


def _text(line: Any) -> str:
    found = [*line.descendants()]
    turned = any("turn" in classes_of(one) for one in found)
    return (TURNED if turned else "") + "".join(getattr(one, "text", "") for one in found)


def _broken(context: Any, unit: Any, result: Any, arguments: Sequence[Any]) -> tuple[Any, int, int] | None:
    """Return the listing that begins and does not end on this page, if it has a better place to be divided.

    With it, how many lines are to be kept together at its beginning, and at its end.
    """
    (index, inside), = result[1].items() if result[0] is not None and result[1] else ((0, None),)
    begun = (arguments[0] or {}).get(index) if arguments else None
    if inside is None or begun is not None:
        return None
    block = unit.children[index]
    within = getattr(block, "children", ()) if "listing" in classes_of(block) else ()
    listing = next((one for one in (block, *within) if tag_of(one) == "pre" and not _is_long(one)), None)
    if listing is None:
        return None
    lines, least = [*map(_text, _lines(laid_whole(context, unit, block), listing))], int(listing.style["orphans"])
    count = len([*_lines(result[0], listing)])
    place = best_place(lines, count, least)
    return (listing, least, len(lines) - place) if place not in (0, count) else None


def _is_long(listing: Any) -> bool:
    """Return whether a listing has too many lines to be examined."""
    return sum(str(getattr(one, "text", "")).count("\n") for one in listing.descendants()) > MOST


def _next(context: Any, unit: Any, result: Any) -> tuple[Any, Any]:
    """Return the block for which a page is short, and the listing that it is or contains.

    Headings before it have moved to the next page with it, and so has a paragraph, or its end. Returns None twice if
    there is no such listing, or if it must stay whole.
    """
    (index, inside), = result[1].items()
    if inside is not None and not holds(unit, index):
        return None, None
    while holds(unit, index):
        index += 1
    see(context, index)
    for block in unit.children[index : index + 1]:
        within = getattr(block, "children", ()) if "listing" in classes_of(block) else ()
        for one in (block, *within):
            if tag_of(one) == "pre" and not {block.style["break_inside"], one.style["break_inside"]} & AVOID:
                return (block, one) if one.style["orphans"] > LEAST else (None, None)
    return None, None


def _lines(laid: Any, listing: Any) -> Iterator[Any]:
    """Yield the lines of a listing in a layout."""
    from weasyprint.formatting_structure import boxes

    for box in [] if laid is None else laid.descendants():
        if box.element is listing.element and not isinstance(box, boxes.LineBox):
            yield from (line for line in box.children if isinstance(line, boxes.LineBox))


@contextmanager
def _kept(listing: Any, first: int, last: int) -> Iterator[None]:
    """Keep so many lines of a listing together at its beginning, and at its end, inside the `with` block."""
    before = listing.style
    listing.style = before.copy()
    listing.style["orphans"], listing.style["widows"] = first, last
    try:
        yield
    finally:
        listing.style = before
