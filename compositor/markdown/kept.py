"""Source + Context -> Chapter, from an earlier build if nothing has changed that it was parsed from.

A chapter is kept in two places: on a shelf, in the memory of a process that makes several builds, and in the cache. It
is the chapter before assembly, which nothing writes to: numbers, and facts about other chapters, are no part of it.
Files that it uses are read again, and compared.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace

from markdown_it.token import Token

from compositor.cache import Cache, Damaged, current, digest, press
from compositor.cache.graphs import Graphs
from compositor.errors import BookError
from compositor.markdown import Context, parse
from compositor.markdown.attributes import Attributes
from compositor.markdown.code.code import Code
from compositor.markdown.code.languages import LANGUAGES, CodeLanguage
from compositor.markdown.math.rows import Row
from compositor.markdown.tables.grid import Cell, Grid
from compositor.markdown.tables.needs import Extent, Need
from compositor.model import (
    Anchor,
    Chapter,
    Citation,
    Finding,
    FrontMatter,
    Image,
    Inclusion,
    Note,
    Place,
    Reference,
    Source,
)
from compositor.model.apparatus import Answer, Gathered, IndexMark
from compositor.model.chapter import Cite

NODES = (Token, Cell, Grid)
VALUES = (
    *(Anchor, Answer, Attributes, Citation, Cite, Code, CodeLanguage, Extent, Finding, FrontMatter, Gathered, Image),
    *(Inclusion, IndexMark, Need, Note, Place, Reference, Row),
)
FORM = Graphs(NODES, VALUES, {CodeLanguage: {one: one for one in LANGUAGES}})
PARSED = tuple(one.name for one in fields(Chapter) if one.name not in ("source", "digest"))
"""Fields of a chapter that a parser fills."""
MOST_TOKENS = 50_000
"""Most blocks of a chapter in the cache: a table of 100,000 cells takes as long to write as to parse."""
ON_SHELF = 2000
"""Chapters that are kept in memory."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A chapter, and what it has asked of the book's folder."""

    chapter: Chapter
    texts: tuple[tuple[str, str], ...]
    """Path of each file that was read for it, and the digest of its text, or of why it could not be read."""
    pictures: tuple[tuple[str, bool], ...]
    """Path of each file that it asked for, and whether the folder has such a picture."""
    names: tuple[tuple[str, str], ...] = ()
    """Name in each link by name, and the path of the file with that name."""

    def holds(self, context: Context) -> bool:
        """Return whether the folder would give the same answers now."""
        same = all(_told(context, path) == known for path, known in self.texts)
        same = same and all(context.has(path) is known for path, known in self.pictures)
        return same and all(context.called is not None and context.called(name) == path for name, path in self.names)


def _told(context: Context, path: str) -> str:
    """Return the digest of a file that a chapter uses, or of why it cannot be read."""
    try:
        return _digest_of(context.read(path))
    except BookError as problem:
        return _digest_of(problem)


def _digest_of(answer: str | BookError) -> str:
    return digest("read", answer) if isinstance(answer, str) else digest("not read", repr(answer.findings))


class Shelf:
    """Chapters in memory, by the digest of their input; the least recently used ones are dropped."""

    def __init__(self, most: int = ON_SHELF) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, key: str) -> Kept | None:
        """Return the chapter with this key, if any."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: str, kept: Kept) -> None:
        """Keep this chapter."""
        self._kept[key] = kept
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)


_shelves: list[Shelf] = []


@contextmanager
def using_shelf(shelf: Shelf) -> Iterator[None]:
    """Take chapters from this shelf, and put them on it, inside the block."""
    _shelves.append(shelf)
    try:
        yield
    finally:
        _shelves.remove(shelf)


@dataclass(slots=True)
class Parser:
    """Parses the chapters of one book, and counts them."""

    context: Context
    parsed: int = 0
    kept: int = 0
    _of_context: str = field(default="", init=False)

    def __post_init__(self) -> None:
        told = self.context
        sets = sorted(told.extensions), sorted(told.works)
        plain = told.has_bibliography, told.link_notes, told.sources, told.title, told.language.tag, bool(told.called)
        self._of_context = digest(repr((*sets, *plain, told.variables, told.callouts, told.fetched)))

    def chapter(self, source: Source) -> Chapter:
        """Return the chapter of a source, with its digest if it can be kept."""
        store, shelf = current(), _shelves[-1] if _shelves else None
        if store is None and shelf is None:
            self.parsed += 1
            return parse(source, self.context)
        key = digest("chapter", press(), self._of_context, source.path, source.key, source.title, source.text)
        found = (shelf.get(key) if shelf else None) or (_read(store, key, source) if store else None)
        if found is not None and found.holds(self.context):
            self.kept += 1
        else:
            found = self._made(source, store, key)
            self.parsed += 1
        if shelf is not None:
            shelf.put(key, found)
        return found.chapter

    def _made(self, source: Source, store: Cache | None, key: str) -> Kept:
        texts: dict[str, str] = {}
        pictures: dict[str, bool] = {}
        names: dict[str, str] = {}
        find = self.context.called

        def read(path: str) -> str:
            try:
                text = self.context.read(path)
            except BookError as problem:
                texts[path] = _digest_of(problem)
                raise
            texts[path] = _digest_of(text)
            return text

        def has(path: str) -> bool:
            return pictures.setdefault(path, self.context.has(path))

        def called(name: str) -> str:
            return names.setdefault(name, find(name) if find else "")

        chapter = parse(source, replace(self.context, read=read, has=has, called=called if find else None))
        asked = tuple(texts.items()), tuple(pictures.items()), tuple(names.items())
        made = Kept(chapter.named(digest(key, repr(asked))), *asked)
        if store is not None and len(chapter.tokens) <= MOST_TOKENS:
            with suppress(TypeError, RecursionError):  # a chapter that cannot be stored is parsed each time
                parsed = (getattr(chapter, name) for name in PARSED)
                store.put(key, FORM.written([*parsed, *asked, made.chapter.digest]))
        return made


def _read(store: Cache, key: str, source: Source) -> Kept | None:
    data = store.get(key)
    if data is None:
        return None
    try:
        *parsed, texts, pictures, names, known = FORM.read(data)
        chapter = Chapter(source, **dict(zip(PARSED, parsed, strict=True))).named(known)
    except (Damaged, ValueError, TypeError):
        return None
    return Kept(chapter, texts, pictures, names)
