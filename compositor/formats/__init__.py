"""Book -> bytes: the outputs, one module each, in the order in which one build makes them.

A format's module has `make(book: Book, theme: Theme, pages: PageMap | None) -> Output`; `pages` are those of a paged
output of the same build, if it has made one before. One that takes other outputs along gets them behind that, by the
names of their files. The module is imported when it is used, so that the EPUB can be made where the PDF's libraries
are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from compositor.model import Book, Finding, Medium, PageMap

if TYPE_CHECKING:
    from compositor.theme import Theme


@dataclass(frozen=True, slots=True)
class Output:
    """The bytes of a finished file, what should be said about it, and its pages where it has any."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    pages: PageMap | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    """How much was worked on for it, for those who want to know where the time goes."""
    files: tuple[str, ...] = ()
    """Files of the book that other processes have read for it."""


class Maker(Protocol):
    """The module of a format."""

    def make(self, book: Book, theme: Theme, pages: PageMap | None, *others: Mapping[str, bytes]) -> Output:
        """The finished file, and what should be said about it; raises BookError."""


NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Format:
    """An output: its command, the ending of its file, what its medium can do, and the module that makes it."""

    name: str
    ending: str
    medium: Medium
    module: str
    said: str = ""
    """What messages call it, where that is not its name in capitals."""
    is_folder: bool = False
    """Whether it is a folder, whose files a zip holds until it is written."""
    takes_along: bool = False
    """Whether it holds the other outputs of its build, for readers to take away."""

    @property
    def called(self) -> str:
        """`PDF`, `EPUB`, `site`: what messages call it."""
        return self.said or self.name.upper()

    @property
    def key(self) -> str:
        """By what the output of one is told from that of another: those with the same have the same bytes."""
        return f"{self.name} {self.module}"

    def make(
        self, book: Book, theme: Theme, pages: PageMap | None = None, others: Mapping[str, bytes] = NOTHING
    ) -> Output:
        """The finished file, and what should be said about it; raises BookError.

        `pages`: the pages that this build has on paper, so that a screen can name them; `others`: what this build has
        made before, by the names of the files.
        """
        maker = cast(Maker, import_module(self.module))
        return maker.make(book, theme, pages, others) if self.takes_along else maker.make(book, theme, pages)


_hearing: list[Callable[[PageMap], None]] = []


@contextmanager
def hearing_of_pages(hear: Callable[[PageMap], None]) -> Iterator[None]:
    """Inside, this hears of the pages of an output as soon as they are known, which is long before it is made."""
    _hearing.append(hear)
    try:
        yield
    finally:
        _hearing.remove(hear)


def pages_are_known(pages: PageMap) -> None:
    """These are the pages of the output that is being made, whatever else comes of it."""
    for hear in _hearing:
        hear(pages)


PAPER = Medium("pdf", paged=True, notes="foot", positions=True, one_file=True, bands=True)
PDF = Format("pdf", ".pdf", PAPER, "compositor.formats.pdf")
SCREEN = Medium("epub", paged=False, notes="aside", stylesheets=("styles/epub.css",))
EPUB = Format("epub", ".epub", SCREEN, "compositor.formats.epub")

TAKEN = ("index", "404")
PAGES = Medium("web", paged=False, notes="aside", bands=True, rows=True, ending=".html", like="epub", taken=TAKEN)
WEB = Format("web", "-web", PAGES, "compositor.formats.web", said="site", is_folder=True, takes_along=True)

FORMATS = (PDF, EPUB, WEB)
EDITIONS = (PDF, EPUB)
"""What the command `all` makes where nothing more is asked for."""
PACKED = replace(WEB, ending="-web.zip", is_folder=False)
"""The site as the zip of its files."""
ONE_PAGE = replace(PAGES, one_file=True)
SINGLE = replace(WEB, ending=".html", medium=ONE_PAGE, module="compositor.formats.web.single", is_folder=False)
"""The site as one page, in one file that needs no other."""
SHAPES = (WEB, PACKED, SINGLE)
"""What the command `web` makes: one of these."""
