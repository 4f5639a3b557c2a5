"""Pages as they are laid out -> the same, painted in the order of the source, so that text extraction has that order.

CSS 2.2, appendix E, paints positioned boxes after the rest of a page: a heading that is raised a little, and the number
of an item, would come last when one copies the text. Nothing in our pages overlaps its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compositor.typeset.margins.side_notes import is_beside


def paint_in_order(pages: Iterable[Any]) -> None:
    """Paint shifted blocks, marks beside items and side notes in the order of the source.

    Boxes with a `z-index` and all other absolute boxes are not changed: they are meant to overlap something.
    """
    for page in pages:
        for box in page._page_box.descendants():
            if _is_shifted_block(box) or _is_mark(box) or is_beside(box):
                box.style["position"] = "static"


def _is_shifted_block(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    style = box.style
    return isinstance(box, boxes.BlockLevelBox) and style["position"] == "relative" and style["z_index"] == "auto"


def _is_mark(box: Any) -> bool:
    return str(box.element_tag).endswith("::marker") and box.style["position"] == "absolute"
