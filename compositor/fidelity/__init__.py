"""A book and the findings -> what became of it: kept, changed, left out, and which of Compositor's promises hold.

kept.py      the tokens of a book, counted under names that readers use
kinds.py     a finding -> whether something was changed, is missing, or could be better
promises.py  findings and files -> whether each promise holds
spoken.py    the whole in a few lines for people, and as JSON
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compositor.fidelity.kept import Kept, kept
from compositor.fidelity.kinds import Kind, by_kind
from compositor.fidelity.promises import Promise, promises
from compositor.model import Book, Finding

__all__ = ["Fidelity", "fidelity_of"]


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What became of a book."""

    title: str
    origin: str
    """What its folder was recognised as, and why; empty for a native book."""
    build: str
    files: Mapping[str, str]
    """Name -> SHA-256 of each finished file."""
    pages: int
    """Number of pages of the PDF; 0 if none was made."""
    kept: tuple[Kept, ...]
    changed: tuple[Kind, ...]
    left_out: tuple[Kind, ...]
    could_be_better: tuple[Kind, ...]
    promises: tuple[Promise, ...]


def fidelity_of(
    book: Book, findings: Iterable[Finding], files: Mapping[str, bytes], missing: Sequence[str], pages: int
) -> Fidelity:
    """Return what became of a book; the same sources give the same value. `missing`: the files that could not be made.

    `findings` are those from reading and building. What lies in the output folder is no part of a book.
    """
    found = tuple(findings)
    kinds = by_kind(found)
    return Fidelity(
        title=book.metadata.title,
        origin=book.manuscript.origin,
        build=book.edition.build_id,
        files={name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
        pages=pages,
        kept=kept(book),
        changed=kinds["changed"],
        left_out=kinds["left out"],
        could_be_better=kinds["could be better"],
        promises=promises(found, tuple(files), missing),
    )
