"""Messages between the desk and its two workers, and to the browser: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from compositor.model import Finding

PAINTED = (
    ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".css", ".ttf", ".otf", ".ttc", ".woff", ".woff2",
)  # fmt: skip
"""Endings of files that pages are painted with; their content is cached by whoever has read them."""


@dataclass(frozen=True, slots=True)
class Look:
    """Read the book as it is now. `fresh`: files that pages are painted with may have changed too."""

    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """Make the pages as a build does, and report them if they differ from the last ones."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Report what is known of each chapter; asked after the page, because it is slower."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """A file of the site, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture of so many pixels across: the sheet by its digest, the page of it from 0."""

    sheet: str
    page: int
    width: int


@dataclass(frozen=True, slots=True)
class Point:
    """Ask for the line and file at a point of a page, from the left and from the top, as fractions of 1."""

    sheet: str
    page: int
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class File:
    """A file that the browser asked for; `kind` is its media type."""

    data: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a source: lines `first` (from 1) to `first + gone` are now `came` lines."""

    file: str
    first: int
    gone: int
    came: int


@dataclass(frozen=True, slots=True)
class ChapterSeen:
    """A source file of the book, in order."""

    key: str
    file: str
    """Its path in the book's folder."""
    page: str
    """The name of its page on the site."""
    number: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The book as it was read: whether it can be made, the findings, and the chapters that are shown."""

    good: bool
    title: str
    language: str
    build: str
    findings: tuple[Finding, ...]
    chapters: tuple[ChapterSeen, ...]
    edits: tuple[Edit, ...]
    looks: str
    """Changes when the style sheets, the fonts or the pictures change."""
    remark: str = ""
    """A sentence that says that the book has no such part."""


@dataclass(frozen=True, slots=True)
class Glanced:
    """How many words each source file has, by path, and which have changed since the last commit."""

    words: tuple[tuple[str, int], ...]
    changed: frozenset[str] | None
    """None without a readable repository."""


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page of the PDF: its sheet by digest, its number there, and its contents."""

    sheet: str
    page: int
    folio: str
    unit: str
    """The key of its source file; empty on generated pages."""
    side: str
    """`left` or `right`."""
    file: str
    line: int
    """The line of the first block that begins on it; 0 without one."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """All pages of the book in order, as a build makes them, and findings about them."""

    pages: tuple[PageSeen, ...]
    build: str
    findings: tuple[Finding, ...]
    backward: bool = False
    """Whether the book is read from right to left."""
