"""A failing book -> a small one that fails in the same way: without files, blocks, settings, lines and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from tests.random_books.books import File, RandomBook

T = TypeVar("T")
Fails = Callable[[RandomBook], bool]


def shrunk(book: RandomBook, fails: Fails) -> RandomBook:
    """Return the smallest book that still fails, found by leaving out one thing after the other."""
    while (smaller := _once(book, fails)) != book:
        book = smaller
    return _without_unused(book, fails)


def _once(book: RandomBook, fails: Fails) -> RandomBook:
    for name in ("files", "style", "pages", "top"):
        book = _fewer(book, getattr(book, name), _setter(name), fails)
    for at in range(len(book.files)):
        book = _fewer(book, book.files[at].blocks, _of_file(at), fails)
    for at, file in enumerate(book.files):
        for number in range(len(file.blocks)):
            book = _fewer(book, _pieces(book.files[at].blocks[number]), _of_block(at, number), fails)
    return book


def _fewer(
    book: RandomBook, parts: Sequence[str], put: Callable[[RandomBook, Sequence], RandomBook], fails: Fails
) -> RandomBook:
    """Return the book with as few of these parts as it needs to fail: halves first, then quarters, then one by one."""
    size = (len(parts) + 1) // 2
    while parts and size:
        for start in range(0, len(parts), size):
            left = [*parts[:start], *parts[start + size :]]
            smaller = put(book, left)
            if len(left) < len(parts) and smaller.files and fails(smaller):
                return _fewer(smaller, left, put, fails)
        size = size // 2 if size > 1 else 0
    return book


def _setter(name: str) -> Callable[[RandomBook, Sequence], RandomBook]:
    return lambda book, parts: replace(book, **{name: tuple(parts)})


def _of_file(at: int) -> Callable[[RandomBook, Sequence[str]], RandomBook]:
    def put(book: RandomBook, blocks: Sequence[str]) -> RandomBook:
        return _with(book, at, replace(book.files[at], blocks=tuple(blocks)))

    return put


def _of_block(at: int, number: int) -> Callable[[RandomBook, Sequence[str]], RandomBook]:
    def put(book: RandomBook, pieces: Sequence[str]) -> RandomBook:
        blocks = list(book.files[at].blocks)
        blocks[number] = "".join(pieces)
        return _with(book, at, replace(book.files[at], blocks=tuple(blocks)))

    return put


def _with(book: RandomBook, at: int, file: File) -> RandomBook:
    return replace(book, files=(*book.files[:at], file, *book.files[at + 1 :]))


def _pieces(text: str) -> tuple[str, ...]:
    """Return a block in lines; a single line in words, each with the space after it."""
    lines = text.splitlines(keepends=True)
    return tuple(lines if len(lines) > 1 else _words(text))


def _words(text: str) -> Iterator[str]:
    words = text.split(" ")
    yield from (f"{word} " for word in words[:-1])
    yield words[-1]


def _without_unused(book: RandomBook, fails: Fails) -> RandomBook:
    """Return the book without the pictures and data that nothing in it names."""
    for name in book.others:
        smaller = replace(book, others={key: data for key, data in book.others.items() if key != name})
        named = any(name.rpartition("/")[2] in text for text in (*book.top, *(b for f in book.files for b in f.blocks)))
        if not named and fails(smaller):
            book = smaller
    return book
