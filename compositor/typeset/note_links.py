"""Pages as they are laid out -> the same; the number of a note in the text links to the note, and the note back.

WeasyPrint makes both numbers itself, without links. In the text, a number has no height of its own, so that it does not
move the lines apart; a finger needs a larger target, also in width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

LEAST = 14.0
"""The least width and height of a link, in CSS pixels: about the height of a line."""
CALL, MARKER, AGAIN = "::footnote-call", "::footnote-marker", "noteref"
Rectangle = tuple[float, float, float, float]


def link_notes(pages: Iterable[Any]) -> None:
    """Give every number of a note its link, and the first call of each note an anchor to come back to."""
    for page in pages:
        page.links = [link for link in page.links if not _is_call_again(link[3])]
        for box, rectangle in _numbers(page._page_box, None):
            name = box.element.get("id")
            if str(box.element_tag).endswith(CALL):
                page.anchors.setdefault(back(name), rectangle)
            target = box.element.get("href", "").removeprefix("#") or (
                name if str(box.element_tag).endswith(CALL) else back(name)
            )
            page.links.append(("internal", target, rectangle, box))


def back(note: str) -> str:
    """Return the anchor of the first call of a note."""
    return f"{note}-call"


def is_number(box: Any) -> bool:
    """Return whether a box is the number of a note, in the text or before the note."""
    return str(box.element_tag).endswith((CALL, MARKER)) or _is_call_again(box)


def _is_call_again(box: Any) -> bool:
    return bool(box.element_tag == "a" and box.element.get("class") == AGAIN)


def _numbers(box: Any, matrix: Any) -> Iterator[tuple[Any, Rectangle]]:
    """Yield the boxes of numbers on a page, and their rectangles there, also in a turned table."""
    from weasyprint.anchors import rectangle_aabb
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if turned := getattr(box, "transformation_matrix", None):
        matrix = turned @ matrix if matrix else turned
    if box.element is not None and is_number(box):
        texts = [one for one in box.descendants() if isinstance(one, boxes.TextBox)]
        if texts:
            yield box, rectangle_aabb(matrix, *_area(texts))
        return
    for child in getattr(box, "children", ()):
        yield from _numbers(child, matrix)


def _area(texts: list[Any]) -> Rectangle:
    """Return left, top, width and height of some texts in a line, widened on all sides if they are small."""
    left, right = min(text.position_x for text in texts), max(text.position_x + text.width for text in texts)
    top = min(text.position_y + text.margin_top for text in texts)
    bottom = max(text.position_y + text.margin_top + text.height for text in texts)
    beside, above = max(0.0, LEAST - (right - left)) / 2, max(0.0, LEAST - (bottom - top)) / 2
    return left - beside, top - above, right - left + 2 * beside, bottom - top + 2 * above
