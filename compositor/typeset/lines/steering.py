"""WeasyPrint's lines -> lines that end where the plan of the paragraph says, with spaces that fill the column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compositor.typeset.lines.filling import draw_letters_as_wide, fill
from compositor.typeset.lines.known import Kind, UnknownError, is_one_line, kind_of
from compositor.typeset.lines.pages import look_at_pages
from compositor.typeset.lines.paragraph import Leaf, Paragraph
from compositor.typeset.lines.parts import put_off, shaped
from compositor.typeset.lines.plan import Line
from compositor.typeset.lines.state import TALLY, WHOLE, Cut, Part, State
from compositor.typeset.lines.wishes import is_wanted

ROOM = 1.5
"""Pixels by which a line may be wider than planned when it is laid out: its letters are shaped again for each line."""


def set_paragraphs_whole() -> None:
    """Wrap WeasyPrint's functions; called once in a process, after everything else that wraps functions for lines."""
    _end_lines_where_planned()
    _end_text_where_planned()
    _fill_the_column()
    draw_letters_as_wide()
    look_at_pages()


def _end_lines_where_planned() -> None:
    from weasyprint.layout import block, inline

    original, split_inline_box = block.iter_line_boxes, inline.split_inline_box

    def iter_line_boxes(*given: Any) -> Any:
        """Return the lines of a block; those of a paragraph with a plan end as planned."""
        paragraph = _paragraph(given)
        return original(*given) if paragraph is None else _lines(original, paragraph, given)

    def split(context: Any, box: Any, position_x: float, max_x: float, *others: Any) -> Any:
        """Split an inline box; give the planned line the width that it has before its spaces change."""
        cut = State.cut
        if cut is not None and box is cut.paragraph.box:
            max_x = position_x + cut.line.width + ROOM
        return split_inline_box(context, box, position_x, max_x, *others)

    block.iter_line_boxes, inline.split_inline_box = iter_line_boxes, split


def _paragraph(given: tuple[Any, ...]) -> Paragraph | None:
    """Return the paragraph whose lines are wanted, if all of it is known; shape it when it is met first."""
    context, box, position_y, _, _, column, _, _, first_letter, _ = given
    style = box.style
    if style["white_space"] != "normal" or not is_wanted(style) or (kind := kind_of(style, column)) is Kind.OTHER:
        return None
    known = context.__dict__.setdefault("paragraphs", {})
    State.context = context
    if any(one.position_y + one.margin_height() > position_y for one in context.excluded_shapes):
        _count(kind, "a float beside it", id(box) not in known)
        return None
    if id(box) not in known and kind is not Kind.JUSTIFIED and is_one_line(box, column.width):
        return None
    if id(box) not in known or (known[id(box)][1] is not None and known[id(box)][1].is_stale()):
        known[id(box)] = (box, None)
        try:
            known[id(box)] = (box, _shaped(context, box, column, first_letter))
            _count(kind, WHOLE, 1)
        except UnknownError as why:
            _count(kind, str(why), 1)
    found: Paragraph | None = known[id(box)][1]
    return found


def _shaped(context: Any, box: Any, column: Any, first_letter: Any) -> Paragraph:
    if column.style["direction"] != "ltr":
        raise UnknownError("text from right to left")
    if first_letter or box.style["text_align_last"] == "justify":
        raise UnknownError("a style of its own")
    paragraph = Paragraph(context, box, column)
    if paragraph.kind is Kind.JUSTIFIED:
        context.__dict__.setdefault("paragraph_of", {})[id(box.element)] = paragraph
    return paragraph


def _count(kind: Kind, what: str, number: int) -> None:
    """Count a justified paragraph; others are not counted."""
    if kind is Kind.JUSTIFIED:
        TALLY[what] += number


