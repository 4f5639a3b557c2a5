"""Book -> PDF: every unit set by `typeset`, the page map settled, all pages joined under one outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from compositor.assemble import roman
from compositor.errors import BookError, error, warning
from compositor.formats import PAPER, Output
from compositor.model import Book, ContentsEntry, Finding, Page, PageMap, Place, Role, Unit
from compositor.render import render_page, render_unit
from compositor.theme import Theme
from compositor.typeset import Context, LaidOut, Look, Outline, PageLabel, Typesetter, UnitText, join
from compositor.typeset.unit import Side

MEDIUM = PAPER
SHEETS = ("fonts.css", "print.css")
ROUNDS = 8
"""Bound of the loop that settles page numbers; two rounds are usual, a third when a reference moves a line."""
GROWING = 3
"""From this round on a unit keeps the pages it once had, so that no number can go to and fro for ever."""
OPENS_RIGHT = {Role.FRONT, Role.PART, Role.CHAPTER, Role.APPENDIX, Role.BACK}
Zone = Literal["front", "body"]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Something to be set at its place in the book: a unit, or a page that no author writes."""

    key: str
    zone: Zone
    side: Side | None
    """The side it must begin on; None where either will do."""
    unit: Unit | None = None
    blank_back: bool = False
    counted: bool = True


@dataclass(frozen=True, slots=True)
class _Placed:
    sheet: _Sheet
    laid: LaidOut
    first_folio: int


def make(book: Book, theme: Theme) -> Output:
    """Typeset the book: the PDF, its page map, and warnings; raises BookError when it cannot be made."""
    typesetter = Typesetter(look(book, theme))
    placed, pages = settle(book, theme, typesetter)
    data, messages = join(
        [one.laid for one in placed], tuple(_outline(book.contents, 1)), _labels(placed), book.metadata, book.edition
    )
    findings = (*_heard(book, typesetter, placed, messages), *_unresolved(book, pages))
    if any(finding.severity == "error" for finding in findings):
        raise BookError(findings)
    return Output(data, findings, pages)


def look(book: Book, theme: Theme) -> Look:
    """The theme's style sheets for print, then the book's own, then the properties set in book.toml."""
    sheets = tuple(theme.sheets(*SHEETS))
    properties = theme.properties(book.manuscript.style)
    folder = book.manuscript.folder
    return Look((*sheets, (properties, folder)) if properties else sheets, folder)


def settle(book: Book, theme: Theme, typesetter: Typesetter) -> tuple[tuple[_Placed, ...], PageMap]:
    """Set the book until the page numbers it prints are those of its pages."""
    pages, least = PageMap(), dict[str, int]()
    for number in range(ROUNDS):
        placed = tuple(_place_all(book, theme, typesetter, pages, least))
        now = page_map(placed)
        if now == pages:
            return placed, pages
        pages = now
        if number >= GROWING:
            least = {one.sheet.key: max(len(one.laid.pages), least.get(one.sheet.key, 0)) for one in placed}
    remedy = "reword a paragraph near a page reference, or report this as a fault of the press"
    raise BookError([error("P101", "the page numbers do not settle", Place("book.toml"), remedy)])


def _sheets(book: Book) -> Iterator[_Sheet]:
    yield _Sheet("title", "front", "right")
    yield _Sheet("copyright", "front", "left")
    yield _Sheet("contents", "front", "right")
    for unit in book.units:
        zone: Zone = "front" if unit.role is Role.FRONT else "body"
        side: Side | None = "right" if unit.role in OPENS_RIGHT else None
        yield _Sheet(unit.key, zone, side, unit, unit.role is Role.PART)


def _place_all(
    book: Book, theme: Theme, typesetter: Typesetter, pages: PageMap, least: dict[str, int]
) -> Iterator[_Placed]:
    """Every sheet, with blank pages where one must begin on the other side."""
    physical, folio, zone = 0, 0, ""
    for sheet in _sheets(book):
        if sheet.zone != zone:
            if zone and physical % 2:
                yield _blank(typesetter, sheet, folio + 1, zone)
                physical += 1
            zone, folio = sheet.zone, 0
        wanted = 1 if sheet.side == "left" else 0
        if sheet.side is not None and physical % 2 != wanted:
            yield _blank(typesetter, sheet, folio + 1, zone)
            physical, folio = physical + 1, folio + 1
        side: Side = "left" if physical % 2 else "right"
        laid = typesetter.typeset(
            UnitText(sheet.key, _xhtml(book, sheet, theme, pages), _context(sheet.zone, folio + 1, side))
        )
        yield _Placed(sheet, laid, folio + 1)
        count = len(laid.pages)
        physical, folio = physical + count, folio + count
        for _ in range(max(least.get(sheet.key, 0) - count, 0) + (sheet.blank_back and physical % 2)):
            yield _blank(typesetter, sheet, folio + 1, zone)
            physical, folio = physical + 1, folio + 1


