"""Faults of WeasyPrint 70 that our pages would show, corrected here; each correction has its test.

WeasyPrint is pinned to 70.x, so that these stay valid. What upstream fixes is removed here.
"""

from __future__ import annotations

from typing import Any

CALLERS = ("inline", "preferred")
"""Modules of `weasyprint.layout` that have imported the function by name."""
WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"
ENOUGH = 80
"""Letters in which there is a place to break, except in very long words."""
LONG = 1000
"""The most letters of a text that are examined for a line of at most half as many."""
WIDEST_SPACE = 0.75
"""Ems by which a space of a justified line may grow if the line contains an address, or code with spaces."""


def repair() -> None:
    """Replace the functions; called once in a process."""
    _keep_text_that_fits()
    _keep_first_lines_first()
    _keep_notes_with_their_calls()
    _set_notes_once()
    _end_boxes_with_their_content()
    _keep_calls_at_their_words()
    _draw_spaces()
    _keep_spaces_of_code()
    _break_at_any_space_at_need()


def _keep_text_that_fits() -> None:
    from importlib import import_module

    from weasyprint.text import line_break

    original = line_break.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: float, **options: Any
    ) -> Any:
        """Let text fit that fits except for the space at its end: WeasyPrint would break it after its first word.

        This happens if an element follows the space: `again with <code>` at the very end of a line. For the narrowest
        line, which is measured for each word, and in a long text without spaces, WeasyPrint would lay out all the rest.
        """
        few = text[: text.find(" ", ENOUGH) + 1] if max_width == 0 and options.get("minimum") else ""
        few = few or (text[:LONG] if len(text) > LONG else "")
        made = original(few, style, context, max_width, justification_spacing, **options) if few else (None, None, None)
        if made[2] is not None and made[2] <= LONG // 2:
            return made
        first = original(text, style, context, max_width, justification_spacing, **options)
        words = text.encode()[: first[2]].decode()
        if first[2] is None or max_width is None or not text.endswith(" ") or " " in words.strip():
            return first
        bare = original(text.rstrip(" "), style, context, None, justification_spacing, **options)
        if bare[2] is not None or bare[3] > max_width:
            return first
        return original(text, style, context, None, justification_spacing, **options)

    line_break.split_first_line = split_first_line
    for module in (import_module(f"weasyprint.layout.{name}") for name in CALLERS):
        if hasattr(module, "split_first_line"):
            setattr(module, "split_first_line", split_first_line)  # noqa: B010 - the module is known at run time only


def _keep_first_lines_first() -> None:
    from weasyprint.layout import block

    original = block.iter_line_boxes

    def iter_line_boxes(context: Any, box: Any, y: float, bottom: float, skip_stack: Any, *arguments: Any) -> Any:
        """Do not start a paragraph that continues on the next page with the style of its first line again."""
        *others, first_line = arguments
        return original(context, box, y, bottom, skip_stack, *others, first_line if skip_stack is None else None)

    block.iter_line_boxes = iter_line_boxes


def _keep_notes_with_their_calls() -> None:
    from weasyprint.layout import block

    original = block._linebox_layout

    def _linebox_layout(context: Any, *arguments: Any) -> Any:
        """Move the note of a paragraph's first line to the next page with it, if its second line does not fit.

        WeasyPrint makes room for the line by moving notes to the next page, while their calls stay; it does not take
        them back if the line does not fit even then.
        """
        lines, page_is_empty, absolute_boxes, fixed_boxes = arguments[3:7]
        here, later = [*context.current_page_footnotes], [*context.reported_footnotes]
        result = original(context, *arguments)
        sent = [note for note in context.reported_footnotes if note not in later]
        parted = any(note.style["footnote_policy"] == "line" for note in sent)
        if page_is_empty or not parted:
            return result
        if not result[0]:
            block.remove_placeholders(context, lines, absolute_boxes, fixed_boxes)
            lines.clear()
        context.current_page_footnotes[:] = here
        context.reported_footnotes[:] = later
        context._update_footnote_area()
        return result if result[0] else (True, False, None, *result[3:4], [], *result[5:])

    block._linebox_layout = _linebox_layout


def _set_notes_once() -> None:
    from weasyprint.layout import LayoutContext, page

    unlayout, make = LayoutContext.unlayout_footnote, page.make_page

    def make_page(context: Any, *arguments: Any) -> Any:
        """Make a page, and remember which notes were set on it."""
        made = make(context, *arguments)
        context.__dict__.setdefault("set_on", {}).update(
            (id(note), context.current_page) for note in context.current_page_footnotes
        )
        return made

    def unlayout_footnote(context: Any, note: Any) -> None:
        """Do not take back a note of an earlier page together with the head of a table that is tried again here."""
        set_on = context.__dict__.setdefault("set_on", {})
        if note in context.current_page_footnotes or note in context.reported_footnotes:
            set_on.pop(id(note), None)
        if set_on.get(id(note), context.current_page) >= context.current_page:
            unlayout(context, note)

    LayoutContext.unlayout_footnote, page.make_page = unlayout_footnote, make_page


def _end_boxes_with_their_content() -> None:
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        """End a panel, or a rule at the side, with its last line here if it continues on the next page.

        WeasyPrint draws it down to the foot of the page, as CSS Fragmentation 5.4 allows, over white space that was
        left because too few lines would have been there.
        """
        result = original(context, box, *arguments, **named)
        laid = result[0]
        if laid is not None and result[1] and box.height == "auto" and laid.children and not laid.is_column:
            last = laid.children[-1]
            content = last.position_y + last.margin_height() - laid.content_box_y()
            laid.height = max(0.0, min(laid.height, content))
        return result

    block.block_container_layout = block_container_layout


