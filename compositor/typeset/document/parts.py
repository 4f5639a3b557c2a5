"""Parts of one PDF, as described by the processes that make them and the one that joins them: plain values, to be sent.

A part is a painted unit, a face, or the frame around all. The process that made it keeps its objects. They get their
numbers when all parts are known, and only then become bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from compositor.typeset.document.bleed import Trim
from compositor.typeset.values import UnitText, Volume

CATALOG, PAGES, STRUCTURE, DOCUMENT, PARENTS, PROFILE = 1, 2, 3, 4, 5, 6
"""Numbers of the objects to which all parts refer: they are fixed."""
FIRST = 7
"""The first free number."""
TOGETHER = 500
"""The most objects that one compressed stream contains."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many objects a part has: streams, and others, which are compressed together."""

    plain: int
    streams: int

    def numbers(self, borrowed: int = 0) -> int:
        """Return how many object numbers it takes, if so many of its streams are in other parts."""
        return self.plain + self.streams - borrowed + -(-self.plain // TOGETHER)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The target of a link: its page in the unit (from 0), and points from the lower left corner of that page."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class FaceUse:
    """What a unit shows of a face: the text of each glyph, a guess where another unit may know better, and its width.
    """

    texts: Mapping[int, str]
    guesses: Mapping[int, str]
    widths: Mapping[int, float]
    has_gaps: bool
    """Whether a letter is shown that the face lacks."""
    drawn: tuple[float, ...] = ()
    """The size in which it was drawn first, and the height above and below the baseline measured there."""


def uses_of(fonts: Iterable[Any]) -> dict[str, FaceUse]:
    """Return what is shown of each face by fonts of WeasyPrint, which may have several for one face."""
    uses: dict[str, FaceUse] = {}
    for font in fonts:
        known = uses.get(font.hash, FaceUse({}, {}, {}, False))
        texts, widths = {**font.to_unicode, **known.texts}, {**font.widths, **known.widths}
        guesses = {**font.__dict__.get("guesses", {}), **known.guesses}
        drawn = known.drawn or (font.font_size, font.ascent, font.descent)
        uses[font.hash] = FaceUse(texts, guesses, widths, known.has_gaps or bool(font.missing), drawn)
    return uses


@dataclass(frozen=True, slots=True)
class GapAt:
    """Where a margin of a page is in the content of a unit."""

    stream: int
    """The index of the content stream."""
    start: int
    end: int
    """Its bytes in the stream, before that is compressed."""
    of: int
    """How many bytes the stream has then."""
    page: int
    name: str
    """The margin in CSS, such as `@top-left`."""
    matrix: tuple[float, ...]
    """That with which it is painted, as PDF writes it."""


@dataclass(frozen=True, slots=True)
class KeptMargins:
    """What it takes to set the margins of a unit again, with other page numbers."""

    first: int
    """The number of the first page with which they were set."""
    pages: tuple[tuple[Any, ...], ...]
    """The kind of each page, as WeasyPrint describes it."""
    states: tuple[tuple[Any, ...], ...]
    """Of each page: the depth of quotations, the counters by name, and the names in their scopes."""
    strings: Mapping[str, Mapping[int, Sequence[str]]]
    """Named strings -> page, from 1 -> the values that they get there."""
    bottom: float
    """Pixels from the top of the last page to the bottom of its text."""
    gaps: tuple[GapAt, ...]
    body: Mapping[str, FaceUse]
    """What the pages use of each face without their margins."""


@dataclass(frozen=True, slots=True)
class Refill:
    """Set the margins of a unit for the page numbers in its context. `unit` is without its text."""

    unit: UnitText
    margins: KeptMargins
    filled: tuple[bytes, ...]
    """What each gap contains."""
    faces: Mapping[str, FaceUse]
    """What the unit uses of each face, with these margins."""
    trim: Trim


@dataclass(frozen=True, slots=True)
class Refilled:
    """What each gap contains for the new page numbers, and what the unit uses of each face then."""

    gaps: tuple[bytes, ...]
    faces: Mapping[str, FaceUse]


@dataclass(frozen=True, slots=True)
class Paint:
    """Paint a unit, the one with this index in the volume; `lost` are anchors of its links that no unit has."""

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
    """How many structure elements are directly below that of the whole document."""
    annotations: int
    anchors: tuple[Anchor, ...]
    faces: Mapping[str, FaceUse]
    pictures: tuple[tuple[str, int], ...]
    """The digest of the content of each picture, and its index among the streams."""
    messages: tuple[str, ...]
    families: tuple[str, ...]
    """Families that no style sheet declares."""
    files: tuple[tuple[str, str], ...] = ()
    """The files that were read for it, with digests of their contents."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut out of a face what is used of it: a font for each of these uses; the process that painted `section` does it.
    """

    section: int
    face: str
    uses: tuple[FaceUse, ...]
    has_gaps: bool
    drawn: tuple[float, ...]
    """The size and the heights in the first unit that shows it."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face that has been cut: its size, and the index of each font among its objects."""

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
    """How many pages precede it."""
    annotation: int
    """The key of its first annotation in the parent tree."""
    borrowed: Mapping[int, int]
    """Streams that another part contains already: index in this part -> number in the other."""
    fonts: Mapping[str, int]
    """Face -> the number of its font."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What the frame needs to know of a unit: its first number, and its contents."""

    first: int
    painted: Painted


def elements(one: Placed) -> range:
    """Return the numbers of the unit's structure elements directly below that of the document."""
    first = one.first + one.painted.pages
    return range(first, first + one.painted.elements)


def node(one: Placed) -> int:
    """Return the number of its node in the parent tree; that of its annotations is the next, if it has any."""
    return elements(one).stop


def tree(one: Placed) -> int:
    """Return the number of its node in the page tree."""
    return node(one) + (2 if one.painted.annotations else 1)


@dataclass(frozen=True, slots=True)
class WriteFrame:
    """Write what a file has once: catalog, page tree, outline, destinations, labels, metadata."""

    volume: Volume
    sections: tuple[Placed, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part as bytes."""

    data: bytes
    first: int
    """The number of the first object in an object stream; the others follow."""
    plain: int
    streams: int
    """The number of the first stream; the others follow, and after them the object streams."""
    offsets: tuple[int, ...]
    """Where each stream begins in the bytes."""
    fixed: Mapping[int, int]
    """Objects with fixed numbers -> where each begins."""
    info: int = 0
    """The number of the information dictionary, if the part contains it."""


@dataclass(frozen=True, slots=True)
class KeepSection:
    """Return a painted unit as bytes that can be kept."""

    section: int


@dataclass(frozen=True, slots=True)
class KeepFace:
    """Return a face that was cut as bytes that can be kept."""

    section: int
    face: str


Task = Paint | Refill | Cut | WriteFace | WriteSection | WriteFrame | KeepSection | KeepFace
