"""Tables and listings that need more room than the text has -> widened by a part of the outer margin, on either side.

A block that continues on the next page is laid out again there, with the margin on the other side.
"""

from __future__ import annotations

from typing import Any

from compositor.typeset.floats import classes_of, tag_of
from compositor.typeset.margins.side_notes import EDGE

INTO_MARGIN = "into-margin"
WIDENED = ("div", "figure", "pre")
"""Tags of the blocks: around a table, a listing with its caption, and a listing without one."""


def widen() -> None:
    """Wrap WeasyPrint's function; called once in a process."""
    from weasyprint.layout import block

    original = block.block_level_layout

    def block_level_layout(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; give a box that may be wider the margins of this side first."""
        if tag_of(box) in WIDENED and INTO_MARGIN in classes_of(box):
            _make_wider(context, box)
        return original(context, box, *arguments, **named)

    block.block_level_layout = block_level_layout


def _make_wider(context: Any, box: Any) -> None:
    from weasyprint.css.properties import Dimension

    page = context.current_footnote_area.page
    is_right = page.page_type.side == "right"
    outer = page.margin_right if is_right else page.margin_left
    side, other = ("margin_right", "margin_left") if is_right else ("margin_left", "margin_right")
    if not hasattr(box, "narrow_margins"):
        box.narrow_margins = {name: box.style[name] for name in ("margin_left", "margin_right")}
    box.style = box.style.copy()  # others may have changed it since: in a box that may be broken now
    box.style[side] = Dimension(min(0.0, EDGE - outer), "px")
    box.style[other] = Dimension(0, "px") if tag_of(box) == "div" else box.narrow_margins[other]
