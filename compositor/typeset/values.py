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
"""The variant that WeasyPrint writes: PDF/A-2a. The same file is declared to be PDF/UA-1 as well (`document/xmp.py`).
"""


@dataclass(frozen=True, slots=True)
class Look:
    """The style sheets in their order, each with the folder from which its addresses are resolved, and settings for all
    units."""

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
    """All that a unit knows of the rest of the book; the words of running heads are in its XHTML."""

    first_folio: int
    folio_style: Literal["decimal", "lower-roman"]
    side: Side
    """The side of its first page."""


@dataclass(frozen=True, slots=True)
class UnitText:
    """What is to be set: the XHTML of a unit, and its context. Equal values give equal pages."""

    key: str
    xhtml: str
    context: Context
    before: bytes | None = field(default=None, compare=False, repr=False)
    """The record of the unit as it was set last, to continue from; None: no record is to be kept of it either."""


def unplaced(unit: UnitText) -> UnitText:
    """Return the same unit as if it began with page 1: page numbers are in the margins and do not affect the text."""
    return replace(unit, context=replace(unit.context, first_folio=1))


def place_of(unit: UnitText) -> tuple[str, Context]:
    """Return what stays the same when the numbers in a text change."""
    return unit.key, unit.context


@dataclass(frozen=True, slots=True)
class LaidPage:
    """The contents of one page: its anchors, what it begins with, and the anchors that it refers to."""

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
    """The findings of the layout rules on its pages."""
    files: tuple[tuple[str, str], ...] = ()
    """The files that were read for it, with digests of their contents."""
    renumbered: bool = False
    """Whether it was not set again, but existed with other page numbers in its text."""
    taken: int = 0
    """How many of its pages were taken from the unit as it was set last."""
    why_whole: str = ""
    """Why all of them had to be set."""
    record: bytes | None = field(default=None, compare=False, repr=False)
    """The record of it, to continue from when it has been changed."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many processes have set units, how many units and pages these were, and how many came from the cache."""

    workers: int = 0
    units_set: int = 0
    pages_set: int = 0
    units_kept: int = 0
    pages_kept: int = 0
    whole: tuple[str, ...] = ()
    """Why units with a record were set from their first page, once for each such unit."""

    def told(self) -> dict[str, int]:
        """Return the numbers by their names, for people to read."""
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
    """From this physical page (from 0) on, folios have this style (`r`, `D`, or none) and begin with this number."""

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
    """Private data of the file: what each page begins with. Empty: it has none."""
    elsewhere: frozenset[str] = frozenset()
    """Anchors on pages of the book that are not in this file: links to them are painted as they are in the whole."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Units each of which begins where the one before it ends: each is known when the one before it has its pages."""

    weight: int
    """How much there is to set, in letters of its source."""
    units: Generator[UnitText, LaidOut, None]


class Typesetting(Protocol):
    """Sets units and joins them, in any process; what goes in and comes out can be pickled."""

    @property
    def messages(self) -> tuple[str, ...]:
        """Return what is wrong with the style sheets."""

    @property
    def counts(self) -> Counts:
        """Return how much was set."""

    @property
    def read(self) -> tuple[str, ...]:
        """Return the files in the book's folder that were read for it, as paths in that folder."""

    def set_ahead(self, chains: Sequence[Chain]) -> None:
        """Start to set these units at the same time, if there are several processes, so that they are ready when asked
        for."""

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again."""

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """Return one PDF of the units' pages, and WeasyPrint's messages about it."""
