"""The types that travel between the stages: plain frozen values, no behaviour beyond small look-ups.

Paths are POSIX strings relative to the book's folder, lines and columns count from 1, lengths on paper are points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from markdown_it.token import Token

from compositor.matter import BackMatter, Gathered

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file of the book and, where known, line, column and length in characters."""

    file: str
    line: int | None = None
    column: int | None = None
    length: int = 1

    def __str__(self) -> str:
        parts = [self.file] + [str(part) for part in (self.line, self.column) if part is not None]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about the book: what is wrong, where, and what would mend it."""

    code: str
    message: str
    place: Place
    severity: Severity = "error"
    helps: tuple[str, ...] = ()
    excerpt: str = ""
    """The source line that the place points at, as the author wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What book.toml says about the book; a hyphen in a key is an underscore here."""

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str = "en"
    edition: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    cover: str = ""
    """An image file in the book's folder; empty: a cover is made from the theme."""
    slug: str = ""
    """The name of the files, without ending; empty: made from the title."""
    first_chapter: int = 1
    drafts: bool = True
    """Whether chapters whose front matter says `draft: true` are part of the book."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Identifier of each format's edition, by name of the format: an ISBN or a URN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a chapter file says about itself between its `---` lines; a hyphen in a key is an underscore here."""

    short_title: str = ""
    """For running heads, where the title is too long."""
    description: str = ""
    draft: bool = False
    epigraph: str = ""
    epigraph_source: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as the author gave it, before anybody has read it: maybe from disk, maybe from an editor."""

    path: str
    text: str
    key: str
    """The name of the file in the outputs and the root of its anchors; unique in the book, free of numbers."""

    def line(self, number: int | None) -> str:
        """The line with this number (from 1), without its end; empty when there is none."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if number is not None and 0 < number <= len(lines) else ""


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
class Manuscript:
    """A folder, read: the tree of sources in order, what the book says about itself, and the syntax it is in."""

    folder: Path
    metadata: Metadata
    entries: tuple[Entry, ...]
    extensions: frozenset[str]
    """Names of the members of `markdown.EXTENSIONS` that this dialect switches on."""
    variables: Mapping[str, object] = field(default_factory=dict)
    """What a text may name instead of writing it: from book.toml and the data files that it names."""
    style: Mapping[str, str] = field(default_factory=dict)
    """Custom properties that override the theme's: name without the leading hyphens -> CSS value."""
    style_places: Mapping[str, Place] = field(default_factory=dict)
    """Where book.toml sets them."""
    theme: str = "default"
    bibliography: Bibliography | None = None
    """What can be cited; None where book.toml names no bibliography."""


