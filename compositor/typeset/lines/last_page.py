"""Pages of a unit -> what to change so that its last page has enough lines.

The unit is set again with each of these wishes in turn; only a unit whose last page is short is set again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from math import inf
from typing import Any

from compositor.typeset.floats import classes_of, tag_of
from compositor.typeset.folios import KEPT
from compositor.typeset.lines.filled import TEXT
from compositor.typeset.lines.state import PLAIN, Changed, State, Wishes, changed_in
from compositor.typeset.margins.side_notes import is_beside

LEAST = 5
"""Lines that a last page needs."""
MOST = 3
"""The most paragraphs that are changed."""
PAGES = 5
"""How many of the last pages may have paragraphs changed."""


LISTS = frozenset({"index-list", "contents"})
"""Classes of lists that can be set closer."""
CLOSER = ("closer", "closer closest")
"""Classes of the root for a list with smaller spaces between its parts, and for one with a smaller leading as well."""
FEWEST = 10
"""Lines that the last page of a list needs; it may have two columns."""


def wishes_for(pages: Sequence[Any]) -> list[Wishes]:
    """Return what to try if the last page is short, in this order: more on the page before it, longer or shorter
    paragraphs, facing pages that need not end level, pages that are not filled.

    What would change nothing is not tried.
    """
    changed = changed_in(pages[0]._page_box.__dict__[KEPT])
    found = [*_wishes_for(pages)]  # before any is tried: what is known of paragraphs is about these pages
    return [one for one in found if _matters(one, changed)]


def is_short(pages: Sequence[Any]) -> bool:
    """Return whether there is something to try because the last page is short."""
    return any(_wishes_for(pages))


def _matters(wishes: Wishes, changed: Changed) -> bool:
    """Return whether a wish can make a difference: one that forbids a change does not if nothing was changed so."""
    if wishes.even < inf:
        return any(page > wishes.even for page in changed.even)
    return wishes.filled == inf or any(page > wishes.filled for page in changed.filled)


def _wishes_for(pages: Sequence[Any]) -> Iterator[Wishes]:
    last = _blocks(pages[-1]) if len(pages) > 1 else []
    lines = lines_of(pages[-1])
    is_list = any(LISTS & classes_of(one) for block in last for one in (block, *block.descendants()))
    if last and is_list and 0 < lines < FEWEST:
        yield from (Wishes({}, how=how) for how in CLOSER)
    lines = rows_of(pages[-1])
    if not last or is_list or not 0 < lines < LEAST:
        return
    is_text = all(tag_of(block) in TEXT for block in last)
    is_mixed = any(tag_of(block) not in TEXT for block in _blocks(pages[-2]))
    if is_text or is_mixed:
        yield Wishes({}, full=len(pages) - 1)
    if is_text:
        for more, count in ((1, LEAST - lines), (-1, lines)):
            found = list(islice(_varied(pages[-PAGES:], more), count)) if count <= MOST else []
            if found and len(found) == count:
                yield Wishes(dict.fromkeys(found, more))
        yield Wishes({}, even=len(pages) - PAGES)
        yield Wishes({}, even=0)
    if is_text or is_mixed:
        yield Wishes({}, filled=len(pages) - PAGES)


def is_better(pages: Sequence[Any], before: Sequence[Any]) -> bool:
    """Return whether the last page has enough lines now, or is gone."""
    return len(pages) < len(before) or (
        len(pages) == len(before) and rows_of(before[-1]) < LEAST <= rows_of(pages[-1])
    )


def lines_of(page: Any) -> int:
    """Return how many lines of text are on a page."""
    return sum(type(box).__name__ == "LineBox" for block in _blocks(page) for box in block.descendants())


def rows_of(page: Any) -> int:
    """Return the same; lines next to each other, in cells of a table, count as one."""
    lines = (box for block in _blocks(page) for box in block.descendants() if type(box).__name__ == "LineBox")
    return len({round(line.position_y + line.baseline) for line in lines})


@contextmanager
def wished(wishes: Wishes) -> Iterator[None]:
    """Set units with these wishes inside the `with` block."""
    State.wishes = wishes
    try:
        yield
    finally:
        State.wishes = PLAIN


def _blocks(page: Any) -> list[Any]:
    """Return the blocks of a unit on a page; a table of contents is one block."""
    boxes = [*page._page_box.descendants()]
    units = (box for box in boxes if "unit" in classes_of(box) and tag_of(box) == "section")
    blocks = [block for unit in units for block in unit.children if not is_beside(block)]
    return blocks or [box for box in boxes if tag_of(box) == "nav" and "contents" in classes_of(box)]


def _varied(pages: Sequence[Any], more: int) -> Iterator[str]:
    """Yield the positions of paragraphs that can be `more` lines longer; the least visible change first."""
    known = getattr(State.context, "paragraph_of", {})
    found: dict[str, float] = {}
    for block in (block for page in pages for block in _blocks(page)):
        paragraph = known.get(id(block.element)) if tag_of(block) == "p" else None
        position = block.element.get("data-source") if paragraph is not None else None
        if paragraph is not None and position and (varied := paragraph.varied(more)):
            found[position] = varied[0]
    yield from sorted(found, key=lambda position: found[position])
