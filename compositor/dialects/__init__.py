"""Folder -> Manuscript: which files make the book, in which order, and in which syntax they are written.

Each dialect is a module with `recognises` and `read`; the first that recognises the folder reads it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from shlex import quote
from typing import Protocol, cast

from compositor.dialects.explanations import EXPLANATIONS
from compositor.errors import error
from compositor.folder.paths import NOT_SEARCHED, list_files, not_in_utf8
from compositor.model import Finding, Manuscript, Place

__all__ = ["DIALECTS", "EXPLANATIONS", "Dialect", "read"]


class Dialect(Protocol):
    """The interface of every member of the table."""

    def recognises(self, folder: Path) -> bool:
        """Return whether the folder is a book in this dialect."""

    def read(self, folder: Path, language: str = "") -> tuple[Manuscript | None, tuple[Finding, ...]]:
        """Return the manuscript and all findings; None if the book cannot be put together at all.

        `language` selects a book if a folder has one for each language.
        """


CONVERTED = {
    ".ipynb": ("notebooks of Jupyter", "jupyter nbconvert --to markdown FILE.ipynb"),
    ".rst": ("texts in reStructuredText", "pandoc FILE.rst -t gfm -o FILE.md"),
    ".adoc": ("texts in AsciiDoc", "asciidoctor -b docbook -o - FILE.adoc | pandoc -f docbook -t gfm -o FILE.md"),
    ".org": ("texts in Org", "pandoc FILE.org -t gfm -o FILE.md"),
    ".tex": ("texts in LaTeX", "pandoc FILE.tex -t gfm -o FILE.md"),
    ".docx": ("documents of Word", "pandoc FILE.docx -t gfm --extract-media . -o FILE.md"),
}
"""Endings of texts in other formats -> what they are called, and a command that makes Markdown of one."""
DIALECTS = ("native", "mdbook", "gitbook", "plain")
"""The modules; each is imported only if those before it do not recognise a folder."""


def _dialects() -> Iterator[Dialect]:
    for name in DIALECTS:
        yield cast(Dialect, import_module(f"compositor.dialects.{name}"))


def read(folder: Path, language: str = "") -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript, from the first dialect that recognises the folder; None if it cannot be put together."""
    try:
        for dialect in _dialects():
            if dialect.recognises(folder):
                return dialect.read(folder, language)
        return None, (_no_book(folder), *(not_in_utf8(folder) if folder.is_dir() else ()))
    except PermissionError as refusal:
        place = Place(str(refusal.filename or folder))
        return None, (error("M005", "the folder cannot be read", place, "check its permissions"),)


def _no_book(folder: Path) -> Finding:
    new = folder if not folder.exists() else folder / "my-book"
    init = f"make a small book: `compositor init {quote(str(new))}`, or `python build.py init {quote(str(new))}`"
    place = Place(str(folder))
    if not folder.exists():
        beside = [f'name the folder of a book: "{near}"' for near in _books_beside(folder)[:1]]
        return error("M001", "there is no such folder", place, *beside, init)
    if not folder.is_dir():
        remedy = f'name the folder that holds book.toml: "{folder.parent}"'
        return error("M001", "this is a file, but a book is a folder", place, remedy)
    if foreign := _other_texts(folder):
        return foreign
    near = difflib.get_close_matches("book.toml", sorted(path.name for path in folder.iterdir()), 1, 0.7)
    helps = [f'did you mean to give "{near[0]}" that name?'] if near else []
    helps += [f'name the folder of a book in it: "{inside}"' for inside in _books_in(folder)[:1]]
    return error("M001", "this folder is not a book: it has no book.toml", place, *helps, init)


def _other_texts(folder: Path) -> Finding | None:
    """Return the finding for a folder whose texts are not Markdown; None if they are none that can be converted."""
    endings = [os.path.splitext(name)[1].lower() for name in list_files(folder)]
    known = max(CONVERTED, key=endings.count)
    if known not in endings or any(ending in endings for ending in (".md", ".markdown", ".mdx")):
        return None
    called, command = CONVERTED[known]
    message = f"this folder is not a book: it has {called}, and Compositor reads Markdown"
    helps = [f'name the folder of a book in it: "{inside}"' for inside in _books_in(folder)[:1]]
    return error("M001", message, Place(str(folder)), f"convert each of them, as in: `{command}`", *helps)


def _books_in(folder: Path) -> list[Path]:
    """Return the folders in this one that are books: with a book.toml, else with chapters."""
    inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    ours = next(_dialects())
    settled = [path for path in inside if ours.recognises(path)]
    others = [path for path in inside if path.name not in NOT_SEARCHED]
    return settled or [path for path in others if _has_text(path) or any(one.recognises(path) for one in _dialects())]


def _books_beside(folder: Path) -> list[Path]:
    """Return the folders with a book.toml next to a missing one, or one level down, where `init` puts them."""
    if not folder.parent.is_dir():
        return []
    beside = sorted(path for path in folder.parent.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    ours = next(_dialects())
    return [path for one in beside for path in (one, one / "book") if ours.recognises(path)]


def _has_text(folder: Path) -> bool:
    return any(path.suffix.lower() in (".md", ".markdown") for path in folder.iterdir())
