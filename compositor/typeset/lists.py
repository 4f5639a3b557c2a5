"""Lists whose markers are wider than their indent -> lists that are indented as far as their widest marker.

CSS lets a marker hang to the left as far as it likes. How wide one is, only the typesetter knows: it depends on the
number, on the style of the marker, on the face and on its size.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SLACK = 0.25
"""Pixels that a marker may be wider than its indent; nobody sees them."""


def make_room(box: Any) -> None:
    """Indent a list as far as its widest marker; another box is left alone."""
    markers = [marker for item in getattr(box, "children", ()) for marker in _markers(item)]
    if markers:
        _indent(box, max(map(_width, markers)))


def _markers(item: Any) -> Iterator[Any]:
    """The marker of an item that stands outside of it."""
    if (item.element_tag or "").rpartition("}")[2] == "li":
        for child in getattr(item, "children", ()):
            if child.is_outside_marker:
                yield child
            elif not (child.element_tag or "").endswith("::marker"):
                yield from (marker for marker in getattr(child, "children", ()) if marker.is_outside_marker)


def _width(marker: Any) -> float:
    """Pixels, with the space behind it."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import split_first_line

    texts = [box for box in marker.descendants() if isinstance(box, boxes.TextBox)]
    return sum(float(split_first_line(box.text, box.style, None, None, 0, is_line_start=False)[3]) for box in texts)


def _indent(box: Any, width: float) -> None:
    """Let a list begin so far to the right; where it is written from the right, so far to the left."""
    from weasyprint.css.properties import Dimension

    side = "margin_right" if box.style["direction"] == "rtl" else "margin_left"
    given = box.style[side]
    if given == "auto" or given.unit not in ("px", "PX") or given.value + SLACK >= width:
        return
    box.style = box.style.copy()
    box.style[side] = Dimension(width, given.unit)
