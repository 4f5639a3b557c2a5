"""What goes into the typesetter and comes out of it: plain values, to be compared and sent from process to process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from compositor.model import Edition, Metadata, PageStart
from compositor.typeset.document.bleed import Trim
from compositor.typeset.layout import Inspection

Side = Literal["right", "left"]
VARIANT = "pdf/a-2a"
"""PDF/A-2a by WeasyPrint; that the same file is PDF/UA-1 is declared beside it (xmp.py)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The style sheets in their order, each with the folder that its addresses start from."""

    sheets: tuple[tuple[str, Path], ...]
    folder: Path
    """The book's folder, from which images are named."""
    families: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """`text`, `label`, `code` and so on, each with its families in their order."""
    faces: tuple[tuple[str, Path], ...] = ()
    """The families with the files of their faces."""
    emoji: tuple[str, ...] = ()
    """The families in which emoji are looked for first."""
    trim: Trim = field(default_factory=Trim)
    """How far paint extends beyond the edges of the pages."""
    resample: bool = True
    """Whether pictures that are far finer than print can show are painted with fewer pixels."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a unit knows of the rest of the book; running heads stand in its XHTML."""

    first_folio: int
    folio_style: Literal["decimal", "lower-roman"]
    side: Side
    """The side of its first page: a right-hand page, or a left-hand one."""


@dataclass(frozen=True, slots=True)
class UnitText:
    """What is to be set: the XHTML of a unit, and its context. Equal values give equal pages."""

    key: str
    xhtml: str
    context: Context
    before: bytes | None = field(default=None, compare=False, repr=False)
    """What was kept of the unit as it was set last, to go on from; None: nothing is to be kept of it either."""


def unplaced(unit: UnitText) -> UnitText:
    """Return the same as if it began with the first page: page numbers are in the margins and do not matter."""
    return replace(unit, context=replace(unit.context, first_folio=1))


def place_of(unit: UnitText) -> tuple[str, Context]:
    """What stays the same when the numbers in a text become others."""
    return unit.key, unit.context


@dataclass(frozen=True, slots=True)
class LaidPage:
    """The contents of one page: anchors, with what it begins, and the anchors that it refers to."""

    anchors: tuple[str, ...]
    start: PageStart
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A unit in pages: plain values. The pages themselves stay with the typesetter, which joins them."""

    unit: UnitText
    pages: tuple[LaidPage, ...]
    messages: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    """The position of each block that comes after text that follows it in the source, and that of what follows it."""
    layout: Inspection
    """What the rules of the layout say of its pages."""
    files: tuple[tuple[str, str], ...] = ()
    """The files that were read for it, with digests of what is in them."""
    renumbered: bool = False
    """Whether it was not set again, but existed with other page numbers in its text."""
    taken: int = 0
    """How many of its pages are those of the unit as it was set last."""
    why_whole: str = ""
    """Why all of them had to be set."""
    record: bytes | None = field(default=None, compare=False, repr=False)
    """What is to be kept of it, to go on from when it has been changed."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many processes have set units, how many units and pages they were, and how many were in the cache."""

    workers: int = 0
    units_set: int = 0
    pages_set: int = 0
    units_kept: int = 0
    pages_kept: int = 0
    whole: tuple[str, ...] = ()
    """Why units that were set before were set from their first page, once for each."""

    def told(self) -> dict[str, int]:
        """The numbers by their names, for people to read."""
        numbers = {name: value for name, value in asdict(self).items() if name != "whole"}
        return numbers | {f"set from the first page: {why}": number for why, number in Counter(self.whole).items()}


@dataclass(frozen=True, slots=True)
class Outline:
    """A bookmark: its depth (from 1), its words, the anchor it leads to, and whether it shows its children."""

    level: int
    label: str
    anchor: str
    open: bool


@dataclass(frozen=True, slots=True)
class PageLabel:
    """From this physical page (from 0) on, folios of this style (`r`, `D`, or none), beginning with a number."""

    index: int
    style: str
    first: int
    prefix: str = ""
    """Precedes the number; the whole label if there is no style."""


@dataclass(frozen=True, slots=True)
class Volume:
    """What is to be joined: units that were set, in their order, and what belongs to the file as a whole."""

    units: tuple[UnitText, ...]
    outline: tuple[Outline, ...]
    labels: tuple[PageLabel, ...]
    metadata: Metadata
    edition: Edition
    places: bytes = b""
    """Private data of the file: with what each page begins. Empty: it has none."""
    elsewhere: frozenset[str] = frozenset()
    """Anchors on pages of the book that are not in this file: links to them are painted as they are in the whole."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Units that begin where those before them end: each is known when the pages of the last are."""

    weight: int
    """How much there is to set, in letters of its source."""
    units: Generator[UnitText, LaidOut, None]


class Typesetting(Protocol):
    """What sets units and joins them, wherever it runs; what goes in and comes out can be pickled."""

    @property
    def messages(self) -> tuple[str, ...]:
        """What is wrong with the style sheets."""

    @property
    def counts(self) -> Counts:
        """What was set."""

    @property
    def read(self) -> tuple[str, ...]:
        """The files of the book's folder that were read for it, by their paths from there."""

    def set_ahead(self, chains: Sequence[Chain]) -> None:
        """Set these units side by side, where there are several processes, so that they are there when asked for."""

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again."""

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """One PDF of the units' pages, and what WeasyPrint had to say about it."""
