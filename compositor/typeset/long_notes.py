"""Notes that are longer than the room below their line -> continued at the foot of the next page.

WeasyPrint lays out notes whole: a note that does not fit goes to the next page, or past its edge. Here a long note is
broken like text, with its widows and orphans, and the rest becomes a note of the next page. If the text has ended by
then, pages with only notes follow; these are not blank pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

LONG = 0.25
"""Part of the height of a page from which on a note is broken; the line of a shorter note moves to the next page with
it."""
LEAST = 3
"""The fewest lines of a note that stand below its call."""
TEXT = 8
"""Lines of text for which there is room above a note that continues, with the beginnings of their own notes."""


@dataclass(slots=True)
class Part:
    """The part of a note on this page: where it begins, how high it may be, and where the note continues."""

    start: Any = None
    height: float | None = None
    resume: Any = None
    is_empty: bool = False
    """Whether nothing of it fits there: it begins or continues with something that cannot be broken."""


def break_long_notes() -> None:
    """Wrap WeasyPrint's functions; called once in a process."""
    _lay_out_parts()
    _fit_notes()
    _go_on_overleaf()
    _add_pages_of_notes()


def _lay_out_parts() -> None:
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; of a note, lay out its part on this page, as if that were the whole note."""
        part: Part | None = box.__dict__.get("part")
        if part is None:
            return original(context, box, bottom_space, *arguments, **named)
        if part.height is not None:
            bottom_space = context.page_bottom - (box.position_y + part.height)
        with _no_notes_of_the_page(context):
            result = original(context, box, bottom_space, part.start, *arguments[1:], **named)
        part.resume, part.is_empty = result[1], result[0] is None
        return (result[0], None, *result[2:])

    block.block_container_layout = block_container_layout


@contextmanager
def _no_notes_of_the_page(context: Any) -> Iterator[None]:
    """End the part of a note at a line that does not fit; otherwise WeasyPrint would move notes to the next page."""
    before, context.current_page_footnotes = context.current_page_footnotes, []
    try:
        yield
    finally:
        context.current_page_footnotes = before


def _fit_notes() -> None:
    from weasyprint.layout import LayoutContext

    overflows_page, update, layout_footnote = (
        LayoutContext.overflows_page, LayoutContext._update_footnote_area, LayoutContext.layout_footnote,
    )  # fmt: skip

    def remembered(context: Any, bottom_space: float, position_y: float) -> Any:
        """Remember the last line of text that was tested: the notes that are laid out next belong to it."""
        if not context.in_notes:
            context.last_line, context.before_text = bottom_space + position_y, False
        return overflows_page(context, bottom_space, position_y)

    def updated(context: Any) -> Any:
        context.in_notes = True
        try:
            return update(context)
        finally:
            context.in_notes = False
            _end_empty_area(context)

    def fitted(context: Any, note: Any) -> Any:
        """Lay out a note; cut a long note that does not fit to the room below the line that calls it."""
        part = note.__dict__.setdefault("part", Part())
        part.height = part.resume = None
        before = context.page_bottom
        overflows = layout_footnote(context, note)
        height, over = before - context.page_bottom, _last_line(context) - context.page_bottom
        if over <= 0 or context.in_column or height < LONG * context.current_footnote_area.page.height:
            return overflows or (context.before_text and over > 0)
        room = _height(context, note) - over - (0 if context.before_text else context.leading)
        return not _is_cut(context, note, room) and (overflows or context.before_text)

    LayoutContext.overflows_page, LayoutContext._update_footnote_area = remembered, updated
    LayoutContext.layout_footnote = fitted
    LayoutContext.in_notes = LayoutContext.before_text = LayoutContext.text_is_over = False
    LayoutContext.last_line = LayoutContext.leading = 0.0


def _end_empty_area(context: Any) -> None:
    """Remove the area for notes from a page from which all were taken back: WeasyPrint keeps some of it."""
    area = context.current_footnote_area
    if not area.children and not context.in_column:
        context.page_bottom += area.margin_height()
        area.height = "auto"


def _is_cut(context: Any, note: Any, room: float) -> bool:
    """Limit a note to this height, or to that height plus the room of seven lines; return whether a part of it fits.

    The larger height is tried only before the text of a page, with the room that eight lines of text would have had. If
    nothing fits, the note stays whole, and WeasyPrint moves it to the next page, or leaves the first note of a page in
    place.
    """
    part, more = note.part, (TEXT - 1) * context.leading if context.before_text else 0.0
    for height in dict.fromkeys((room, room + more)):
        if height >= LEAST * _leading(note):
            part.height = height
            context._update_footnote_area()
            if not part.is_empty:
                return True
    part.height = part.resume = None
    context._update_footnote_area()
    return False


def _last_line(context: Any) -> float:
    """Return where the line ends that calls a note; before the text of a page, where its fewest lines would end."""
    if not context.before_text:
        return float(context.last_line)
    top = float(context.current_footnote_area.page.content_box_y())
    return top if context.text_is_over else top + TEXT * context.leading


def _leading(box: Any) -> float:
    from weasyprint.text.line_break import strut

    return float(strut(box.style)[0])


def _height(context: Any, note: Any) -> float:
    """Return the height of the last note of the page so far, in pixels."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout.block import block_level_layout

    context.in_notes = True
    area = build.create_anonymous_boxes(context.current_footnote_area.deepcopy())
    laid = block_level_layout(context, area, float("-inf"), None, context.current_footnote_area.page)[0]
    context.in_notes = False
    return float(laid.children[-1].margin_height())


def _go_on_overleaf() -> None:
    from weasyprint.layout import page

    original = page.make_page

    def make_page(context: Any, root: Any, *arguments: Any) -> Any:
        """Make a page; continue the rest of a note on the next page, before the notes that are called there."""
        context.before_text, context.leading = True, _leading(root)
        made = original(context, root.copy_with_children([]) if context.text_is_over else root, *arguments)
        context.reported_footnotes[:0] = [
            _rest(note) for note in context.current_page_footnotes if note.__dict__.get("part", Part()).resume
        ]
        return made

    page.make_page = make_page


def _rest(note: Any) -> Any:
    rest = note.copy()
    rest.part = Part(note.part.resume)
    return rest


def _add_pages_of_notes() -> None:
    from weasyprint.layout import page

    original, kind = page.remake_page, page.PageType

    def remake_page(index: int, context: Any, *arguments: Any) -> Any:
        """Do not let WeasyPrint call a page with only notes blank: it would have no page number."""
        over = index > 0 and context.page_maker[index][0] is None and bool(context.reported_footnotes)
        context.text_is_over = over
        page.PageType = (lambda side, blank, *others: kind(side, False, *others)) if over else kind
        try:
            return original(index, context, *arguments)
        finally:
            page.PageType, context.text_is_over = kind, False

    page.remake_page = remake_page