def _keep_calls_at_their_words() -> None:
    from weasyprint.layout import inline

    original = inline.split_inline_level

    def split_inline_level(context: Any, box: Any, *arguments: Any) -> Any:
        """Begin no line with the number of a note.

        WeasyPrint asks Pango only about the last letter before it and the first of the number, and a line may break
        between a full stop and a digit. A word joiner takes the place of the number. Source: UAX 14, class WJ.
        """
        new_box, resume_at, preserved, first, *others = original(context, box, *arguments)
        return new_box, resume_at, preserved, WORD_JOINER if first and is_call(box) else first, *others

    inline.split_inline_level = split_inline_level


def is_call(box: Any) -> bool:
    """Return whether a box is the number of a note in the text: that of its first call, or the link of a later one."""
    if box.element is None:
        return False
    return str(box.element_tag).endswith("::footnote-call") or box.element.get("class") == "noteref"


def _draw_spaces() -> None:
    from weasyprint.draw import text
    from weasyprint.formatting_structure import boxes

    original = text.draw_first_line

    def draw_first_line(stream: Any, box: Any, *arguments: Any) -> Any:
        """Draw a box that contains only spaces, so that they are copied and read aloud.

        WeasyPrint draws nothing for it: the indentation of code, or the space between two coloured or marked words.
        Text that CSS generates is not changed, since leaders are spaces, and neither are drawings.
        """
        if not isinstance(box, boxes.TextBox):
            return original(stream, box, *arguments)
        if box.text and not box.text.strip(" ") and "::" not in str(box.element_tag):
            box = box.copy()
            box.text = WORD_JOINER
        drawn = original(stream, box, *arguments)
        if NO_BREAK_SPACE in box.text:
            _call_spaces_plain(stream)
        return drawn

    text.draw_first_line = draw_first_line


def _call_spaces_plain(stream: Any) -> None:
    """Map both spaces to the plain one: a font has one glyph for both, and a PDF one character for a glyph."""
    for font in stream._fonts.values():
        for glyph, letters in font.to_unicode.items():
            font.to_unicode[glyph] = " " if letters == NO_BREAK_SPACE else letters


def _keep_spaces_of_code() -> None:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    count, add = inline.count_expandable_spaces, inline.add_word_spacing
    justify = inline.justify_line

    def count_expandable_spaces(box: Any) -> int:
        """Return how many spaces can grow; spaces of code cannot, since one must not look like two."""
        return 0 if is_code(box) else int(count(box))

    def add_word_spacing(context: Any, box: Any, spacing: float, advance: float) -> float:
        """Widen the spaces of a box; shift code as a whole."""
        if not is_code(box):
            return float(add(context, box, spacing, advance))
        box.translate(advance, 0)
        return advance

    def justify_line(context: Any, line: Any, extra: float) -> None:
        """Justify a line, unless it has an address or spaces of code, and its other spaces would become holes."""
        spaces = count_expandable_spaces(line)
        found = list(line.descendants())
        fixed = sum(box.text.count(" ") for box in found if isinstance(box, boxes.TextBox)) - spaces
        is_stiff = fixed or any(_is_address(box) for box in found)
        if not is_stiff or extra <= spaces * WIDEST_SPACE * line.style["font_size"]:
            justify(context, line, extra)

    inline.count_expandable_spaces, inline.add_word_spacing = count_expandable_spaces, add_word_spacing
    inline.justify_line = justify_line


def is_code(box: Any) -> bool:
    """Return whether a box is code in a line of text."""
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.InlineBox) and box.element_tag == "code"


def _is_address(box: Any) -> bool:
    return box.element is not None and "address" in (box.element.get("class") or "").split()


def _break_at_any_space_at_need() -> None:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    original = inline.split_inline_box

    def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, bottom: Any, *given: Any) -> Any:
        """Break a line that would overflow at non-breaking spaces, if it has no others.

        WeasyPrint breaks a text that is too long anywhere if it must, but not one with emphasis inside.
        """
        skip, made = given[0], original(context, box, position_x, max_x, bottom, *given)
        is_text = isinstance(box, boxes.LineBox) and box.style["white_space"] == "normal"
        is_long = is_text and made[0].width > max_x - box.position_x + 1 and not _has_a_space(made[0])
        if is_long and _loosen_spaces(box, skip, made[1]):
            return original(context, box, position_x, max_x, bottom, *given)
        return made

    inline.split_inline_box = split_inline_box


def _has_a_space(line: Any) -> bool:
    """Return whether a line could have ended elsewhere; the space at its own end does not count."""
    from weasyprint.formatting_structure import boxes

    return " " in "".join(one.text for one in line.descendants() if isinstance(one, boxes.TextBox)).strip()


def _loosen_spaces(box: Any, start: Any, end: Any) -> bool:
    """Turn non-breaking spaces in a line, after its start, into ordinary ones; return whether there were any."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        text = box.text.encode()
        at = next(iter(start)) if start else 0
        loose = text[at:].decode().replace(NO_BREAK_SPACE, " ")
        changed = NO_BREAK_SPACE.encode() in text[at:]
        box.text = text[:at].decode() + loose
        return changed
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        return False
    (first, inside), = (start or {0: None}).items()
    line = box.children[first : next(iter(end)) + 1 if end else None]
    found = [_loosen_spaces(child, None if at else inside, None) for at, child in enumerate(line)]
    return any(found)
