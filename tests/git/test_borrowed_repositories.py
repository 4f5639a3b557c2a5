"""A book from an archive must not claim somebody else's repository: nothing of a private one is ever shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.git import Checkout
from tests.git.answers import ANYTHING, REFUSALS, answer, kind, pressed, told, words
from tests.git.forms import submodule, worktree_with_a_branch
from tests.git.made_by_hand import HEAD, NOTHING, whole
from tests.git.repositories import BOOK, git, start, write

Theft = Callable[[Path, Path], None]
"""A function that lets the folder of a book claim a private repository; it gets both folders."""


def git_file(book: Path, private: Path) -> None:
    """Claim it in the plainest way."""
    write(book, {".git": f"gitdir: {private}/.git\n"})


def relative_git_file(book: Path, private: Path) -> None:
    """Claim it by a path that works for every user."""
    write(book, {".git": f"gitdir: {os.path.relpath(private / '.git', book)}\n"})


def git_link(book: Path, private: Path) -> None:
    """Claim it by a link, which an archive can hold."""
    (book / ".git").symlink_to(private / ".git")


def git_file_through_a_link(book: Path, private: Path) -> None:
    """Claim it by a link that has another name than `.git`."""
    (book / "store").symlink_to(private / ".git")
    write(book, {".git": "gitdir: store\n"})


def git_file_to_a_bare_repository(book: Path, private: Path) -> None:
    """Claim a bare repository, which belongs to no book."""
    git(private, "clone", "-q", "--bare", ".", "bare.git")
    write(book, {".git": f"gitdir: {private}/bare.git\n"})


def git_file_to_a_submodule(book: Path, private: Path) -> None:
    """Claim a repository that says that its files are elsewhere."""
    shutil.move(private / ".git", private / "kept.git")
    git(private, "config", "-f", "kept.git/config", "core.worktree", str(private))
    write(book, {".git": f"gitdir: {private}/kept.git\n"})


def git_file_to_a_work_tree(book: Path, private: Path) -> None:
    """Claim the folder of another user's second work tree."""
    git(private, "worktree", "add", "-q", "--detach", "second")
    write(book, {".git": f"gitdir: {private}/.git/worktrees/second\n"})


def common_folder(book: Path, private: Path) -> None:
    """Claim to share the objects and references of the private repository."""
    write(book / ".git", {"HEAD": HEAD, "commondir": f"{private}/.git\n", "gitdir": f"{book}/.git\n"})


def whole_with_a_common_folder(book: Path, private: Path) -> None:
    """Make the same claim in a folder with all parts of a repository."""
    common_folder(book, private)
    write(book, {".git/refs/.keep": "", ".git/objects/.keep": ""})


def work_tree_of_its_own(book: Path, private: Path) -> None:
    """Add a folder that looks like that of a second work tree, and leads to the private repository."""
    write(book, {".git": "gitdir: main/worktrees/one\n"})
    within = {"HEAD": HEAD, "commondir": f"{private}/.git\n", "gitdir": f"{book}/.git\n"}
    write(book / "main/worktrees/one", within)


def work_tree_through_links(book: Path, private: Path) -> None:
    """Put the main repository of the work tree into the archive, with links as its parts."""
    work_tree_of_its_own(book, private)
    write(book, {"main/worktrees/one/commondir": "../..\n", "main/HEAD": HEAD})
    for name in ("objects", "refs"):
        (book / "main" / name).symlink_to(private / ".git" / name)


def folder_of_work_trees_is_a_link(book: Path, private: Path) -> None:
    """Make the folder between the main repository and the work tree a link back into the archive."""
    work_tree_of_its_own(book, private)
    (book / "private").symlink_to(private / ".git")
    write(book, {".git": "gitdir: private/worktrees/../../main/worktrees/one\n"})


def linked_objects_and_references(book: Path, private: Path) -> None:
    """Make a repository whose parts are links into the private one."""
    write(book, {".git/HEAD": HEAD})
    for name in ("objects", "refs"):
        (book / ".git" / name).symlink_to(private / ".git" / name)


