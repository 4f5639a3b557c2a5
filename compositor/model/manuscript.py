"""What has been read and not yet parsed: the folder, its sources in order, the settings of the book."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from compositor.model.findings import Place, Strictness
from compositor.model.limits import Limits
from compositor.model.samples import Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who has checked that the EPUB is accessible to WCAG 2.2 AA."""

    by: str
    """The person or group that checked."""
    date: datetime.date
    """The day on which they finished."""
    report: str = ""
    """An address with their results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What book.toml says about the book; a hyphen in a key is an underscore here."""

    title: str
    """What the book is called."""
    subtitle: str = ""
    """The line below the title."""
    authors: tuple[str, ...] = ()
    """Who wrote it."""
    file_as: tuple[str, ...] = ()
    """The name under which each author is sorted, in their order: "Example, Ada"."""
    language: str = "en"
    """The language of the text, as a tag of BCP 47: `en`, `de-CH`."""
    edition: str = ""
    """Which edition it is: "Second edition"."""
    date: str = ""
    """When the book is published: a year, a month or a day, in the form of ISO 8601."""
    series: str = ""
    """The series that it is a volume of."""
    series_index: float | None = None
    """Its place in the series."""
    publisher: str = ""
    """Who publishes it."""
    rights: str = ""
    """The licence, as a line on the copyright page."""
    description: str = ""
    """What it is about, in a sentence or two."""
    keywords: tuple[str, ...] = ()
    """Keywords."""
    cover: str = ""
    """An image file in the book's folder; empty: a cover is made from the theme."""
    slug: str = ""
    """The name of the files, without ending; empty: made from the title."""
    first_chapter: int = 1
    """The number of its first chapter."""
    numbered_levels: int = 3
    """How many levels have numbers: 1 numbers chapters, 2 their sections too, 3 subsections too."""
    numbered_parts: bool = True
    """Whether parts are numbered."""
    drafts: bool = True
    """Whether chapters whose front matter says `draft: true` are part of the book."""
    links: Literal["words", "notes"] = "words"
    """Whether a link to the web is printed only as its words, or has its address in a note."""
    resample: bool = True
    """Whether pictures with far more pixels than print can show get fewer in the PDF."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Identifier of each format's edition, by name of the format: an ISBN or a URN."""
    repository: str = ""
    """Where the web shows the folder of the book, as in the address bar of a browser."""
    website: str = ""
    """Where the site of the book will be published."""
    accessibility_review: Review | None = None
    """The people who checked that the EPUB is accessible; empty if nobody has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A kind of callout that the book defines, or a built-in one with another title."""

    title: str
    """The title before it."""
    icon: str = ""
    """A built-in kind, whose icon and rules it has; empty: those of a plain note, or its own if it is built in."""
    colour: str = ""
    """Colour of the icon and the title on paper; empty: that of the kind whose icon it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The book's font files, by their paths in its folder: for each family, weights and slants."""

    text: tuple[str, ...] = ()
    """Running text."""
    display: tuple[str, ...] = ()
    """Titles."""
    small: tuple[str, ...] = ()
    """Notes and running heads."""
    label: tuple[str, ...] = ()
    """Headings, captions and tables."""
    code: tuple[str, ...] = ()
    """Code, in the EPUB too."""
    fallback: tuple[str, ...] = ()
    """For letters that no other font has, in this order; in the EPUB too."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The settings of a chapter file between its `---` lines; a hyphen in a key is an underscore here."""

    title: str = ""
    """The title, if the text does not begin with one."""
    short_title: str = ""
    """For running heads, where the title is too long."""
    description: str = ""
    """What it is about, in a sentence."""
    draft: bool = False
    """Whether it is left out where book.toml says `drafts = false`."""
    epigraph: str = ""
    """The epigraph below its title."""
    epigraph_source: str = ""
    """The source of the epigraph."""


@lru_cache(maxsize=16)
def _lines(text: str) -> Sequence[str]:
    """The lines of a text, kept because many are asked for one by one."""
    return text.split("\n")


