"""Check of the letters of a book: whether some font has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from markdown_it.token import Token

from compositor.assemble.letters import letters_of, printed_in
from compositor.errors import warning
from compositor.model import Book, Finding, Place, Unit
from compositor.theme import Theme
from compositor.theme.font_sources import fonts_with
from compositor.theme.lettering import without_face

SHOWN = 5
"""Letters that a message names."""
DONE = "the PDF has a box with the code of each, the EPUB uses the fonts of the reader"


def letter_without_face(book: Book, theme: Theme | None) -> Iterable[Finding]:
    """No font of the theme, of Compositor or of the book has a letter.

    The PDF has a small box with its code, which is copied and read out as the letter; the EPUB has the letter itself,
    for the fonts of the reader. Put a font file that has it into the book's folder and name it under `[fonts]`,
    `fallback`.
    """
    lost = without_face(theme, book.manuscript.style, letters_of(book)) if theme is not None else frozenset()
    places = _places(book, lost) if lost else {}
    for fonts, group in groupby(sorted(places, key=_fonts), key=_fonts):
        letters = sorted(group, key=lambda letter: _position(book, places[letter]))
        yield warning("P105", f"no font has {_named(letters)}: {DONE}", places[letters[0]], *_remedies(fonts, book))


def fonts_wanted(theme: Theme, style: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    """Yield the letters of a text that no font has, as a message names them, and font files that have them."""
    lost = without_face(theme, style, frozenset(map(ord, text)))
    letters = dict.fromkeys(letter for letter in text if ord(letter) in lost)
    for fonts, group in groupby(sorted(letters, key=_fonts), key=_fonts):
        named = _named(sorted(group, key=list(letters).index))
        yield f"no font has {named}", f"they are in {fonts}" if fonts else ""


def _fonts(letter: str) -> str:
    return fonts_with(letter)


def _named(letters: list[str]) -> str:
    """Return `'文' (U+6587)`, or `'文' (U+6587), '字' (U+5B57) and 12 others`."""
    shown = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters[:SHOWN])
    others = len(letters) - SHOWN
    return f"{shown} and {others} other{'s' if others > 1 else ''}" if others > 0 else shown


def _remedies(fonts: str, book: Book) -> Iterator[str]:
    if fonts:
        yield f"they are in {fonts}"
    file = f" in {book.manuscript.settings.path}" if book.manuscript.origin else ""
    yield f"put a font file that has them into the book's folder, and name it{file}: [fonts] fallback = \"fonts/…\""


def _position(book: Book, place: Place) -> tuple[int, int, int]:
    paths = [unit.chapter.source.path for unit in book.units]
    number = paths.index(place.file) if place.file in paths else -1
    return number, place.line or 0, place.column or 0


def _places(book: Book, lost: frozenset[int]) -> Mapping[str, Place]:
    """Return each of these letters that is printed, and where it first occurs."""
    found: dict[str, Place] = {}
    for letter in (one for text in _of_the_whole(book) for one in text if ord(one) in lost):
        found.setdefault(letter, Place(book.manuscript.settings.path))
    for unit in book.units:
        for block in (*unit.chapter.everything, *_beside(unit)):
            new = {letter for letter in printed_in(block) - found.keys() if ord(letter) in lost}
            found |= {letter: _place(unit, block, letter) for letter in new}
    return found


def _of_the_whole(book: Book) -> Iterator[str]:
    """Yield the text on generated pages."""
    told = book.metadata
    yield from (told.title, told.subtitle, told.publisher, told.rights, *told.authors)
    yield from (work.text for work in book.works)
    yield from (own.title for own in book.manuscript.callouts.values())


def _beside(unit: Unit) -> Iterator[Token]:
    """Yield the text that is printed elsewhere than it was written."""
    for answer in unit.chapter.matter.answers:
        yield from (*answer.title, *answer.tokens)


def _place(unit: Unit, block: Token, letter: str) -> Place:
    """Return the first line of the source with the letter, from its block on; the block, if it is in a reference."""
    first = block.map[0] if block.map else 0
    lines = unit.chapter.source.text.split("\n")
    if not unit.chapter.inclusions:
        for number, line in enumerate(lines[first:], first + 1):
            if letter in line:
                return Place(unit.chapter.source.path, number, line.index(letter) + 1)
    return Place(*unit.chapter.line_of(first + 1))
