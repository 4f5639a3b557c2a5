"""A part of a text -> what WeasyPrint makes of it, in its own words: from the shape of the whole where that will do."""

from __future__ import annotations

from typing import Any

from compositor.typeset.lines.state import Part


def put_off(text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float) -> Any:
    """A layout of Pango as it is between two uses: WeasyPrint takes it down when it is measured, and draws it again.

    That of a text with a line under it is made at once: WeasyPrint asks it how thick the line is, before it draws it.
    """
    from weasyprint.text.line_break import Layout, create_layout

    if style["text_decoration_line"] != "none":
        return create_layout(text, style, context, max_width, justification_spacing)
    layout = Layout.__new__(Layout)
    layout.text, layout.style, layout.layout, layout.language = text, style, None, None
    layout.justification_spacing, layout.max_width, layout.first_line_direction = justification_spacing, max_width, 0
    return layout


def shaped(text: str, style: Any, context: Any, spacing: float, part: Part) -> Any:
    """What WeasyPrint's function for the first line of a text would return."""
    from weasyprint.text import line_break

    raw = text.encode()[: part.end]
    said = raw.decode() if part.end is None else raw.decode().rstrip(" ")
    shape = part.leaf.shape
    spreads = part.spreads and " " in said and not part.leaf.stiff
    if shape.is_plain and said and not spacing and (spreads or part.end is None or raw.endswith(b" ")):
        length = len(said.encode())
        width = shape.at(part.skip + length) - shape.at(part.skip)
        if part.hyphen:
            width += part.hyphen_width
        layout = put_off(said + part.hyphen, style, context, None, 0.0)
        layout.deactivate()
        return layout, length, part.end, width, shape.height, shape.baseline
    layout = line_break.create_layout(said + part.hyphen, style, context, None, spacing)
    first, _ = layout.get_first_line()
    made = line_break.first_line_metrics(first, said, layout, None, True, style, bool(part.hyphen), part.hyphen)
    return made[0], made[1], part.end, *made[3:]
