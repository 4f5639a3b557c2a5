"""What has been read and not yet parsed: the folder, its sources in order, what the book says of itself."""

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
    """Who has looked whether the EPUB is accessible to WCAG 2.2 AA, and found that it is."""

    by: str
    """The person or group that looked."""
    date: datetime.date
    """The day on which they were done."""
    report: str = ""
    """An address at which one can read what they found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What book.toml says about the book; a hyphen in a key is an underscore here."""

    title: str
    """What the book is called."""
    subtitle: str = ""
    """What stands below the title."""
    authors: tuple[str, ...] = ()
    """Who has written it."""
    file_as: tuple[str, ...] = ()
    """How each author is sorted, in their order: "Example, Ada"."""
    language: str = "en"
    """The language of the text, as BCP 47 has it: `en`, `de-CH`."""
    edition: str = ""
    """Which edition it is: "Second edition"."""
    date: str = ""
    """When the book is published: a year, a month or a day, as ISO 8601 has it."""
    series: str = ""
    """The series that it is a volume of."""
    series_index: float | None = None
    """Its place in the series."""
    publisher: str = ""
    """Who publishes it."""
    rights: str = ""
    """What others may do with it: a line on the copyright page."""
    description: str = ""
    """What it is about, in a sentence or two."""
    keywords: tuple[str, ...] = ()
    """Words that it is found by."""
    cover: str = ""
    """An image file in the book's folder; empty: a cover is made from the theme."""
    slug: str = ""
    """The name of the files, without ending; empty: made from the title."""
    first_chapter: int = 1
    """The number of its first chapter."""
    numbered_levels: int = 3
    """How deep numbers go: 1 numbers chapters, 2 their sections too, 3 subsections too."""
    numbered_parts: bool = True
    """Whether parts are numbered."""
    drafts: bool = True
    """Whether chapters whose front matter says `draft: true` are part of the book."""
    links: Literal["words", "notes"] = "words"
    """Whether a link to the web is its words alone, or has its address in a note."""
    resample: bool = True
    """Whether pictures that are far finer than print can show have fewer pixels in the PDF."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Identifier of each format's edition, by name of the format: an ISBN or a URN."""
    repository: str = ""
    """Where the folder of the book is shown on the web, as a browser's line of addresses has it."""
    website: str = ""
    """Where the site of the book will stand."""
    accessibility_review: Review | None = None
    """That people have looked and found the EPUB accessible; without it, nobody has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A kind of callout that one book has for itself, or one of ours with another title."""

    title: str
    """The word before it."""
    icon: str = ""
    """A kind of ours, whose mark and rules it takes; empty: a plain note's, or its own where it is one of ours."""
    colour: str = ""
    """Of the mark and the title on paper; empty: that of the kind whose mark it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """Font files of the book's own, by their paths in its folder: for a family its weights and slants."""

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
    """For letters that no other face has, in this order; in the EPUB too."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a chapter file says about itself between its `---` lines; a hyphen in a key is an underscore here."""

    title: str = ""
    """Of a file whose text does not begin with one."""
    short_title: str = ""
    """For running heads, where the title is too long."""
    description: str = ""
    """What it is about, in a sentence."""
    draft: bool = False
    """Whether it is left out where book.toml says `drafts = false`."""
    epigraph: str = ""
    """Words of somebody that stand below its title."""
    epigraph_source: str = ""
    """Whose words these are."""


@lru_cache(maxsize=16)
def _lines(text: str) -> Sequence[str]:
    """The lines of a text, of which many are asked for one after the other."""
    return text.split("\n")


@dataclass(frozen=True, slots=True)
class Source:
    """A text as the author gave it, before anybody has read it: maybe from disk, maybe from an editor."""

    path: str
    text: str
    key: str
    """The name of the file in the outputs and the root of its anchors; unique in the book, free of numbers."""
    title: str = ""
    """What the order of the book calls it, for a text that has no title of its own."""
    is_made: bool = False
    """Whether no author has written it, and no file has it: the press makes it of the rest of the book."""

    def line(self, number: int | None) -> str:
        """The line with this number (from 1), without its end; empty when there is none."""
        lines = _lines(self.text)
        return lines[number - 1].rstrip("\r") if number is not None and 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preliminaries:
    """Which pages the press puts before the text of a book; a hyphen in a key is an underscore here."""

    cover: bool = True
    """Whether the PDF begins with the cover; the EPUB always has one."""
    half_title: bool = True
    """Whether a page with the title alone comes before the title page of the PDF."""
    lists: int = 5
    """From how many figures, tables or listings on there is a list of them; 0: never."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a printer asks of the PDF; a hyphen in a key is an underscore here."""

    bleed: str = ""
    """How far what reaches the edge goes on beyond it, as in "3mm"."""
    crop_marks: bool = False
    """Whether marks outside the bleed say where the sheet is cut."""
    interior: bool = False
    """Whether the PDF is that of the inside alone, without the cover."""

    @property
    def is_asked(self) -> bool:
        """Whether the PDF is for a printer: then its pages are even in number, and the spine leaves room for them."""
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
    """An entry of the bibliography: its key, what is known of it (CSL-JSON), and where it stands."""

    key: str
    fields: Mapping[str, Any]
    place: Place
    dropped: tuple[tuple[str, Place], ...] = ()
    """Fields for which CSL has no name, so that no style prints them, and where they stand."""
    is_source: bool = False
    """Whether other works inherit from it, so that it has a purpose if nothing cites it."""


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
    """The style of the press that is followed where the book's own fails."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A folder, read: the tree of sources in order, what the book says about itself, and the syntax it is in."""

    folder: Path = field(repr=False)
    metadata: Metadata
    entries: tuple[Entry, ...]
    extensions: frozenset[str]
    """Names of the members of `markdown.EXTENSIONS` that this dialect switches on."""
    variables: Mapping[str, object] = field(default_factory=dict)
    """What a text may name instead of writing it: from book.toml and the data files that it names."""
    files: Mapping[str, str] = field(default_factory=dict)
    """What people call the files of a folder of texts, in lower case -> their paths: for links such as `[[name]]`."""
    style: Mapping[str, str] = field(default_factory=dict)
    """Custom properties that override the theme's: name without the leading hyphens -> CSS value."""
    style_places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml sets them."""
    settings: Source = Source("book.toml", "", "")
    """book.toml itself, for the lines that findings quote."""
    theme: str = "default"
    fonts: Fonts = Fonts()
    callouts: Mapping[str, Callout] = field(default_factory=dict)
    """Kinds of callout that book.toml adds or changes, by the word in their mark, in lower case."""
    changes_since: str = ""
    """The revision since which a page tells the changes; empty: there is no such page."""
    changes_place: Place = field(default_factory=lambda: Place("book.toml"))
    """Where the book says so."""
    preliminaries: Preliminaries = Preliminaries()
    paper: Paper = Paper()
    bibliography: Bibliography | None = None
    """What can be cited; None where book.toml names no bibliography."""
    samples: Samples = field(default_factory=Samples)
    """How the code in the book is proved; nothing but the command `samples` looks at it."""
    sample_places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml says that: `environments.tools.lock` -> place."""
    limits: Limits = field(default_factory=Limits)
    """How much of the machine the making of pages may take."""
    strictness: Strictness = field(default_factory=Strictness)
    """Which warnings stop the book."""
    sources: str = ""
    """The folder, within that of the book, that an address with a slash before it starts from; empty: the book's."""
    origin: str = ""
    """What the folder was recognised as, and why."""
