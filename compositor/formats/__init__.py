"""Book -> bytes: the outputs, one module each, in the order in which one build makes them.

A format's module has `make(book: Book, theme: Theme, pages: PageMap | None) -> Output`; `pages` are those of a paged
output of the same build, if it has made one before. The module is imported when it is used, so that the EPUB can be
made where the PDF's libraries are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
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

    def make(self, book: Book, theme: Theme, pages: PageMap | None) -> Output:
        """The finished file, and what should be said about it; raises BookError."""


@dataclass(frozen=True, slots=True)
class Format:
    """An output: its command, the ending of its file, what its medium can do, and the module that makes it."""

    name: str
    ending: str
    medium: Medium
    module: str

    def make(self, book: Book, theme: Theme, pages: PageMap | None = None) -> Output:
        """The finished file, and what should be said about it; raises BookError.

        `pages`: the pages that this build has on paper, so that a screen can name them.
        """
        return cast(Maker, import_module(self.module)).make(book, theme, pages)


PAPER = Medium("pdf", paged=True, notes="foot", positions=True, one_file=True)
PDF = Format("pdf", ".pdf", PAPER, "compositor.formats.pdf")
SCREEN = Medium("epub", paged=False, notes="aside", stylesheets=("styles/epub.css",))
EPUB = Format("epub", ".epub", SCREEN, "compositor.formats.epub")

FORMATS = (PDF, EPUB)
