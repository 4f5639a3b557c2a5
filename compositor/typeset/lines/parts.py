"""A part of a text -> what WeasyPrint's functions return for it: from the shape of the whole text, if possible."""

from __future__ import annotations

from typing import Any

from compositor.typeset.lines.state import Part


def put_off(text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float) -> Any:
    """Return a layout of Pango in the state between two uses, to be made when it is drawn.

    WeasyPrint drops a layout after it was measured, and makes it again to draw it. For an underlined text, the layout
    is made at once: WeasyPrint asks for the thickness of the line before it draws.
    """
    from weasyprint.text.line_break import Layout, create_layout

    if style["text_decoration_line"] != "none":
        return create_layout(text, style, context, max_width, justification_spacing)
    layout = Layout.__new__(Layout)
    layout.text, layout.style, layout.layout, layout.language = text, style, None, None
    layout.justification_spacing, layout.max_width, layout.first_line_direction = justification_spacing, max_width, 0
    return layout


def shaped(text: str, style: Any, context: Any, spacing: float, part: Part) -> Any:
    """Return what WeasyPrint's function for the first line of a text would return."""
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
