"""A drawing -> its parts that can only be painted in dots, found before they would be missing."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.values import SVG, Work, is_drawn

TELLING = ("filter", "blend-mode", "writing-mode", "paint-order", "textPath")
"""Without one of these words, no search is needed."""
HIDDEN = tuple(f"{{{SVG}}}{name}" for name in ("defs", "symbol", "marker", "pattern", "mask", "clipPath"))
NONE = ("", "none", "normal", "auto")


def find_dots(work: Work) -> None:
    """Record what paper must have in dots."""
    text = etree.tostring(work.root, encoding="unicode")
    if not any(word in text for word in TELLING):
        return
    styles = Styles(work.root)
    ids = {element.get("id") for element in work.root.iter(f"{{{SVG}}}filter")}
    changed = work.changed
    for element in work.root.iter("{*}*"):
        for what in _reasons(element, styles, ids):
            work.say("dots", what, element)
    work.changed = changed


def _reasons(element: etree._Element, styles: Styles, filters: set[str | None]) -> Iterator[str]:
    own = {name: one.value.strip() for name, one in styles.own(element).items()}
    filter_ = own.get("filter", "")
    if filter_ not in NONE and (not filter_.startswith("url(") or filter_[4:-1].strip("\"'# ") in filters):
        yield "a filter"
    if own.get("mix-blend-mode", "") not in NONE:
        yield "blended colours (mix-blend-mode)"
    if is_drawn(element, "textPath") and "".join(map(str, element.itertext())).strip():
        yield "words along a line (textPath)"
    if is_drawn(element, "text"):
        style = styles.of(element)
        if style.get("writing-mode", "").startswith(("tb", "vertical", "sideways")):
            yield "words from top to bottom (writing-mode)"
        if style.get("paint-order", "").startswith("stroke") and style.get("stroke", "none") != "none":
            yield "letters with a halo (paint-order)"
