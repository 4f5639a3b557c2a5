"""With what each page begins -> private data of a PDF, and back: so the site alone can show printed page numbers.

Source places are not written: a place is the number of its block in the book, which the same sources give again. The
data is of use to a build with the same build id only.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from compositor.formats.writing.finished_pages import FinishedPages, finished_pages
from compositor.model import Book, Page, PageMap, PageStart

VERSION = 1
NONE = -1
MOST = 16_000_000
"""Bytes of the data, unpacked."""
_FOLIO = re.compile(r"[0-9A-Za-z]{0,12}\Z")
"""What a page number of ours looks like."""


def page_places(book: Book, pages: PageMap) -> bytes:
    """Return the data about these pages; nothing if one of them begins at an unknown place."""
    numbers = {place: number for number, place in enumerate(_places(book))}
    try:
        rows = [_row(page, numbers) for page in pages.pages]
        moved = [[numbers[one], numbers[other]] for one, other in pages.moved]
    except KeyError:
        return b""
    told = {"version": VERSION, "source": pages.source, "moved": moved, "pages": rows}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def pages_of(file: Path, book: Book) -> PageMap | None:
    """Return the pages of a PDF of this very build; None for any other file, or without one."""
    found = finished_pages(file)
    if found is None or found.build != book.edition.build_id:
        return None
    try:
        return _read(json.loads(_private(file)), found, tuple(_places(book)), {unit.key for unit in book.units})
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _places(book: Book) -> Iterator[str]:
    """Yield the source place of each block, each once, in a fixed order."""
    known = set[str]()
    for unit in book.units:
        answers = (token for answer in unit.chapter.matter.answers for token in (*answer.title, *answer.tokens))
        for token in (*unit.chapter.everything, *answers):
            if token.map:
                file, line = unit.chapter.line_of(token.map[0] + 1)
                place = f"{file}:{line}"
                if place not in known:
                    known.add(place)
                    yield place


def _row(page: Page, numbers: Mapping[str, int]) -> list[object]:
    start = page.start
    place = numbers[start.position] if start.position else NONE
    return [page.unit, page.folio, place, start.words, start.picture, start.displaced, page.blank]


def _private(file: Path) -> bytes:
    """Return the private data; raises ValueError if there is none, or too much."""
    import pikepdf

    try:
        with pikepdf.open(file) as pdf:
            packed = pdf.Root.PieceInfo.Compositor.Private.read_raw_bytes()
    except (pikepdf.PdfError, AttributeError, TypeError, OSError) as problem:
        raise ValueError from problem
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(packed, MOST)
    except zlib.error as problem:
        raise ValueError from problem
    if reader.unconsumed_tail:
        raise ValueError(f"more than {MOST} bytes")
    return data


def _read(said: Mapping[str, object], found: FinishedPages, places: tuple[str, ...], units: set[str]) -> PageMap:
    rows, moved = said["pages"], said["moved"]
    if said["version"] != VERSION or not isinstance(rows, list) or not isinstance(moved, list):
        raise ValueError
    anchors: dict[int, list[str]] = {}
    for name, number in found.pages.items():
        anchors.setdefault(number, []).append(name)
    pages = tuple(_page(row, places, tuple(anchors.get(number, ()))) for number, row in enumerate(rows))
    marked = {page.unit for page in pages if page.start.position}
    if len(pages) != len(found.labels) or not marked <= units:
        raise ValueError
    both = tuple((_place(one, places), _place(other, places)) for one, other in moved)
    return PageMap(pages, str(said["source"]), both)


def _page(row: list[object], places: tuple[str, ...], anchors: tuple[str, ...]) -> Page:
    unit, folio, place, words, picture, displaced, blank = row
    if not (isinstance(unit, str) and isinstance(folio, str) and isinstance(words, str) and isinstance(picture, int)):
        raise TypeError
    if not _FOLIO.match(folio):
        raise ValueError(folio)
    start = PageStart(_place(place, places), words, picture, bool(displaced))
    return Page(unit, folio, anchors, start, bool(blank))


def _place(number: object, places: tuple[str, ...]) -> str:
    if not isinstance(number, int) or number < NONE:
        raise TypeError
    return "" if number == NONE else places[number]
