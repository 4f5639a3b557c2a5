"""Book -> sheets: units and generated pages, each set and put on the next page it may begin on."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from compositor.formats import PAPER
from compositor.language import language_for
from compositor.language.numerals import roman
from compositor.machine.steps import Progress, come_to, step
from compositor.model import Book, Page, PageMap, Role, Unit
from compositor.render import render_cover, render_page, render_unit
from compositor.render.preliminaries import caption_lists
from compositor.theme import Theme
from compositor.typeset import Chain, Context, LaidOut, PageLabel, Typesetting, UnitText
from compositor.typeset.values import Side

MEDIUM = PAPER
OPENS_RIGHT = {Role.FRONT, Role.PART, Role.CHAPTER, Role.APPENDIX, Role.BACK}
Zone = Literal["cover", "front", "body"]
LISTS = frozenset({"contents", "lists"})
"""Generated pages that print page numbers."""
LINE = 50
"""Letters of a line in a list, about."""
STYLES = {"cover": "", "front": "r", "body": "D"}
"""Styles of page numbers in a PDF (ISO 32000-1, table 159); none on the cover."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something to be set at its place in the book: a unit, or a generated page."""

    key: str
    zone: Zone
    side: Side | None
    """The side it must begin on, in a left-to-right book; None if either will do."""
    unit: Unit | None = None
    blank_back: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A sheet, set, and the printed number of its first page."""

    sheet: Sheet
    laid: LaidOut
    first_folio: int


def _sheets(book: Book) -> tuple[Sheet, ...]:
    units = (_sheet(unit) for unit in book.units)
    return (*_opening(book), *units)


def _sheet(unit: Unit) -> Sheet:
    zone: Zone = "front" if unit.role is Role.FRONT else "body"
    side: Side | None = "right" if unit.role in OPENS_RIGHT else None
    return Sheet(unit.key, zone, side, unit, unit.role is Role.PART)


def _opening(book: Book) -> Iterator[Sheet]:
    """Yield the generated pages."""
    told = book.manuscript.preliminaries
    if told.cover:
        yield Sheet("cover", "cover", "right")
    if told.half_title:
        yield Sheet("half-title", "front", "right")
    yield Sheet("title", "front", "right")
    yield Sheet("copyright", "front", "left")
    yield Sheet("contents", "front", "right")
    if caption_lists(book, language_for(book.metadata.language)):
        yield Sheet("lists", "front", None)


TENTHS = 10
"""How often progress is reported."""


@dataclass(slots=True)
class Counted:
    """How many pages are set, out of those in the last build."""

    of: int = 0
    pages: dict[str, int] = field(default_factory=dict)
    """By the key of each sheet."""
    told: int = 0

    def add(self, key: str, pages: int) -> None:
        """Add a sheet that is set; report progress after every further tenth."""
        self.pages[key] = pages
        done = sum(self.pages.values())
        if self.of and done * TENTHS // self.of > self.told:
            self.told = done * TENTHS // self.of
            come_to(Progress("make pdf", done, self.of, "pages"))


@dataclass(frozen=True, slots=True)
class Round:
    """One setting of the whole book, with the page numbers that were found last."""

    book: Book
    theme: Theme
    typesetter: Typesetting
    pages: PageMap
    least: Mapping[str, int]
    """Least pages of a unit, with blank ones."""
    texts: dict[str, str] = field(default_factory=dict)
    """The rendered text."""
    counted: Counted = field(default_factory=Counted)

    def set_and_place(self) -> tuple[Placed, ...]:
        """Set and place every sheet. While no page numbers are known, lists of many of them are set after the rest."""
        if self.pages.pages:
            self.typesetter.set_ahead(self.chains())
            return tuple(self.place_all())
        late = frozenset(sheet.key for run in self._runs() if any(map(_lists_pages, run)) for sheet in run)
        self.typesetter.set_ahead(self.chains(without=late))
        known = page_map(tuple(self.place_all(without=late)))
        after = replace(self, pages=replace(known, expected=self.pages.expected))
        self.typesetter.set_ahead(after.chains(without=frozenset(sheet.key for sheet in _sheets(self.book)) - late))
        return tuple(after.place_all())

    def place_all(self, without: Set[str] = frozenset()) -> Iterator[Placed]:
        """Place every sheet, with blank pages where one must begin on the other side; leave out some, by their keys."""
        physical, folio, zone = 0, 0, _sheets(self.book)[0].zone
        for sheet in _sheets(self.book):
            if sheet.zone != zone:
                if physical % 2:
                    yield _blank(self.typesetter, sheet, folio + 1, zone)
                    physical += 1
                zone, folio = sheet.zone, self._before(sheet.zone)
                if folio % 2:  # what begins on a left-hand page in the whole book does so here
                    yield _blank(self.typesetter, sheet, folio, zone)
                    physical += 1
            if sheet.key in without:
                continue
            if sheet.side is not None and physical % 2 != _wanted(sheet):
                yield _blank(self.typesetter, sheet, folio + 1, zone)
                physical, folio = physical + 1, folio + 1
            laid = self.typesetter.typeset(self._unit(sheet, physical, folio + 1))
            self.counted.add(sheet.key, len(laid.pages))
            yield Placed(sheet, laid, folio + 1)
            count = len(laid.pages)
            physical, folio = physical + count, folio + count
            for _ in range(self._behind(sheet, count, physical)):
                yield _blank(self.typesetter, sheet, folio + 1, zone)
                physical, folio = physical + 1, folio + 1
        if self.book.manuscript.paper.is_asked and physical % 2:
            yield _blank(self.typesetter, sheet, folio + 1, zone)

    def chains(self, without: Set[str] = frozenset()) -> list[Chain]:
        """Return the runs of sheets whose pages can be set independently, except those in `without`, by their keys."""
        runs = [sheets for sheets in self._runs() if sheets[0].key not in without]
        return [Chain(sum(_weight(self.book, sheet) for sheet in sheets), self._chain(sheets)) for sheets in runs]

    def _runs(self) -> list[list[Sheet]]:
        """Return runs of sheets that start on a known side: from one with a fixed side to the next."""
        found: list[list[Sheet]] = []
        zone = ""
        for sheet in _sheets(self.book):
            if sheet.side is not None or sheet.zone != zone:
                found.append([])
            found[-1].append(sheet)
            zone = sheet.zone
        return found

    def _chain(self, sheets: Sequence[Sheet]) -> Generator[UnitText, LaidOut, None]:
        first = sheets[0]
        physical = _wanted(first) if first.side is not None else self._before(first.zone) % 2
        for sheet in sheets:
            laid = yield self._unit(sheet, physical, 1)
            self.counted.add(sheet.key, len(laid.pages))
            physical += len(laid.pages)
            physical += self._behind(sheet, len(laid.pages), physical)

    def _before(self, zone: Zone) -> int:
        """Return the page number before the first of a zone."""
        return self.book.first_folio - 1 if zone == "body" else 0

    def _unit(self, sheet: Sheet, physical: int, folio: int) -> UnitText:
        backward = language_for(self.book.metadata.language).direction == "rtl"
        side: Side = "left" if bool(physical % 2) != backward else "right"
        if sheet.key not in self.texts:
            self.texts[sheet.key] = _xhtml(self.book, sheet, self.theme, self.pages)
        return UnitText(sheet.key, self.texts[sheet.key], _context(sheet.zone, folio, side))

    def _behind(self, sheet: Sheet, count: int, physical: int) -> int:
        """Return how many blank pages follow a sheet with so many pages, if the next page would be this one."""
        return max(self.least.get(sheet.key, 0) - count, 0) + (sheet.blank_back and physical % 2)


def _wanted(sheet: Sheet) -> int:
    """Return the number, from 0, of the page on which a sheet begins, if its side is fixed: even or odd."""
    return 1 if sheet.side == "left" else 0


def _lists_pages(sheet: Sheet) -> bool:
    """Return whether it prints the page numbers of much of the book."""
    return sheet.key in LISTS if sheet.unit is None else bool(sheet.unit.chapter.matter.lists)


def _weight(book: Book, sheet: Sheet) -> int:
    if _lists_pages(sheet):
        return len(book.targets) * LINE
    return len(sheet.unit.chapter.source.text) if sheet.unit is not None else 0


def _context(zone: str, folio: int, side: Side) -> Context:
    return Context(folio, "decimal" if zone == "body" else "lower-roman", side)


def _xhtml(book: Book, sheet: Sheet, theme: Theme, pages: PageMap) -> str:
    if sheet.key == "cover":
        return render_cover(book, MEDIUM, theme)
    if sheet.unit is None:
        return render_page(book, sheet.key, MEDIUM, theme, pages)
    with step("rendering it", sheet.unit.chapter.source.path):
        return render_unit(book, sheet.unit, MEDIUM, theme, pages)


def _blank(typesetter: Typesetting, before: Sheet, folio: int, zone: Zone) -> Placed:
    """Return a blank page of this zone: no head, no number, but counted."""
    xhtml = '<html class="blank"><head><title></title></head><body></body></html>'
    laid = typesetter.typeset(UnitText("", xhtml, _context(zone, folio, "left")))
    return Placed(replace(before, key="", unit=None, zone=zone), laid, folio)


def page_map(placed: Sequence[Placed]) -> PageMap:
    """Return the pages of all units in order, with their printed numbers."""
    moved = tuple(pair for one in placed for pair in one.laid.moved)
    return PageMap(tuple(page for one in placed for page in _pages(one)), moved=moved)


def _pages(one: Placed) -> Iterator[Page]:
    for number, page in enumerate(one.laid.pages, one.first_folio):
        folio = roman(number).lower() if one.sheet.zone == "front" else str(number)
        blank = not one.sheet.key
        shown = "" if blank or one.sheet.zone == "cover" else folio
        yield Page(one.sheet.key, shown, page.anchors, page.start, blank, page.refers_to)


def page_labels(placed: Sequence[Placed], cover: str) -> tuple[PageLabel, ...]:
    """Return page labels that match the printed numbers: the word for the cover, roman for the front matter, arabic."""
    labels, index, zone = [], 0, ""
    for one in placed:
        if one.sheet.zone != zone:
            zone = one.sheet.zone
            labels.append(PageLabel(index, STYLES[zone], one.first_folio, cover if zone == "cover" else ""))
        index += len(one.laid.pages)
    return tuple(labels)
