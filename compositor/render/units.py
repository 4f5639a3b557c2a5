"""Chapter + Medium -> the XHTML of its parts: title, what stands under it, body."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from markdown_it.token import Token
from markupsafe import Markup

from compositor.cache import digest
from compositor.language import language_for
from compositor.markdown.notes.asides import asides
from compositor.markdown.tables.parts import with_parts
from compositor.model import Book, Chapter, Measure, Medium, PageMap, Unit
from compositor.render.leads import with_lead
from compositor.render.rendering import UnitRendering
from compositor.theme import Theme
from compositor.theme.lettering import fallback_letters
from compositor.theme.page import points

TABLE_GAP = 10.0
"""Points between the columns of a table, as the style sheet has them."""
SMALLER, LEGIBLE = 0.86, 7.5
"""The size of the type of tables that need it, in that of others, and in points at least; the style sheet has both."""


def render_body(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None = None, theme: Theme | None = None
) -> str:
    """The XHTML of a unit without its title, which the template's opener shows."""
    rendering = _rendering(book, unit, medium, theme, pages)
    tokens = unit.chapter.tokens
    if unit.chapter.heading is not None and tokens[0].type == "heading_open":
        tokens = tuple(with_lead(tokens[3:])) if medium.paged else tokens[3:]
    return rendering.blocks(tokens) + asides(unit.chapter.notes, rendering)


def _rendering(
    book: Book, unit: Unit, medium: Medium, theme: Theme | None = None, pages: PageMap | None = None
) -> UnitRendering:
    others = fallback_letters(theme) if theme is not None and not medium.paged else {}
    measure = measure_of(book, theme) if theme is not None and medium.paged else Measure()
    return UnitRendering(book, unit, medium, language_for(book.metadata.language), pages, others, measure)


def measure_of(book: Book, theme: Theme) -> Measure:
    """How much room a page of this book has; that of the default theme where only WeasyPrint could say."""
    page, size = theme.page(book.manuscript.style), theme.table_size(book.manuscript.style)
    if page is None:
        return Measure()
    columns = page.whole_columns
    if not size:
        return Measure(columns=columns)
    text = page.measure / page.text_size
    em = size * theme.width_of_table_type(book.manuscript.style)
    smaller = min(1.0, max(SMALLER, LEGIBLE / size))
    values = theme.values(book.manuscript.style)
    hang = points(values.get("hang", "")) or 0.0
    beside = values.get("side-notes") == "outer" and page.room_beside(hang)
    code = page.wide_columns(hang) if values.get("wide-listings") == "outer" else 0
    wide = page.wide_measure / em if values.get("wide-tables") == "outer" else 0.0
    height = page.lines * page.leading / em
    return Measure(page.measure / em, height, columns, text, TABLE_GAP / em, smaller, wide, code, beside)


def with_parted_tables(book: Book, theme: Theme | None) -> Book:
    """The book with what no page of it has room for: on paper, tables in parts, which are tokens as all others are."""
    if theme is None:
        return book
    room, units = measure_of(book, theme), []
    for unit in book.units:
        tokens = with_parts(unit.chapter.tokens, room, unit.key)
        same = all(one is other for one, other in zip(tokens, unit.chapter.tokens, strict=False))
        units.append(unit if same else replace(unit, chapter=_parted(unit, tokens, room)))
    return replace(book, units=tuple(units))


def _parted(unit: Unit, tokens: tuple[Token, ...], room: Measure) -> Chapter:
    """The chapter with these tokens, which follow from its own and from the room."""
    chapter = unit.chapter
    made = replace(chapter, tokens=tokens)
    return made.named(digest("parted", chapter.digest, unit.key, repr(room))) if chapter.digest else made


def render_title(book: Book, unit: Unit, medium: Medium, theme: Theme | None = None) -> str:
    """The XHTML of a unit's title, with its code and emphasis."""
    rendering = _rendering(book, unit, medium, theme)
    tokens = unit.chapter.tokens
    return rendering.inline(tokens[1].children) if tokens and tokens[0].type == "heading_open" else escape(unit.title)


def render_epigraph(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None = None, theme: Theme | None = None
) -> tuple[Markup, ...]:
    """The XHTML of what stands under the title, and of its source if it has one."""
    rendering = _rendering(book, unit, medium, theme, pages)
    return tuple(Markup(rendering.inline(token.children)) for token in unit.chapter.epigraph)
