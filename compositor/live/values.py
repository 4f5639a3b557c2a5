"""What the desk and its two workers say to each other, and what the browser is told: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from compositor.model import Finding

PAINTED = (
    ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".css", ".ttf", ".otf", ".ttc", ".woff", ".woff2",
)  # fmt: skip
"""Endings of files that pages are painted with; whoever has read one keeps what is in it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Read the book as it is now. `fresh`: files that pages are painted with may have changed too."""

    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """Work out the pages as a build does, and tell them if they differ from those that were told."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Tell what there is to know of each chapter; asked behind the page, because it takes longer than that."""


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
    """Which line of which file stands on a page at a point; from the left and from the top, as parts of 1."""

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
    """What has become of a source: lines `first` (from 1) to `first + gone` are `came` lines now."""

    file: str
    first: int
    gone: int
    came: int


@dataclass(frozen=True, slots=True)
class ChapterSeen:
    """A source file of the book, in its order."""

    key: str
    file: str
    """Its path in the folder of the book."""
    page: str
    """The name of its page on the site."""
    number: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The book as it was read: whether it can be made, what there is to say, and the chapters of what is shown."""

    good: bool
    title: str
    language: str
    build: str
    findings: tuple[Finding, ...]
    chapters: tuple[ChapterSeen, ...]
    edits: tuple[Edit, ...]
    looks: str
    """Another, when the style sheets, the faces or the pictures have become others."""
    remark: str = ""
    """That there is no such part as was asked for, in a sentence."""


@dataclass(frozen=True, slots=True)
class Glanced:
    """How many words each source file has, by its path, and which have changed since the last commit."""

    words: tuple[tuple[str, int], ...]
    changed: frozenset[str] | None
    """None where no repository tells it."""


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page of the PDF: the sheet that it belongs to by its digest, its number there, and what stands on it."""

    sheet: str
    page: int
    folio: str
    unit: str
    """The key of its source file; empty where no author wrote it."""
    side: str
    """`left` or `right`."""
    file: str
    line: int
    """Of the first block that begins on it; 0 where none does."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """All pages of the book in their order, as a build makes them, and what there is to say of them."""

    pages: tuple[PageSeen, ...]
    build: str
    findings: tuple[Finding, ...]
    backward: bool = False
    """Whether the book is read from right to left."""
