"""The pages of a unit as plain values: the lines, pictures and tables on each sheet, in points. Rules read these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Zone = Literal["text", "notes", "margin", "beside"]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A block of the source: one value for all its parts, on all pages."""

    tag: str
    classes: frozenset[str]
    position: str
    """`file:line`; empty for a generated block."""
    parent: Node | None = None
    continued: str = ""
    """The text for the head of a page where a listing continues."""
    names: frozenset[str] = frozenset()
    """Tags and classes of the node and of all nodes around it."""

    def within(self) -> Iterator[Node]:
        """Yield the node and all nodes around it, from the inside out."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *names: str) -> Node | None:
        """Return the nearest node, itself included, with one of these tags or classes."""
        wanted = self.names.intersection(names)
        if not wanted:
            return None
        return next((node for node in self.within() if node.tag in wanted or node.classes & wanted), None)


@dataclass(frozen=True, slots=True)
class Face:
    """What a style asks for: families in their order, weight, slant, and size in points."""

    families: tuple[str, ...]
    weight: int
    slant: str
    size: float


@dataclass(frozen=True, slots=True)
class Edges:
    """The sides of a box, in points from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words; in a listing, a line without words as well."""

    node: Node
    zone: Zone
    words: str
    edges: Edges
    """Left and right are those of its words, top and bottom those of the line."""
    baseline: float
    faces: tuple[Face, ...]
    """The faces of its pieces with words, each once, in their order."""
    overhang: float
    """How far its words may stand outside the text block, in points: by the style (`--overhang`), or as marks at the
    edge."""
    hyphened: bool
    """Whether it ends with a hyphen that the author did not write."""
    justified: bool
    looseness: float = 1.0
    """The width of its widest space, as a multiple of the normal width."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, a drawing or a formula."""

    node: Node
    zone: Zone
    edges: Edges
    pixels: float | None
    """The width of an image in pixels; None for a drawing."""
    natural: float | None = None
    """Pixels per inch that are enough for it: its file asks for them, or Compositor chose them."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """The part of a table on one page."""

    node: Node
    edges: Edges
    has_head: bool
    """Whether its head is on this page too, or the table has none."""


@dataclass(slots=True)
class Sheet:
    """A page: its text block, and its content in the order of the source."""

    side: str
    blank: bool
    size: tuple[float, float]
    block: Edges
    leading: float
    """The leading of running text."""
    text_size: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[TablePart] = field(default_factory=list)
    calls: dict[int, Node] = field(default_factory=dict)
    """The notes that are called on it, by number, with the block that calls."""
    notes: dict[int, Node] = field(default_factory=dict)
    """The notes on it, by number."""
    ends_by_order: bool = False
    """Whether a style ends the page here."""
    begins_by_order: bool = False

    def of(self, zone: Zone) -> list[Line]:
        """Return the lines with words in this zone: running text, notes, or a margin."""
        return [line for line in self.lines if line.zone == zone and line.words]

    @property
    def foot(self) -> float:
        """Return where the room for running text ends: above the notes, or with the text block."""
        tops = [line.edges.top for line in self.lines if line.zone == "notes"]
        return min([self.block.bottom, *tops])


@dataclass(frozen=True, slots=True)
class Setting:
    """A unit as it was set: its pages, and the faces that the style sheets declare."""

    sheets: Sequence[Sheet]
    faces: Mapping[str, frozenset[tuple[int, str]]]
    """Family -> weights and slants that have a file."""
    side: str
    """The side on which the first page is to be."""


def excerpt(words: str) -> str:
    """Return the beginning of a text, in quotation marks, for a message."""
    words = " ".join(words.split())
    return f'"{words[:40].rstrip()}…"' if len(words) > 41 else f'"{words}"'
