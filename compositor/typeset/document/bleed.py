"""Trimmed pages: what reaches the edge extends into the bleed, and the boxes of the PDF say where to cut.

WeasyPrint enlarges the sheet and paints on it what belongs to the page. A band or a cover belongs to an element, and
the element ends at the edge of the page; an inexact cut would leave a white line there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

MARKS = 15.0
"""Points outside the bleed that crop marks take."""
PIXELS = 96 / 72
"""CSS pixels in a point."""
CARRIED = "compositor_bleed"
"""The attribute of a page that was extended into the bleed, so that this happens once."""
NEAR = 0.75
"""Pixels from the edge within which something counts as reaching it."""
AREA = "compositor_bleed_area"
"""The attribute of the box of such a page: where its bleed begins, and its size with the bleed."""


def end_paint_with_bleed() -> None:
    """Wrap WeasyPrint's function, so that nothing is painted beyond the bleed, over crop marks; called once in a
    process."""
    from weasyprint import draw

    original = draw.draw_stacking_context

    def draw_stacking_context(stream: Any, stacking_context: Any) -> None:
        area = stacking_context.box.__dict__.get(AREA)
        if area is None:
            original(stream, stacking_context)
            return
        with stream.stacked():
            stream.rectangle(*area)
            stream.clip()
            stream.end()
            original(stream, stacking_context)

    draw.draw_stacking_context = draw_stacking_context


@dataclass(frozen=True, slots=True)
class Trim:
    """How far paint extends beyond the edges of a page, in points, and whether marks say where it is cut."""

    bleed: float = 0.0
    marks: bool = False

    @property
    def rule(self) -> str:
        """Return the rule of a style sheet for the pages; empty if they are not trimmed."""
        around = self.bleed + (MARKS if self.marks else 0)
        return f"@page{{bleed:{around:g}pt;marks:{'crop' if self.marks else 'none'}}}" if around else ""


def carry_into_bleed(pages: Iterable[Any], trim: Trim) -> None:
    """Enlarge whatever reaches an edge of these pages, so that it ends with the bleed."""
    if trim.bleed:
        for page in pages:
            if CARRIED not in page.__dict__:
                page.__dict__[CARRIED] = True
                _carry(page._page_box, trim.bleed * PIXELS)


def _carry(page: Any, bleed: float) -> None:
    whole = (-bleed, -bleed, page.margin_width() + 2 * bleed, page.margin_height() + 2 * bleed)
    page.__dict__[AREA] = whole
    if page.canvas_background is not None:
        layers = [one._replace(painting_area=whole) for one in page.canvas_background.layers]
        page.canvas_background = page.canvas_background._replace(layers=layers)
    _carry_content(page, bleed)


@contextmanager
def backgrounds_untouched(pages: Iterable[Any]) -> Iterator[None]:
    """Undo what WeasyPrint does to the backgrounds of pages while it paints them: it adds their crop marks each time.
    """
    before = [(page._page_box, page._page_box.background) for page in pages]
    for box, background in before:
        if background is not None:
            box.background = background._replace(layers=[*background.layers])
    try:
        yield
    finally:
        for box, background in before:
            box.background = background


def carry_margins(page: Any, trim: Trim) -> None:
    """Do the same with the margins of an empty page, which are set later."""
    if trim.bleed:
        _carry_content(page, trim.bleed * PIXELS)


def _carry_content(page: Any, bleed: float) -> None:
    for box in {id(one): one for one in page.descendants(placeholders=True)}.values():
        sides = _reached(box, page)
        if any(sides.values()):
            _grow(box, {side: bleed for side, reached in sides.items() if reached})


def _reached(box: Any, page: Any) -> dict[str, bool]:
    """Return which sides of the page a block or an inline block reaches; empty if it is outside the page."""
    from weasyprint.formatting_structure import boxes

    placed = (boxes.BlockLevelBox, boxes.AtomicInlineLevelBox, boxes.InlineFlexBox, boxes.InlineGridBox)
    if not isinstance(box, placed) or isinstance(box, boxes.TableBox):
        return {}
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    wide, high = page.margin_width(), page.margin_height()
    found = {"left": left <= NEAR, "top": top <= NEAR, "right": right >= wide - NEAR, "bottom": bottom >= high - NEAR}
    return found if right > 0 and bottom > 0 and left < wide and top < high else {}


def _grow(box: Any, by: dict[str, float]) -> None:
    """Enlarge a picture; give any other box more padding, so that its content stays in its place."""
    from weasyprint.formatting_structure import boxes

    across, down = by.get("left", 0) + by.get("right", 0), by.get("top", 0) + by.get("bottom", 0)
    before = (box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
    box.position_x -= by.get("left", 0)
    box.position_y -= by.get("top", 0)
    if isinstance(box, boxes.ReplacedBox):
        box.width += across
        box.height += down
    else:
        for side, length in by.items():
            setattr(box, f"padding_{side}", getattr(box, f"padding_{side}") + length)
    if box.background is not None:
        after = (box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
        layers = [_grown(layer, box, before, after) for layer in box.background.layers]
        box.background = box.background._replace(layers=layers)


def _grown(layer: Any, box: Any, before: tuple[float, ...], after: tuple[float, ...]) -> Any:
    """Return a layer of the background for the larger box; an image that filled the smaller box fills the larger one.
    """
    made = layer._replace(painting_area=after, clipped_boxes=[box.rounded_border_box()])
    if layer.image is None or not _fills(layer, before):
        return made
    return made._replace(size=after[2:], position=(0, 0), positioning_area=after)


def _fills(layer: Any, area: tuple[float, ...]) -> bool:
    pairs = zip((*layer.size, *layer.positioning_area), (*area[2:], *area), strict=True)
    return all(abs(one - other) < NEAR for one, other in pairs) and not any(layer.position)


def set_boxes(pages: Iterable[Any], trim: Trim) -> None:
    """Set the bleed box of pydyf's pages as it was asked for: WeasyPrint adds a part of the sheet around it."""
    import pydyf

    for page in pages:
        if trim.rule and "TrimBox" in page:
            left, top, right, bottom = (float(one) for one in page["TrimBox"])
            low, high = (-trim.bleed, trim.bleed)
            page["BleedBox"] = pydyf.Array([left + low, top + low, right + high, bottom + high])
