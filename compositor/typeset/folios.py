"""Pages that were numbered from 1 -> the same pages with their numbers in the book: their margins are set again.

So the pages of a unit do not depend on how many pages precede it, only on the side on which it begins. The margins do
not affect the text between them. They need little of the layout; the pages themselves need not be kept for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Left:
    """What margins need of a layout whose pages are done: its context, and the state of each page."""

    context: Any
    states: Sequence[Any]


def let_go_of_layout(document: Any, with_targets: bool) -> None:
    """Keep what margins need of the layout of a document, and free the rest, which refers to itself.

    `with_targets`: whether a style sheet refers to other places of the document.
    """
    box = document.pages[0]._page_box
    context = box.__dict__[KEPT]
    if not isinstance(context, _Left):
        states = [context.page_maker[number][3] for number in range(1, len(document.pages) + 1)]
        _reduce(context, with_targets)
        box.__dict__[KEPT] = _Left(context, states)


class Margins:
    """The margins of some pages of WeasyPrint, which are set when the number of the first page is known."""

    def __init__(self, pages: Sequence[Any], context: Any, states: Sequence[Any]) -> None:
        """Take the boxes of pages without content, the context of their layout, and the state of each."""
        self.pages = pages
        """The boxes of the pages; they get the margins."""
        self.context, self.states = context, states

    @classmethod
    def of(cls, pages: Sequence[Any]) -> Margins:
        """Return the margins of the pages of a document, after `let_go_of_layout`."""
        boxes = [page._page_box for page in pages]
        left: _Left = boxes[0].__dict__[KEPT]
        return cls([_emptied(box) for box in boxes], left.context, left.states)

    def set(self, first: int) -> None:
        """Set the margins for this first page number."""
        from weasyprint.layout.background import layout_box_backgrounds
        from weasyprint.layout.page import make_margin_boxes

        context = self.context
        for number, (page, (depth, values, *others)) in enumerate(zip(self.pages, self.states, strict=True), 1):
            state = depth, deepcopy(values), *others
            if COUNTER in state[1]:
                state[1][COUNTER][-1] += first - 1
            context.current_page = number
            made = list(make_margin_boxes(context, page, state))
            for margin in made:
                layout_box_backgrounds(page, margin, context.get_image_from_uri)
            page.children = tuple(made)


def _emptied(page: Any) -> Any:
    """Return the box of a page without its content."""
    made = page.copy_with_children(())
    made.fixed_boxes = []
    made.__dict__.pop(KEPT, None)
    return made


def _reduce(context: Any, with_targets: bool) -> None:
    """Reduce the context of a layout to what margins and drawings need of it: no content of the pages."""
    from weasyprint.css.targets import TargetCollector
    from weasyprint.layout import LayoutContext

    style_for = copy(context.style_for)
    styles = context.style_for._computed_styles.items()
    style_for._computed_styles = {key: style for key, style in styles if not hasattr(key[0], "attrib")}
    targets = context.target_collector if with_targets else TargetCollector()
    made = LayoutContext(style_for, context.get_image_from_uri, context.font_config, context.counter_style, targets)
    for name in ("get_image_from_uri", "string_set", "running_elements", "page_bottom"):
        setattr(made, name, getattr(context, name))
    context.__dict__.clear()
    context.__dict__.update(made.__dict__)


def seeds(context: Context) -> str:
    """Return the context of a unit as CSS: its first folio and side; nothing else passes from one unit to the next."""
    left, right = ("inner", "outer") if context.side == "right" else ("outer", "inner")
    return (
        f":root{{--folio-style:{context.folio_style}}}"
        f":root{{--to-left-edge:var(--margin-{left});--to-right-edge:var(--margin-{right})}}"
        f"html{{break-before:{context.side}}}"
        f"@page :first{{counter-reset:folio {context.first_folio - 1}}}"
    )
