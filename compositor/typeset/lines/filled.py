"""A page that ends short because the next block does not fit -> the page set closer, if that makes room for it.

One or two paragraphs become a line shorter, and half a line is taken from the spaces around figures, tables, listings
and headings, the lowest first; if that is not enough, a high space above a heading gives a whole line. A page of text
alone keeps its lines level with those of the facing page: there, the space above a heading can be a whole line higher
or lower, and only the lowest space gives half a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from typing import Any, Protocol

from compositor.typeset.floats import HEADINGS, see, tag_of
from compositor.typeset.large import holds, hole_of
from compositor.typeset.lines.paragraph import Paragraph
from compositor.typeset.lines.plan import Line
from compositor.typeset.lines.state import State, changed_in
from compositor.typeset.margins.side_notes import is_beside

TEXT = HEADINGS | {"p"}
"""Tags of the blocks of a page that consists of text alone."""
SHORT = 4
"""Lines left white at the foot from which on a page counts as short."""
MOST, SPACES = 2, 6
"""The most paragraphs of a page that are made shorter, and how often at most something is taken from a space."""
HALF = 0.5
"""Lines that are taken from a space."""
HIGH = 1.5
"""Height, in lines, from which on a space above a heading can give a whole line."""
BETTER = 0.5
"""The part of the white that may stay at the foot of a page that cannot be filled."""

Change = tuple[Paragraph, list[Line]]
Gap = tuple[Any, Any, float]
"""The blocks above and below a space, and its height in pixels."""
Given = tuple[Gap, float]
"""A space, and how many lines are taken from it."""


class Page(Protocol):
    """A unit's part of a page, which can be laid out again."""

    context: Any
    box: Any
    bottom: float
    leading: float
    number: int
    first: int
    """The index of the block with which it begins."""
    spaces: Sequence[Gap]
    """Spaces whose height is set, with that height."""

    def again(self, owed: float) -> Any:
        """Undo the last layout, and return a new one of the page with so many lines left white at its foot."""

    def varied(self, made: Any, more: int) -> list[Change]:
        """Return the paragraphs that begin here and can be so many lines longer unseen; the least visible first."""


def filled(page: Page, made: Any, owed: int) -> Any:
    """Return the page with more on it, if it is short and more fits; with the end of the unit, if that is wanted."""
    short = _hole(page, made)
    is_short = short >= SHORT + owed and page.number <= State.wishes.filled
    if made[0] is None or not made[1] or not (is_short or page.number == State.wishes.full):
        return made
    shorter, given = page.varied(made, -1)[:MOST], [*islice(_given(page, made), SPACES)]
    most = len(shorter) + sum(lines for _, lines in given)
    if not most:
        return made
    wide = page.again(owed - most)
    see(page.context, next(iter(wide[1])) + 1 if wide[1] else len(page.box.children))
    if wide[0] is None or (wide[1] and _hole(page, wide) >= short):
        return page.again(owed)
    ways = [(count, times) for count in range(len(shorter) + 1) for times in range(len(given) + 1)][1:]
    ways.sort(key=lambda way: (way[0] + sum(lines for _, lines in given[: way[1]]), way))
    return _least(page, owed, [(shorter[:count], given[:times]) for count, times in ways], short)


def _least(page: Page, owed: int, ways: Sequence[tuple[list[Change], list[Given]]], short: float) -> Any:
    """Return the page with the first of these changes that fills it, or as it was; each change makes more room."""
    first, end, tried, made = 0, len(ways), len(ways), None
    while first < end:
        middle = (first + end) // 2
        if made is not None:
            take_back(page, ways[tried][0])
        tried, made = middle, set_so(page, owed, *ways[middle])
        first, end = (first, middle) if _is_full(page, made, owed, short) else (middle + 1, end)
    if first < len(ways):
        changed_in(page.context).filled.add(page.number)
    if tried == first < len(ways):
        return made
    take_back(page, ways[tried][0])
    return set_so(page, owed, *ways[first]) if first < len(ways) else page.again(owed)


def _is_full(page: Page, made: Any, owed: int, short: float) -> bool:
    if page.number == State.wishes.full:
        return made[0] is not None and not made[1]
    return made[0] is not None and _hole(page, made) < max(SHORT + owed, short * BETTER)


def set_so(page: Page, owed: int, changes: Sequence[Change], given: Sequence[Given]) -> Any:
    """Return the page with these changes of paragraphs, and with these lines taken from spaces."""
    for paragraph, lines in changes:
        paragraph.take(lines)
    lower = {id(gap): (gap, sum(lines for one, lines in given if one is gap)) for gap, _ in given}
    page.spaces = [(above, below, height - lines * page.leading) for (above, below, height), lines in lower.values()]
    return page.again(owed)


def take_back(page: Page, changes: Sequence[Change]) -> None:
    """Give the paragraphs their own lines again, and the spaces of the page their own heights."""
    for paragraph, _ in changes:
        paragraph.take(None)
    page.spaces = ()


def above_headings(page: Page, made: Any) -> list[Gap]:
    """Return the spaces above the headings of a page, the lowest first; of two headings, the one above the first."""
    (last, inside), = made[1].items()
    spaces = _spaces(page, last + (inside is not None))[::-1]
    return [gap for gap in spaces if tag_of(gap[1]) in HEADINGS and tag_of(gap[0]) not in HEADINGS]


def _hole(page: Page, made: Any) -> float:
    """Return how many lines are left white at the foot of a page."""
    return hole_of(page.context, page.box, page.bottom, made)[0] / page.leading


def _given(page: Page, made: Any) -> Iterator[Given]:
    """Yield what the spaces of a page can give, and those between the next blocks that are kept together."""
    (last, inside), = made[1].items()
    end = last
    while holds(page.box, end):
        end += 1
    see(page.context, end)
    blocks = page.box.children[page.first : last]
    is_text = all(tag_of(block) in TEXT for block in blocks if not is_beside(block))
    gaps = _spaces(page, max(last + (inside is not None), end + 1))[::-1]
    high = [gap for gap in gaps if tag_of(gap[1]) in HEADINGS and gap[2] >= HIGH * page.leading]
    if is_text:
        yield from ((gap, HALF) for gap in gaps[:1] if tag_of(gap[1]) not in TEXT)
        yield from ((gap, 2 * HALF) for gap in high)
    else:
        yield from ((gap, HALF) for gap in (*gaps, *high))


def _spaces(page: Page, end: int) -> list[Gap]:
    """Return the spaces of about a line or more between the blocks of a page, up to this block."""
    blocks = [block for block in page.box.children[page.first : end] if not is_beside(block)]
    found = []
    for above, below in pairwise(blocks):
        height = max(_margin(above, "bottom"), _margin(below, "top"))
        if height > page.leading * (1 - HALF / 2):
            found.append((above, below, height))
    return found


def _margin(box: Any, side: str) -> float:
    value = box.style[f"margin_{side}"]
    return 0.0 if value == "auto" or value.unit not in ("px", "PX") else float(value.value)


@contextmanager
def spaced(gaps: Sequence[Gap]) -> Iterator[None]:
    """Give these spaces their heights inside the `with` block."""
    from weasyprint.css.properties import Dimension

    before = [(box, box.style) for above, below, _ in gaps for box in (above, below)]
    for above, below, height in gaps:
        above.style, below.style = above.style.copy(), below.style.copy()
        above.style["margin_bottom"] = Dimension(min(_margin(above, "bottom"), height), "px")
        below.style["margin_top"] = Dimension(height, "px")
    try:
        yield
    finally:
        for box, style in reversed(before):
            box.style = style
