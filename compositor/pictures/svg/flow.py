"""HTML in a label -> its lines: blocks one below the other, broken where they are too wide, each word with its style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree

from compositor.pictures.svg.advances import advance
from compositor.pictures.svg.cascade import Styles
from compositor.pictures.svg.values import XHTML, local

BLOCKS = set(
    "address article aside blockquote body caption center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "html li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
BOLD, SLANTED, FIXED = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}, {"i", "em", "cite", "var", "dfn"}, {
    "code", "pre", "kbd", "samp", "tt",
}  # fmt: skip
SIZES = {"small": 13.0, "smaller": 13.0, "medium": 16.0, "large": 18.0, "larger": 19.2, "x-large": 24.0, "x-small": 10.0}
UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": 16.0}
LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)", re.IGNORECASE)
USUAL, NORMAL = 16.0, 1.2
SLACK = 1.04
"""Of a width: programs have measured a line with a face of their own."""
TAB = "    "


def length(text: str | None, em: float, whole: float = 0.0) -> float | None:
    """A length of CSS in the unit of a drawing; None for a word such as `auto`."""
    match = LENGTH.fullmatch((text or "").strip())
    if match is None:
        return None
    number, unit = float(match[1]), match[2].lower()
    if unit == "%":
        return number * whole / 100
    return number * (em if unit in ("em", "lh") else em / 2 if unit in ("ex", "ch") else UNITS.get(unit, 1.0))


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look."""

    size: float
    family: str
    weight: str
    slant: str
    colour: str
    shift: float = 0.0
    """How far they stand above the line."""

    @property
    def bold(self) -> bool:
        """Whether they are heavier than others."""
        return self.weight in ("bold", "bolder") or (self.weight.isdigit() and int(self.weight) >= 600)

    @property
    def fixed(self) -> bool:
        """Whether every letter has the same width."""
        return any(word in self.family.lower() for word in ("mono", "courier", "consol", "code"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look."""

    text: str
    ink: Ink

    @property
    def width(self) -> float:
        """About how wide they are."""
        return advance(self.text, self.ink.size, self.ink.bold, self.ink.fixed)


@dataclass(slots=True)
class Line:
    """A line of words."""

    pieces: list[Piece]
    height: float
    align: str
    left: float = 0.0
    right: float = 0.0
    """What it is set in by at both sides."""
    before: float = 0.0
    """White above it."""

    @property
    def width(self) -> float:
        """About how wide its words are, with what they are set in by."""
        return sum(piece.width for piece in self.pieces) + self.left + self.right


@dataclass(slots=True)
class _Block:
    """A paragraph before it is broken into lines."""

    height: float
    align: str
    wraps: bool
    left: float
    right: float
    before: float
    pieces: list[Piece | Literal["break"]] = field(default_factory=list)


class Flow:
    """Walks through the HTML of a label and keeps its blocks."""

    def __init__(self, styles: Styles, ems: Mapping[etree._Element, float]) -> None:
        self._styles, self._ems = styles, ems
        self._blocks: list[_Block] = []
        self._margin = 0.0

    def lines(self, element: etree._Element, width: float) -> list[Line]:
        """The lines of what stands in an element, in a column of this width."""
        self._open(element, 0.0, 0.0)
        self._inside(element, 0.0, 0.0)
        return [line for block in self._blocks for line in _broken(block, width)]

    def _open(self, element: etree._Element, left: float, right: float) -> None:
        if self._blocks and not self._blocks[-1].pieces:
            self._margin = max(self._margin, self._blocks.pop().before)
        style, em = self._styles.of(element), self._ems[element]
        space = style.get("white-space", "normal")
        wraps = not (space.startswith("nowrap") or space == "pre" or (local(element) == "pre" and space == "normal"))
        block = _Block(line_height(style, em), style.get("text-align", "start"), wraps, left, right, self._margin)
        if any(local(above) == "center" for above in element.iterancestors()) or local(element) == "center":
            block.align = "center"
        self._blocks.append(block)
        self._margin = 0.0

    def _inside(self, element: etree._Element, left: float, right: float) -> None:
        self._text(element, element.text)
        for child in element:
            if isinstance(child.tag, str) and self._styles.of(child).get("display") != "none":
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
                self._text(child, _mark(child), preserved=True)
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
        kept = preserved or space.startswith("pre") and space != "pre-line" or (in_pre and space == "normal")
        lines = text.split("\n") if kept or space in ("pre-line", "break-spaces") else [" ".join(re.split(r"[ \t\r\n]", text))]
        for number, line in enumerate(lines):
            if number:
                self._blocks[-1].pieces.append("break")
            said = line.replace("\t", TAB) if kept else re.sub(r"[ \t\r]+", " ", line)
            if said and (said != " " or self._blocks[-1].pieces):
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
    """Whether an element of HTML stands on lines of its own."""
    display = styles.of(element).get("display", "")
    if display in ("inline", "inline-flex", "contents"):
        return False
    return display in ("block", "flex", "grid", "table", "list-item", "table-row") or local(element) in BLOCKS


def margins(element: etree._Element, styles: Styles, em: float) -> tuple[float, float, float, float]:
    """White above, below, at the left and at the right of a block: its margin and its padding."""
    style, name = styles.of(element), local(element)
    usual = em if name in ("p", "ul", "ol", "dl", "blockquote", "pre", *HEADINGS) else 0.0
    inner = {"ul": 2.5 * em, "ol": 2.5 * em, "dd": 2.5 * em, "blockquote": 2.5 * em}.get(name, 0.0)
    found = []
    for side, (at, otherwise) in {"top": (0, usual), "bottom": (2, usual), "left": (3, inner), "right": (1, 0.0)}.items():
        margin = length(style.get(f"margin-{side}", side_of(style.get("margin"), at)), em)
        padding = length(style.get(f"padding-{side}", side_of(style.get("padding"), at)), em)
        found.append((otherwise if margin is None else margin) + (padding or 0.0))
    return found[0], found[1], found[2], found[3]


def side_of(shorthand: str | None, at: int) -> str | None:
    """Top, right, bottom or left of a shorthand of one to four lengths."""
    parts = (shorthand or "").split()
    if not parts:
        return None
    return parts[at if at < len(parts) else at - 2 if at >= 2 and len(parts) > at - 2 else 0]


def line_height(style: Mapping[str, str], em: float) -> float:
    """From line to line."""
    text = style.get("line-height", "normal").strip()
    try:
        return float(text) * em
    except ValueError:
        return length(text, em, em) or NORMAL * em


def sizes(root: etree._Element, styles: Styles) -> dict[etree._Element, float]:
    """The size of the letters of every element, in the unit of the drawing."""
    found: dict[etree._Element, float] = {}
    for element in root.iter("{*}*"):
        above = element.getparent()
        size = found.get(above, USUAL) if above is not None else USUAL
        own = styles.own(element).get("font-size")
        html = str(element.tag).startswith(f"{{{XHTML}}}")
        if own is not None or "font" in styles.own(element):
            text = styles.of(element).get("font-size", "").lower()
            given = length(text, size, size)
            size = given if given is not None else SIZES.get(text, size)
        elif html and local(element) in HEADINGS:
            size *= HEADINGS[local(element)]
        elif html and local(element) in ("sup", "sub", "small"):
            size *= 0.83
        found[element] = size
    return found


def _broken(block: _Block, width: float) -> Iterator[Line]:
    """The lines of a block; none of one without words."""
    room = (width - block.left - block.right) * SLACK
    first = True
    if not any(piece == "break" or piece.text.strip() for piece in block.pieces):
        return
    for run in _runs(block.pieces):
        for pieces in _wrapped(run, room) if block.wraps and room > 0 else [run]:
            tall = max([block.height, *(piece.ink.size * NORMAL for piece in pieces if not piece.ink.shift)])
            yield Line(
                _trimmed(pieces), tall, block.align, block.left, block.right, block.before if first else 0.0
            )
            first = False


def _runs(pieces: Iterable[Piece | Literal["break"]]) -> Iterator[list[Piece]]:
    """What stands between two breaks; a break at the very end begins no line."""
    run: list[Piece] = []
    for piece in pieces:
        if piece == "break":
            yield run
            run = []
        else:
            run.append(piece)
    if any(piece.text.strip() for piece in run):
        yield run


def _wrapped(run: list[Piece], room: float) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    used = 0.0
    for word in _words(run):
        width = sum(piece.width for piece in word)
        bare = width - (advance(" ", word[-1].ink.size) if word[-1].text.endswith(" ") else 0)
        if line and used + bare > room:
            yield line
            line, used = [], 0.0
        line += word
        used += width
    yield line


def _words(run: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each word, with the space behind it; Chinese and Japanese may be parted at every letter."""
    word: list[Piece] = []
    for piece in run:
        for part in re.findall(r"[^ ]* +|[\u2e80-\u9fff\uf900-\ufaff]|[^ \u2e80-\u9fff\uf900-\ufaff]+", piece.text):
            word.append(replace(piece, text=part))
            if part.endswith(" ") or "\u2e80" <= part[-1] <= "\ufaff":
                yield word
                word = []
    if word:
        yield word


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without spaces at both ends, and with words of one look as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].ink == piece.ink:
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    if joined and not joined[0].ink.fixed:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" "))
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
    return [piece for piece in joined if piece.text]
