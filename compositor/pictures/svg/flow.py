"""HTML in a label -> its lines: block below block, broken if they are too wide, each word with its look."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.declarations import pixels
from compositor.pictures.svg.lines import NORMAL, Block, Ink, Line, Piece, broken, length
from compositor.pictures.svg.values import XHTML, is_element, local

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
BOLD, SLANTED = {"b", "strong", "th", *HEADINGS}, {"i", "em", "cite", "var", "dfn"}
FIXED = {"code", "pre", "kbd", "samp", "tt"}
USUAL = 16.0
TAB = "    "
RIGHT = ("right", 1, 0.0, 0.0)


class Flow:
    """Walks through the HTML of a label and collects its blocks."""

    def __init__(self, styles: Styles, ems: Mapping[etree._Element, float]) -> None:
        self._styles, self._ems = styles, ems
        self._blocks: list[Block] = []
        self._margin = 0.0
        self._mark: Piece | None = None

    def lines(self, element: etree._Element, width: float) -> list[Line]:
        """Return the lines of an element's content, in a column of this width."""
        self._open(element, 0.0, 0.0)
        self._inside(element, 0.0, 0.0)
        return [line for block in self._blocks for line in broken(block, width)]

    def _open(self, element: etree._Element, left: float, right: float) -> None:
        if self._blocks and not self._blocks[-1].pieces:
            self._margin = max(self._margin, self._blocks.pop().before)
        style, em = self._styles.of(element), self._ems[element]
        space = style.get("white-space", "normal")
        wraps = not (space.startswith("nowrap") or space == "pre" or (local(element) == "pre" and space == "normal"))
        block = Block(line_height(style, em), style.get("text-align", "start"), wraps, left, right, self._margin)
        if any(local(above) == "center" for above in element.iterancestors()) or local(element) == "center":
            block.align = "center"
        self._blocks.append(block)
        self._margin = 0.0

    def _inside(self, element: etree._Element, left: float, right: float) -> None:
        self._text(element, element.text)
        for child in element:
            if is_element(child) and self._styles.of(child).get("display") != "none":
                self._child(child, element, left, right)
            self._text(element, child.tail)

    def _child(self, child: etree._Element, parent: etree._Element, left: float, right: float) -> None:
        name = local(child)
        if name == "br":
            self._blocks[-1].pieces.append("break")
        elif is_block(child, self._styles):
            before, behind, at_left, at_right = margins(child, self._styles, self._ems[child])
            self._margin = max(self._margin, before)
            self._open(child, left + at_left, right + at_right)
            if name == "li":
                self._mark = Piece(_mark(child), self._ink(child))
            self._inside(child, left + at_left, right + at_right)
            self._margin = max(self._margin, behind)
            self._open(parent, left, right)
        elif name in ("td", "th") and child.getprevious() is not None:
            self._text(child, "  ", preserved=True)
            self._inside(child, left, right)
        elif name != "hr":
            self._inside(child, left, right)

    def _text(self, element: etree._Element, text: str | None, preserved: bool = False) -> None:
        if not text:
            return
        space = self._styles.of(element).get("white-space", "normal")
        in_pre = any(local(one) == "pre" for one in (element, *element.iterancestors()))
        kept = preserved or (space.startswith("pre") and space != "pre-line") or (in_pre and space == "normal")
        parted = kept or space in ("pre-line", "break-spaces")
        lines = text.split("\n") if parted else [re.sub(r"[\t\r\n]", " ", text)]
        for number, line in enumerate(lines):
            if number:
                self._blocks[-1].pieces.append("break")
            said = line.replace("\t", TAB) if kept else re.sub(r"[ \t\r]+", " ", line)
            if said and (said != " " or self._blocks[-1].pieces):
                if self._mark is not None and said.strip():
                    self._blocks[-1].pieces.append(self._mark)
                    self._blocks[-1].left = max(self._blocks[-1].left - self._mark.width, 0.0)
                    self._mark = None
                self._blocks[-1].pieces.append(Piece(said, self._ink(element)))

    def _ink(self, element: etree._Element) -> Ink:
        style, em = self._styles.of(element), self._ems[element]
        names = {local(one) for one in (element, *element.iterancestors(f"{{{XHTML}}}*"))}
        weight, slant = style.get("font-weight", ""), style.get("font-style", "")
        family = style.get("font-family", "") if not names & FIXED else style.get("font-family", "") + ", monospace"
        weight = weight or "normal"
        if names & BOLD and weight in ("normal", "400"):
            weight = "bold"
        if names & SLANTED and slant in ("", "normal"):
            slant = "italic"
        shift = 0.33 * em if "sup" in names else -0.2 * em if "sub" in names else 0.0
        return Ink(em, family, weight, slant or "normal", style.get("color", ""), shift)


def _mark(item: etree._Element) -> str:
    parent = item.getparent()
    if parent is None or local(parent) != "ol":
        return "• "
    return f"{sum(1 for one in item.itersiblings('{*}li', preceding=True)) + 1}. "


def is_block(element: etree._Element, styles: Styles) -> bool:
    """Return whether an element of HTML is on lines of its own."""
    display = styles.of(element).get("display", "")
    if display in ("inline", "inline-flex", "contents"):
        return False
    return display in ("block", "flex", "grid", "table", "list-item", "table-row") or local(element) in BLOCKS


def margins(element: etree._Element, styles: Styles, em: float) -> tuple[float, float, float, float]:
    """Return the white space above, below, left and right of a block: its margin and its padding."""
    style, name = styles.of(element), local(element)
    usual = em if name in ("p", "ul", "ol", "dl", "blockquote", "pre", *HEADINGS) else 0.0
    inner = {"ul": 2.5 * em, "ol": 2.5 * em, "dd": 2.5 * em, "blockquote": 2.5 * em}.get(name, 0.0)
    found = []
    for side, at, around, within in (("top", 0, usual, 0.0), ("bottom", 2, usual, 0.0), ("left", 3, 0.0, inner), RIGHT):
        margin = length(style.get(f"margin-{side}", side_of(style.get("margin"), at)), em)
        padding = length(style.get(f"padding-{side}", side_of(style.get("padding"), at)), em)
        found.append((around if margin is None else margin) + (within if padding is None else padding))
    return found[0], found[1], found[2], found[3]


def side_of(shorthand: str | None, at: int) -> str | None:
    """Return top, right, bottom or left of a shorthand of one to four lengths."""
    parts = (shorthand or "").split()
    if not parts:
        return None
    return parts[at if at < len(parts) else at - 2 if at >= 2 and len(parts) > at - 2 else 0]


def line_height(style: Mapping[str, str], em: float) -> float:
    """Return the distance from line to line."""
    text = style.get("line-height", "normal").strip()
    try:
        return float(text) * em
    except ValueError:
        return length(text, em, em) or NORMAL * em


def sizes(root: etree._Element, styles: Styles) -> dict[etree._Element, float]:
    """Return the font size of every element, in the unit of the drawing."""
    found: dict[etree._Element, float] = {}
    for element in root.iter("{*}*"):
        above = element.getparent()
        size = found.get(above, USUAL) if above is not None else USUAL
        own = styles.own(element).get("font-size")
        html = str(element.tag).startswith(f"{{{XHTML}}}")
        if own is not None or "font" in styles.own(element):
            text = styles.of(element).get("font-size", "").lower()
            given = length(text, size, size)
            size = given if given is not None else pixels(text, size)
        elif html and local(element) in HEADINGS:
            size *= HEADINGS[local(element)]
        elif html and local(element) in ("sup", "sub", "small"):
            size *= 0.83
        found[element] = size
    return found
