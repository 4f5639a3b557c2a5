"""Lists -> indented by the width of their widest marker; in an index, an entry's words are repeated in a new column.

In CSS a marker may extend any distance to the left. Only the typesetter knows how wide it is: that depends on the
number, the style of the marker, the font and its size. Only the typesetter knows where a column ends, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SLACK = 0.25
"""Pixels by which a marker may be wider than its indent without being seen."""
AGAIN = "again"
"""The class of the repeated words of an entry, and the attribute in which the box of a list keeps them."""


def add_words_again(root: Any) -> None:
    """Give each list of sub-entries, which names its entry in `data-again`, a first item with these words."""
    for element in [*root.iter("ul")]:
        if words := element.get("data-again"):
            item = element.makeelement("li", {"class": AGAIN})
            item.text = words
            element.insert(0, item)


def take_words_again(box: Any) -> None:
    """Take that item out of its list, and keep it in the list's box; do nothing for any other box."""
    first = next(iter(getattr(box, "children", ())), None)
    if first is not None and first.element_tag == "li" and first.element.get("class") == AGAIN:
        box.children = box.children[1:]
        box.again = first


def say_words_again() -> None:
    """Wrap WeasyPrint's function; called once in a process."""
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; begin a list that continues in the next column with the words of its entry."""
        words = box.__dict__.get(AGAIN)
        (index, inside), = ((arguments[1] if words is not None and not named else None) or {0: None}).items()
        if not index or inside is not None:
            return original(context, box, *arguments, **named)
        whole = box.copy_with_children([*box.children[:index], words, *box.children[index:]])
        laid, resume, *others = original(context, whole, *arguments)
        if laid is None or (resume and len(laid.children) < 2):
            return original(context, box, *arguments)
        for child in laid.children:
            child.index -= child.index > index
        (at, rest), = (resume or {0: None}).items()
        return laid, {max(at - 1, index): rest} if resume else None, *others

    block.block_container_layout = block_container_layout


def make_room(box: Any) -> None:
    """Indent a list by the width of its widest marker; do nothing for any other box."""
    markers = [marker for item in getattr(box, "children", ()) for marker in _markers(item)]
    if markers:
        _indent(box, max(map(_width, markers)))


def _markers(item: Any) -> Iterator[Any]:
    """Yield the markers of an item that stand outside it."""
    if (item.element_tag or "").rpartition("}")[2] == "li":
        for child in getattr(item, "children", ()):
            if child.is_outside_marker:
                yield child
            elif not (child.element_tag or "").endswith("::marker"):
                yield from (marker for marker in getattr(child, "children", ()) if marker.is_outside_marker)


def _width(marker: Any) -> float:
    """Return its width in pixels, with the space after it."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import split_first_line

    texts = [box for box in marker.descendants() if isinstance(box, boxes.TextBox)]
    return sum(float(split_first_line(box.text, box.style, None, None, 0, is_line_start=False)[3]) for box in texts)


def _indent(box: Any, width: float) -> None:
    """Indent a list by this width, in pixels: at the left, or at the right if it is read from right to left."""
    from weasyprint.css.properties import Dimension

    side = "margin_right" if box.style["direction"] == "rtl" else "margin_left"
    given = box.style[side]
    if given == "auto" or given.unit not in ("px", "PX") or given.value + SLACK >= width:
        return
    box.style = box.style.copy()
    box.style[side] = Dimension(width, given.unit)


def starts(root: Any) -> str:
    """Return the first numbers of ordered lists as CSS: WeasyPrint 70 ignores `start`, so that every list would begin
    with 1."""
    given = {element.get("start", "") for element in root.iter("ol")}
    numbers = sorted(int(start) for start in given if start.isascii() and start.isdigit())
    return "".join(f'ol[start="{number}"]{{counter-reset:list-item {number - 1}}}' for number in numbers)
