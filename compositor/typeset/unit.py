"""UnitText + Look -> LaidOut: one source file set into pages, and what stands on each of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from compositor.typeset.boxes import first_position
from compositor.typeset.engine import fetcher, heard, weasyprint

Side = Literal["right", "left"]
VARIANT = "pdf/a-2a"
"""PDF/A-2a by WeasyPrint; that the same file is PDF/UA-1 is declared beside it (xmp.py)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The style sheets in their order, each with the folder that its addresses start from."""

    sheets: tuple[tuple[str, Path], ...]
    folder: Path
    """The book's folder, from which images are named."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a unit knows of the rest of the book; running heads stand in its XHTML."""

    first_folio: int
    folio_style: Literal["decimal", "lower-roman"]
    side: Side
    """The side of its first page: a right-hand page, or a left-hand one."""


@dataclass(frozen=True, slots=True)
class UnitText:
    """What is to be set: the XHTML of a unit, and its context. Equal values give equal pages."""

    key: str
    xhtml: str
    context: Context


@dataclass(frozen=True, slots=True)
class LaidPage:
    """What stands on one page: anchors, and `file:line` of the first source block."""

    anchors: tuple[str, ...]
    first_position: str


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A unit in pages. All but `document` can be pickled; that is WeasyPrint's, for `join` alone."""

    unit: UnitText
    pages: tuple[LaidPage, ...]
    messages: tuple[str, ...]
    document: Any


class Typesetter:
    """WeasyPrint with the fonts and style sheets of one look, read once; remembers what it has set."""

    def __init__(self, look: Look) -> None:
        engine = weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self._engine = engine
        self._look = look
        self._fonts = FontConfiguration()
        self._fetcher = fetcher((look.folder, *(folder for _, folder in look.sheets)))
        self._images: dict[str, object] = {}
        self._done: dict[UnitText, LaidOut] = {}
        with heard() as messages:
            self._sheets = [self._sheet(text, folder) for text, folder in look.sheets]
        self.messages = tuple(messages)
        """What is wrong with the style sheets."""

    def _sheet(self, text: str, folder: Path) -> Any:
        base = folder.resolve().as_uri() + "/"
        return self._engine.CSS(string=text, base_url=base, font_config=self._fonts, url_fetcher=self._fetcher)

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again."""
        if unit not in self._done:
            self._done[unit] = self._typeset(unit)
        return self._done[unit]

    def _typeset(self, unit: UnitText) -> LaidOut:
        base = self._look.folder.resolve().as_uri() + "/"
        with heard() as messages, _no_garbage_collection():
            html = self._engine.HTML(string=unit.xhtml, base_url=base, url_fetcher=self._fetcher)
            seed = self._sheet(seeds(unit.context), self._look.folder)
            document = html.render(
                font_config=self._fonts, stylesheets=[*self._sheets, seed], cache=self._images, pdf_variant=VARIANT
            )
        pages = tuple(LaidPage(tuple(page.anchors), first_position(page._page_box)) for page in document.pages)
        return LaidOut(unit, pages, tuple(messages), document)


def seeds(context: Context) -> str:
    """The declared context as CSS: every unit begins where it is told, nothing crosses from one to the next."""
    return (
        f":root{{--folio-style:{context.folio_style}}}"
        f"html{{break-before:{context.side}}}"
        f"@page :first{{counter-reset:folio {context.first_folio - 1}}}"
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Layout makes no cycles that matter, and looking for them takes a quarter of its time (performance.md)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
