"""The whole book, assembled: units, targets, contents, and the edition that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from compositor.model.apparatus import BackMatter
from compositor.model.chapter import Anchor, Chapter
from compositor.model.manuscript import Manuscript, Metadata, Role

FIRST_IN_ZIP, LAST_IN_ZIP = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)


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
    """`Chapter 18`, `Appendix A`, or empty: printed before the number if there is room."""
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

    def below(self, levels: int) -> tuple[ContentsEntry, ...]:
        """Return the lines below it in contents with so many levels left: files always, else headings too."""
        return self.children if levels > 0 else tuple(one for one in self.children if one.role is not None)

    def headings(self) -> tuple[ContentsEntry, ...]:
        """Return the numbered headings in it, which printed contents list in one paragraph."""
        return tuple(one for one in self.children if one.role is None and one.number)


@dataclass(frozen=True, slots=True)
class Edition:
    """Where this build comes from: the same sources give the same value on every machine."""

    build_id: str
    """Twelve hexadecimal digits over everything that goes into the book."""
    date: datetime
    """SOURCE_DATE_EPOCH, else the last commit's date, else a fixed date; in UTC."""
    commit: str = ""
    """Abbreviated commit of the sources; with `+` if the work tree differs, with `?` if unknown; empty outside git."""
    dated: bool = True
    """Whether the date means anything: outside git and without SOURCE_DATE_EPOCH it does not."""

    @property
    def date_in_zip(self) -> tuple[int, int, int, int, int, int]:
        """The date, or the nearest one that files in a zip can have. Source: PKWARE APPNOTE, section 4.4.6."""
        date = min(max(self.date.astimezone(UTC), FIRST_IN_ZIP), LAST_IN_ZIP)
        return date.year, date.month, date.day, date.hour, date.minute, date.second


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
    """`path#fragment` as in a `Reference` -> anchor id."""
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
    first_folio: int = 1
    """The number of the first page with an arabic number; above 1 in an extract from a book."""

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
