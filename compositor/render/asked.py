"""Book -> the same book, which records what it is asked: a rendered unit is valid as long as the answers are the same.

A unit names things of other units: numbers, titles, pages, works. Each of these is a question with an answer in plain
values. A result is kept with both, and reused if the book gives the same answers. If more than that is read, as for an
index, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from compositor.cache import Cache, Damaged, Values, current, digest, press
from compositor.model import Book, Edition, ListedWork, Manuscript, PageMap, Place, Target
from compositor.model.apparatus import BackMatter
from compositor.model.book import FIRST_IN_ZIP

Made = TypeVar("Made")
Question = tuple[str, str]
PLAIN = Values()
NOWHERE = Place("")
TARGET, LINK, CITATION, WORKS, FOLIO, PAGE = "target", "link", "citation", "works", "folio", "page"
_works: list[tuple[tuple[ListedWork, ...], str]] = []


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a book to each question, in plain values; None for what it does not have."""

    book: Book
    pages: PageMap | None

    def to(self, question: Question) -> Any:
        """Return the answer."""
        kind, name = question
        if kind == TARGET:
            return _said(self.book.targets[name]) if name in self.book.targets else None
        if kind == LINK:
            return self.book.links.get(name)
        if kind == CITATION:
            return self.book.citations[name].pieces if name in self.book.citations else None
        if kind == WORKS:
            return _digest_of(self.book.works)
        if self.pages is None:
            return None
        return self.pages.folio(name) if kind == FOLIO else self.pages.page(name)


def _said(target: Target) -> tuple[Any, ...]:
    """Return everything about a target that is given in answers."""
    anchor = target.anchor
    of_anchor = anchor.id, anchor.kind, anchor.title, anchor.level, anchor.aliases, anchor.numbered, anchor.given
    return target.unit, target.number, target.label, target.called, *of_anchor, anchor.number, anchor.within


def _digest_of(works: tuple[ListedWork, ...]) -> str:
    if not _works or _works[0][0] is not works:
        _works[:] = [(works, digest(repr(works)))]
    return _works[0][1]


@dataclass(slots=True)
class Asked:
    """A book with a record of its answers."""

    answers: Answers
    noted: dict[Question, Any] = field(default_factory=dict)
    is_whole: bool = False
    """Whether a part of it was read that is not an answer to a question."""

    def note(self, kind: str, name: str = "") -> None:
        """Record that this was asked."""
        if (kind, name) not in self.noted:
            self.noted[kind, name] = self.answers.to((kind, name))

    def read(self) -> None:
        """Record that a whole part of the book was read."""
        self.is_whole = True

    def book(self) -> Book:
        """The book; its folder and its edition are hidden."""
        book = self.answers.book
        told = Manuscript(Path(), book.metadata, (), frozenset())
        return replace(
            book,
            manuscript=told,
            edition=Edition("", FIRST_IN_ZIP),
            targets=_Noting(self, TARGET, book.targets, _without_place),
            links=_Noting(self, LINK, book.links),
            citations=_Noting(self, CITATION, book.citations),
            works=_sequence(book.works, lambda: self.note(WORKS)),
            units=_sequence(book.units, self.read),
            contents=_sequence(book.contents, self.read),
            matter=BackMatter(_sequence(book.matter.index, self.read), _sequence(book.matter.answers, self.read)),
        )

    def pages(self) -> PageMap | None:
        """The pages."""
        return None if self.answers.pages is None else cast(PageMap, _Pages(self, self.answers.pages))


def _without_place(target: Target) -> Target:
    return replace(target, anchor=replace(target.anchor, place=NOWHERE, words=()))


class _Noting(Mapping[str, Any]):
    """Values by name, which records each look-up."""

    def __init__(
        self, asked: Asked, kind: str, values: Mapping[str, Any], shown: Callable[[Any], Any] | None = None
    ) -> None:
        self._asked, self._kind, self._values, self._shown = asked, kind, values, shown

    def __getitem__(self, name: str) -> Any:
        self._asked.note(self._kind, name)
        value = self._values[name]
        return value if self._shown is None else self._shown(value)

    def __iter__(self) -> Iterator[str]:
        self._asked.read()
        return iter(self._values)

    def __len__(self) -> int:
        self._asked.read()
        return len(self._values)


