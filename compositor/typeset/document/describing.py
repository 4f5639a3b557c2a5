"""What a structure element must state: the words for a picture, the scope of a head, the numbering of a list."""

from __future__ import annotations

from typing import Any

from compositor.typeset.document.roles import alternative, numbering

PX = 0.75
"""Points in a CSS pixel."""


def describe(element: Any, box: Any, kind: str, height: float) -> None:
    """Write what it must state into an element of this structure type; `height` is that of its page, in points."""
    import pydyf

    if language := box.element.get("lang"):
        element["Lang"] = pydyf.String(language)
    if box.element_tag == "abbr" and box.element.get("title"):
        element["E"] = pydyf.String(box.element.get("title"))
    if box.element_tag in ("ins", "del") and (said := box.element.get("data-said")):
        words = " ".join("".join(box.element.itertext()).split())
        element["Alt"] = pydyf.String(f"[{said}: {words}]")  # a screen reader says "deleted" or "added" with them
    if kind in ("Figure", "Formula"):
        element["Alt"] = pydyf.String(alternative(box.element))
        placement = "/Block" if kind == "Figure" else "/Inline"
        element["A"] = pydyf.Dictionary({"O": "/Layout", "Placement": placement, "BBox": _bounds(box, height)})
    elif kind == "L":
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering(box)})
    elif kind in ("TH", "TD"):
        element["A"] = _cell(box, kind)


def _bounds(box: Any, height: float) -> Any:
    """Return where a picture is on its page: in points, from the lower left corner."""
    import pydyf

    left, top = box.content_box_x() * PX, height - box.content_box_y() * PX
    return pydyf.Array([left, top - box.height * PX, left + box.width * PX, top])


def _cell(box: Any, kind: str) -> Any:
    import pydyf

    said = pydyf.Dictionary({"O": "/Table"})
    if kind == "TH":
        said["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
    if columns := int(box.element.get("data-span") or (box.colspan != 1 and box.colspan)):
        said["ColSpan"] = columns
    if box.rowspan != 1:
        said["RowSpan"] = box.rowspan
    return said
