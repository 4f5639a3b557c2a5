"""The worker that sets: a book after each edit -> the pages of its PDF, each as a picture when it is looked at.

The typesetter stays between two edits, with the style sheets that it has read and the units that it has set. A page is
painted from a PDF of its own file; it looks the same as in the PDF of the book.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from hashlib import sha256

from compositor.commands.extracting import Part
from compositor.commands.work import Build
from compositor.errors import BookError
from compositor.fence import Worker
from compositor.formats.pdf import look, typesetter_for, unresolved
from compositor.formats.pdf.again import Settled, settled
from compositor.formats.pdf.complaints import heard
from compositor.formats.pdf.failures import explained
from compositor.formats.pdf.page_findings import check_layout
from compositor.formats.pdf.sheets import Placed
from compositor.formats.pdf.spine import moved_from_the_spine
from compositor.language import language_for
from compositor.live import raster
from compositor.live.lines import line_at
from compositor.live.reading import Reader
from compositor.live.values import Compare, File, Look, PageSeen, Picture, Point, Sheets
from compositor.model import Book, Finding
from compositor.press import Proof
from compositor.theme import Theme
from compositor.typeset import CachedTypesetter, ChildTypesetter, Volume
from compositor.typeset import Look as Style

BEHIND = 3
"""How much the priority of setting pages is lowered, as systems count it."""
MOST_LOOKS = 1000
"""Edits after which a new typesetter starts, so that leftovers of old ones do not add up."""


class _Refused(BookError):
    """The pages exist, but have faults that this book does not allow."""


@dataclass(slots=True)
class _Typesetting:
    """A lasting typesetter, and its input."""

    style: Style
    theme: dict[str, bytes]
    typesetter: ChildTypesetter | CachedTypesetter
    open: ExitStack
    looks: int = 0
    has_joined: bool = False
    """Whether it has made a whole PDF: with units that earlier builds have set, it takes no longer than one unit."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of one state of the book: where its pages are painted from, unless from itself alone."""

    placed: Placed
    whole: Settled
    elsewhere: frozenset[str]


