"""Two states of a book, each a folder or a revision of its repository -> what changed. This runs inside the fence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from compositor.changes import compared, told
from compositor.changes.earlier import folder_of
from compositor.changes.page import as_html
from compositor.changes.spoken import as_lines
from compositor.commands.work import Reader
from compositor.errors import BookError, error
from compositor.fence import Worker
from compositor.formats.writing.files import write_atomically
from compositor.formats.writing.places import refuse
from compositor.git.files import Unreadable
from compositor.git.revisions import NoRevision
from compositor.made_before.of_pages import earlier_pages
from compositor.model import Place
from compositor.press import Proof, Timings


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which states of which book, and where a page is written."""

    book: Path
    old: str
    new: str
    """Empty: the book as it is."""
    page: Path | None


@dataclass(frozen=True, slots=True)
class Differing:
    """The result of a comparison."""

    lines: tuple[str, ...] = ()
    unknown: str = ""
    """A sentence that says which state does not exist."""


def differ(wanted: Wanted, read: Reader, worker: Worker) -> Differing:
    """Read both states and compare them. Raises BookError if one cannot be read at all, or the page not be written."""
    timings = Timings(worker.stage)
    try:
        with _folder(wanted, wanted.old) as before, _folder(wanted, wanted.new) as after:
            return _told(wanted, _read(before, read, timings), _read(after, read, timings))
    except (NoRevision, Unreadable) as problem:
        return Differing(unknown=str(problem))


def _told(wanted: Wanted, old: Proof, new: Proof) -> Differing:
    assert old.book is not None and new.book is not None
    changes = compared(told(old.book), new.book)
    pages = _pages(new)
    if wanted.page is not None:
        refuse([wanted.page], wanted.book)
        title = f"{new.book.metadata.title}: from {_short(wanted.old)} to {_short(wanted.new) or 'now'}"
        write_atomically(wanted.page, as_html(changes, title, new.book.metadata.language, pages).encode())
    return Differing(tuple(as_lines(changes, pages)))


def _short(state: str) -> str:
    """Return the name of a state; a commit id is shortened."""
    return re.sub("[0-9a-f]{40,}", lambda found: found[0][:12], state)


def _folder(wanted: Wanted, state: str) -> AbstractContextManager[Path]:
    """Return a folder as it is, or the book's folder as it was in a revision."""
    folder = Path(state) if state else wanted.book
    return nullcontext(folder) if not state or os.path.isdir(folder) else folder_of(wanted.book, state)


def _read(folder: Path, read: Reader, timings: Timings) -> Proof:
    proof = read(folder, timings)
    if proof.book is None:
        found = proof.errors or (error("M001", "there is no book", Place("book.toml")),)
        raise BookError(found)
    return proof


def _pages(proof: Proof) -> Mapping[str, str]:
    """Return the page of each anchor, if the PDF of exactly this state is there."""
    known = earlier_pages(proof, "dist/")
    if proof.book is None or known is None or known.build != proof.book.edition.build_id:
        return {}
    return {anchor: known.labels[number] for anchor, number in known.pages.items()}