def _context(zone: str, folio: int, side: Side) -> Context:
    return Context(folio, "lower-roman" if zone == "front" else "decimal", side)


def _xhtml(book: Book, sheet: _Sheet, theme: Theme, pages: PageMap) -> str:
    if sheet.unit is None:
        return render_page(book, sheet.key, MEDIUM, theme, pages)
    return render_unit(book, sheet.unit, MEDIUM, theme, pages)


def _blank(typesetter: Typesetter, before: _Sheet, folio: int, zone: str) -> _Placed:
    """An empty page: no head, no folio, but counted."""
    xhtml = '<html class="blank"><head><title></title></head><body></body></html>'
    laid = typesetter.typeset(UnitText("", xhtml, _context(zone, folio, "left")))
    return _Placed(replace(before, key="", unit=None), laid, folio)


def page_map(placed: Sequence[_Placed]) -> PageMap:
    """The pages of all units in order, with their folios."""
    return PageMap(tuple(page for one in placed for page in _pages(one)))


def _pages(one: _Placed) -> Iterator[Page]:
    for number, page in enumerate(one.laid.pages, one.first_folio):
        folio = roman(number).lower() if one.laid.unit.context.folio_style == "lower-roman" else str(number)
        blank = not one.sheet.key
        yield Page(one.sheet.key, "" if blank else folio, page.anchors, page.first_position, blank)


def _labels(placed: Sequence[_Placed]) -> tuple[PageLabel, ...]:
    """Page labels that agree with the folios: one run for the front matter, one for the body."""
    labels, index, style = [], 0, ""
    for one in placed:
        here = "r" if one.laid.unit.context.folio_style == "lower-roman" else "D"
        if here != style:
            labels.append(PageLabel(index, here, one.first_folio))
            style = here
        index += len(one.laid.pages)
    return tuple(labels)


def _outline(entries: Iterable[ContentsEntry], level: int) -> Iterator[Outline]:
    """The contents as bookmarks; parts and chapters closed, unless the book is one chapter."""
    entries = tuple(entries)
    alone = sum(1 for entry in entries if entry.children) == 1 and level == 1
    for entry in entries:
        yield Outline(level, f"{entry.number} {entry.title}".strip(), entry.anchor, alone and bool(entry.children))
        yield from _outline(entry.children, level + 1)


def _unresolved(book: Book, pages: PageMap) -> Iterator[Finding]:
    """A target that is on no page would be a dead link and a hole in the contents."""
    known = {anchor for page in pages.pages for anchor in page.anchors}
    for name, target in book.targets.items():
        if name not in known:
            message = f'"{name}" stands on no page of the PDF'
            yield error("P102", message, target.anchor.place, "report this: the press has lost it")


def _heard(book: Book, typesetter: Typesetter, placed: Iterable[_Placed], messages: Iterable[str]) -> Iterator[Finding]:
    """WeasyPrint's log as findings: it says there alone that an image or a letter is missing."""
    for message in typesetter.messages:
        yield warning("P103", f"style sheet: {message}", Place("styles/print.css"), "correct the style sheet")
    for one in placed:
        file = one.sheet.unit.chapter.source.path if one.sheet.unit else f"templates/{one.sheet.key}.xhtml"
        for message in one.laid.messages:
            yield error("P104", message, Place(file), "the page would lack it; mend what the message names")
    for message in messages:
        yield from _missing_glyph(book, message)


def _missing_glyph(book: Book, message: str) -> Iterator[Finding]:
    """A letter that no face of the theme has, at the first place where the book uses it."""
    if "glyph" not in message:
        yield error("P104", message, Place("book.toml"), "the PDF would lack it; mend what the message names")
        return
    letter = message.split('"')[1] if message.count('"') >= 2 else ""
    name = message.partition("(")[2].partition(")")[0]
    remedy = "use another letter, or add a face that has it to styles/ and to the font families"
    text = f"no typeface of the theme has the letter {letter!r} ({name})"
    for unit in book.units:
        for number, line in enumerate(unit.chapter.source.text.split("\n"), 1):
            if letter and letter in line:
                yield error("P105", text, Place(unit.chapter.source.path, number, line.index(letter) + 1), remedy)
                return
    yield error("P105", text, Place("book.toml"), remedy)


EXPLANATIONS = {
    "P101": """The book was set eight times and a page number that it prints still changed the layout. The press
prints no number that is not true, so it stops. Rewording a paragraph near a page reference ends the dance.""",
    "P102": """Something that can be referred to has not arrived on any page. This is a fault of the press or of a
template that leaves out a title.""",
    "P103": """A style sheet holds something that WeasyPrint does not understand. It is passed over.""",
    "P104": """WeasyPrint could not use something that the page needs: an image that is broken, a file outside the
book's folder, a style that it cannot lay out. It would go on without it, with a word in its log; the press stops.""",
    "P105": """A letter has no glyph in any typeface that the theme embeds. It would be printed as an empty box.
Use another letter, or give the theme a face that has it.""",
}
