"""Remedies for repositories are followed literally; afterwards commit, date and state are known."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.git.answers import answer, kind, told, words
from tests.git.repositories import commit, git, said_by_git, start, write


def borrowed(top: Path) -> Path:
    """Make a clone that uses the objects of another."""
    start(top / "origin")
    git(top, "clone", "-q", "--shared", top / "origin", top / "clone")
    return top / "clone/book"


def repacked(top: Path) -> None:
    """Run `git repack -a -d` there."""
    git(top / "clone", "repack", "-q", "-a", "-d")


def without_trees(top: Path) -> Path:
    """Make a clone that fetches trees when git needs them."""
    start(top / "origin")
    git(top / "origin", "config", "uploadpack.allowFilter", "true")
    git(top, "clone", "-q", "--no-checkout", "--filter=tree:0", f"file://{top}/origin", "clone")
    write(top / "clone", {"book/01-one.md": "# One\n"})
    return top / "clone/book"


def fetched(top: Path) -> None:
    """Run `git fetch --refetch --no-filter`, and check the files out."""
    git(top / "clone", "fetch", "-q", "--refetch", "--no-filter")
    git(top / "clone", "checkout", "-q", "-f", "main")


def moved(top: Path) -> Path:
    """Move a linked work tree to another place than its repository knows."""
    start(top / "origin")
    git(top / "origin", "worktree", "add", "-q", top / "linked")
    (top / "linked").rename(top / "moved")
    return top / "moved/book"


def repaired(top: Path) -> None:
    """Run `git worktree repair` in this folder."""
    git(top / "moved", "worktree", "repair")


def filtered(top: Path) -> Path:
    """Write a file through the author's own filter, and touch it afterwards."""
    book = start(top)
    git(top, "config", "filter.mine.clean", "tr A-Z a-z")
    commit(top, {".gitattributes": "*.md filter=mine\n", "book/01-one.md": "# ONE\n"})
    os.utime(book / "01-one.md", (1700000000, 1700000000))
    return book


def noted(top: Path) -> None:
    """Run `git status` there."""
    git(top, "status")


def without_a_date(top: Path) -> Path:
    """Make a commit of the year 20000."""
    book = start(top)
    text = git(top, "cat-file", "commit", "HEAD").replace("1709208000", "568970000000")
    made = git(top, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=text.encode() + b"\n")
    git(top, "update-ref", "--no-deref", "HEAD", made)
    return book


def amended(top: Path) -> None:
    """Run `git commit --amend --no-edit`."""
    git(top, "commit", "-q", "--amend", "--no-edit")


def elsewhere(top: Path) -> Path:
    """Make a repository beside its files that does not say where they are."""
    start(top / "files")
    git(top / "files", "init", "-q", "--separate-git-dir", top / "own")
    return top / "files/book"


def said(top: Path) -> None:
    """Run `git config core.worktree "$(git rev-parse --show-toplevel)"` in the folder of the book."""
    git(top / "files/book", "config", "core.worktree", git(top / "files/book", "rev-parse", "--show-toplevel"))


def spoilt_index(top: Path) -> Path:
    """Cut off the end of an index."""
    book = start(top)
    (top / ".git/index").write_bytes((top / ".git/index").read_bytes()[:100])
    return book


def made_anew(top: Path) -> None:
    """Delete the index and let `git reset` make a new one."""
    (top / ".git/index").unlink()
    git(top, "reset", "-q")


@pytest.mark.parametrize(
    ("spoilt", "before", "mended"),
    [
        (borrowed, "unreadable", repacked),
        (without_trees, "unknown", fetched),
        (moved, "unreadable", repaired),
        (filtered, "unknown", noted),
        (without_a_date, "unreadable", amended),
        (elsewhere, "unreadable", said),
        (spoilt_index, "unknown", made_anew),
    ],
)
def test_a_remedy_mends(
    spoilt: Callable[[Path], Path], before: str, mended: Callable[[Path], None], tmp_path: Path
) -> None:
    """The message names a command, and afterwards there is no message any more."""
    book = spoilt(tmp_path)
    found = answer(book)
    assert kind(found) == before
    command = (mended.__doc__ or "").split("`")[1]
    assert f"`{command}`" in words(found)
    mended(tmp_path)
    commit_, seconds = git(book, "log", "-1", "--format=%H %ct").split()
    assert told(book) == (commit_, int(seconds), "clean")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Yield a folder that every user can enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Run without the rights of root, who may read every folder."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(54321)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.parametrize("locked", [".git", ".git/HEAD", ".git/objects", ".git/config", "book/01-one.md"])
def test_what_may_not_be_read_is_no_silent_loss(open_folder: Path, locked: str) -> None:
    """Without permission to read, the message says so; the commit is not silently missing."""
    book = start(open_folder / "top")
    path = open_folder / "top" / locked
    path.chmod(0)
    try:
        with as_nobody():
            assert "permission denied" in words(answer(book))
    finally:
        path.chmod(0o700)
    assert told(book) == said_by_git(book)