def _lines(original: Any, paragraph: Paragraph, given: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """Yield the lines of a paragraph from where it continues; WeasyPrint's own after one that breaks the plan."""
    from weasyprint.layout import inline

    context, box, y, bottom, stack, column, absolute, fixed, _, first_line = given
    first_line = None if stack is not None else first_line
    inline.resolve_percentages(box, column)
    indent = _indent(box, column) if stack is None else 0
    if context.__dict__.get("begun_inside") is box:
        context.begun_inside = None
        paragraph.line(paragraph.place(None), column.width, _indent(box, column))
    while True:
        box.text_indent = indent
        line = None if first_line else paragraph.line(paragraph.place(stack), column.width, indent)
        if stack is None and line is not None and State.wishes.longer:
            line = _as_wished(paragraph, line, column.width, indent)
        made, resume = None, None
        if line is not None:
            before = len(absolute), len(fixed)
            made, resume = _laid(paragraph, line, (context, box, y, bottom, stack, column, absolute, fixed, None, None))
            if made is None or paragraph.place(resume or {len(box.children): None}) != line.end.place:
                del absolute[before[0] :], fixed[before[1] :]
                made = None
        if made is None:
            if not first_line:
                _count(paragraph.kind, WHOLE, -1)
                _count(paragraph.kind, "a line that cannot end there", 1)
                context.paragraphs[id(box)] = (box, None)
                yield from original(context, box, y, bottom, stack, column, absolute, fixed, None, None)
                return
            made, resume = inline.get_next_linebox(
                context, box, y, bottom, stack, column, absolute, fixed, None, first_line
            )
            if made is None:
                return
        y = made.position_y + made.height
        yield made, resume
        if resume is None:
            return
        stack, indent, first_line = resume, 0, None


def _indent(box: Any, column: Any) -> Any:
    from weasyprint.layout import inline

    inline.resolve_one_percentage(box, "text_indent", column.width)
    return box.text_indent


def _as_wished(paragraph: Paragraph, line: Line, width: float, indent: float) -> Line | None:
    """Return the first line of a paragraph, followed by a line more or fewer if that is wanted and possible."""
    more = State.wishes.longer.get(paragraph.box.element.get("data-source") or "", 0)
    if not more or not (varied := paragraph.varied(more)):
        return line
    paragraph.take(varied[1])
    return paragraph.line(paragraph.place(None), width, indent)


def _laid(paragraph: Paragraph, line: Line, given: tuple[Any, ...]) -> tuple[Any, Any]:
    from weasyprint.layout import inline

    before, State.cut = State.cut, Cut(paragraph, line)
    try:
        made, resume = inline.get_next_linebox(*given)
    finally:
        State.cut = before
    return made, resume


def _end_text_where_planned() -> None:
    from weasyprint.layout import inline

    split_text_box, split_first_line = inline.split_text_box, inline.split_first_line

    def split_box(context: Any, box: Any, width: float, skip: int, is_line_start: bool = True) -> Any:
        """Return the part of a text that is in the planned line."""
        cut = State.cut
        leaf = None if cut is None else cut.paragraph.leaves.get(id(box))
        if cut is not None and leaf is not None:
            cut.text = _part(cut, leaf, skip)
        try:
            return split_text_box(context, box, width, skip, is_line_start)
        finally:
            if cut is not None:
                cut.text = None

    def split_line(text: str, style: Any, context: Any, width: Any, spacing: float, **options: Any) -> Any:
        cut = State.cut
        if cut is None or cut.text is None:
            return split_first_line(text, style, context, width, spacing, **options)
        return shaped(text, style, context, spacing, cut.text)

    inline.split_text_box, inline.split_first_line = split_box, split_line


def _part(cut: Cut, leaf: Leaf, skip: int) -> Part:
    """Return the part of a text that is in a line, from `skip` on; if all the rest is, it has no end.

    Of a text after the end of the line, one word is kept, so that WeasyPrint sees that it does not fit.
    """
    last = cut.line.end
    end, as_shaped = last.place - leaf.start, leaf.box.text == leaf.said
    if not as_shaped or end >= len(leaf.text):
        return Part(leaf, skip, None, spreads=as_shaped and not last.forced)
    if end <= 0:
        return Part(leaf, skip, leaf.first_break)
    style = leaf.box.style
    if last.hyphen:
        return Part(leaf, skip, end - skip, style["hyphenate_character"], cut.paragraph.hyphen(style), True)
    return Part(leaf, skip, end - skip, spreads=not last.forced)


def _fill_the_column() -> None:
    from weasyprint.layout import inline

    original = inline.text_align

    def text_align(context: Any, line: Any, width: float, last: bool) -> Any:
        """Make a justified planned line as wide as the column; a last line only if it is wider than the column."""
        cut = State.cut
        if cut is None or line.style is not cut.paragraph.box.style or cut.paragraph.kind is not Kind.JUSTIFIED:
            return original(context, line, width, last)
        lead, hang = cut.line.lead, cut.line.hang
        line.hangs = max(lead, hang)
        if last and line.width - lead <= width:
            return original(context, line, width, last) - lead
        fill(context, line, width + lead + hang, cut.paragraph.column(width))
        return -lead

    inline.text_align, inline.create_layout = text_align, put_off
