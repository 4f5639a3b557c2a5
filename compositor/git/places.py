"""A book's folder -> its repository: the first `.git` at or above it, and whether that is its own.

Source: gitrepository-layout(5), git-worktree(1). A folder from an archive may claim to be part of any repository on the
machine; so a `.git` that leads elsewhere counts only if that place confirms it.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from compositor.git.files import Unreadable, read, real_path, refused
from compositor.git.settings import is_true, settings_of_all

POINTER_LIMIT = 16 * 1024
"""Bytes of a file with nothing but a path."""
CLONE = "clone the repository and build there; a `.git` that came with an archive can be deleted"
SAY_SO = 'if it is yours, `git config core.worktree "$(git rev-parse --show-toplevel)"` says so there; else ' + CLONE
REPAIR = "`git worktree repair` in this folder fixes it if the work tree or the main repository was moved"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a repository are, as real paths."""

    work: Path
    """The folder with the files."""
    git: Path
    """What belongs only to this work tree: HEAD and the index."""
    common: Path
    """What all work trees share: objects, references, configuration. Usually the same folder."""

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders outside which nothing of the repository is read."""
        return tuple(dict.fromkeys((str(self.git), str(self.common))))


def find(folder: Path) -> Places | None:
    """Return the repository of a folder, or None. Raises Unreadable if there is one that does not belong to it."""
    try:
        start = folder.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return next((found for place in (start, *start.parents) if (found := at(place)) is not None), None)


def at(work: Path) -> Places | None:
    """Return the repository whose work tree is this folder (a real path)."""
    entry = work / ".git"
    try:
        kind = os.stat(entry).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise refused(entry, problem) from None
    if stat.S_ISDIR(kind):
        git = _real(entry)
        return _checked(work, git) if git is not None and _looks_like_one(git) else None
    if not stat.S_ISREG(kind):
        return None
    return _pointed_at(work, entry)


def _looks_like_one(git: Path) -> bool:
    """Return whether a folder has the parts of a repository. Raises Unreadable if it may not be read."""
    try:
        names = set(os.listdir(git))
    except OSError as problem:
        raise refused(git, problem) from None
    return {"HEAD", "objects", "refs"} <= names or {"HEAD", "commondir"} <= names


def _pointed_at(work: Path, entry: Path) -> Places:
    """Return the repository that a `.git` file names."""
    git = _path_in(entry, work, (str(work),), b"gitdir: ")
    if git is None or not git.is_dir():
        remedy = "mount or copy the main repository together with the book"
        raise Unreadable(entry, "this file names a folder that does not exist", f"{remedy}; {REPAIR}")
    if not _looks_like_one(git):
        raise Unreadable(entry, "this file names a folder without a repository", CLONE)
    return _checked(work, git)


def _checked(work: Path, git: Path) -> Places:
    """Return the repository, if it belongs to this work tree. Raises Unreadable otherwise."""
    if git == work / ".git":
        return Places(work, git, git)
    common = _path_in(git / "commondir", git, (str(git),))
    if common is not None:
        return _worktree(work, git, common)
    _refuse_if_of_another(work, git)
    return Places(work, git, git)


def _refuse_if_of_another(work: Path, git: Path) -> None:
    """Refuse a repository elsewhere unless it names its own files, as that of a submodule does."""
    entry = work / ".git"
    if _is_the_one_of(git.parent, git):
        raise Unreadable(entry, "`.git` leads to the repository of another folder", CLONE)
    settings = settings_of_all(git, git, (str(git),))
    if is_true(settings, "core.bare"):
        raise Unreadable(entry, "`.git` leads to a repository without files", "build in a work tree of it")
    files = settings.get("core.worktree")
    if files is None or _real(git / files) != work:
        raise Unreadable(entry, "`.git` leads to a repository that does not name this folder as its work tree", SAY_SO)


def _is_the_one_of(folder: Path, git: Path) -> bool:
    """Return whether a folder has this repository as its `.git`; the system decides whether `.GIT` is the same."""
    return os.path.lexists(folder / ".git") and os.path.samefile(folder / ".git", git)


def _worktree(work: Path, git: Path, common: Path) -> Places:
    """Return a linked work tree: its folder is in the main repository, and leads back to it."""
    entry = work / ".git"
    if git.parent != common / "worktrees":
        raise Unreadable(entry, "`.git` leads to a main repository that does not list this work tree", CLONE)
    back = _path_in(git / "gitdir", git, (str(git),))
    if back != entry:
        raise Unreadable(entry, "`.git` leads to a repository that lists another path for this work tree", REPAIR)
    return Places(work, git, common)


def _path_in(file: Path, base: Path, roots: tuple[str, ...], mark: bytes = b"") -> Path | None:
    """Return the real path that a file names, from a folder on; None if the file or the path does not exist."""
    data = read(file, roots, POINTER_LIMIT)
    if data is None or not data.startswith(mark):
        return None
    text = data.removeprefix(mark).rstrip(b"\r\n")
    return _real(base / os.fsdecode(text)) if text else None


def _real(path: Path) -> Path | None:
    try:
        return Path(real_path(path))
    except (OSError, ValueError):
        return None