def linked_head(book: Path, private: Path) -> None:
    """Make HEAD, the branch and the objects links to single files."""
    (book / ".git/refs/heads").mkdir(parents=True)
    (book / ".git/HEAD").symlink_to(private / ".git/HEAD")
    (book / ".git/refs/heads/main").symlink_to(private / ".git/refs/heads/main")
    (book / ".git/objects").symlink_to(private / ".git/objects")


def linked_packed_references(book: Path, private: Path) -> None:
    """Keep the references in one file, which is a link."""
    git(private, "pack-refs", "--all")
    write(book, {".git/HEAD": HEAD, ".git/refs/.keep": "", ".git/objects/.keep": ""})
    (book / ".git/packed-refs").symlink_to(private / ".git/packed-refs")


def reference_outwards(book: Path, private: Path) -> None:
    """Let HEAD name the branch of the private repository by its path."""
    path = os.path.relpath(private / ".git/refs/heads/main", book / ".git")
    write(book, {".git/HEAD": f"ref: refs/../{path}\n", ".git/refs/.keep": "", ".git/objects/.keep": ""})


def chosen_by_configuration(book: Path, private: Path) -> None:
    """Let a configuration say that the files are elsewhere."""
    config = f"[core]\n\tworktree = {private}\n\tbare = false\n[include]\n\tpath = {private}/.git/config\n"
    write(book / ".git", {"HEAD": HEAD, "config": config, "refs/.keep": "", "objects/.keep": ""})


ALL: tuple[Theft, ...] = (
    git_file, relative_git_file, git_link, git_file_through_a_link, git_file_to_a_bare_repository,
    git_file_to_a_submodule, git_file_to_a_work_tree, common_folder, whole_with_a_common_folder, work_tree_of_its_own,
    work_tree_through_links, folder_of_work_trees_is_a_link, linked_objects_and_references, linked_head,
    linked_packed_references, reference_outwards, chosen_by_configuration,
)  # fmt: skip


