"""Target -> whether an output may be written there: not over another kind of file, nor through a link out of the book.

A stranger's book may come with `dist`, or a file in it, as a link to some other place on the machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from compositor.errors import BookError, error
from compositor.formats.writing.folders import faults_of_folder
from compositor.model import Finding, Place

NAMED = "name the place itself with -o, not a link to it"


def refuse(targets: Iterable[Path], book: Path, folders: Iterable[Path] = ()) -> None:
    """Raise BookError if one of these may not be written for the book in this folder.

    `folders`: targets that are replaced as a whole.
    """
    top = _top(Path(os.path.realpath(book)))
    findings = [finding for target in targets for finding in _faults(target, top)]
    findings += [finding for folder in folders for finding in faults_of_folder(Path(os.path.realpath(folder)))]
    if findings:
        raise BookError(findings)


def _faults(target: Path, top: Path) -> Iterator[Finding]:
    place, real = Place(target.as_posix()), Path(os.path.realpath(target))
    if any(_leads_out(Path(link), top) for link in _links(target)):
        yield error("F009", "a link in the book leads out of its folder", place, NAMED)
    elif real.suffix.lower() != target.suffix.lower():
        yield error("F009", f'the output is a link to "{real.name}", a file of another kind', place, NAMED)


def _links(target: Path) -> Iterator[str]:
    """Yield the links on the way to a target."""
    whole = Path(os.path.abspath(target))
    return (str(one) for one in (whole, *whole.parents) if one.is_symlink())


def _leads_out(link: Path, top: Path) -> bool:
    """Return whether a link is in this folder and leads out of it."""
    lies_in = Path(os.path.realpath(link.parent)).is_relative_to(top)
    return lies_in and not Path(os.path.realpath(link)).is_relative_to(top)


def _top(book: Path) -> Path:
    """Return the repository of a book, which the sender of the book controls; else the book's own folder."""
    return next((one for one in (book, *book.parents) if os.path.lexists(one / ".git")), book)
