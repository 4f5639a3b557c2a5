"""The text of a unit -> a page of the site: between the contents of the book, a header and a footer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from compositor.errors import refuse
from compositor.formats.epub.texts import faults_of_text
from compositor.formats.web.addresses import edit_address, website_of
from compositor.formats.web.headings import with_permalinks
from compositor.formats.web.markup import first, named, tree_of
from compositor.formats.web.notes import placed
from compositor.language import language_for
from compositor.model import Book, Medium, Unit
from compositor.render import render_page, render_web_page
from compositor.render.site_pages import Download, Neighbour, WebPage
from compositor.theme import Theme
from compositor.theme.drawn.fields import OVER

START, MISSING = "index.html", "404.html"
TEMPLATES = {START: "web-start", MISSING: "web-missing"}
"""Name of each generated page -> that of its template."""
FILLING = "xMidYMax slice"
"""A drawing that fills its box, of any shape, and is cut off at the top. Source: SVG 2, section 8.7."""
UNIT = "data-unit"
"""The attribute with which a page names its source file."""


@dataclass(frozen=True, slots=True)
class Shells:
    """What the pages of a site have in common."""

    book: Book
    theme: Theme
    medium: Medium
    cover: str
    downloads: tuple[Download, ...] = ()

    def made_pages(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield name and tree of each generated page; the first ends with the lines of the copyright page."""
        for file, template in TEMPLATES.items():
            page = self.filled(self.page(file, self.book.metadata.title), template)
            widen_bands(page)
            if file == START:
                first(page, "main").extend(list(first(self.imprint(), "body")))
            yield file, page

    def imprint(self) -> etree._Element:
        """Return the copyright page. Raises BookError if a template has made no XHTML of it."""
        text = render_page(self.book, "copyright", self.medium, self.theme)
        refuse(faults_of_text(self.book, "copyright", text))
        return tree_of(text)

    def around(self, unit: Unit, document: etree._Element) -> tuple[str, etree._Element]:
        """Return name and tree of the page of a unit; its text moves there from its document."""
        file = self.medium.file(unit.key)
        page = self.filled(self.page(file, f"{unit.number} {unit.title}".strip(), unit), "web-page")
        main = first(page, "main")
        main.set(UNIT, unit.key)
        main.extend(list(first(document, "body")))
        dress(self.book, main)
        return file, page

    def filled(self, page: WebPage, template: str) -> etree._Element:
        """Return a page by its template."""
        return tree_of(render_web_page(self.book, page, template, self.medium, self.theme))

    def page(self, file: str, title: str, unit: Unit | None = None) -> WebPage:
        """Return what the template of a page gets."""
        website, described = website_of(self.book), self.book.metadata.description
        before, behind = _neighbours(self.book.units, unit, self.medium)
        return WebPage(
            file,
            title,
            (unit.chapter.front_matter.description if unit else "") or described,
            unit.key if unit else "",
            website,
            f"{website}{quote(file) if file != START else ''}" if website else "",
            self.cover,
            edit_address(self.book, unit) if unit else "",
            before,
            behind,
            self.downloads,
        )


def dress(book: Book, text: etree._Element, start: int = 0) -> int:
    """Add what a browser can show: links to headings, notes beside the text. Returns the number of the last note."""
    _move_band(text)
    with_permalinks(text, language_for(book.metadata.language).site["permalink"])
    return placed(text, start)


def _move_band(text: etree._Element) -> None:
    """Move the band of an opener before the column of the text, since it goes from edge to edge of the page."""
    band = next((one for one in text.iter(named("div")) if one.get("class") == "band"), None)
    above = band.getparent() if band is not None else None
    if band is not None and above is not None:
        above.remove(band)
        text.insert(0, band)
        widen_bands(text)


def widen_bands(text: etree._Element) -> None:
    """Let bands fill the boxes that the style sheet gives them, without the squares beyond the edges of the paper."""
    for band in text.iter(named("div")):
        for drawn in band if band.get("class") == "band" else ():
            if drawn.get("preserveAspectRatio") is None:
                drawn.set("preserveAspectRatio", FILLING)
                left, top, width, height = drawn.get("viewBox", "0 0 0 0").split()
                drawn.set("viewBox", f"{int(left) + OVER} {top} {int(width) - 2 * OVER} {height}")


def _neighbours(units: Sequence[Unit], unit: Unit | None, medium: Medium) -> tuple[Neighbour | None, Neighbour | None]:
    if unit is None:
        return None, None
    at = next(number for number, one in enumerate(units) if one.key == unit.key)
    before = units[at - 1] if at else None
    behind = units[at + 1] if at + 1 < len(units) else None
    return _neighbour(before, medium), _neighbour(behind, medium)


def _neighbour(unit: Unit | None, medium: Medium) -> Neighbour | None:
    return Neighbour(quote(medium.file(unit.key)), unit.number, unit.title) if unit is not None else None


def texts_of(pages: Mapping[str, etree._Element]) -> Mapping[str, tuple[str, etree._Element]]:
    """Return file of each page of a unit -> its title and its text, for the search."""
    found = {file: first(page, "main") for file, page in pages.items()}
    return {file: (_title(main), main) for file, main in found.items() if main.get(UNIT)}


def _title(main: etree._Element) -> str:
    heading = next(main.iter(named("h1")), None)
    return " ".join("".join(map(str, heading.itertext())).split()) if heading is not None else ""
