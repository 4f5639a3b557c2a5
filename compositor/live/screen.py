"""The worker that reads: a book after each edit -> findings, chapters, and the pages of the site, one at a time.

A page is made by the same code and from the same values as for the site; in addition it has the source positions of its
blocks. It is made when somebody asks for it, so that an edit costs the reading of one file and one page.
"""

from __future__ import annotations

import mimetypes
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from compositor.assemble.surroundings import surroundings
from compositor.commands.extracting import Part
from compositor.commands.work import Build
from compositor.fence import Worker
from compositor.fidelity.counts import counts
from compositor.formats.web.shells import MISSING, START
from compositor.git import changed_files
from compositor.live.reading import Reader
from compositor.live.site import Site
from compositor.live.values import ChapterSeen, Edit, Fetch, File, Glance, Glanced, Look, Seen
from compositor.model import Book, Chapter
from compositor.theme import Theme


@dataclass(slots=True)
class Screen:
    """Reads the book, and makes its pages for the screen."""

    wanted: Build
    _reader: Reader = field(init=False)
    _site: Site | None = None
    """The last state of the book that could be made."""
    _around: object = None
    _texts: Mapping[str, str] = field(default_factory=dict)
    _counted: dict[str, tuple[Chapter, int]] = field(default_factory=dict)
    _looks: int = 0

    def __post_init__(self) -> None:
        self._reader = Reader(self.wanted)

    def __call__(self, question: object, worker: Worker) -> object:
        """Return the answer to a question. Raises BookError for a page that cannot be made."""
        match question:
            case Look(fresh):
                return self._reader.read(lambda part: self._seen(part, fresh))
            case Glance():
                return self._glanced()
            case Fetch(name):
                return self._reader.at_hand(lambda: self._file(name))
        raise TypeError(question)

    def _seen(self, part: Part, fresh: bool) -> Seen:
        proof = part.proof
        good = not proof.errors and not part.unknown and proof.book is not None and proof.theme is not None
        edits: tuple[Edit, ...] = ()
        if good and proof.book is not None and proof.theme is not None:
            edits = tuple(self._edits(proof.book))
            self._show(proof.book, proof.theme, fresh)
        book = self._site.book if self._site is not None else proof.book
        said = (book.metadata.title, book.metadata.language, book.edition.build_id) if book else ("", "", "")
        chapters = tuple(_chapters(book, self._site)) if book is not None and self._site is not None else ()
        return Seen(good, *said, proof.findings, chapters, edits, str(self._looks), part.unknown)

    def _show(self, book: Book, theme: Theme, fresh: bool) -> None:
        """Show this state from here on."""
        before, around = self._site, surroundings(book)
        self._site = Site(book, theme, before)
        if before is None or fresh or not self._site.looks_like(before):
            self._looks += 1
        self._around = around
        self._texts = {unit.chapter.source.path: unit.chapter.source.text for unit in book.units}

    def _edits(self, book: Book) -> Iterator[Edit]:
        for unit in book.units:
            source = unit.chapter.source
            before = self._texts.get(source.path)
            if before is not None and before != source.text:
                yield edit(source.path, before, source.text)

    def _glanced(self) -> Glanced:
        if self._site is None:
            return Glanced((), None)
        book = self._site.book
        words = {unit.chapter.source.path: self._words(book, number) for number, unit in enumerate(book.units)}
        return Glanced(tuple(words.items()), changed_files(self.wanted.book, words))

    def _words(self, book: Book, number: int) -> int:
        """Return how many words a unit has; each is counted once."""
        unit = book.units[number]
        path = unit.chapter.source.path
        known = self._counted.get(path)
        if known is None or known[0] is not unit.chapter:
            alone = replace(book, units=(unit,))
            known = self._counted[path] = unit.chapter, counts(alone, by_file=True)[0].words
        return known[1]

    def _file(self, name: str) -> File | None:
        data = self._site.file(name or START) if self._site is not None else None
        return File(data, _kind(name or START)) if data is not None else None


def _chapters(book: Book, site: Site) -> Iterator[ChapterSeen]:
    for unit in book.units:
        path, page = unit.chapter.source.path, site.medium.file(unit.key)
        yield ChapterSeen(unit.key, path, page, unit.number, unit.title, unit.role.value)


def _kind(name: str) -> str:
    if name.endswith(".html") or name in (START, MISSING):
        return "text/html; charset=utf-8"
    kinds = {".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".css": "text/css; charset=utf-8"}
    return kinds.get(posixpath.splitext(name)[1]) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def edit(file: str, before: str, now: str) -> Edit:
    """Return which lines of a text have changed, from the equal lines before and after them."""
    old, new = before.split("\n"), now.split("\n")
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    return Edit(file, start + 1, len(old) - start - end, len(new) - start - end)