@dataclass(frozen=True, slots=True)
class Work:
    """An entry of the bibliography: its key, what is known of it (CSL-JSON), and where it stands."""

    key: str
    fields: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Everything that can be cited, by key, and the style (CSL, an XML text) by which it is cited."""

    works: Mapping[str, Work]
    style: str
    style_name: str
    files: Mapping[str, str] = field(default_factory=dict)
    """The files it was read from, for the build id."""


Kind = Literal[
    "chapter", "section", "figure", "table", "listing", "equation",
    "exercise", "answer", "item", "entry", "term", "place",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that can be referred to, where it is defined."""

    id: str
    kind: Kind
    place: Place
    title: str
    """Plain text: of the heading, or of the caption."""
    level: int = 0
    """1 to 6 for a heading, else 0."""
    aliases: tuple[str, ...] = ()
    """Other fragments that mean this anchor in links to its file, such as the slug that GitHub makes."""
    numbered: bool = True
    given: bool = False
    """Whether the author gave the id, rather than the press."""
    number: str = ""
    """The number that the text itself gives it, as to an item of a list."""
    within: str = ""
    """The figure that this is a panel of: it takes the figure's number and a letter."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A use of a label or of a link to another file of the book."""

    target: str
    """A label (`fig-pipeline`), or `path#fragment` with the path relative to the book's folder."""
    place: Place
    kind: Literal["label", "link", "term"]
    """A "term" is an entry of the glossary; its target is `glossary#` and the words."""


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a citation: `see @key, p. 12 and elsewhere`, with what stands round its key."""

    key: str
    place: Place
    prefix: str = ""
    locator: tuple[str, str] | None = None
    """Label as CSL names it (`page`) and what it says (`12`)."""
    suffix: str = ""
    without_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where works are cited; in running text the author's name is part of the sentence."""

    id: str
    cites: tuple[Cite, ...]
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A file that a text includes: its lines follow, from `first` (counted from 1), those of everything before it."""

    first: int
    path: str
    at: int
    """The line, in the same count, that includes it."""


@dataclass(frozen=True, slots=True)
class Image:
    """A use of an image file; the path is relative to the book's folder."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: label, anchor, and number within its file (from 1, in the order of the calls)."""

    label: str
    id: str
    number: int
    tokens: tuple[Token, ...] = ()
    """Its text: block tokens."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A source, parsed: markdown-it tokens are the tree; nothing after the parser writes to them."""

    source: Source
    tokens: tuple[Token, ...]
    front_matter: FrontMatter
    anchors: tuple[Anchor, ...]
    references: tuple[Reference, ...]
    images: tuple[Image, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    """Paths of the other files of the book that its text draws on."""
    matter: Gathered = field(default_factory=Gathered)
    """What it leaves for index and answers."""
    citations: tuple[Citation, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    """The files whose tokens stand among its own; a token's map counts on through them."""

    def line_of(self, number: int) -> tuple[str, int]:
        """File and line of a line (from 1) in the count that tokens use."""
        inside = [inclusion for inclusion in self.inclusions if inclusion.first <= number]
        return (inside[-1].path, number - inside[-1].first + 1) if inside else (self.source.path, number)

    @property
    def heading(self) -> Anchor | None:
        """The anchor of the file's only h1."""
        return next((anchor for anchor in self.anchors if anchor.level == 1), None)


@dataclass(frozen=True, slots=True)
class Target:
    """An anchor in the assembled book: what it is called there and which unit it lies in."""

    anchor: Anchor
    unit: str
    """Key of the unit's source."""
    number: str
    """`18.3`, `A`, or empty."""
    label: str
    """`Figure 18.3`, `Section 18.2`, `Appendix A`, or the title of what has no number."""
    called: str = ""
    """What it is, as a key of `Language.plurals`: `figure`, `chapter`, `section`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of typesetting, one source file: a chapter with its place, numbers and running heads."""

    role: Role
    chapter: Chapter
    anchor: str
    """Id of its first heading."""
    number: str
    label: str
    """`Chapter 18`, `Appendix A`, or empty; what stands before the number where there is room."""
    title: str
    parent: str = ""
    """Key of the chapter it is a section of, or of the part it belongs to; empty at the top."""
    verso: str = ""
    recto: str = ""

    @property
    def key(self) -> str:
        """The key of its source: its file name in the EPUB."""
        return self.chapter.source.key


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents, the outline and the navigation document."""

    title: str
    number: str
    anchor: str
    unit: str
    role: Role | None
    """None for a heading inside a unit."""
    children: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Where this build comes from: the same sources give the same value on every machine."""

    build_id: str
    """Twelve hexadecimal digits over everything that goes into the book."""
    date: datetime
    """SOURCE_DATE_EPOCH, else the last commit's date, else a fixed date; in UTC."""
    commit: str = ""
    """Abbreviated commit of the sources, with `+` when the work tree differs; empty outside git."""
    dated: bool = True
    """Whether the date says anything: it does not outside git and without SOURCE_DATE_EPOCH."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as its style prints it: pieces of XHTML, each with the key of the work it is a link to, or none."""

    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A work in the list of what is cited: its anchor, its mark (`[1]`, or empty), and its text as XHTML."""

    key: str
    anchor: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book, assembled: every number given, every reference resolved."""

    manuscript: Manuscript
    units: tuple[Unit, ...]
    targets: Mapping[str, Target]
    """Anchor id -> target."""
    links: Mapping[str, str]
    """`path#fragment` as it stands in a `Reference` -> anchor id."""
    contents: tuple[ContentsEntry, ...]
    edition: Edition
    matter: BackMatter = field(default_factory=BackMatter)
    """Index and answers."""
    citations: Mapping[str, Cited] = field(default_factory=dict)
    """Id of a citation -> what is printed."""
    works: tuple[ListedWork, ...] = ()
    """What the book cites, in the order of the style."""
    works_unit: str = ""
    """Key of the unit that lists them."""

    @property
    def metadata(self) -> Metadata:
        """What book.toml says about the book."""
        return self.manuscript.metadata

    @property
    def slug(self) -> str:
        """The name of the output files, without ending."""
        return self.metadata.slug

    def unit(self, key: str) -> Unit:
        """The unit whose source has this key."""
        return next(unit for unit in self.units if unit.key == key)


@dataclass(frozen=True, slots=True)
class Medium:
    """What an output can do, so that no stage needs to ask which format it writes."""

    name: str
    paged: bool
    """Whether there are pages with folios."""
    notes: Literal["foot", "aside"]
    """At the foot of the page, where the call stands; or as asides at the end of the file."""
    positions: bool = False
    """Whether blocks carry their source positions (they never reach a finished file)."""
    one_file: bool = False
    """Whether all units stand in one file; else each has a file of its own."""
    stylesheets: tuple[str, ...] = ()
    """Addresses of the style sheets that a document links to; none where they are handed over beside it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page: its folio, and what stands on it first."""

    unit: str
    folio: str
    """`xii` or `27`; empty on blank pages and where none is printed or counted."""
    anchors: tuple[str, ...] = ()
    first_position: str = ""
    """`file:line` of the first source block that has content on this page."""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PageMap:
    """All pages of the book in order; every printed page number comes from here."""

    pages: tuple[Page, ...] = ()

    def folio(self, anchor: str) -> str:
        """The folio of the page an anchor stands on; empty when it is not known (yet)."""
        return next((page.folio for page in self.pages if anchor in page.anchors), "")

    def page(self, anchor: str) -> int | None:
        """The physical page (from 1) an anchor stands on."""
        return next((number for number, page in enumerate(self.pages, 1) if anchor in page.anchors), None)


Json = dict[str, Any]