@dataclass(frozen=True, slots=True)
class Source:
    """A text as the author gave it, not yet read: from disk, or from an editor."""

    path: str
    text: str
    key: str
    """The name of the file in the outputs and the root of its anchors; unique in the book, free of numbers."""
    title: str = ""
    """Its name in the order of the book, for a text without a title."""
    is_made: bool = False
    """Whether Compositor generates it from the rest of the book, so that it has no author and no file."""

    def line(self, number: int | None) -> str:
        """Return the line with this number (from 1), without its end; empty if it does not exist."""
        lines = _lines(self.text)
        return lines[number - 1].rstrip("\r") if number is not None and 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preliminaries:
    """Which pages Compositor puts before the text of a book; a hyphen in a key is an underscore here."""

    cover: bool = True
    """Whether the PDF begins with the cover; the EPUB always has one."""
    half_title: bool = True
    """Whether the PDF has a half-title before its title page."""
    lists: int = 5
    """The smallest number of figures, tables or listings that gets a list; 0: no lists."""


FREE_EDGE = 22.0
"""Points that stay free at the outer edge of the paper, for inaccurate trimming."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a printer asks of the PDF; a hyphen in a key is an underscore here."""

    bleed: str = ""
    """How far content at the edge of the page extends beyond it, as in "3mm"."""
    crop_marks: bool = False
    """Whether marks outside the bleed show where the sheet is cut."""
    interior: bool = False
    """Whether the PDF is only the interior, without the cover."""

    @property
    def is_asked(self) -> bool:
        """Whether the PDF is for a printer. Then it has an even number of pages, and an inner margin for binding."""
        return bool(self.bleed or self.crop_marks or self.interior)


class Role(StrEnum):
    """The place of a source file in the book."""

    FRONT = "front"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    APPENDIX = "appendix"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Entry:
    """A source file at its place in the tree of the book; a part may have a title and no file."""

    role: Role
    source: Source
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An entry of the bibliography: its key, its data (CSL-JSON), and its place."""

    key: str
    fields: Mapping[str, Any]
    place: Place
    dropped: tuple[tuple[str, Place], ...] = ()
    """Fields without a name in CSL, so that no style prints them, and their places."""
    is_source: bool = False
    """Whether other works inherit from it, so that it is not unused if nothing cites it."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Everything that can be cited, by key, and the style (CSL, an XML text) by which it is cited."""

    works: Mapping[str, Work]
    """Key, or another name of the work, -> work."""
    style: str
    style_name: str
    files: Mapping[str, str] = field(default_factory=dict)
    """The files it was read from, for the build id."""
    fallback: str = ""
    """The built-in style that is used if the book's own fails."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A folder, read: the tree of sources in order, what the book says about itself, and the syntax it is in."""

    folder: Path = field(repr=False)
    metadata: Metadata
    entries: tuple[Entry, ...]
    extensions: frozenset[str]
    """Names of the members of `markdown.EXTENSIONS` that this dialect switches on."""
    variables: Mapping[str, object] = field(default_factory=dict)
    """Values that a text may name instead of writing them: from book.toml and the data files that it names."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Names of the files of a folder of texts, in lower case -> their paths: for links such as `[[name]]`."""
    style: Mapping[str, str] = field(default_factory=dict)
    """Custom properties that override the theme's: name without the leading hyphens -> CSS value."""
    style_places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml sets them."""
    settings: Source = Source("book.toml", "", "")
    """book.toml itself, for the lines that findings quote."""
    theme: str = "default"
    fonts: Fonts = Fonts()
    callouts: Mapping[str, Callout] = field(default_factory=dict)
    """Callouts that book.toml adds or changes, by the word in their mark, in lower case."""
    changes_since: str = ""
    """The revision since which a page lists the changes; empty: there is no such page."""
    changes_place: Place = field(default_factory=lambda: Place("book.toml"))
    """Where the book says so."""
    preliminaries: Preliminaries = Preliminaries()
    paper: Paper = Paper()
    bibliography: Bibliography | None = None
    """What can be cited; None if book.toml names no bibliography."""
    samples: Samples = field(default_factory=Samples)
    """How the code in the book is checked; only the command `samples` uses it."""
    sample_places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml says that: `environments.tools.lock` -> place."""
    limits: Limits = field(default_factory=Limits)
    """The limits for making the pages."""
    strictness: Strictness = field(default_factory=Strictness)
    """Which warnings stop the book."""
    sources: str = ""
    """The folder, within that of the book, that an address with a leading slash starts from; empty: the book's."""
    origin: str = ""
    """What the folder was recognised as, and why."""
