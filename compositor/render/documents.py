"""Unit, or the name of a page -> a whole XHTML document, by its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from compositor.language import language_for
from compositor.model import Book, Medium, PageMap, Role, Unit
from compositor.render.preliminaries import caption_lists, opener_contents, page_list
from compositor.render.site_pages import WebPage
from compositor.render.units import render_parts
from compositor.theme import Theme
from compositor.theme.drawn.cover import AT_FOOT, CELL, design_cover, height_on_paper
from compositor.theme.drawn.fields import BAND, BAND_OF_PART, Field, band
from compositor.theme.drawn.hues import as_hex, ink_on
from compositor.theme.drawn.ornament import NO_ORNAMENT, ornament_of_book, ornament_of_unit
from compositor.theme.page import points, read_page


def render_unit(book: Book, unit: Unit, medium: Medium, theme: Theme, pages: PageMap | None = None) -> str:
    """Render a whole XHTML document: the unit in the template `unit.xhtml`."""
    parts = render_parts(book, unit, medium, theme, pages)
    accent = _accent(book, theme)
    return theme.fill(
        "unit.xhtml",
        unit=unit,
        body=Markup(parts.body),
        heading=Markup(parts.title),
        epigraph=tuple(map(Markup, parts.epigraph)),
        front_matter=unit.chapter.front_matter,
        ornament=ornament_of_unit(unit, medium, accent) if has_ornament(book, theme) else NO_ORNAMENT,
        inside=opener_contents(book, unit) if medium.paged else (),
        **_names(book, medium, theme, pages),
        **_band(book, unit.title, _field(book, unit, medium, theme), medium, theme),
    )


def _field(book: Book, unit: Unit, medium: Medium, theme: Theme) -> Field:
    """Return the field of a unit: on paper without squares behind its number, if the style sheet puts that there."""
    field = BAND_OF_PART if unit.role is Role.PART else BAND
    values = theme.values(book.manuscript.style)
    page, size = read_page(values), points(values.get("numeral-size", ""))
    if not unit.number or not medium.paged or page is None or size is None:
        return field
    if not 0 < page.width < MOST or not max(page.inner, page.leading, size) < MOST:
        return field
    if unit.role is Role.SECTION:
        return field.behind(unit.number, SECTION_NUMERAL, 2.5 * page.leading, page)
    return field.behind(unit.number, size, 4 * page.leading, page)


MOST = 1e6
"""Points that a page may be wide, or a number large, to be reckoned with."""
SECTION_NUMERAL = 33.0
"""The size of the number of a section that is a file of its own, in points, as print.css has it."""


def _band(book: Book, title: str, field: Field, medium: Medium, theme: Theme) -> dict[str, object]:
    """Return the field of squares behind the number, to the edge of the page, its background, and the ink on it."""
    ground = as_hex(_accent(book, theme))
    backward = language_for(book.metadata.language).direction == "rtl"
    shown = medium.bands and has_ornament(book, theme)
    drawn = band(title, replace(field, backward=backward), ground) if shown else NO_ORNAMENT
    return {"band": drawn, "band_ground": ground, "band_ink": ink_on(ground)}


def render_page(book: Book, name: str, medium: Medium, theme: Theme, pages: PageMap | None = None) -> str:
    """Render a generated page (title, copyright, contents, lists, nav …), by the template of this name."""
    return theme.fill(f"{name}.xhtml", **_of_page(book, name, medium, theme, pages))


def render_web_page(book: Book, page: WebPage, name: str, medium: Medium, theme: Theme) -> str:
    """Render a page of the site around the text of a unit, or a generated one, by the template of this name."""
    return theme.fill(f"{name}.xhtml", page=page, **_of_page(book, name, medium, theme))


def _of_page(
    book: Book, name: str, medium: Medium, theme: Theme, pages: PageMap | None = None
) -> Mapping[str, object]:
    accent = _accent(book, theme)
    ornament = ornament_of_book(book.metadata, medium, accent) if has_ornament(book, theme) else NO_ORNAMENT
    return {"ornament": ornament, **_names(book, medium, theme, pages), **_band(book, name, BAND, medium, theme)}


def has_ornament(book: Book, theme: Theme) -> bool:
    """Return whether the theme, or the book, wants a mark made from each title."""
    return theme.value("ornament", book.manuscript.style, "squares") != "none"


def render_cover(book: Book, medium: Medium, theme: Theme) -> str:
    """Render the cover as a page: the picture that book.toml names, or our design of letters and squares."""
    names = _names(book, medium, theme, None)
    if not book.metadata.cover:
        design = design_cover(book, theme, height_on_paper(theme, book.manuscript.style))
        names |= {"design": design, "squares": design.drawing}
        end = design.field_top + design.field.rows * CELL
        names["squares_bottom"] = (design.height - end) / 16
        foot = (block for block in design.blocks if block.kind in AT_FOOT)
        names["bottoms"] = {block.kind: (design.height - block.top - block.height) / 16 for block in foot}
    return theme.fill("cover.xhtml", **names)


def _accent(book: Book, theme: Theme) -> str:
    return theme.value("accent", book.manuscript.style, "#0a5a66")


def _names(book: Book, medium: Medium, theme: Theme, pages: PageMap | None) -> dict[str, object]:
    words = language_for(book.metadata.language)
    elsewhere = replace(book, manuscript=replace(book.manuscript, folder=Path()))
    return {
        "book": elsewhere,  # the location of the folder must not be printed
        "metadata": book.metadata,
        "words": words,
        "lists": caption_lists(book, words),
        "medium": medium,
        "pages": pages,
        "page_list": page_list(pages),
        "stylesheets": medium.stylesheets,
        "typefaces": theme.typefaces(book.manuscript.style),
    }
