"""Everything that goes into a book -> Edition: the same sources give the same id and date on every machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from compositor import __version__
from compositor.errors import BookError, error
from compositor.model import Chapter, Edition, Manuscript, Place

FIXED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a book that is in no git repository and is given no SOURCE_DATE_EPOCH."""


def edition(manuscript: Manuscript, chapters: Iterable[Chapter], theme_files: Mapping[str, bytes]) -> Edition:
    """The build id over sources, settings, images and theme; date and commit of the sources."""
    digest = sha256(__version__.encode())
    for name, data in _parts(manuscript, chapters, theme_files):
        digest.update(f"{len(name)} {name} {len(data)} ".encode() + data)
    date = _date(manuscript.folder)
    return Edition(digest.hexdigest()[:12], date or FIXED, _commit(manuscript.folder), date is not None)


def _parts(
    manuscript: Manuscript, chapters: Iterable[Chapter], theme_files: Mapping[str, bytes]
) -> Iterable[tuple[str, bytes]]:
    yield "metadata", repr((manuscript.metadata, sorted(manuscript.style.items()), manuscript.theme)).encode()
    yield "callouts", repr(sorted(manuscript.callouts.items())).encode()
    yield "preliminaries", repr(manuscript.preliminaries).encode()
    yield "fonts", repr([getattr(manuscript.fonts, use.name) for use in fields(manuscript.fonts)][:-1]).encode()
    yield "variables", repr(manuscript.variables).encode("utf-8", "surrogatepass")
    bibliography = manuscript.bibliography
    if bibliography is not None:
        yield "citation style", bibliography.style.encode()
        yield from ((path, text.encode("utf-8", "surrogatepass")) for path, text in bibliography.files.items())
    images = {manuscript.metadata.cover} - {""}
    for chapter in chapters:
        yield chapter.source.path, chapter.source.text.encode("utf-8", "surrogatepass")
        images |= {image.path for image in chapter.images} | set(chapter.files)
    for path in sorted(images):
        file = manuscript.folder / path
        yield path, file.read_bytes() if file.is_file() else b""
    yield from sorted(theme_files.items())


def _date(folder: Path) -> datetime | None:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return _from_epoch(given)
    committed = _log(folder, "%ct")
    return datetime.fromtimestamp(int(committed), UTC) if committed.isdigit() else None


def _from_epoch(given: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        remedy = "give whole seconds since 1970, such as 1763856000, or unset it"
        finding = error("B101", f"SOURCE_DATE_EPOCH is no date: {given[:40]!r}", Place("(environment)"), remedy)
        raise BookError([finding]) from None


def _commit(folder: Path) -> str:
    """The commit that is checked out (the same in a shallow clone), with `+` when the files differ from it."""
    commit = _log(folder, "%h")
    tracked = ("status", "--porcelain", "--untracked-files=no")
    changed = _git(folder, *tracked) or _git(folder, "status", "--porcelain", "--", ".")
    return commit + ("+" if commit and changed else "")


def _log(folder: Path, what: str) -> str:
    """One fact about the last commit, whatever the settings of this machine add to a log."""
    return _git(folder, "-c", "log.showSignature=false", "log", "-1", f"--format={what}", "--abbrev=12")


def _git(folder: Path, *arguments: str) -> str:
    """What git says, or nothing: a book may lie outside any repository, and a machine may have no git."""
    try:
        run = subprocess.run(
            ("git", *arguments), cwd=folder, capture_output=True, text=True, timeout=20, check=False, env=_quiet()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def _quiet() -> dict[str, str]:
    return {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


EXPLANATIONS = {
    "B101": """The variable SOURCE_DATE_EPOCH of the environment holds something else than whole seconds since
1 January 1970. It fixes the date in the files, so that the same sources give the same bytes.
Source: https://reproducible-builds.org/specs/source-date-epoch/""",
}
