"""UnitText + Look -> LaidOut: one source file set into pages, and what stands on each of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from compositor.model import Edition, Metadata, PageStart
from compositor.typeset.boxes import page_start
from compositor.typeset.engine import fetcher, heard, weasyprint
from compositor.typeset.faces import font_configuration
from compositor.typeset.floats import displaced, moved
from compositor.typeset.layout import Inspection, inspect
from compositor.typeset.painting import paint_in_order

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
    """What stands on one page: anchors, with what it begins, and the anchors that it refers to."""

    anchors: tuple[str, ...]
    start: PageStart
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A unit in pages: plain values. The pages themselves stay with the typesetter, which joins them."""

    unit: UnitText
    pages: tuple[LaidPage, ...]
    messages: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    """The position of each block that stands behind text that follows it in the source, and that of what follows it."""
    layout: Inspection
    """What the rules of the layout say of its pages."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A bookmark: its depth (from 1), its words, the anchor it leads to, and whether it shows its children."""

    level: int
    label: str
    anchor: str
    open: bool


@dataclass(frozen=True, slots=True)
class PageLabel:
    """From this physical page (from 0) on, folios of this style (`r`, `D`, or none), beginning with a number."""

    index: int
    style: str
    first: int
    prefix: str = ""
    """What stands before the folio; all there is where there is no style."""


@dataclass(frozen=True, slots=True)
class Volume:
    """What is to be joined: units that were set, in their order, and what belongs to the file as a whole."""

    units: tuple[UnitText, ...]
    outline: tuple[Outline, ...]
    labels: tuple[PageLabel, ...]
    metadata: Metadata
    edition: Edition


Tell = Callable[[int | None], None]
"""Hears which of a volume's units is about to be painted, and None when all are."""


class Typesetting(Protocol):
    """What sets units and joins them, wherever it runs; what goes in and comes out can be pickled."""

    @property
    def messages(self) -> tuple[str, ...]:
        """What is wrong with the style sheets."""

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit; a unit that was set before is not set again."""

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """One PDF of the units' pages, and what WeasyPrint had to say about it."""


class Typesetter:
    """WeasyPrint with the fonts and style sheets of one look, read once; remembers what it has set.

    It works in the process that it is made in: `parent.py` has the one that builds use.
    """

    def __init__(self, look: Look) -> None:
        engine = weasyprint()
        self._engine = engine
        self._look = look
        self._fonts = font_configuration()
        self._fetcher = fetcher((look.folder, *(folder for _, folder in look.sheets)))
        self._images: dict[str, object] = {}
        self._done: dict[UnitText, LaidOut] = {}
        self._documents: dict[UnitText, Any] = {}
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
            seed = self._sheet(seeds(unit.context) + starts(html.etree_element), self._look.folder)
            document = html.render(
                font_config=self._fonts, stylesheets=[*self._sheets, seed], cache=self._images, pdf_variant=VARIANT
            )
            layout = inspect(document.pages, self._fonts.declared, unit.context.side)
        paint_in_order(document.pages)
        self._documents[unit] = document
        heads: set[Any] = set()
        passed = displaced(document.pages)
        pages = tuple(_laid(page, heads, there) for page, there in zip(document.pages, passed, strict=True))
        return LaidOut(unit, pages, tuple(messages), tuple(moved(document.pages)), layout)

    def document(self, unit: UnitText) -> Any:
        """WeasyPrint's own document of a unit that was set."""
        return self._documents[unit]

    def join(self, volume: Volume, tell: Tell = lambda unit: None) -> tuple[bytes, tuple[str, ...]]:
        """One PDF of the units' pages, and what WeasyPrint had to say about it."""
        from compositor.typeset.join import join

        return join([self._documents[unit] for unit in volume.units], volume, tell)


def _laid(page: Any, heads: set[Any], displaced: set[Any]) -> LaidPage:
    links = dict.fromkeys(target for kind, target, *_ in page.links if kind == "internal")
    return LaidPage(tuple(page.anchors), page_start(page._page_box, heads, displaced), tuple(links))


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


def starts(root: Any) -> str:
    """The first numbers of ordered lists as CSS: WeasyPrint 70 leaves `start` out, so that every list begins with 1."""
    given = {element.get("start", "") for element in root.iter("ol")}
    numbers = sorted(int(start) for start in given if start.isascii() and start.isdigit())
    return "".join(f'ol[start="{number}"]{{counter-reset:list-item {number - 1}}}' for number in numbers)
