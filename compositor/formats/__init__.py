"""Book -> bytes: the outputs, one module each, in the order in which one build makes them.

A format's module has `make(book: Book, theme: Theme, pages: PageMap | None) -> Output`; `pages` are those of a paged
output that the same build made before, if any. A format that contains other outputs gets them as a further argument, by
file name. The module is imported when it is used, so that the EPUB can be made without the PDF's libraries.
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
    """The bytes of a finished file, findings about it, and its pages if it has any."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    pages: PageMap | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many items were worked on for it, for those who want to know where the time goes."""
    files: tuple[str, ...] = ()
    """Files of the book that other processes have read for it."""


class Maker(Protocol):
    """The module of a format."""

    def make(self, book: Book, theme: Theme, pages: PageMap | None, *others: Mapping[str, bytes]) -> Output:
        """Return the finished file and findings about it. Raises BookError."""


NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Format:
    """An output: its command, the ending of its file, what its medium can do, and the module that makes it."""

    name: str
    ending: str
    medium: Medium
    module: str
    said: str = ""
    """Its name in messages, if that is not its name in capitals."""
    is_folder: bool = False
    """Whether it is a folder, whose files are a zip until it is written."""
    takes_along: bool = False
    """Whether it contains the other outputs of its build, for readers to download."""

    @property
    def called(self) -> str:
        """`PDF`, `EPUB`, `site`: its name in messages."""
        return self.said or self.name.upper()

    @property
    def key(self) -> str:
        """What identifies its output: formats with equal keys make equal bytes."""
        return f"{self.name} {self.module}"

    def make(
        self, book: Book, theme: Theme, pages: PageMap | None = None, others: Mapping[str, bytes] = NOTHING
    ) -> Output:
        """Return the finished file and findings about it. Raises BookError.

        `pages`: the pages of this build on paper, so that a screen can name them; `others`: what this build has made
        before, by file name.
        """
        maker = cast(Maker, import_module(self.module))
        return maker.make(book, theme, pages, others) if self.takes_along else maker.make(book, theme, pages)


_hearing: list[Callable[[PageMap], None]] = []


@contextmanager
def hearing_of_pages(hear: Callable[[PageMap], None]) -> Iterator[None]:
    """Call this inside the block with the pages of an output as soon as they are known, long before it is finished."""
    _hearing.append(hear)
    try:
        yield
    finally:
        _hearing.remove(hear)


def pages_are_known(pages: PageMap) -> None:
    """Announce the pages of the current output, whether or not it succeeds."""
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
"""What the command `all` makes by default."""
PACKED = replace(WEB, ending="-web.zip", is_folder=False)
"""The site as the zip of its files."""
ONE_PAGE = replace(PAGES, one_file=True)
SINGLE = replace(WEB, ending=".html", medium=ONE_PAGE, module="compositor.formats.web.single", is_folder=False)
"""The site as one page, in one file that needs no other."""
SHAPES = (WEB, PACKED, SINGLE)
"""What the command `web` makes: one of these."""
