"""A page that ends short because the next block does not fit -> the page set closer, if that makes room for it.

One or two paragraphs become a line shorter, and half a line is taken from up to three of the spaces around figures,
tables, listings and headings. A page of text alone keeps its spaces, so that its lines stay level with those of the
facing page; there, the space above a heading can be a whole line higher or lower (`pages.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Protocol

from compositor.typeset.floats import HEADINGS, see, tag_of
from compositor.typeset.large import hole_of
from compositor.typeset.lines.paragraph import Paragraph
from compositor.typeset.lines.plan import Line
from compositor.typeset.lines.state import State
from compositor.typeset.margins.side_notes import is_beside

TEXT = HEADINGS | {"p"}
"""Tags of the blocks of a page that consists of text alone."""
SHORT = 4
"""Lines left white at the foot from which on a page counts as short."""
MOST, SPACES = 2, 3
"""The most paragraphs of a page that are made shorter, and the most spaces that are made smaller."""
HALF = 0.5
"""Lines that are taken from a space."""

Change = tuple[Paragraph, list[Line]]
Gap = tuple[Any, Any, float]
"""The blocks above and below a space, and its height in pixels."""


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
    shorter, gaps = page.varied(made, -1)[:MOST], _gaps(page, made)[-SPACES:]
    most = len(shorter) + HALF * len(gaps)
    if not most:
        return made
    wide = page.again(owed - most)
    see(page.context, next(iter(wide[1])) + 1 if wide[1] else len(page.box.children))
    if wide[0] is not None and (not wide[1] or _hole(page, wide) < short):
        counts = [(lines, spaces) for lines in range(len(shorter) + 1) for spaces in range(len(gaps) + 1)][1:]
        for lines, spaces in sorted(counts, key=lambda one: (one[0] + HALF * one[1], one)):
            again = set_so(page, owed, shorter[:lines], gaps[len(gaps) - spaces :], -HALF)
            if _is_full(page, again, owed):
                return again
            take_back(page, shorter[:lines])
    return page.again(owed)


def _is_full(page: Page, made: Any, owed: int) -> bool:
    if page.number == State.wishes.full:
        return made[0] is not None and not made[1]
    return made[0] is not None and _hole(page, made) < SHORT + owed


def set_so(page: Page, owed: int, changes: Sequence[Change], gaps: Sequence[Gap], more: float) -> Any:
    """Return the page with these changes of paragraphs, and with each of these spaces higher by so many lines."""
    for paragraph, lines in changes:
        paragraph.take(lines)
    page.spaces = [(above, below, height + more * page.leading) for above, below, height in gaps]
    return page.again(owed)


def take_back(page: Page, changes: Sequence[Change]) -> None:
    """Give the paragraphs their own lines again, and the spaces of the page their own heights."""
    for paragraph, _ in changes:
        paragraph.take(None)
    page.spaces = ()


def above_headings(page: Page, made: Any) -> list[Gap]:
    """Return the spaces above the headings of a page, the lowest first; of two headings, the one above the first."""
    spaces = _spaces(page, made, 0)[::-1]
    return [gap for gap in spaces if tag_of(gap[1]) in HEADINGS and tag_of(gap[0]) not in HEADINGS]


def _hole(page: Page, made: Any) -> float:
    """Return how many lines are left white at the foot of a page."""
    return hole_of(page.context, page.box, page.bottom, made)[0] / page.leading


def _gaps(page: Page, made: Any) -> list[Gap]:
    """Return the spaces of a page, and the one above the block that follows it; none on a page of text alone."""
    blocks = page.box.children[page.first : next(iter(made[1]))]
    is_text = all(tag_of(block) in TEXT for block in blocks if not is_beside(block))
    return [] if is_text else _spaces(page, made, 1)


def _spaces(page: Page, made: Any, more: int) -> list[Gap]:
    """Return the spaces of about a line or more between the blocks of a page, and `more` after its end."""
    (last, inside), = made[1].items()
    blocks = page.box.children[page.first : max(last + (inside is not None), last + more)]
    blocks = [block for block in blocks if not is_beside(block)]
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
