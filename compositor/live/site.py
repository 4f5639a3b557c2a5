"""Book + Theme -> files of its site, each made when it is asked for: the same files, with source positions."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from compositor.assemble.letters import letters_of, printed_by_press
from compositor.formats import NOTHING, PAGES
from compositor.formats.epub.cover import make_cover
from compositor.formats.epub.resources import Resource, picture_addresses
from compositor.formats.web.looks import looks
from compositor.formats.web.markup import html_of
from compositor.formats.web.shells import Shells
from compositor.formats.web.site import MADE_COVER, put_pictures, site_of, taken_names
from compositor.formats.web.texts import parsed_texts
from compositor.model import Book, Medium, Unit
from compositor.theme import Theme

PLAIN = frozenset(range(0x20, 0x7F))
"""Letters that every book has, or may have in a minute."""


@dataclass(slots=True)
class Site:
    """The site of a book in one state; unchanged parts are taken over from the previous state."""

    book: Book
    theme: Theme
    before: Site | None = None
    medium: Medium = PAGES
    letters: frozenset[int] = frozenset()
    """The letters of the fonts: they only grow, so that fonts are subset again only for a new letter."""
    _made: dict[str, bytes] = field(default_factory=dict)
    _pictures: dict[str, Resource] = field(default_factory=dict)
    """Files by their names on the site."""
    _looks: Mapping[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.letters = letters_of(self.book) | printed_by_press(self.book) | PLAIN
        before, self.before = self.before, None
        if before is not None:
            self.letters |= before.letters
            if self.looks_like(before):
                self._looks = before._looks

    def looks_like(self, other: Site) -> bool:
        """Return whether style sheets, fonts and script are the same as those of another."""
        same_style = self.book.manuscript.style == other.book.manuscript.style
        same_title = self.book.metadata.title == other.book.metadata.title  # the icon is made from it
        same = same_style and same_title and self.letters == other.letters
        return same and self.theme.files() == other.theme.files()

    def file(self, name: str) -> bytes | None:
        """Return a file of the site, by its name; None if there is none with that name."""
        if name not in self._made and (data := self._file(name)) is not None:
            self._made[name] = data
        return self._made.get(name)

    def _file(self, name: str) -> bytes | None:
        unit = next((one for one in self.book.units if self.medium.file(one.key) == name), None)
        if unit is not None:
            return self.page(unit)
        if name in (pages := dict(self._shells().made_pages()) if name.endswith(".html") else {}):
            return html_of(pages[name]).encode()
        if name == MADE_COVER and not self.book.metadata.cover:
            return make_cover(self.book, self.theme)[0]
        if name in self._pictures:
            return self._pictures[name].data
        if name.startswith("styles/") or name == "icon.svg":
            self._looks = self._looks or looks(self.book, self.theme, ["".join(map(chr, sorted(self.letters)))])
            return self._looks.get(name)
        return site_of(self.book, self.theme, self.medium, None, NOTHING).files.get(name)

    def page(self, unit: Unit) -> bytes:
        """Return the page of a unit, with the positions of its blocks. Raises BookError."""
        shown = replace(self.medium, positions=True)
        trees = parsed_texts(self.book, [unit], shown, self.theme)
        paths = [path for tree in trees.values() for _, _, path in picture_addresses(tree)]
        taken = taken_names(self.book, self.medium)
        found = put_pictures(self.book, self.theme, trees.values(), (self._with_alike(paths), taken))
        self._pictures |= {one.name: one for one in found.values()}
        _, page = self._shells().around(unit, trees[unit.key])
        text = html_of(page, positions=True)
        if more := frozenset(map(ord, text)) - self.letters:  # ornaments of templates
            self.letters, self._looks = self.letters | more, {}
        return text.encode()

    def _shells(self) -> Shells:
        own = self.book.metadata.cover
        if not own:
            return Shells(self.book, self.theme, self.medium, MADE_COVER)
        found = put_pictures(self.book, self.theme, [], (self._with_alike([own]), taken_names(self.book, self.medium)))
        self._pictures |= {one.name: one for one in found.values()}
        return Shells(self.book, self.theme, self.medium, found[own].href)

    def _with_alike(self, paths: Iterable[str]) -> set[str]:
        """Return pictures, and all others of the book that might have their names: of two, one gets a number."""
        used = {image.path for unit in self.book.units for image in unit.chapter.images}
        used |= {self.book.metadata.cover} - {""}
        wanted = set(paths)
        stems = {_stem(path) for path in wanted}
        return wanted | {path for path in used if _stem(path) in stems}


def _stem(path: str) -> str:
    """Return what equal names have in common: their letters and digits, without the ending."""
    stem = unicodedata.normalize("NFKD", posixpath.splitext(posixpath.normpath(path))[0])
    return "".join(letter for letter in stem.casefold() if letter.isascii() and letter.isalnum())
