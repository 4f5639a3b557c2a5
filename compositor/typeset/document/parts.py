"""Parts of one PDF, as described by those that make them and those that join them: plain values, to be sent.

A part is a unit that has been painted, a font, or the frame around all. Its maker keeps its objects; they get their
numbers when all parts are known, and only then become bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from compositor.typeset.document.bleed import Trim
from compositor.typeset.values import UnitText, Volume

CATALOG, PAGES, STRUCTURE, DOCUMENT, PARENTS, PROFILE = 1, 2, 3, 4, 5, 6
"""Numbers of the objects that all parts name: known before there is one."""
FIRST = 7
"""The first number that is free."""
TOGETHER = 500
"""So many objects that are not streams lie in one compressed stream at most."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many objects a part has: streams, and others, which are compressed together."""

    plain: int
    streams: int

    def numbers(self, borrowed: int = 0) -> int:
        """How many numbers it takes, where so many of its streams are those of other parts."""
        return self.plain + self.streams - borrowed + -(-self.plain // TOGETHER)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be led to: the page of its unit (from 0), and points from the lower left corner of that."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class FaceUse:
    """What a unit shows of a face: what each glyph says, or says unless another unit knows better, and its width."""

    texts: Mapping[int, str]
    guesses: Mapping[int, str]
    widths: Mapping[int, float]
    has_gaps: bool
    """Whether a letter is shown that the face lacks."""
    drawn: tuple[float, ...] = ()
    """The size that it was drawn in first, and how far it reaches above and below the line as measured there."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Paint a unit, the one of this number in the volume; `lost` are anchors it leads to that no unit has."""

    section: int
    unit: UnitText
    lost: tuple[str, ...] = ()
    resample: bool = True
    trim: Trim = field(default_factory=Trim)


@dataclass(frozen=True, slots=True)
class Painted:
    """A unit that has been painted."""

    size: Size
    pages: int
    elements: int
    """Structure elements directly below that of the whole document."""
    annotations: int
    anchors: tuple[Anchor, ...]
    faces: Mapping[str, FaceUse]
    pictures: tuple[tuple[str, int], ...]
    """Digest of what is in a picture, and which of the streams it is."""
    messages: tuple[str, ...]
    families: tuple[str, ...]
    """Families that no style sheet declares."""
    files: tuple[tuple[str, str], ...] = ()
    """The files that were read for it, with digests of what is in them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Take out of a face what is used of it: for each of these, a font that says so; `section` has painted with it."""

    section: int
    face: str
    uses: tuple[FaceUse, ...]
    has_gaps: bool
    drawn: tuple[float, ...]
    """As the first unit has drawn it that shows it."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face that has been cut: its size, and which of its objects each font is."""

    size: Size
    fonts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WriteFace:
    """Give a face its numbers, and write it."""

    section: int
    face: str
    first: int


@dataclass(frozen=True, slots=True)
class WriteSection:
    """Give a painted unit its numbers, and write it."""

    section: int
    first: int
    page: int
    """How many pages are before it."""
    annotation: int
    """The key of its first annotation in the tree of parents."""
    borrowed: Mapping[int, int]
    """Streams that another part has already: which of its own, and the number of the other."""
    fonts: Mapping[str, int]
    """Face -> the number of its font."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What the frame has to know of a unit: its first number, and what it has."""

    first: int
    painted: Painted


def elements(one: Placed) -> range:
    """The numbers of the structure elements of a unit that lie directly below that of the document."""
    first = one.first + one.painted.pages
    return range(first, first + one.painted.elements)


def node(one: Placed) -> int:
    """The number of its node in the tree of parents; that of its annotations is the next, if it has any."""
    return elements(one).stop


def tree(one: Placed) -> int:
    """The number of its node in the tree of pages."""
    return node(one) + (2 if one.painted.annotations else 1)


@dataclass(frozen=True, slots=True)
class WriteFrame:
    """Write what is there once: catalog, page tree, outline, destinations, labels, metadata."""

    volume: Volume
    sections: tuple[Placed, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part as bytes."""

    data: bytes
    first: int
    """The number of the first object that lies in an object stream; the others follow."""
    plain: int
    streams: int
    """The number of the first stream; the others follow, and after them the object streams."""
    offsets: tuple[int, ...]
    """Where each stream begins in the bytes."""
    fixed: Mapping[int, int]
    """Objects with numbers of their own: where each begins."""
    info: int = 0
    """The number of the dictionary of information, where the part has it."""


@dataclass(frozen=True, slots=True)
class KeepSection:
    """Give a painted unit as bytes that can be kept."""

    section: int


@dataclass(frozen=True, slots=True)
class KeepFace:
    """Give a face that was cut as bytes that can be kept."""

    section: int
    face: str


Task = Paint | Cut | WriteFace | WriteSection | WriteFrame | KeepSection | KeepFace
