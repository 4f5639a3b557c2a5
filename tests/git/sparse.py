"""Sparse checkouts and submodules: changes to a repository of which only parts are checked out."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.git.changes import Change
from tests.git.repositories import commit, git, start, write


def sparse_by_folders(top: Path) -> None:
    """Check out only the book and the files at the top."""
    git(top, "sparse-checkout", "set", "--cone", "book")
    assert not (top / "notes").exists()


def sparse_by_patterns(top: Path) -> None:
    """Check out only what some patterns match."""
    git(top, "sparse-checkout", "set", "--no-cone", "/book/", "!/book/figures/")
    assert not (top / "README.md").exists()


def sparse_with_a_sparse_index(top: Path) -> None:
    """Let the index have a folder as one entry, because nothing of it is checked out."""
    commit(top, {"notes/deep/er/two.txt": "Two.\n"})
    git(top, "sparse-checkout", "set", "--cone", "--sparse-index", "book")
    git(top, "sparse-checkout", "reapply")
    assert not (top / "notes").exists()
    assert "notes/" in git(top, "ls-files", "--sparse").splitlines()


def sparse_without_the_book(top: Path) -> None:
    """Check out only a part of the book's own folder."""
    git(top, "sparse-checkout", "set", "--cone", "book/part")


def sparse_and_changed(top: Path) -> None:
    """Change a file that is checked out."""
    sparse_by_folders(top)
    write(top, {"book/01-one.md": "Changed.\n"})


def sparse_and_deleted(top: Path) -> None:
    """Delete a file that was checked out."""
    sparse_with_a_sparse_index(top)
    (top / "book/01-one.md").unlink()


def sparse_and_back_again(top: Path) -> None:
    """Add a file that was left out, as it was committed."""
    sparse_by_folders(top)
    write(top, {"notes/one.txt": "Not in the book.\n"})


def sparse_and_back_otherwise(top: Path) -> None:
    """Add a file that was left out, with other words."""
    sparse_by_folders(top)
    write(top, {"notes/one.txt": "Changed.\n"})


def sparse_with_a_new_file(top: Path) -> None:
    """Add a new file to the book of a sparse checkout."""
    sparse_with_a_sparse_index(top)
    write(top, {"book/03-three.md": "# Three\n"})


def _with_submodule(top: Path) -> Path:
    start(top.parent / f"{top.name}-module", files={"one.txt": "1\n"})
    git(top, "submodule", "add", "-q", str(top.parent / f"{top.name}-module"), "book/module")
    commit(top)
    return top / "book/module"


def submodule_at_its_commit(top: Path) -> None:
    """Add a submodule to the book's folder, as it was committed."""
    _with_submodule(top)


def submodule_moved_on(top: Path) -> None:
    """Move a submodule forward by a commit."""
    commit(_with_submodule(top), {"two.txt": "2\n"})


def submodule_with_new_files(top: Path) -> None:
    """Change files of a submodule."""
    write(_with_submodule(top), {"one.txt": "changed\n", "two.txt": "2\n"})


def submodule_emptied(top: Path) -> None:
    """Empty a submodule, as a clone leaves it that does not fetch it."""
    module = _with_submodule(top)
    shutil.rmtree(module)
    module.mkdir()


def submodule_staged(top: Path) -> None:
    """Add a submodule to the index only."""
    start(top.parent / f"{top.name}-module", files={"one.txt": "1\n"})
    git(top, "submodule", "add", "-q", str(top.parent / f"{top.name}-module"), "notes/module")


def submodule_became_a_file(top: Path) -> None:
    """Replace a submodule by a file."""
    module = _with_submodule(top)
    shutil.rmtree(module)
    module.write_text("No folder.\n")


def folder_as_submodule(top: Path) -> None:
    """Commit a folder as a submodule, without a file that says where it comes from."""
    start(top / "book/within", files={"one.txt": "1\n"})
    commit(top)


ALL: tuple[Change, ...] = (
    sparse_by_folders, sparse_by_patterns, sparse_with_a_sparse_index, sparse_without_the_book, sparse_and_changed,
    sparse_and_deleted, sparse_and_back_again, sparse_and_back_otherwise, sparse_with_a_new_file,
    submodule_at_its_commit, submodule_moved_on, submodule_with_new_files, submodule_emptied, submodule_staged,
    submodule_became_a_file, folder_as_submodule,
)  # fmt: skip
