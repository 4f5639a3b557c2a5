"""Page boxes -> boxes of text and pictures that are not part of the book's text: running heads, leaders, ornaments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from compositor.typeset.document.roles import ARTIFACT, role


def artifacts_of(pages: Sequence[Any]) -> Iterator[Any]:
    """Yield each such box; the head of a table that is repeated on a later page is one too."""
    heads: set[int] = set()
    for page in pages:
        fresh: set[int] = set()
        yield from _below(page._page_box, False, heads, fresh)
        heads |= fresh


def _below(box: Any, inside: bool, heads: set[int], fresh: set[int]) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if getattr(box, "is_header", False) and box.element is not None:
        inside = inside or id(box.element) in heads
        fresh.add(id(box.element))
    ornament = box.element is not None and role(box, False) == ARTIFACT
    inside = inside or ornament or isinstance(box, boxes.MarginBox) or getattr(box, "is_leader", False)
    if inside and isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
        yield box
    for child in getattr(box, "children", ()):
        yield from _below(child, inside, heads, fresh)
