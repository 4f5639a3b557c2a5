"""UnitText + Look -> LaidOut: one source file set into pages, and what stands on each of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from compositor.typeset.boxes import Passed, page_start
from compositor.typeset.cramped import STEPS, is_cramped, is_long
from compositor.typeset.engine import fetcher, heard, weasyprint
from compositor.typeset.faces import font_configuration
from compositor.typeset.floats import displaced, moved
from compositor.typeset.layout import inspect
from compositor.typeset.note_links import link_notes
from compositor.typeset.notes import take_to_calls
from compositor.typeset.painting import paint_in_order
from compositor.typeset.pictures.drawings import for_paper
from compositor.typeset.pictures.images import resample_pictures
from compositor.typeset.values import VARIANT, Context, LaidOut, LaidPage, Look, Tell, UnitText, Volume


class Typesetter:
    """WeasyPrint with the fonts and style sheets of one look, read once; remembers what it has set.

    It works in the process that it is made in: `parent.py` has the one that builds use.
    """

    def __init__(self, look: Look) -> None:
        engine = weasyprint()
        self._engine = engine
        self._look = look
        self._fonts = font_configuration(dict(look.families), look.emoji)
        self._fetcher = fetcher((look.folder, *(folder for _, folder in look.sheets)), for_paper(look))
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
        with heard() as messages, _no_garbage_collection():
            document = self._rendered(unit)
            for step in STEPS:
                if is_cramped(document.pages):
                    messages.clear()
                    document = self._rendered(unit, step)
            layout = inspect(document.pages, self._fonts.declared, unit.context.side)
        paint_in_order(document.pages)
        link_notes(document.pages)
        self._documents[unit] = document
        passed, moved_here = Passed(), displaced(document.pages)
        pages = tuple(_laid(page, passed, there) for page, there in zip(document.pages, moved_here, strict=True))
        return LaidOut(unit, pages, tuple(messages), tuple(moved(document.pages)), layout)

    def _rendered(self, unit: UnitText, how: str = "") -> Any:
        """WeasyPrint's document of a unit; `how` are more classes of its root, for the style sheets."""
        base = self._look.folder.resolve().as_uri() + "/"
        html = self._engine.HTML(string=unit.xhtml, base_url=base, url_fetcher=self._fetcher)
        root = html.etree_element
        how = how or (STEPS[0] if is_long(root) else "")
        root.set("class", f"{root.get('class', '')} {how}".strip())
        take_to_calls(root)
        sheets = [*self._sheets, self._sheet(seeds(unit.context) + starts(root), self._look.folder)]
        return html.render(font_config=self._fonts, stylesheets=sheets, cache=self._images, pdf_variant=VARIANT)

    def document(self, unit: UnitText) -> Any:
        """WeasyPrint's own document of a unit that was set."""
        return self._documents[unit]

    def join(self, volume: Volume, tell: Tell = lambda unit: None) -> tuple[bytes, tuple[str, ...]]:
        """One PDF of the units' pages, and what WeasyPrint had to say about it."""
        from compositor.typeset.document.join import join

        resample_pictures(self._look.resample)
        with _no_garbage_collection():
            return join([self._documents[unit] for unit in volume.units], volume, tell, self._look.trim)


def _laid(page: Any, passed: Passed, displaced: set[Any]) -> LaidPage:
    links = dict.fromkeys(target for kind, target, *_ in page.links if kind == "internal")
    return LaidPage(tuple(page.anchors), page_start(page._page_box, passed, displaced), tuple(links))


def seeds(context: Context) -> str:
    """The declared context as CSS: every unit begins where it is told, nothing crosses from one to the next."""
    left, right = ("inner", "outer") if context.side == "right" else ("outer", "inner")
    return (
        f":root{{--folio-style:{context.folio_style}}}"
        f":root{{--to-left-edge:var(--margin-{left});--to-right-edge:var(--margin-{right})}}"
        f"html{{break-before:{context.side}}}"
        f"@page :first{{counter-reset:folio {context.first_folio - 1}}}"
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pages and objects make no cycles that matter; to look for them takes a quarter of the time (performance.md)."""
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
