"""WeasyPrint's page boxes -> sheets: the only module of the layout check that knows what a box looks like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from compositor.pictures.density import natural_density
from compositor.typeset.layout.sheets import Edges, Face, Line, Node, Picture, Sheet, TablePart, Zone
from compositor.typeset.margins.side_notes import is_beside

POINT = 0.75
"""Points in a CSS pixel, the unit of WeasyPrint."""
LOOSE = 0.2
"""Ems by which a space must be widened before anyone could call it loose; less is not measured."""
UNSEEN = {ord(letter): None for letter in "\N{ZERO WIDTH SPACE}\N{WORD JOINER}"}
"""Characters that allow or forbid a break in a word: invisible, but a message that quotes them would show a box."""
FORCED = {"page", "left", "right", "recto", "verso"}
_ROOT = Node("", frozenset(), "")


class SheetReader:
    """Reads the pages of one unit; a block that continues on the next page is the same node on both."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.images import RasterImage

        self._boxes, self._raster = boxes, RasterImage
        self._nodes: dict[int, Node] = {}
        self._calls: dict[int, Node] = {}
        self._faces: dict[int, Face] = {}
        self._spaces: dict[int, float] = {}

    def sheets(self, pages: Sequence[Any]) -> list[Sheet]:
        """Return one sheet for each page."""
        return [self._sheet(page._page_box) for page in pages]

    def _sheet(self, page: Any) -> Sheet:
        style = page.children[0].style if page.children else page.style
        left, top = page.content_box_x() * POINT, page.content_box_y() * POINT
        sheet = Sheet(
            page.page_type.side,
            page.page_type.blank or _has_class(page.children, "blank"),
            (page.margin_width() * POINT, page.margin_height() * POINT),
            Edges(left, top, left + page.width * POINT, top + page.height * POINT),
            _leading(style),
            style["font_size"] * POINT,
        )
        for child in page.children:
            self._visit(child, _ROOT, self._zone(child), sheet)
        return sheet

    def _zone(self, box: Any) -> Zone:
        if isinstance(box, self._boxes.MarginBox):
            return "margin"
        return "notes" if isinstance(box, self._boxes.FootnoteAreaBox) else "text"

    def _visit(self, box: Any, node: Node, zone: Zone, sheet: Sheet) -> None:
        box = getattr(box, "_box", box)
        if isinstance(box, self._boxes.LineBox):
            self._line(box, node, zone, sheet)
            return
        begins = id(box.element) not in self._nodes
        zone = "beside" if is_beside(box) else zone
        fresh = self._node(box, self._calls.get(id(box.element), node) if zone == "notes" else node)
        if fresh is not node and zone == "text":
            sheet.ends_by_order |= box.style["break_after"] in FORCED
            sheet.begins_by_order |= begins and box.style["break_before"] in FORCED
        if zone == "notes" and "note" in fresh.classes:
            sheet.notes[id(box.element)] = fresh
        if isinstance(box, self._boxes.ReplacedBox):
            sheet.pictures.append(self._picture(box, fresh, zone))
        elif isinstance(box, self._boxes.TableBox):
            has_head = any(getattr(group, "is_header", False) for group in box.children)
            owes_head = any(child.tag.endswith("thead") for child in box.element)
            sheet.tables.append(TablePart(fresh, _border_edges(box), has_head or not owes_head))
        for child in box.children:
            self._visit(child, fresh, zone, sheet)

    def _node(self, box: Any, parent: Node) -> Node:
        element = box.element
        if element is None or not hasattr(element, "get"):
            return parent
        known = self._nodes.get(id(element))
        if known is None:
            tag, classes = element.tag.rpartition("}")[2], frozenset((element.get("class") or "").split())
            mark = element.find(".//*[@class='goes-on']") if tag == "pre" else None
            known = self._nodes[id(element)] = Node(
                tag,
                classes,
                element.get("data-source") or parent.position,
                parent,
                "" if mark is None else mark.get("data-head"),
                parent.names | classes | {tag},
            )
        return known

    def _picture(self, box: Any, node: Node, zone: Zone) -> Picture:
        image = box.replacement
        if not isinstance(image, self._raster):
            return Picture(node, zone, _content_edges(box), None)
        return Picture(node, zone, _painted(box), image.width, natural_density(image.width, image.stated))

    def _line(self, line: Any, node: Node, zone: Zone, sheet: Sheet) -> None:
        texts = list(self._inline(line, node, zone, sheet))
        seen = [box for box in texts if box.text.strip() and not box.is_outside_marker]
        top, bottom = line.position_y * POINT, (line.position_y + line.height) * POINT
        if not seen:
            if node.tag == "pre":
                edges = Edges(line.position_x * POINT, top, line.position_x * POINT, bottom)
                sheet.lines.append(Line(node, zone, "", edges, bottom, (), 0.0, False, False))
            return
        left, right = min(box.position_x for box in seen), max(box.position_x + box.width for box in seen)
        made = Line(
            node,
            zone,
            "".join(box.text for box in texts).translate(UNSEEN).strip(),
            Edges(left * POINT, top, right * POINT, bottom),
            (seen[0].position_y + seen[0].baseline) * POINT,
            tuple(dict.fromkeys(self._face(box.style) for box in seen)),
            max(_overhang(seen, sheet.block), getattr(line, "hangs", 0.0) * POINT),
            _is_hyphened(seen[-1]),
            node.tag == "p" and line.style["text_align_all"] == "justify",
            self._looseness(seen),
        )
        sheet.lines.append(made)

    def _inline(self, box: Any, node: Node, zone: Zone, sheet: Sheet) -> Iterator[Any]:
        """Yield the text boxes in a line, and enter the notes that it calls and the pictures in it."""
        for child in (getattr(child, "_box", child) for child in box.children):
            if isinstance(child, self._boxes.TextBox):
                yield child
                continue
            if (child.element_tag or "").endswith("::footnote-call"):
                sheet.calls[id(child.element)] = self._calls[id(child.element)] = node
            if isinstance(child, self._boxes.ReplacedBox):
                sheet.pictures.append(self._picture(child, node, zone))
            yield from self._inline(child, node, zone, sheet)

    def _looseness(self, seen: Sequence[Any]) -> float:
        """Return the width of its widest space, as a multiple of the normal one; 1 if nobody would call the line loose.
        """
        widest = max(seen, key=lambda box: box.justification_spacing)
        added, style = widest.justification_spacing, widest.style
        if added < LOOSE * style["font_size"]:
            return 1.0
        if id(style) not in self._spaces:
            self._spaces[id(style)] = _space(style)
        return float(1 + added / self._spaces[id(style)])

    def _face(self, style: Any) -> Face:
        known = self._faces.get(id(style))
        if known is None:
            known = self._faces[id(style)] = Face(
                tuple(style["font_family"]),
                style["font_weight"],
                style["font_style"],
                round(style["font_size"] * POINT, 2),
            )
        return known


