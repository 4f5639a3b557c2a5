"""Book -> the letters in it: of its text, of its settings, of its drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from compositor.assemble.pictures import picture_file
from compositor.cache import Ledger
from compositor.language import language_for
from compositor.model import Book, Chapter, Place

DRAWING = ".svg"
PRINTED = frozenset({"text", "text_special", "code_inline", "fence", "code_block"})
"""Types of tokens whose content is set in letters."""
SIMPLE = frozenset({bytes, bool, int, float, range, Place, type(None)})
"""Types of values without letters."""
MOST_CHAPTERS = 1000
"""Types of values whose letters are remembered."""
_of_chapters: dict[int, tuple[Chapter, str]] = {}


def letters_of(book: Book) -> frozenset[int]:
    """Return every letter that may be printed in this book, and some that are not."""
    found: set[str] = set()
    parts = [(u.title, u.number, u.verso, u.recto) for u in book.units]
    with Ledger("letters", book.slug) as ledger:
        found.update(*(_letters_of_chapter(unit.chapter, ledger) for unit in book.units))
    matter = (book.matter, book.contents, book.targets, book.citations, book.works)
    named = [(kind, own.title) for kind, own in book.manuscript.callouts.items()]
    _gather((book.metadata, named, parts, matter), found)
    for path in sorted({image.path for unit in book.units for image in unit.chapter.images}):
        if path.lower().endswith(DRAWING):
            found |= set(_text(picture_file(book.manuscript.folder, path)))
    return frozenset(map(ord, found))


def _letters_of_chapter(chapter: Chapter, ledger: Ledger) -> str:
    """Return the letters of one chapter, which is searched once."""
    known = _of_chapters.get(id(chapter))
    if known is None or known[0] is not chapter:
        if len(_of_chapters) >= MOST_CHAPTERS:
            _of_chapters.clear()
        letters = ledger.of(chapter.digest, lambda: _gathered(chapter))
        known = _of_chapters[id(chapter)] = chapter, letters
    return known[1]


def _gathered(chapter: Chapter) -> str:
    found: set[str] = set()
    _gather((chapter.everything, chapter.anchors, chapter.matter), found)
    return "".join(sorted(found))


def printed_by_press(book: Book) -> frozenset[int]:
    """Return the letters of the words that Compositor prints in the language of the book."""
    found: set[str] = set()
    _gather(language_for(book.metadata.language), found)
    return frozenset(map(ord, found))


def printed_in(token: Token) -> frozenset[str]:
    """Return the letters that a token prints, with those of its children, its title and its caption."""
    found: set[str] = set()
    for one in _within(token):
        if isinstance(one, Token) and one.type in PRINTED and not one.content.isascii():
            found.update(one.content)
    return frozenset(found)


def _text(file: Path | None) -> str:
    try:
        return "" if file is None else file.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _gather(value: object, found: set[str]) -> None:
    """Add the letters of every text in a value to a set; a text in ASCII adds nothing new."""
    for one in _within(value):
        if isinstance(one, str):
            found.update(one)


def _within(value: object) -> Iterator[object]:
    """Yield a value and everything in it, each once, without ASCII texts: a table and its cells contain each other."""
    waiting, seen = [value], set[int]()
    while waiting:
        one = waiting.pop()
        if type(one) is str:
            if not one.isascii():
                yield one
        elif type(one) not in SIMPLE and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += _parts(one)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Token):
        return *(value.children or ()), *value.meta.values(), *value.attrs.values(), value.content
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, (dict, Mapping)):
        return *value.keys(), *value.values()
    kind: Any = type(value)
    if names := _fields(kind):
        return [getattr(value, name) for name in names]
    return value if isinstance(value, Iterable) else ()


@lru_cache(maxsize=256)
def _fields(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass; empty for any other class."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
