"""Chapter + Medium -> the XHTML of its parts: title, text under it, body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from markdown_it.token import Token

from compositor.cache import Values, digest
from compositor.language import language_for
from compositor.markdown.notes.asides import asides
from compositor.markdown.tables.parts import with_parts
from compositor.model import Book, Chapter, Measure, Medium, PageMap, Unit
from compositor.render.asked import Answers, kept
from compositor.render.leads import with_lead
from compositor.render.rendering import UnitRendering
from compositor.theme import Theme
from compositor.theme.lettering import fallback_letters
from compositor.theme.page import points

TABLE_GAP = 10.0
"""Points between the columns of a table, as in the style sheet."""
SMALLER, LEGIBLE = 0.86, 7.5
"""The type size of tables that need it, relative to that of others, and the least in points; as in the style sheet."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The XHTML of a unit, as far as its template leaves it to the render rules."""

    body: str
    title: str
    epigraph: tuple[str, ...]
    """What is under the title, and its source if it has one."""


FORM = Values(Parts)


def render_parts(book: Book, unit: Unit, medium: Medium, theme: Theme, pages: PageMap | None) -> Parts:
    """Return the parts of a unit; those of an earlier build if nothing that they name has changed."""
    rendering = _rendering(book, unit, medium, theme, pages)

    def make(asked: Book, asked_pages: PageMap | None) -> Parts:
        here = replace(rendering, book=asked, pages=asked_pages)
        return Parts(_body(here), _title(replace(here, pages=None)), _epigraph(here))

    named = (unit.role, unit.anchor, unit.number, unit.label, unit.title, unit.parent, unit.verso, unit.recto)
    seen = medium, rendering.measure, _of_letters(rendering.others), book.metadata, book.works_unit
    expected = ("parts", unit.chapter.digest, unit.key, repr(named), repr(seen))
    if pages is None or not pages.pages:
        return kept(make, Answers(book, pages), expected, FORM)
    return kept(make, Answers(book, pages), (*expected, "set"), FORM, before=expected)  # both are kept


_letters: list[tuple[Mapping[int, str], str]] = []


def _of_letters(others: Mapping[int, str]) -> str:
    """Return a digest of letters and their fonts, which are those of one theme from unit to unit."""
    if not _letters or _letters[0][0] is not others:
        _letters[:] = [(others, digest(repr(sorted(others.items()))))]
    return _letters[0][1]


def render_body(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None = None, theme: Theme | None = None
) -> str:
    """Return the XHTML of a unit without its title, which the template's opener shows."""
    return _body(_rendering(book, unit, medium, theme, pages))


def _body(rendering: UnitRendering) -> str:
    unit, tokens = rendering.unit, rendering.unit.chapter.tokens
    if unit.chapter.heading is not None and tokens[0].type == "heading_open":
        tokens = tuple(with_lead(tokens[3:])) if rendering.medium.paged else tokens[3:]
    return rendering.blocks(tokens) + asides(unit.chapter.notes, rendering)


def _rendering(
    book: Book, unit: Unit, medium: Medium, theme: Theme | None = None, pages: PageMap | None = None
) -> UnitRendering:
    others = fallback_letters(theme) if theme is not None and not medium.paged else {}
    measure = measure_of(book, theme) if theme is not None and medium.paged else Measure()
    return UnitRendering(book, unit, medium, language_for(book.metadata.language), pages, others, measure)


def measure_of(book: Book, theme: Theme) -> Measure:
    """Return how much room a page of this book has; that of the default theme if only WeasyPrint could tell."""
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
    captions = values.get("side-captions") == "outer" and page.room_for_captions(hang)
    code = page.wide_columns(hang) if values.get("wide-listings") == "outer" else 0
    wide = page.wide_measure / em if values.get("wide-tables") == "outer" else 0.0
    height = page.lines * page.leading / em
    return Measure(page.measure / em, height, columns, text, TABLE_GAP / em, smaller, wide, code, beside, captions)


def with_parted_tables(book: Book, theme: Theme | None) -> Book:
    """Return the book with tables that fit no page split into parts on paper; these are tokens like all others."""
    if theme is None:
        return book
    room, units = measure_of(book, theme), []
    for unit in book.units:
        tokens = with_parts(unit.chapter.tokens, room, unit.key)
        same = all(one is other for one, other in zip(tokens, unit.chapter.tokens, strict=False))
        units.append(unit if same else replace(unit, chapter=_parted(unit, tokens, room)))
    return replace(book, units=tuple(units))


def _parted(unit: Unit, tokens: tuple[Token, ...], room: Measure) -> Chapter:
    """Return the chapter with these tokens, which follow from its own and from the room."""
    chapter = unit.chapter
    made = replace(chapter, tokens=tokens)
    return made.named(digest("parted", chapter.digest, unit.key, repr(room))) if chapter.digest else made


def render_title(book: Book, unit: Unit, medium: Medium, theme: Theme | None = None) -> str:
    """Return the XHTML of a unit's title, with its code and emphasis."""
    return _title(_rendering(book, unit, medium, theme))


def _title(rendering: UnitRendering) -> str:
    unit, tokens = rendering.unit, rendering.unit.chapter.tokens
    return rendering.inline(tokens[1].children) if tokens and tokens[0].type == "heading_open" else escape(unit.title)


def render_epigraph(
    book: Book, unit: Unit, medium: Medium, pages: PageMap | None = None, theme: Theme | None = None
) -> tuple[str, ...]:
    """Return the XHTML of the text under the title, and of its source if it has one."""
    return _epigraph(_rendering(book, unit, medium, theme, pages))


def _epigraph(rendering: UnitRendering) -> tuple[str, ...]:
    return tuple(rendering.inline(token.children) for token in rendering.unit.chapter.epigraph)