@pytest.mark.parametrize("theft", ALL, ids=lambda theft: theft.__name__)
def test_a_private_repository_is_not_told(theft: Theft, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However a book claims a repository elsewhere, no answer or message has its commit."""
    private, book = tmp_path / "private", tmp_path / "archive"
    start(private)
    commit = git(private, "rev-parse", "HEAD")
    write(book, {name.removeprefix("book/"): data for name, data in BOOK.items() if name.startswith("book/")})
    theft(book, private)
    found = answer(book)
    assert kind(found) in REFUSALS
    printed = pressed(capsys, "check", book) + pressed(capsys, "epub", book, "-o", tmp_path / "made.epub")
    assert commit[:12] not in words(found) + repr(found) + printed


def _outside(objects: Path, private: Path) -> str:
    return str(private / ".git/objects")


def _relative(objects: Path, private: Path) -> str:
    return os.path.relpath(private / ".git/objects", objects)


def _through_a_link(objects: Path, private: Path) -> str:
    (objects.parent / "store").symlink_to(private / ".git/objects")
    return "../store"


@pytest.mark.parametrize("path", [_outside, _relative, _through_a_link])
def test_objects_elsewhere_are_not_read(tmp_path: Path, path: Callable[[Path, Path], str]) -> None:
    """Naming the objects of a private repository shows nothing, even if the id of a commit is guessed."""
    private, top = tmp_path / "private", tmp_path / "archive"
    start(private, files={**BOOK, "private.txt": "Private.\n"})
    book, _ = whole(top)
    write(top, {".git/HEAD": git(private, "rev-parse", "HEAD")})
    write(top, {".git/objects/info/alternates": f"{path(top / '.git/objects', private)}\n"})
    assert kind(answer(book)) == "unreadable"


STORES = (
    ".\n", "../objects\n", "\n\n#\n", "/dev/zero\n", "../pipe\n", "\0\n", '"../objects\n', "../a\n" * 9999,
    "a" * 100_000,
)  # fmt: skip


@pytest.mark.parametrize("text", STORES, ids=range(len(STORES)))
def test_stores_of_objects_in_a_circle_are_left(tmp_path: Path, text: str) -> None:
    """A store that names itself, two that name each other, and one that is no store get an answer."""
    book, _ = whole(tmp_path)
    os.mkfifo(tmp_path / ".git/pipe")
    write(tmp_path, {".git/objects/info/alternates": text, ".git/a/info/alternates": "../objects\n../a\n"})
    found = answer(book)
    assert kind(found) in ANYTHING
    write(tmp_path, {".git/HEAD": NOTHING})
    assert kind(answer(book)) == "unreadable"


def test_stores_in_a_long_row_end_somewhere(tmp_path: Path) -> None:
    """Each store names the next; git gives up after five."""
    book, _ = whole(tmp_path)
    for number in range(2000):
        write(tmp_path, {f".git/stores/{number}/info/alternates": f"../{number + 1}\n../{number + 2}\n"})
    write(tmp_path, {".git/objects/info/alternates": "../stores/0\n", ".git/HEAD": NOTHING})
    assert kind(answer(book)) == "unreadable"


@pytest.mark.parametrize("text", [
    "gitdir: .git\n", "gitdir: .\n", "gitdir:\n", "gitdir: \n", "", "\n", "gitdir: /dev/zero\n", "gitdir: /\n",
    "gitdir: pipe\n",
    "gitdir: nowhere\n", "gitdir: \0\n", f"gitdir: {'a' * 300}\n", "x" * 1_000_000, f"gitdir: {'../' * 300_000}\n",
    "gitdir: other\n",
], ids=range(15))  # fmt: skip
def test_a_git_file_that_leads_nowhere_is_refused(tmp_path: Path, text: str) -> None:
    """A link to itself, a device, a missing target or a megabyte of text: a claim without a repository."""
    write(tmp_path, {**BOOK, "book/.git": text, "book/other": "gitdir: .git\n"})
    os.mkfifo(tmp_path / "book/pipe")
    assert kind(answer(tmp_path / "book")) in REFUSALS


def test_a_git_file_that_is_no_file_hides_nothing(tmp_path: Path) -> None:
    """A pipe, a socket or a link to itself in place of `.git` gets an answer."""
    book = start(tmp_path)
    os.mkfifo(book / ".git")
    assert kind(answer(book)) in ANYTHING
    (book / ".git").unlink()
    (book / ".git").symlink_to(".git")
    assert kind(answer(book)) in ANYTHING


@pytest.mark.parametrize("file", ["commondir", "gitdir", "HEAD"])
def test_a_work_tree_that_was_moved_says_how_to_mend_it(tmp_path: Path, file: str) -> None:
    """If one of the files that link a work tree with its repository is missing, the commit is not reported."""
    book = worktree_with_a_branch(tmp_path)
    (tmp_path / "origin/.git/worktrees/linked" / file).unlink()
    assert kind(answer(book)) in REFUSALS


def test_a_work_tree_without_its_repository_says_so(tmp_path: Path) -> None:
    """In a container the main repository is often missing."""
    book = worktree_with_a_branch(tmp_path)
    shutil.rmtree(tmp_path / "origin")
    found = answer(book)
    assert kind(found) == "unreadable"
    assert str(tmp_path / "linked/.git") in words(found)


def test_the_repository_above_is_not_asked_instead(tmp_path: Path) -> None:
    """A submodule without its repository is not reported as part of the repository above it."""
    book = submodule(tmp_path)
    shutil.rmtree(tmp_path / "super/.git/modules")
    found = answer(book)
    assert not isinstance(found, Checkout)
    assert git(tmp_path / "super", "rev-parse", "HEAD")[:12] not in words(found)


def test_a_book_beside_a_repository_is_in_none(tmp_path: Path) -> None:
    """Only folders above a book count."""
    start(tmp_path / "one")
    write(tmp_path / "two", {"book.toml": ""})
    assert answer(tmp_path / "two") is None
    assert told(tmp_path / "one/book")[2] == "clean"
