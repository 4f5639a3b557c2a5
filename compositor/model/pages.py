"""What an output can do, and the pages of the one that has pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


def plain_letters(text: str) -> str:
    """Return only letters and digits, in one case: what neither hyphenation nor a style with capitals changes.

    Accents are dropped, so that each character gives the same result alone as before combining accents.
    """
    whole = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, whole))


BEFORE_TAKEN = "book-"
"""Put before the name of a file that would clash with another."""


@dataclass(frozen=True, slots=True)
class Medium:
    """What an output can do, so that no stage has to ask which format it writes."""

    name: str
    paged: bool
    """Whether there are pages with folios."""
    notes: Literal["foot", "aside"]
    """Notes at the foot of the page with the call, or as asides at the end of the file."""
    positions: bool = False
    """Whether blocks carry their source positions (which never reach a finished file)."""
    one_file: bool = False
    """Whether all units are in one file; else each has its own."""
    bands: bool = False
    """Whether a file opens with a band of squares that contains its number."""
    rows: bool = False
    """Whether each line of a listing is an element, for a style sheet that breaks long ones."""
    stylesheets: tuple[str, ...] = ()
    """Addresses of the style sheets that a document links to; empty if they are passed separately."""
    ending: str = ".xhtml"
    """The ending of the files of units, if each has its own."""
    like: str = ""
    """The name of another medium, whose conditional content this one has too."""
    taken: tuple[str, ...] = ()
    """Names of files that units cannot have: those of generated pages."""

    def file(self, unit: str) -> str:
        """Return the file name of a unit, by its key: `endpoints.html`; `book-index.html` if `index` is taken."""
        bare = unit.casefold()
        while bare.startswith(BEFORE_TAKEN):
            bare = bare.removeprefix(BEFORE_TAKEN)
        return f"{BEFORE_TAKEN if bare in self.taken else ''}{unit}{self.ending}"


@dataclass(frozen=True, slots=True)
class PageStart:
    """With what a page begins."""

    position: str = ""
    """`file:line` of the first source block that has content on it; empty for generated text."""
    words: str = ""
    """Its first letters and figures, some dozens, in lower case without spaces; the end of a word if one is cut."""
    picture: int = 0
    """Which picture or drawn formula of its block precedes these, counted from 1; 0 if none does."""
    displaced: bool = False
    """Whether it begins with something that was moved here from before the previous page, or has only notes."""

    @property
    def is_empty(self) -> bool:
        """Whether no text in reading order is on it."""
        return not self.words and (self.displaced or not (self.position or self.picture))

    @property
    def has_signs_alone(self) -> bool:
        """Whether it continues with only signs, without letters or digits, such as the last braces of a listing."""
        return bool(self.position) and not (self.words or self.picture or self.displaced)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much room a page has, in em: for a table in its type, between the margins and along the page; for text."""

    across: float = 38.2
    along: float = 60.4
    columns: int = 80
    """Characters of code that fit into a line, 80 at most."""
    text: float = 33.0
    gap: float = 1.14
    """Space between the columns of a table."""
    smaller: float = 0.86
    """The type size of tables that need it, relative to that of other tables."""
    wide: float = 0.0
    """Width for a table that extends into the outer margin; 0 if none does."""
    wide_columns: int = 0
    """Characters of code that fit into a line of a listing that extends into the outer margin; 0 if none does."""
    beside: bool = False
    """Whether the outer margin has room for notes, and the book puts them there."""
    captions: bool = False
    """The same for the captions of figures."""


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page: its folio, and the first text on it."""

    unit: str
    folio: str
    """`xii` or `27`; empty on blank pages and where none is printed or counted."""
    anchors: tuple[str, ...] = ()
    start: PageStart = PageStart()
    blank: bool = False
    refers_to: tuple[str, ...] = ()
    """The anchors that links on this page lead to."""

    @property
    def mark(self) -> str:
        """The id of the place in the EPUB where this page begins; empty if it has no folio."""
        return f"press-page-{self.folio}" if self.folio else ""


@dataclass(frozen=True, slots=True)
class PageMap:
    """All pages of the book in order; every printed page number comes from here."""

    pages: tuple[Page, ...] = ()
    source: str = ""
    """The URN of the file that has these pages."""
    moved: tuple[tuple[str, str], ...] = ()
    """Position of each block that is printed after text that follows it in the source, and that of what follows it."""
    expected: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Anchor -> a number with as many digits as its page number will probably have, before there are pages."""

    def folio(self, anchor: str) -> str:
        """Return the printed number of an anchor's page; while it is unknown, the expected one, or an empty text."""
        number = self.page(anchor)
        return self.expected.get(anchor, "") if number is None else self.pages[number - 1].folio

    def page(self, anchor: str) -> int | None:
        """Return the physical page (from 1) of an anchor."""
        return _found_in(self.pages).anchors.get(anchor)

    def numbers_of(self, unit: str) -> Sequence[int]:
        """Return the numbers of a unit's pages, from 0."""
        return _found_in(self.pages).units.get(unit, ())


@dataclass(frozen=True, slots=True)
class _Found:
    """Where to find something in the pages of a map."""

    anchors: Mapping[str, int]
    """Anchor -> its first page, from 1."""
    units: Mapping[str, Sequence[int]]
    """Key of a unit -> the numbers of its pages, from 0."""


RECENT = 4
"""How many page maps keep what was found in them."""
_known: list[tuple[tuple[Page, ...], _Found]] = []


def _found_in(pages: tuple[Page, ...]) -> _Found:
    """Return where everything is; an index asks for hundreds of anchors."""
    found = next((one for known, one in _known if known is pages), None)
    if found is None:
        anchors = {name: number for number, page in reversed([*enumerate(pages, 1)]) for name in page.anchors}
        units: dict[str, list[int]] = {}
        for number, page in enumerate(pages):
            units.setdefault(page.unit, []).append(number)
        found = _Found(anchors, units)
        _known[:] = [(pages, found), *_known[: RECENT - 1]]
    return found
