"""Pages that were numbered from 1 -> the same pages with their numbers in the book: their margins are set again.

So the pages of a unit do not depend on how many pages precede it, only on the side on which it begins. The margins do
not affect the text between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from compositor.typeset.values import Context

COUNTER = "folio"
KEPT = "compositor_context"


def keep_margins_open() -> None:
    """Let WeasyPrint keep the context of a layout in its first page; called once in a process."""
    from weasyprint import document

    original = document.layout_document

    def layout_document(html: Any, root_box: Any, context: Any, *rest: Any) -> list[Any]:
        pages = list(original(html, root_box, context, *rest))
        pages[0].__dict__[KEPT] = context
        return pages

    document.layout_document = layout_document


def number_pages(pages: Sequence[Any], first: int) -> None:
    """Set the margins of WeasyPrint's pages again, with this number of the first page."""
    from weasyprint.formatting_structure.boxes import MarginBox
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.layout.page import make_margin_boxes

    boxes = [page._page_box for page in pages]
    context = boxes[0].__dict__[KEPT]
    for number, box in enumerate(boxes, 1):
        depth, values, *others = context.page_maker[number][3]
        state = depth, deepcopy(values), *others
        if COUNTER in state[1]:
            state[1][COUNTER][-1] += first - 1
        context.current_page = number
        made = list(make_margin_boxes(context, box, state))
        for margin in made:
            layout_box_backgrounds(box, margin, context.get_image_from_uri)
        box.children = (*(child for child in box.children if not isinstance(child, MarginBox)), *made)


def seeds(context: Context) -> str:
    """Return the context of a unit as CSS: its first folio and side; nothing else passes from one unit to the next."""
    left, right = ("inner", "outer") if context.side == "right" else ("outer", "inner")
    return (
        f":root{{--folio-style:{context.folio_style}}}"
        f":root{{--to-left-edge:var(--margin-{left});--to-right-edge:var(--margin-{right})}}"
        f"html{{break-before:{context.side}}}"
        f"@page :first{{counter-reset:folio {context.first_folio - 1}}}"
    )
