"""Book -> passages in reading order: the visible text of each block, and its section."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compositor.checks.finished.block import Block
from compositor.checks.finished.blocks import blocks_of, notes_of
from compositor.formats import SCREEN
from compositor.markdown.reading import walk
from compositor.model import Book, Place, Unit

NUMBERS = frozenset({"number of the unit", "number of a formula"})
"""Blocks that are only a number."""
_FORMULA = re.compile(r"(?<!\\)\$\$?[^$]+\$\$?")
_NUMBER = re.compile(r"^(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*[ \u2002]")
LEVELS = 3
"""Levels of headings that open a section."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, by which a reader finds a passage."""

    anchor: str
    number: str
    title: str

    @property
    def name(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text, as a reader sees it."""

    kind: str
    """`paragraph`, `heading`, `table cell`, `listing`, `note` …"""
    words: str
    section: Section
    source: str
    """The lines that it was written in; empty if unknown."""

    @property
    def whole(self) -> str:
        """What identifies the passage: its words, and its formulas, which are not words."""
        formulas = _FORMULA.findall(self.source) if self.kind not in ("table cell", "listing") else []
        return "\0".join([self.words, *formulas])

    @property
    def without_number(self) -> str:
        """Its words; those of a heading without the number before them."""
        return _NUMBER.sub("", self.words) if self.kind == "heading" else self.words

    @property
    def is_code(self) -> bool:
        """Whether it is compared by lines."""
        return self.kind == "listing"


@dataclass(frozen=True, slots=True)
class Told:
    """The text of a source file of a book."""

    key: str
    """The key of its source."""
    title: str
    passages: tuple[Passage, ...]


def told(book: Book) -> tuple[Told, ...]:
    """Return the text by the authors of a book, file by file; generated pages are left out."""
    units = (unit for unit in book.units if not unit.chapter.source.is_made)
    return tuple(Told(unit.key, unit.title, passages_of(book, unit)) for unit in units)


def passages_of(book: Book, unit: Unit) -> tuple[Passage, ...]:
    """Return the passages of a unit; a note is at its call."""
    sections = _Sections(book, unit)
    calls = {t.meta["note"]: t.meta.get("place") for t in walk(unit.chapter.tokens) if "note" in t.meta}
    text = [block for block in blocks_of(book, unit, SCREEN, None) if not block.note and block.kind not in NUMBERS]
    found = [(block, block.place) for block in text]
    found += [(block, calls.get(note.label) or block.place) for note, block in notes_of(book, unit, SCREEN, None)]
    lines = sorted({block.place.line or 0 for block, _ in found if block.place.file == unit.chapter.source.path})
    return tuple(_passages(found, sections, unit, lines))


def _passages(
    found: Sequence[tuple[Block, Place]], sections: _Sections, unit: Unit, lines: Sequence[int]
) -> Iterator[Passage]:
    for block, stands in found:
        words = block.words.strip("\n") if block.kind == "listing" else " ".join(block.words.split())
        kind = "note" if block.note else block.kind
        yield Passage(kind, words, sections.at(stands), _source(unit, block.place, lines))


def _source(unit: Unit, place: Place, lines: Sequence[int]) -> str:
    """Return the lines from the beginning of a block to that of the next."""
    if place.file != unit.chapter.source.path or not place.line:
        return ""
    behind = bisect_right(lines, place.line)
    end = lines[behind] - 1 if behind < len(lines) else None
    return "\n".join(unit.chapter.source.text.split("\n")[place.line - 1 : end]).strip()


class _Sections:
    """The headings of a unit, by line."""

    def __init__(self, book: Book, unit: Unit) -> None:
        path = unit.chapter.source.path
        heads = [one for one in unit.chapter.anchors if 0 < one.level <= LEVELS and one.place.file == path]
        heads.sort(key=lambda one: one.place.line or 0)
        self._path, self._lines = path, [one.place.line or 0 for one in heads]
        self._heads = [Section(one.id, book.targets[one.id].number, one.title) for one in heads]
        self._whole = Section(unit.anchor, unit.number, unit.title)

    def at(self, place: Place) -> Section:
        """Return the section of a place."""
        behind = bisect_right(self._lines, place.line or 0) if place.file == self._path else 0
        return self._heads[behind - 1] if behind else self._whole
