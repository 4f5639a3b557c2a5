"""A title that does not fit on its page -> set again, smaller and closer, and finally broken like text.

An opener and a title page are designs, which are never broken: what does not fit would be below the edge of the page.
Only the typesetter knows how much room words take; the style sheet says how such titles are set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from compositor.typeset.floats import classes_of, tag_of

STEPS = ("cramped", "cramped broken")
"""Classes of the document, tried in this order until the title fits."""
DESIGNS = frozenset({"title-page", "half-title-page"})
"""Classes of what stands alone on one page."""
LONGEST = 600
"""Letters of a title above which the first of these steps is taken at once: such a title is slow to measure as
designed."""
BLEED = "band"
"""The class of a background that extends to the edge of the paper."""
SLACK = 1.0
"""Pixels by which a box may end below its page."""


def is_cramped(pages: Sequence[Any]) -> bool:
    """Return whether an opener may have lost a line at the end of its page, or extends beyond it.

    This includes a title on the next page whose band is not there, a title page that needs a second page, and a title
    that overlaps its imprint.
    """
    for page in pages:
        box = page._page_box
        bottom = min((area.position_y for area in _notes(box)), default=box.content_box_y() + box.height)
        side = box.content_box_x() + box.width + SLACK
        for design in _designs(box):
            lines = list(_lines(design))
            highest = max((line.height for line in lines), default=0.0)
            alone = bool(classes_of(design) & DESIGNS)
            room = bottom + SLACK if alone else bottom - highest
            if alone and len(pages) > 1:
                return True
            if not lines or _lowest(design) > room or any(line.position_x + line.width > side for line in lines):
                return True
    return False


def is_long(root: Any) -> bool:
    """Return whether a document has a title too long for its design, so that the design need not be tried."""
    return any(len("".join(one.itertext())) > LONGEST for one in root.iter() if str(one.tag).rpartition("}")[2] == "h1")


def _notes(page: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    return (child for child in page.children if isinstance(child, FootnoteAreaBox) and child.children)


def _designs(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if classes_of(child) & {"opener", *DESIGNS} and tag_of(child) != "html":
            yield child
        elif "unit" not in classes_of(box):
            yield from _designs(getattr(child, "_box", child))
        else:
            return


def _lowest(design: Any) -> float:
    """Return where its lowest line in the flow ends; infinity if that line overlaps something at a fixed place."""
    flow = [child for child in design.children if child.is_in_normal_flow()]
    bottom = max((line.position_y + line.height for child in flow for line in _lines(child)), default=0.0)
    fixed = (child.position_y for child in design.children if not child.is_in_normal_flow())
    return float("inf") if any(top < bottom - SLACK for top in fixed) else bottom


def _lines(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox

    if BLEED in classes_of(box):
        return
    if isinstance(box, (LineBox, ReplacedBox)):
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _lines(child)
