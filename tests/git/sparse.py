"""Sparse checkouts and submodules: what is done to a repository of which not everything is there."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.git.changes import Change
from tests.git.repositories import commit, git, start, write


def sparse_by_folders(top: Path) -> None:
    """Only the book is checked out, with the files at the top."""
    git(top, "sparse-checkout", "set", "--cone", "book")
    assert not (top / "notes").exists()


def sparse_by_patterns(top: Path) -> None:
    """Only what some patterns match is checked out."""
    git(top, "sparse-checkout", "set", "--no-cone", "/book/", "!/book/figures/")
    assert not (top / "README.md").exists()


def sparse_with_a_sparse_index(top: Path) -> None:
    """The index has a folder as one entry, where nothing of it is checked out."""
    commit(top, {"notes/deep/er/two.txt": "Two.\n"})
    git(top, "sparse-checkout", "set", "--cone", "--sparse-index", "book")
    git(top, "sparse-checkout", "reapply")
    assert not (top / "notes").exists()
    assert "notes/" in git(top, "ls-files", "--sparse").splitlines()


def sparse_without_the_book(top: Path) -> None:
    """The folder of the book is sparse itself, down to one part."""
    git(top, "sparse-checkout", "set", "--cone", "book/part")


def sparse_and_changed(top: Path) -> None:
    """A change in what is checked out."""
    sparse_by_folders(top)
    write(top, {"book/01-one.md": "Changed.\n"})


def sparse_and_deleted(top: Path) -> None:
    """A file is missing that was checked out."""
    sparse_with_a_sparse_index(top)
    (top / "book/01-one.md").unlink()


def sparse_and_back_again(top: Path) -> None:
    """A file that was left out is there all the same, as it was committed."""
    sparse_by_folders(top)
    write(top, {"notes/one.txt": "Not in the book.\n"})


def sparse_and_back_otherwise(top: Path) -> None:
    """A file that was left out is there all the same, with other words."""
    sparse_by_folders(top)
    write(top, {"notes/one.txt": "Changed.\n"})


def sparse_with_a_new_file(top: Path) -> None:
    """A new file in the book of a sparse checkout."""
    sparse_with_a_sparse_index(top)
    write(top, {"book/03-three.md": "# Three\n"})


def _with_submodule(top: Path) -> Path:
    start(top.parent / f"{top.name}-module", files={"one.txt": "1\n"})
    git(top, "submodule", "add", "-q", str(top.parent / f"{top.name}-module"), "book/module")
    commit(top)
    return top / "book/module"


def submodule_at_its_commit(top: Path) -> None:
    """A submodule in the book's folder, as it was committed."""
    _with_submodule(top)


def submodule_moved_on(top: Path) -> None:
    """A submodule with a commit more."""
    commit(_with_submodule(top), {"two.txt": "2\n"})


def submodule_with_new_files(top: Path) -> None:
    """A submodule whose own files are changed."""
    write(_with_submodule(top), {"one.txt": "changed\n", "two.txt": "2\n"})


def submodule_emptied(top: Path) -> None:
    """A submodule as a clone leaves it that does not fetch it: an empty folder."""
    module = _with_submodule(top)
    shutil.rmtree(module)
    module.mkdir()


def submodule_staged(top: Path) -> None:
    """A submodule that is in the index only."""
    start(top.parent / f"{top.name}-module", files={"one.txt": "1\n"})
    git(top, "submodule", "add", "-q", str(top.parent / f"{top.name}-module"), "notes/module")


def submodule_became_a_file(top: Path) -> None:
    """A file where the submodule was."""
    module = _with_submodule(top)
    shutil.rmtree(module)
    module.write_text("No folder.\n")


def folder_as_submodule(top: Path) -> None:
    """A commit that names a repository for a folder, without a file that says where it comes from."""
    start(top / "book/within", files={"one.txt": "1\n"})
    commit(top)


ALL: tuple[Change, ...] = (
    sparse_by_folders, sparse_by_patterns, sparse_with_a_sparse_index, sparse_without_the_book, sparse_and_changed,
    sparse_and_deleted, sparse_and_back_again, sparse_and_back_otherwise, sparse_with_a_new_file,
    submodule_at_its_commit, submodule_moved_on, submodule_with_new_files, submodule_emptied, submodule_staged,
    submodule_became_a_file, folder_as_submodule,
)  # fmt: skip
