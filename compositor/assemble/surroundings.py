"""Book -> all that the text of one unit may say of the others, except page numbers, for comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markdown_it.token import Token

from compositor.model import Book


def surroundings(book: Book) -> object:
    """Return numbers, titles, links, citations, settings: if they are equal, an unchanged unit says the same."""
    targets = {
        name: (one.unit, one.number, one.label, one.called, one.anchor.title, _words(one.anchor.words))
        for name, one in book.targets.items()
    }
    order = tuple((unit.key, unit.role, unit.number, unit.label, unit.title, unit.parent) for unit in book.units)
    apart = replace(book.manuscript, entries=())
    said = (book.links, book.contents, book.matter.index, book.citations, book.works, book.works_unit, book.first_folio)
    return targets, order, apart, said


def _words(tokens: Iterable[Token]) -> tuple[tuple[str, str], ...]:
    return tuple((one.type, one.content) for one in tokens)
