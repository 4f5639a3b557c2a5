"""TeX -> a drawing on the baseline of its line, for paper; a wide one in rows, or in pieces with breaks between."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from lxml import etree

from compositor.cache import remembered
from compositor.markdown.math.letters import plain
from compositor.markdown.math.mathml import tree
from compositor.markdown.math.strokes import SIZE, drawn

LONG = 14.0
"""Width in em from which on an inline formula is split into pieces."""
INDENT, LEADING = 2.0, 0.6
"""Indent of the rows below the first, and space between rows, in em."""
RELATIONS = frozenset("=≠<>≤≥≡≈∼≃≅∝≔→←↔⇒⇐⇔⟹⟸⟺∈∉⊂⊆⊃⊇≪≫⊢⊨∣∥≺≻⪯⪰")
OPERATIONS = frozenset("+−±∓×·⋅∘∪∩∧∨⊕⊗÷∗")
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula laid out: the drawing of the whole, and where its boxes are."""

    whole: etree._Element
    row: Any
    breaks: tuple[tuple[int, bool], ...]
    """Boxes before which a row may end, and whether they are relations."""

    @property
    def width(self) -> float:
        """The width in em."""
        return _box(self.whole)[2] / SIZE

    @property
    def height(self) -> float:
        """The height in em."""
        return _box(self.whole)[3] / SIZE


@lru_cache(maxsize=4096)
def layout(tex: str, display: bool) -> Any:
    """Lay out the formula with ziamath, without drawing. Raises Unreadable if it cannot."""
    return drawn(tree(tex, display))


@lru_cache(maxsize=4096)
def laid_out(tex: str, display: bool) -> Drawing:
    """Draw the formula with ziamath. Raises Unreadable if it cannot."""
    made = layout(tex, display)
    return Drawing(etree.fromstring(made.svg().encode()), made.node, tuple(_breaks(made.node)))


def size_of(tex: str) -> tuple[float, float]:
    """Return width and height of a displayed formula, in em. Raises Unreadable if it cannot be drawn."""

    def measured() -> tuple[float, float]:
        found = laid_out(tex, True)
        return found.width, found.height

    return remembered(measured, "size of formula", tex)


def drawing(tex: str, display: bool, lining: bool = False) -> str:
    """Return the formula as an image on the baseline of its line; lengths in em, so that it scales with the type.

    `lining`: a number alone has the figures of tables and titles, not those of running text.
    """
    return remembered(lambda: _in_line(tex, display, lining), "formula", tex, repr((display, lining)))


def _in_line(tex: str, display: bool, lining: bool) -> str:
    alone = None if display else plain(tree(tex, display), lining)
    if alone is not None:
        return _image(alone, tex)
    found = laid_out(tex, display)
    if display or found.width <= LONG or not found.breaks:
        return _image(found.whole, tex)
    cuts = [0, *(at for at, _ in found.breaks), len(found.row.nodes)]
    pieces = [_drawn(found.row, [(first, last)]) for first, last in pairwise(cuts)]
    return "<wbr/>".join(_image(piece, "" if number else tex) for number, piece in enumerate(pieces))


def display_drawing(tex: str, room: float) -> str:
    """Return a displayed formula: in rows if it is wider than the room (in em), and never wider than its column."""
    return remembered(lambda: _on_its_own(tex, room), "formula on its own", tex, repr(room))


def _on_its_own(tex: str, room: float) -> str:
    found = laid_out(tex, True)
    shown = found.whole if found.width <= room else _drawn(found.row, _rows(found, room))
    return _image(shown, tex, shrinks=_box(shown)[2] / SIZE > room)


def _breaks(row: Any) -> Iterator[tuple[int, bool]]:
    """Yield breaks before a relation, and before a sign outside all brackets; never before the first box."""
    depth = 0
    for number, node in enumerate(row.nodes):
        sign = getattr(node, "string", "") if node.mtag == "mo" else ""
        depth += (sign in OPENING and bool(sign)) - (sign in CLOSING and bool(sign))
        if number and depth <= 0 and sign in RELATIONS | OPERATIONS and node.form == "infix":
            yield number, sign in RELATIONS


def _rows(found: Drawing, room: float) -> list[tuple[int, int]]:
    """Return the boxes of each row; a relation begins the next row if this one is half full by then."""
    rows, first, end = [], 0, len(found.row.nodes)
    while _extent(found.row, first, end)[1] / SIZE > room - (INDENT if first else 0):
        width = room - (INDENT if first else 0)
        fits = [one for one in found.breaks if one[0] > first and _extent(found.row, first, one[0])[1] / SIZE <= width]
        if not fits:
            fits = [one for one in found.breaks if one[0] > first][:1]
        if not fits:
            break
        relations = [at for at, relation in fits if relation and _extent(found.row, first, at)[1] / SIZE > width / 2]
        last = relations[-1] if relations else fits[-1][0]
        rows.append((first, last))
        first = last
    return [*rows, (first, end)]


def _extent(row: Any, first: int, last: int) -> tuple[float, float]:
    """Return where these boxes begin, and how wide they are."""
    boxes = [(x, node.bbox) for (x, _), node in zip(row.nodexy[first:last], row.nodes[first:last], strict=True)]
    left = min(x + box.xmin for x, box in boxes)
    return left, max(x + box.xmax for x, box in boxes) - left


def _drawn(row: Any, rows: Sequence[tuple[int, int]]) -> etree._Element:
    """Draw the boxes of each row below those of the previous one; the baseline is that of the first."""
    svg = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    top = baseline = bottom = width = 0.0
    for number, (first, last) in enumerate(rows):
        nodes = row.nodes[first:last]
        above, below = max(node.bbox.ymax for node in nodes), min(node.bbox.ymin for node in nodes)
        baseline = bottom + LEADING * SIZE + above if number else 0.0
        top = top if number else -above
        left, extent = _extent(row, first, last)
        indent = INDENT * SIZE if number else 0.0
        for (x, y), node in zip(row.nodexy[first:last], nodes, strict=True):
            node.draw(x - left + indent, baseline + y, svg)
        bottom, width = baseline - below, max(width, indent + extent)
    height = bottom - top
    view = f"0 {top:.3f} {width:.3f} {height:.3f}"
    svg.attrib |= {"width": f"{width:.3f}", "height": f"{height:.3f}", "viewBox": view}
    return etree.fromstring(ElementTree.tostring(svg))


def _box(svg: etree._Element) -> tuple[float, ...]:
    """Return left, top, width and height of a drawing."""
    return tuple(float(number) for number in svg.get("viewBox", "0 0 0 0").split())


def _image(svg: etree._Element, tex: str, shrinks: bool = False) -> str:
    _, top, width, height = _box(svg)
    below = top + height
    address = b64encode(etree.tostring(svg)).decode()
    style = f"width:{width / SIZE:.3f}em;height:{height / SIZE:.3f}em;vertical-align:{-below / SIZE:.3f}em"
    if shrinks:
        style = f"width:{width / SIZE:.3f}em;min-width:{width / SIZE / 2:.3f}em"
    words = f'alt="{escape(" ".join(tex.split()))}"' if tex else 'alt="" aria-hidden="true"'
    name = "math wide" if shrinks else "math"
    return f'<img class="{name}" {words} style="{style}" src="data:image/svg+xml;base64,{address}"/>'
