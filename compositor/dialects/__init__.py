"""Folder -> Manuscript: which files make the book, in which order, and in which syntax they are written.

Each dialect is a module with `recognises` and `read`; the first that recognises the folder reads it.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Protocol

from compositor.dialects import native, plain
from compositor.dialects.explanations import EXPLANATIONS
from compositor.errors import error
from compositor.model import Finding, Manuscript, Place

__all__ = ["DIALECTS", "EXPLANATIONS", "Dialect", "read"]


class Dialect(Protocol):
    """What every member of the table has."""

    def recognises(self, folder: Path) -> bool:
        """Whether the folder is a book in this dialect."""

    def read(self, folder: Path) -> tuple[Manuscript | None, tuple[Finding, ...]]:
        """The manuscript and all findings; None when the book cannot be put together at all."""


DIALECTS: tuple[Dialect, ...] = (native, plain)


def read(folder: Path) -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """The manuscript, by the first dialect that recognises the folder; None when it cannot be put together."""
    try:
        for dialect in DIALECTS:
            if dialect.recognises(folder):
                return dialect.read(folder)
        return None, (_no_book(folder),)
    except PermissionError as refusal:
        place = Place(str(refusal.filename or folder))
        return None, (error("M005", "the folder cannot be read", place, "look at its permissions"),)


def _no_book(folder: Path) -> Finding:
    init = f'make a small book with "compositor init {folder}", or "python build.py init {folder}"'
    place = Place(str(folder))
    if not folder.exists():
        return error("M001", "there is no such folder", place, init)
    if not folder.is_dir():
        remedy = f'name the folder that holds book.toml: "{folder.parent}"'
        return error("M001", "this is a file; a book is a folder", place, remedy)
    near = difflib.get_close_matches("book.toml", sorted(path.name for path in folder.iterdir()), 1, 0.7)
    helps = [f'did you mean to call "{near[0]}" so?'] if near else []
    return error("M001", "this folder is not a book: it has no book.toml", place, *helps, init)
