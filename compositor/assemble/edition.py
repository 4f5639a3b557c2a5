"""Everything that goes into a book -> Edition: the same sources give the same id and date on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from compositor import __version__
from compositor.assemble.pictures import picture_file
from compositor.errors import BookError, error, printable, warning
from compositor.git import Checkout, Unreadable, read_checkout
from compositor.model import Chapter, Edition, Finding, Manuscript, Place

FIXED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a book in no git repository and without SOURCE_DATE_EPOCH."""
NONE = Edition("", FIXED, dated=False)
"""The edition of a book that is assembled for another purpose than a build."""
DIGITS = 12
"""Digits of a build id and of an abbreviated commit."""
NAMED = "[["
"""Prefix of a link by file name: its target depends on the files that exist."""
MARKS = {"clean": "", "changed": "+", "unknown": "?"}
"""What follows a commit, by the state of the files."""


def edition(
    manuscript: Manuscript, chapters: Iterable[Chapter], theme_files: Mapping[str, bytes]
) -> tuple[Edition, tuple[Finding, ...]]:
    """Return the build id over sources, settings, images and theme; date and commit of the sources.

    Also returns warnings about what could not be found out. Raises BookError if SOURCE_DATE_EPOCH is invalid.
    """
    digest = sha256(__version__.encode())
    for name, data in _parts(manuscript, chapters, theme_files):
        digest.update(f"{len(name)} {name} {len(data)} ".encode("utf-8", "surrogateescape") + data)
    given = _from_epoch(os.environ.get("SOURCE_DATE_EPOCH", ""))
    checkout, findings = _checkout(manuscript.folder, given is not None)
    committed = datetime.fromtimestamp(checkout.seconds, UTC) if checkout else None
    date = given or committed
    commit = checkout.commit[:DIGITS] + MARKS[checkout.state] if checkout else ""
    return Edition(digest.hexdigest()[:DIGITS], date or FIXED, commit, date is not None), findings


def _parts(
    manuscript: Manuscript, chapters: Iterable[Chapter], theme_files: Mapping[str, bytes]
) -> Iterable[tuple[str, bytes]]:
    yield "metadata", repr((manuscript.metadata, sorted(manuscript.style.items()), manuscript.theme)).encode()
    yield "callouts", repr(sorted(manuscript.callouts.items())).encode()
    yield "preliminaries", repr(manuscript.preliminaries).encode()
    if manuscript.paper.is_asked:
        yield "paper", repr(manuscript.paper).encode()
    yield "fonts", repr([getattr(manuscript.fonts, use.name) for use in fields(manuscript.fonts)][:-1]).encode()
    yield "variables", repr(manuscript.variables).encode("utf-8", "surrogatepass")
    bibliography = manuscript.bibliography
    if bibliography is not None:
        yield "citation style", bibliography.style.encode()
        yield from ((path, text.encode("utf-8", "surrogatepass")) for path, text in bibliography.files.items())
    images, texts, by_name = {manuscript.metadata.cover} - {""}, set[str](), False
    for chapter in chapters:
        yield chapter.source.path, chapter.source.text.encode("utf-8", "surrogatepass")
        by_name = by_name or NAMED in chapter.source.text
        images |= {image.path for image in chapter.images}
        texts |= set(chapter.files)
    for path in sorted(images | texts):
        file = picture_file(manuscript.folder, path)
        data = file.read_bytes() if file is not None and os.access(file, os.R_OK) else b""
        by_name = by_name or (path in texts and NAMED.encode() in data)
        yield path, data
    if by_name and manuscript.files:
        yield "files", repr(sorted(manuscript.files.items())).encode("utf-8", "surrogatepass")
    yield from sorted(theme_files.items())


def _from_epoch(given: str) -> datetime | None:
    if not given:
        return None
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        remedy = "give whole seconds since 1970, such as 1763856000, or unset it"
        finding = error("B101", f"SOURCE_DATE_EPOCH is not a date: {given[:40]!r}", Place("(environment)"), remedy)
        raise BookError([finding]) from None


def _checkout(folder: Path, dated: bool) -> tuple[Checkout | None, tuple[Finding, ...]]:
    """Return the state of the book's repository, if there is one; `dated`: the book has its date from elsewhere."""
    try:
        checkout = read_checkout(folder)
    except Unreadable as problem:
        lost = "no commit" if dated else "no commit, and no year: SOURCE_DATE_EPOCH would give it one"
        message = f"the repository of the book cannot be read: {problem.why}"
        return None, (_warning("B102", message, folder, problem, f"until then the copyright page names {lost}"),)
    message = "it is not known whether the files are as committed: "
    help_ = "until then the copyright page says so next to the commit"
    doubts = checkout.doubts if checkout else ()
    return checkout, tuple(_warning("B103", message + one.why, folder, one, help_) for one in doubts)


def _warning(code: str, message: str, folder: Path, problem: Unreadable, help_: str) -> Finding:
    shown = os.fsencode(os.path.relpath(problem.path, folder.resolve())).decode("utf-8", "replace")
    return warning(code, message, Place(printable(shown)), problem.remedy, help_)


EXPLANATIONS = {
    "B101": """The environment variable SOURCE_DATE_EPOCH is not a number of whole seconds since 1 January 1970. It
sets the date in the files, so that the same sources give the same bytes. Source:
https://reproducible-builds.org/specs/source-date-epoch/""",
    "B102": """The book is in a git repository, but Compositor cannot read from it which commit that is. It reads the
files of the repository itself and does not start git, because git runs programs that a configuration names, and whoever
sent the book may have written that. It reads the repository that the book belongs to: the first `.git` at or above the
book's folder. Who owns the files does not matter. A repository may be elsewhere if it names the folder of its files: by
core.worktree, like that of a submodule, or in its list of work trees. It does not read a repository of another folder,
references in the reftable format, or objects that are borrowed from outside the repository. Without a commit the book
is dated by SOURCE_DATE_EPOCH, else 1 January 2000, and its copyright page names no year.""",
    "B103": """The commit is known, but not whether the files have changed since. So the copyright page says that this
is unknown, instead of how to get these sources. There are four possible reasons: objects are missing (a clone
without trees); a file passes through a filter on its way into the repository, which is a program, and Compositor starts
none; a file, the index, a submodule or a setting of the repository may not be read or is damaged; or the repository is
too large to be compared file by file: 20 seconds, 4 GiB of files, 500,000 names, 256 MiB of commits and trees, 4 MiB of
ignores and attributes.""",
}
