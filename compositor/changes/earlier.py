"""A revision of a book's repository -> the book's text then, cached by the id of the folder's content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path, PurePath
from typing import Any

from compositor.cache import remembered
from compositor.changes.passages import Passage, Section, Told, told
from compositor.git.files import Unreadable
from compositor.git.revisions import NoRevision, files_of, tree_of
from compositor.machine.scratch import Scratch, is_full
from compositor.model import Book


@contextmanager
def folder_of(book: Path, revision: str) -> Iterator[Path]:
    """Return a folder with the files that a book's folder had in a revision; it lasts as long as the `with` statement.

    Raises NoRevision, and Unreadable if the repository cannot be read.
    """
    with Scratch("old") as scratch:
        folder = Path(scratch) / (book.resolve().name or "book")
        folder.mkdir()
        for path, data in files_of(book, revision):
            _write(folder / PurePath(path), data, book)
        yield folder


def _write(target: Path, data: bytes, book: Path) -> None:
    """Write a file. Raises Unreadable if the repository has names that no folder can have."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as problem:
        if is_full(problem):
            raise
        why = f"it has a name that no file can have here ({problem.strerror})"
        raise Unreadable(book, why, "name a revision without it") from None


def told_in(book: Path, revision: str, read: Callable[[Path], Book | None], *asked: str) -> tuple[Told, ...]:
    """Return the text of a folder's book in a revision; `read` makes a book of a folder, with the wishes in `asked`.

    Raises NoRevision, also if the folder was no book then, and Unreadable.
    """

    def made() -> tuple[Any, ...]:
        with folder_of(book, revision) as folder:
            then = read(folder)
            if then is None:
                raise NoRevision(f'in "{revision}" the folder was not a readable book')
            return tuple(map(astuple, told(then)))

    tree, name = tree_of(book, revision), os.fsencode(book.resolve().name)
    return tuple(map(_told, remembered(made, "told in a revision", tree, name, *asked)))


def _told(values: tuple[Any, ...]) -> Told:
    key, title, passages = values
    made = (Passage(kind, words, Section(*section), source) for kind, words, section, source in passages)
    return Told(key, title, tuple(made))