class _Sequence(Sequence[Any]):
    """Values in order, which records when they are read."""

    def __init__(self, values: tuple[Any, ...], tell: Callable[[], None]) -> None:
        self._values, self._tell = values, tell

    def __getitem__(self, index: Any) -> Any:
        self._tell()
        return self._values[index]

    def __len__(self) -> int:
        self._tell()
        return len(self._values)


def _sequence(values: tuple[Any, ...], tell: Callable[[], None]) -> tuple[Any, ...]:
    return cast("tuple[Any, ...]", _Sequence(values, tell))


class _Pages:
    """Pages that are asked for one thing at a time."""

    def __init__(self, asked: Asked, pages: PageMap) -> None:
        self._asked, self._pages = asked, pages

    def folio(self, anchor: str) -> str:
        """Return the printed number of an anchor's page."""
        self._asked.note(FOLIO, anchor)
        return self._pages.folio(anchor)

    def page(self, anchor: str) -> int | None:
        """Return the physical page (from 1) of an anchor."""
        self._asked.note(PAGE, anchor)
        return self._pages.page(anchor)


@dataclass(slots=True)
class Tally:
    """How many results were made, and how many were reused from an earlier build."""

    made: int = 0
    kept: int = 0


_counting: list[Tally] = []


@contextmanager
def counting() -> Iterator[Tally]:
    """Count the results that are made and reused inside the block."""
    tally = Tally()
    _counting.append(tally)
    try:
        yield tally
    finally:
        _counting.remove(tally)


_memory: list[dict[str, Any]] = []


@contextmanager
def held_in_memory() -> Iterator[None]:
    """Keep results in memory inside the block, for a build without a cache that asks for them more than once."""
    _memory.append({})
    try:
        yield
    finally:
        _memory.pop()


def kept(
    make: Callable[[Book, PageMap | None], Made],
    answers: Answers,
    parts: Sequence[str],
    form: Values = PLAIN,
    before: Sequence[str] = (),
) -> Made:
    """Return the result of `make` for a book and its pages, or an earlier one if the answers were the same.

    `parts`: everything else that it depends on; an empty one is unknown, and then nothing is kept. `before`: the parts
    of another result, which is as good if the answers are the same. The result has the form `form`.
    """
    store = _Store.now(form) if all(parts) else None
    keys = [digest("asked", press(), *one) for one in (before, parts) if one] if store is not None else []
    found = next((one for key in keys if (one := store.found(key, answers)) is not None), None) if store else None
    for tally in _counting:
        tally.made, tally.kept = tally.made + (found is None), tally.kept + (found is not None)
    if found is not None:
        return cast(Made, found[0])
    if store is None:
        return make(answers.book, answers.pages)
    noting = Asked(answers)
    made = make(noting.book(), noting.pages())
    if not noting.is_whole:
        store.keep(keys[-1], [(*question, answer) for question, answer in noting.noted.items()], made)
    return made


@dataclass(frozen=True, slots=True)
class _Store:
    """Where results are kept: in memory, and in the cache if there is one."""

    form: Values
    recent: dict[str, Any]
    cache: Cache | None

    @classmethod
    def now(cls, form: Values) -> _Store | None:
        """Return the store of this build, if it has one."""
        cache = current()
        recent = cache.recent if cache is not None else (_memory[-1] if _memory else None)
        return None if recent is None else cls(form, recent, cache)

    def found(self, key: str, answers: Answers) -> tuple[Any] | None:
        """Return an earlier result if it is still valid."""
        try:
            if key not in self.recent:
                data = self.cache.get(key) if self.cache is not None else None
                if data is None:
                    return None
                self.recent[key] = self.form.read(data)
            asked, made = self.recent[key]
            return (made,) if all(answers.to((kind, name)) == answer for kind, name, answer in asked) else None
        except (Damaged, ValueError, TypeError):
            return None

    def keep(self, key: str, asked: Sequence[tuple[str, str, Any]], made: Any) -> None:
        """Keep a result with the questions and answers on which it depends."""
        if self.cache is not None:
            self.cache.put(key, self.form.written((asked, made)))
        self.recent[key] = asked, made
