"""Notes beside the text -> their places in the outer margin, when the whole page is laid out.

For WeasyPrint, a note is positioned absolutely: it takes no room in the text, and stays level with the block after it.
When a page is complete, all its notes and everything that extends into the margin are known: each note moves down as
far as necessary, and up again at the end of the page. A note without a place is put into the text when the document is
set again. The caption of a figure is such a note, but gives way to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from compositor.model import FREE_EDGE
from compositor.typeset.floats import classes_of, tag_of

BESIDE = "beside"
CAPTION = "figcaption"
NUMBER, LEFT_OUT = "data-beside", "data-no-room"
GAP = 6.0
"""Pixels between two notes."""
FREE = 8.0
"""Pixels between a note and what reaches into the margin."""
REACH = 40.0
"""Pixels by which a caption may stand above or below the top of its figure; if it is farther off, it goes below the
figure."""
EDGE = FREE_EDGE / 0.75
"""Pixels between a note and the edge of the paper; the style sheet subtracts them from the width of a note."""
Spans = Sequence[tuple[float, float]]


def set_notes_beside() -> None:
    """Wrap WeasyPrint's functions; called once in a process, before everything else that wraps functions for blocks."""
    from weasyprint.layout import block, page

    lay_out, make, contain = page.absolute_layout, page.make_page, block.block_container_layout

    def absolute_layout(context: Any, placeholder: Any, *arguments: Any, **named: Any) -> None:
        """Lay out an absolute box; lay out a note whole, however far down it begins, and remember it."""
        if is_beside(placeholder):
            lay_out(context, placeholder, *arguments, **{**named, "bottom_space": -inf})
            context.beside.append(placeholder._box)
        else:
            lay_out(context, placeholder, *arguments, **named)

    def make_page(context: Any, root_box: Any, page_type: Any, *arguments: Any) -> Any:
        """Make a page, and move all its notes to their places."""
        context.beside = []
        made = make(context, root_box, page_type, *arguments)
        if context.beside:
            _place(made[0], context.beside, page_type.side == "right")
        return made

    def block_container_layout(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; move a note to the next page together with the block after it."""
        result = contain(context, box, *arguments, **named)
        laid, resume = result[:2]
        if laid is None or not resume or "unit" not in classes_of(box):
            return result
        (index, inside), = resume.items()
        kept = list(laid.children)
        while inside is None and len(kept) > 1 and is_beside(kept[-1]):
            block.remove_placeholders(context, [kept.pop()], arguments[3], arguments[4])
            index -= 1
        if len(kept) == len(laid.children):
            return result
        laid.children = kept
        return laid, {index: None}, *result[2:]

    page.absolute_layout, page.make_page = absolute_layout, make_page
    block.block_container_layout = block_container_layout


def is_beside(box: Any) -> bool:
    """Return whether a box is a note beside the text, or a caption there."""
    return tag_of(box) in ("aside", CAPTION) and BESIDE in classes_of(box)


def number_notes(root: Any, crowded: frozenset[int]) -> None:
    """Number the notes of a document; put those without room into the text."""
    notes = (one for one in root.iter() if BESIDE in str(one.get("class", "")).split())
    for number, element in enumerate(notes):
        element.set(NUMBER, str(number))
        if number in crowded:
            element.set("class", " ".join(name for name in element.get("class").split() if name != BESIDE))


def without_room(pages: Sequence[Any]) -> frozenset[int]:
    """Return the numbers of the notes that have no place in the margin."""
    notes = (box.element for page in pages for box in page._page_box.descendants() if is_beside(box))
    return frozenset(int(one.get(NUMBER)) for one in notes if one.get(LEFT_OUT))


def _place(page: Any, notes: Sequence[Any], is_right: bool) -> None:
    """Move the notes of a page to their places: level with what they belong to, if that is free."""
    top, left = page.content_box_y(), page.content_box_x()
    bottom, right = top + page.height, left + page.width
    taken = sorted(_reaching(page, notes, right if is_right else left, is_right))
    heights = [note.margin_height() for note in notes]
    wanted = [_wanted(note, page) for note in notes]
    tops = _up(_down(wanted, heights, taken), heights, taken, bottom)
    captions = [note for note in notes if tag_of(note) == CAPTION]
    crowded = (captions or notes) if tops and tops[0] < top - 1 else []
    for note, at, best in zip(notes, tops, wanted, strict=True):
        is_far = note in captions and abs(at - best) > REACH
        note.element.set(LEFT_OUT, "1" if is_far or note in crowded else "")
        at_left = right + page.margin_right - EDGE - note.margin_width() if is_right else left - page.margin_left + EDGE
        note.translate(at_left - note.position_x, at - note.position_y)


def _wanted(note: Any, page: Any) -> float:
    """Return the top of the block after a note, or of the figure of a caption; if nothing follows, that of the note."""
    if tag_of(note) == CAPTION:
        figures = (box for box in page.descendants() if tag_of(box) == "figure")
        own = (one for one in figures if any(getattr(child, "_box", child) is note for child in one.children))
        return float(next((one.content_box_y() for one in own), note.position_y))
    for unit in (box for box in page.descendants() if "unit" in classes_of(box)):
        blocks = [getattr(one, "_box", one) for one in unit.children]
        if note in blocks:
            behind = (one for one in blocks[blocks.index(note) + 1 :] if not is_beside(one))
            return float(next((one.border_box_y() for one in behind), note.position_y))
    return float(note.position_y)


def _down(wanted: Sequence[float], heights: Sequence[float], taken: Spans) -> list[float]:
    """Return the tops of the notes: each as high as wanted, but below the note before it and below what is taken."""
    found, free = [], -inf
    for first, height in zip(wanted, heights, strict=True):
        top = max(first, free)
        for start, end in taken:
            top = end if start < top + height and end > top else top
        found.append(top)
        free = top + height + GAP
    return found


def _up(tops: Sequence[float], heights: Sequence[float], taken: Spans, bottom: float) -> list[float]:
    """Return the tops moved up, so that no note ends below the page."""
    found, limit = [], bottom
    for first, height in zip(reversed(tops), reversed(heights), strict=True):
        top = min(first, limit - height)
        for start, end in reversed(taken):
            top = start - height if start < top + height and end > top else top
        found.append(top)
        limit = top - GAP
    return found[::-1]


def _reaching(page: Any, notes: Sequence[Any], edge: float, is_right: bool) -> Iterator[tuple[float, float]]:
    """Yield the tops and bottoms of everything else that extends as far into the margin as the notes do."""
    margin = page.margin_right if is_right else page.margin_left
    near = margin - EDGE - max(note.margin_width() for note in notes) - FREE
    for box in _flowing(page, notes):
        out = box.border_box_x() + box.border_width() - edge if is_right else edge - box.border_box_x()
        if out > near and box.border_height():
            yield box.border_box_y() - FREE, box.border_box_y() + box.border_height() + FREE


def _flowing(box: Any, notes: Sequence[Any]) -> Iterator[Any]:
    """Yield the blocks of a page, and the pictures in its lines, without the notes and the boxes in the margins."""
    from weasyprint.formatting_structure import boxes

    for child in (getattr(one, "_box", one) for one in getattr(box, "children", ())):
        if isinstance(child, boxes.MarginBox) or child in notes:
            continue
        if isinstance(child, (boxes.BlockLevelBox, boxes.ReplacedBox)) and not isinstance(child, boxes.LineBox):
            yield child
        if not isinstance(child, boxes.LineBox):
            yield from _flowing(child, notes)
