"""The forms of repositories: each function makes one and returns the book's folder."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.git.repositories import BOOK, commit, git, start, write

Form = Callable[[Path], Path]
IN_WINTER = {"GIT_COMMITTER_DATE": "2024-03-01T09:30:00 -0730"}
LONG = "".join(f"Line {number} of a text that is told again and again.\n" for number in range(400))


def origin(folder: Path) -> Path:
    """Make the repository from which the others are made: three commits, a branch and a tag."""
    return Path(shutil.copytree(_origin(), folder / "origin"))


@cache
def _origin() -> Path:
    made = Path(mkdtemp(prefix="compositor-origin-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    start(made, files={**BOOK, "book/long.txt": LONG})
    git(made, "tag", "v1")
    commit(made, {"book/01-one.md": "# One\n\nOther words.\n", "book/long.txt": LONG + "The end.\n"})
    git(made, "branch", "side/of/it")
    commit(made, {"book/long.txt": "A beginning.\n" + LONG}, **IN_WINTER)
    return made


def plain(folder: Path) -> Path:
    """Make the repository in which the book is written."""
    return origin(folder) / "book"


def clone(folder: Path) -> Path:
    """Make a full clone, which has its objects in a pack."""
    git(folder, "clone", "-q", "--no-local", origin(folder), "clone")
    return folder / "clone" / "book"


def book_at_the_top(folder: Path) -> Path:
    """Make a repository that is the book."""
    top = folder / "alone"
    start(top, files={"book.toml": BOOK["book/book.toml"], "01-one.md": BOOK["book/01-one.md"]})
    return top


def deep_folder(folder: Path) -> Path:
    """Make a book many folders below the top."""
    top = origin(folder)
    commit(top, {f"a/b/c/d/{name}": data for name, data in BOOK.items()})
    return top / "a/b/c/d/book"


def shallow_clone(folder: Path) -> Path:
    """Make a clone of the newest commit only, as build machines have it."""
    git(folder, "clone", "-q", "--depth", "1", f"file://{origin(folder)}", "shallow")
    return folder / "shallow" / "book"


def worktree_with_a_branch(folder: Path) -> Path:
    """Make a second work tree on a branch of its own."""
    git(origin(folder), "worktree", "add", "-q", "-b", "other", "../linked")
    return folder / "linked" / "book"


def worktree_detached(folder: Path) -> Path:
    """Make a second work tree on no branch."""
    git(origin(folder), "worktree", "add", "-q", "--detach", "../linked")
    return folder / "linked" / "book"


def worktree_with_a_reference_of_its_own(folder: Path) -> Path:
    """Make a second work tree at a private reference; the first work tree has another one with that name."""
    book = worktree_with_a_branch(folder)
    git(folder / "origin", "update-ref", "refs/worktree/mine", "v1")
    git(book, "update-ref", "refs/worktree/mine", "HEAD")
    git(book, "symbolic-ref", "HEAD", "refs/worktree/mine")
    return book


def worktree_of_a_bare_repository(folder: Path) -> Path:
    """Make a work tree of a bare repository."""
    git(folder, "clone", "-q", "--bare", origin(folder), "bare.git")
    git(folder / "bare.git", "worktree", "add", "-q", "../linked", "main")
    return folder / "linked" / "book"


def worktree_with_relative_paths(folder: Path) -> Path:
    """Make a second work tree, linked by relative paths as newer versions of git can do."""
    book = worktree_with_a_branch(folder)
    (folder / "linked/.git").write_text("gitdir: ../origin/.git/worktrees/linked\n")
    (folder / "origin/.git/worktrees/linked/gitdir").write_text("../../../../linked/.git\n")
    return book


def worktree_within(folder: Path) -> Path:
    """Make a second work tree in a folder of the first, which ignores it."""
    top = origin(folder)
    commit(top, {".gitignore": "/trees/\n"})
    git(top, "worktree", "add", "-q", "-b", "other", "trees/linked")
    return top / "trees" / "linked" / "book"


def submodule(folder: Path) -> Path:
    """Make a book that is a submodule of a larger repository."""
    start(folder / "super", files={"README.md": "Super.\n"})
    git(folder / "super", "submodule", "add", "-q", str(origin(folder)), "modules/it")
    commit(folder / "super")
    return folder / "super" / "modules" / "it" / "book"


def submodule_of_a_clone(folder: Path) -> Path:
    """Make a submodule by a recursive clone."""
    submodule(folder)
    git(folder, "clone", "-q", "--recurse-submodules", folder / "super", "again")
    return folder / "again" / "modules" / "it" / "book"


def submodule_of_a_worktree(folder: Path) -> Path:
    """Make a submodule in a second work tree; git keeps it in the folder of that work tree."""
    submodule(folder)
    git(folder / "super", "worktree", "add", "-q", "--detach", "../second")
    git(folder / "second", "submodule", "update", "-q", "--init")
    return folder / "second" / "modules" / "it" / "book"


def beside_a_submodule(folder: Path) -> Path:
    """Make a book in a repository that has a submodule, which is at its commit."""
    book = start(folder / "super")
    git(folder / "super", "submodule", "add", "-q", str(origin(folder)), "it")
    commit(folder / "super")
    return book


def beside_a_submodule_not_fetched(folder: Path) -> Path:
    """Make a clone without its submodule, which is an empty folder."""
    beside_a_submodule(folder)
    git(folder, "clone", "-q", folder / "super", "again")
    assert list((folder / "again" / "it").iterdir()) == []
    return folder / "again" / "book"


def detached(folder: Path) -> Path:
    """Check out a commit without a branch."""
    git(origin(folder), "checkout", "-q", "--detach")
    return folder / "origin" / "book"


def at_a_tag(folder: Path) -> Path:
    """Check out an older commit by its tag."""
    git(origin(folder), "checkout", "-q", "v1")
    return folder / "origin" / "book"


def branch_with_slashes(folder: Path) -> Path:
    """Make a branch whose name is a path."""
    git(origin(folder), "checkout", "-q", "side/of/it")
    return folder / "origin" / "book"


def branch_beyond_ascii(folder: Path) -> Path:
    """Make a branch with letters beyond ASCII in its name, kept in the packed references."""
    git(origin(folder), "checkout", "-q", "-b", "füße/日本")
    git(folder / "origin", "pack-refs", "--all")
    return folder / "origin" / "book"


def packed_references(folder: Path) -> Path:
    """Put all references into one file."""
    git(origin(folder), "pack-refs", "--all")
    assert not (folder / "origin/.git/refs/heads/main").exists()
    return folder / "origin" / "book"


def packed_and_newer(folder: Path) -> Path:
    """Make a packed reference that a newer loose one overrides."""
    book = packed_references(folder)
    commit(folder / "origin", {"README.md": "Newer.\n"})
    return book


def head_is_a_link(folder: Path) -> Path:
    """Make HEAD a symbolic link, as the first versions of git did."""
    head = origin(folder) / ".git" / "HEAD"
    head.unlink()
    head.symlink_to("refs/heads/main")
    return folder / "origin" / "book"


def reference_to_a_reference(folder: Path) -> Path:
    """Make HEAD lead to a reference that leads to another."""
    git(origin(folder), "symbolic-ref", "refs/heads/now", "refs/heads/main")
    git(folder / "origin", "symbolic-ref", "refs/heads/current", "refs/heads/now")
    git(folder / "origin", "symbolic-ref", "HEAD", "refs/heads/current")
    return folder / "origin" / "book"


def separate_git_folder(folder: Path) -> Path:
    """Keep a repository apart from its files, and let it say where they are."""
    git(folder, "clone", "-q", "--separate-git-dir", folder / "kept.git", origin(folder), "files")
    git(folder / "files", "config", "core.worktree", folder / "files")
    return folder / "files" / "book"


def alternates_inside(folder: Path) -> Path:
    """Put objects into a second store within the repository."""
    objects = origin(folder) / ".git" / "objects"
    git(folder / "origin", "repack", "-adq")
    for part in objects.iterdir():
        if part.name not in ("info", "store"):
            (objects.parent / "store").mkdir(exist_ok=True)
            shutil.move(part, objects.parent / "store" / part.name)
    write(objects, {"info/alternates": "# kept apart\n../store\n", "pack/.keep": ""})
    return folder / "origin" / "book"


ALL: tuple[Form, ...] = (
    plain, clone, book_at_the_top, deep_folder, shallow_clone, worktree_with_a_branch, worktree_detached,
    worktree_with_a_reference_of_its_own, worktree_of_a_bare_repository, worktree_with_relative_paths, worktree_within,
    submodule, submodule_of_a_clone, submodule_of_a_worktree, beside_a_submodule, beside_a_submodule_not_fetched,
    detached, at_a_tag,
    branch_with_slashes, branch_beyond_ascii, packed_references, packed_and_newer, head_is_a_link,
    reference_to_a_reference, separate_git_folder, alternates_inside,
)  # fmt: skip
