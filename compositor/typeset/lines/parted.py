"""A listing that a style keeps whole, and that would leave a page short -> parted, where the code has a joint.

It is parted only where as many lines stand on either side as can be read as a piece, and nothing else has helped: text
before it, or a paragraph that is a line shorter. A listing that is too long to be whole is parted at a joint as well,
if there is one near. WeasyPrint is told where by the numbers of lines that it keeps together, and only while it lays
out this page. A short callout is parted in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from compositor.typeset.floats import classes_of, see, tag_of
from compositor.typeset.large import AVOID, SMALL_HOLE, holds, hole_of, laid_whole
from compositor.typeset.lines.callouts import callout_before, is_parted, may_be_parted
from compositor.typeset.lines.state import State
from compositor.typeset.lines.trial import Trial

LEAST = 4
"""Lines of a listing on either side."""
BACK = 4
"""Lines by which the first part may be shorter than what has room, to end at a joint of the code."""
HOLES = ((0.2, 2 * LEAST), (SMALL_HOLE, 16))
"""Parts of a page that may stay white before listings of so many lines, at most."""
CLOSING = ("}", ")", "]", "</", "end", "fi", "done", "esac")
"""What a line begins with that ends a piece of code: it stays with what it ends."""


CONTINUED = "\\"
"""The end of a line of which the next is a part."""
REMARKS = ("#", "//", "--", "/*", "*", ";;", "@")
"""What a line begins with that is about the next one."""
MOST = 500
"""Lines of a listing that is looked at."""


Laid = Callable[..., Any]
"""Lays a page out again, inside a context if one is given."""


def part_listings() -> None:
    """Wrap WeasyPrint's function; called once in a process, after all others that concern blocks."""
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """WeasyPrint's, and again with a listing or a callout parted that would have left a hole, or parted badly."""
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
            return laid(_kept(*broken))
        again = _listing_parted(context, box, bottom_space, result, laid)
        return _callout_parted(context, box, bottom_space, result, laid) if again is None else again

    block.block_container_layout = block_container_layout


def _listing_parted(context: Any, box: Any, bottom_space: float, result: Any, laid: Laid) -> Any:
    """The page with a part of the listing that it is short for, if that has a joint; None where it is for none."""
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
    """The page with a part of the callout that it is short for, if there is one with lines enough."""
    found = callout_before(context, box, bottom_space, result)
    if found is None:
        return result
    again = laid(may_be_parted(*found))
    return again if is_parted(box, again, found[0]) else laid()


def best_place(lines: Sequence[str], count: int, least: int = LEAST) -> int:
    """How many lines are to stand before the break, where so many fit: it is best behind an empty line.

    Otherwise it is before the line that is indented least, and ends nothing. A line that was wrapped is not parted, nor
    one that the next continues: 0, if there is no other place.
    """
    last = min(count, len(lines) - least)
    if last < least:
        return 0
    said = {place: place - (not lines[place - 1].strip()) for place in range(least, last + 1)}
    places = [place for place in said if said[place] >= min(count - BACK, last) and not lines[place].startswith(TURNED)]
    places = [place for place in places or [last] if not lines[place - 1].rstrip().endswith(CONTINUED)]
    return min(places, key=lambda place: (*_cost(lines, place), -place), default=0)


def _cost(lines: Sequence[str], place: int) -> tuple[bool, bool, bool, int]:
    """What speaks against a break before this line."""
    line, before = lines[place], lines[place - 1].strip()
    said = line.lstrip()
    parts = not said or said.startswith(CLOSING)
    return bool(before), before.startswith(REMARKS) and not before.endswith("*/"), parts, len(line) - len(said)


TURNED = "\0"
"""What stands for the mark of a line that was wrapped."""


def _text(line: Any) -> str:
    found = [*line.descendants()]
    turned = any("turn" in classes_of(one) for one in found)
    return (TURNED if turned else "") + "".join(getattr(one, "text", "") for one in found)


def _broken(context: Any, unit: Any, result: Any, arguments: Sequence[Any]) -> tuple[Any, int, int] | None:
    """The listing with which a page ends and that begins on it, if it has a better place to be parted at.

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
    """Whether a listing has too many lines to be looked at."""
    return sum(str(getattr(one, "text", "")).count("\n") for one in listing.descendants()) > MOST


def _next(context: Any, unit: Any, result: Any) -> tuple[Any, Any]:
    """The block that a page is short for, and the listing that it is or holds; headings before it have moved with it.

    So has a paragraph, or its end. Twice None where it is none, or is not to be parted.
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
    """The lines of a listing in what was laid out."""
    from weasyprint.formatting_structure import boxes

    for box in [] if laid is None else laid.descendants():
        if box.element is listing.element and not isinstance(box, boxes.LineBox):
            yield from (line for line in box.children if isinstance(line, boxes.LineBox))


@contextmanager
def _kept(listing: Any, first: int, last: int) -> Iterator[None]:
    """Inside, so many lines of a listing at least are kept together at its beginning, and at its end."""
    before = listing.style
    listing.style = before.copy()
    listing.style["orphans"], listing.style["widows"] = first, last
    try:
        yield
    finally:
        listing.style = before
