"""A book whose pages are known + the book after an edit -> its new pages, setting only what has changed.

A build needs two rounds, starting from the sources. This starts from the earlier pages: it assumes that the numbers in
the texts are unchanged, and renders only texts again where that is wrong. It ends like a build: with pages whose
printed numbers are right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from compositor.assemble.surroundings import surroundings
from compositor.formats.pdf.page_numbers import GROWING, settle
from compositor.formats.pdf.sheets import Placed, Round, page_map
from compositor.model import Book, PageMap, Unit
from compositor.theme import Theme
from compositor.typeset import Typesetting

LED_TO = re.compile(r'href="#([^"]*)"')
"""Targets of links in a text: it prints only page numbers of its targets."""
OWN = "templates/"
"""Files of a book that may change any of its texts."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A book, its pages, and the texts on them."""

    book: Book
    placed: tuple[Placed, ...]
    pages: PageMap
    frame: object
    """All that one unit may say of the others."""
    texts: Mapping[str, str] = field(repr=False)
    """The XHTML of each sheet, by its key."""
    from_sources: bool = True
    """Whether it was made as in a build; otherwise from earlier pages, which may lead to another valid result."""


def settled(book: Book, theme: Theme, typesetter: Typesetting, before: Settled | None = None) -> Settled:
    """Return the pages of a book; from those of `before`, if that is much the same book. Raises BookError."""
    found = _from_before(book, theme, typesetter, before) if before is not None else None
    return found or _from_nothing(book, theme, typesetter)


def _from_nothing(book: Book, theme: Theme, typesetter: Typesetting) -> Settled:
    placed, pages = settle(book, theme, typesetter)
    return Settled(book, placed, pages, surroundings(book), _texts(placed))


def _texts(placed: tuple[Placed, ...]) -> Mapping[str, str]:
    return {one.sheet.key: one.laid.unit.xhtml for one in placed if one.sheet.key}


def _from_before(book: Book, theme: Theme, typesetter: Typesetting, before: Settled) -> Settled | None:
    """Return None if it is easier, or safer, to start from the sources."""
    frame = surroundings(book)
    if frame != before.frame or _speaks_for_itself(book):
        return None
    old = {unit.key: unit for unit in before.book.units}
    texts = {unit.key: before.texts[unit.key] for unit in book.units if _is_same(unit, old.get(unit.key))}
    pages = before.pages
    for _ in range(GROWING):
        this = Round(book, theme, typesetter, pages, {}, texts)
        placed = this.set_and_place()
        now = page_map(placed)
        if now == pages:
            return Settled(book, placed, pages, frame, _texts(placed), from_sources=False)
        texts = _still_true(_texts(placed), book, pages, now)
        pages = now
    return None


def _is_same(unit: Unit, before: Unit | None) -> bool:
    """Return whether a unit, its place and its numbers are unchanged, and it prints nothing from other units."""
    lists = unit.chapter.matter.lists
    return before is not None and unit == before and not lists


def _speaks_for_itself(book: Book) -> bool:
    return (book.manuscript.folder / OWN).is_dir()


def _still_true(texts: Mapping[str, str], book: Book, pages: PageMap, now: PageMap) -> dict[str, str]:
    """Return the texts of units in which no number has changed."""
    old, new = _folios(pages), _folios(now)
    moved = {anchor for anchor in old.keys() | new.keys() if old.get(anchor) != new.get(anchor)}
    keys = {unit.key for unit in book.units}
    return {key: text for key, text in texts.items() if key in keys and moved.isdisjoint(LED_TO.findall(text))}


def _folios(pages: PageMap) -> Mapping[str, tuple[int, str]]:
    """Return anchor -> its page: its position in the file, and its printed number."""
    found: dict[str, tuple[int, str]] = {}
    for number, page in enumerate(pages.pages):
        for anchor in page.anchors:
            found.setdefault(anchor, (number, page.folio))
    return found