@dataclass(slots=True)
class Paper:
    """Sets the book, and paints its pages."""

    wanted: Build
    _reader: Reader = field(init=False)
    _now: _Typesetting | None = None
    _before: Settled | None = None
    _of: tuple[Proof, Book, Theme] | None = None
    """The origin of the pages that were last reported."""
    _sheets: dict[str, _Sheet] = field(default_factory=dict)
    """Sheets by digest."""
    _last: frozenset[str] = frozenset()
    """Those of the previous state of the book, which viewers may still look at until the next one."""
    _files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    """Digest of a sheet -> a PDF, and the page of it on which the sheet begins."""

    def __post_init__(self) -> None:
        self._reader = Reader(self.wanted)

    def __call__(self, question: object, worker: Worker) -> object:
        """Return the answer to a question. Raises BookError if the book cannot be made."""
        match question:
            case Look(fresh):
                return self._reader.read(lambda part: self._set(part, fresh))
            case Compare():
                return self._reader.at_hand(self._compared)
            case Picture(sheet, page, width):
                return self._reader.at_hand(lambda: self._picture(sheet, page, width))
            case Point():
                return self._reader.at_hand(lambda: self._line(question))
        raise TypeError(question)

    def _set(self, part: Part, fresh: bool) -> Sheets | None:
        """Return all pages; None if the sources have errors, which the reading worker reports."""
        proof = part.proof
        if proof.errors or part.unknown or proof.book is None or proof.theme is None:
            return None
        if fresh:
            self._end()
        try:
            with explained(proof.book):
                return self._shown(*self._made(proof, proof.book, proof.theme, self._before))
        except _Refused:
            raise
        except BaseException:
            self._end()
            raise

    def _compared(self) -> Sheets | None:
        """Return the pages as a build makes them from the sources; None if they equal the reported ones."""
        before, of = self._before, self._of
        if before is None or of is None or before.from_sources:
            return None
        proof, book, theme = of
        with explained(book):
            made, told = self._made(proof, book, theme, None)
        return None if made.placed == before.placed else self._shown(made, told)

    def _made(
        self, proof: Proof, book: Book, theme: Theme, before: Settled | None
    ) -> tuple[Settled, tuple[Finding, ...]]:
        """Return the pages, and findings. Raises BookError if a build would make none."""
        now = self._typesetting(book, theme)
        made = settled(book, theme, now.typesetter, before if now.looks else None)
        moved = moved_from_the_spine(book, theme, len(made.pages.pages))
        if moved is not None:
            return self._made(proof, moved, theme, before)
        findings = (*heard(book, now.typesetter, made.placed, ()), *unresolved(book, made.pages))
        told = proof.told((*findings, *check_layout(book, theme, made.placed, made.pages)))
        self._before, self._of = made, (proof, book, theme)
        if any(one.severity == "error" for one in told):
            raise _Refused(told)
        return made, told

    def _typesetting(self, book: Book, theme: Theme) -> _Typesetting:
        """Return the typesetter: the present one, or a new one for another look."""
        style, files = look(book, theme), dict(theme.files())
        now = self._now
        if now is not None and (now.style, now.theme) == (style, files) and now.looks < MOST_LOOKS:
            now.looks += 1
            return now
        self._end()
        stack = ExitStack()
        typesetter = typesetter_for(book, theme)
        stack.enter_context(typesetter)
        self._now = _Typesetting(style, files, typesetter, stack)
        return self._now

    def _end(self) -> None:
        """End the typesetter, and forget the pages that it has set."""
        if self._now is not None:
            self._now.open.close()
        self._now = self._before = None

    def _shown(self, made: Settled, findings: tuple[Finding, ...]) -> Sheets:
        anchors = frozenset(anchor for page in made.pages.pages for anchor in page.anchors)
        sheets = {_digest(one): _Sheet(one, made, anchors) for one in made.placed}
        self._sheets = {**{name: one for name, one in self._sheets.items() if name in self._last}, **sheets}
        self._last = frozenset(sheets)
        self._files = {name: one for name, one in self._files.items() if name in self._sheets}
        backward = language_for(made.book.metadata.language).direction == "rtl"
        pages = tuple(_pages(made, backward))
        return Sheets(pages, made.book.edition.build_id, findings, backward)

    def _picture(self, sheet: str, page: int, width: int) -> File | None:
        if sheet not in self._sheets:
            return None
        pdf, first = self._file(sheet)
        return File(raster.painted(pdf, first + page, width), "image/png")

    def _line(self, asked: Point) -> tuple[str, int] | None:
        """Return the file and the line at a point of a page."""
        if asked.sheet not in self._sheets:
            return None
        pdf, first = self._file(asked.sheet)
        sheet = self._sheets[asked.sheet]
        words = raster.words_at(pdf, first + asked.page, asked.across, asked.down)
        return line_at(sheet.placed, asked.page, words)

    def _file(self, name: str) -> tuple[bytes, int]:
        """Return a PDF with a sheet, and the page of it on which that begins."""
        if name not in self._files:
            self._paint(name)
        return self._files[name]

    def _paint(self, name: str) -> None:
        sheet, now = self._sheets[name], self._now
        if now is None:
            raise BookError([])
        placed: tuple[Placed, ...] = (sheet.placed,)
        if not now.has_joined and not now.typesetter.has_pages(sheet.placed.laid.unit):
            placed, now.has_joined = sheet.whole.placed, True
        book = sheet.whole.book
        units = tuple(one.laid.unit for one in placed)
        volume = Volume(units, (), (), book.metadata, book.edition, elsewhere=sheet.elsewhere)
        with explained(book):
            data, _ = now.typesetter.join(volume)
        first = 0
        for one in placed:
            self._files[_digest(one)] = data, first
            first += len(one.laid.pages)


def behind_the_screen(wanted: Build) -> Paper:
    """Return what sets the book in a process with lower priority than the page for the screen."""
    with suppress(OSError):
        os.nice(BEHIND)
    return Paper(wanted)


def _digest(placed: Placed) -> str:
    """Return a digest that changes if a page of a sheet may have changed."""
    unit = placed.laid.unit
    return sha256(f"{unit.context}{unit.xhtml}".encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _pages(made: Settled, backward: bool) -> Iterator[PageSeen]:
    at = 0
    for one in made.placed:
        name = _digest(one)
        for number, laid in enumerate(one.laid.pages):
            page = made.pages.pages[at]
            side = "left" if bool(at % 2) != backward else "right"
            file, _, line = laid.start.position.rpartition(":")
            yield PageSeen(name, number, page.folio, one.sheet.key, side, file, int(line) if line.isdecimal() else 0)
            at += 1