def _has_class(children: Sequence[Any], name: str) -> bool:
    element = children[0].element if children else None
    return element is not None and name in (element.get("class") or "").split()


def _is_hyphened(box: Any) -> bool:
    if box.text[-1:].isalnum() or box.style["hyphens"] != "auto":
        return False
    return bool(box.text.endswith(box.style["hyphenate_character"]))


def _border_edges(box: Any) -> Edges:
    left, top = box.border_box_x() * POINT, box.border_box_y() * POINT
    return Edges(left, top, left + box.border_width() * POINT, top + box.border_height() * POINT)


def _painted(box: Any) -> Edges:
    """Return where a picture is visible: with `object-fit: contain` it keeps its shape, at the left of its box."""
    edges = _content_edges(box)
    width = (edges.bottom - edges.top) * box.replacement.ratio
    narrower = box.style["object_fit"] == "contain" and width < edges.right - edges.left
    return replace(edges, right=edges.left + width) if narrower else edges


def _content_edges(box: Any) -> Edges:
    left, top = box.content_box_x() * POINT, box.content_box_y() * POINT
    return Edges(left, top, left + box.width * POINT, top + box.height * POINT)


def _leading(style: Any) -> float:
    """Return the height of a line, in points, whether it is given as a length or as a factor."""
    from weasyprint.text.line_break import strut

    return float(strut(style)[0]) * POINT


def _space(style: Any) -> float:
    """Return the width of a space, in pixels."""
    from weasyprint.text.line_break import create_layout, line_size

    layouts = [create_layout(text, style, None, None, 0) for text in ("n n", "nn")]
    with_space, without = (line_size(layout.get_first_line()[0], style)[0] for layout in layouts)
    return float(with_space - without)


def _overhang(seen: Sequence[Any], block: Edges) -> float:
    """Return how far the pieces that stand outside the text block may do so, in points: the least of their values."""
    left, right = block.left / POINT - 0.01, block.right / POINT + 0.01
    outside = (box for box in seen if box.position_x < left or box.position_x + box.width > right)
    return min((_length(box.style["__overhang"]) for box in outside), default=0.0)


def _length(tokens: Any) -> float:
    """Return a custom property that is a length in points; 0 for anything else."""
    numbers = [token for token in tokens or () if token.type in ("dimension", "number")]
    return float(numbers[0].value) if numbers and getattr(numbers[0], "unit", "pt") == "pt" else 0.0
