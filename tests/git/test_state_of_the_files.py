"""Clean or changed: for every change to a work tree, the answer equals git's."""

from __future__ import annotations

import os
import random
import sys
from hashlib import sha1
from pathlib import Path

import pytest

from tests.git import changes, links, sparse
from tests.git.answers import answer, kind, told, words
from tests.git.changes import Change
from tests.git.repositories import commit, git, said_by_git, start, write

BYTES = "" if sys.platform == "linux" else "not run: this system has no names of bytes that are no text"


@pytest.mark.parametrize("change", [*changes.ALL, *links.ALL, *sparse.ALL], ids=lambda change: change.__name__)
def test_the_state_is_the_one_that_git_gives(change: Change, tmp_path: Path) -> None:
    """After each change to the files, the state is changed if `git status` prints something."""
    if BYTES and change.__name__.startswith("odd_name"):
        pytest.skip(BYTES)
    book = start(tmp_path)
    change(tmp_path)
    found = answer(book)
    assert kind(found) == said_by_git(book)[2], words(found)
    assert told(book) == said_by_git(book)


def test_a_change_taken_back_in_the_files_is_none(tmp_path: Path) -> None:
    """A change that is only in the index does not reach the book; git reports such a file as modified twice."""
    book = start(tmp_path)
    write(tmp_path, {"book/01-one.md": "# One\n\nChanged.\n"})
    git(tmp_path, "add", ".")
    write(tmp_path, {"book/01-one.md": "# One\n\nA paragraph.\n"})
    assert told(book)[2] == "clean"


@pytest.mark.parametrize("bit", ["--assume-unchanged", "--skip-worktree"])
def test_a_change_that_git_was_told_to_overlook_is_one(tmp_path: Path, bit: str) -> None:
    """The bits of the index tell git which files to skip; the book has the change anyway."""
    book = start(tmp_path)
    git(tmp_path, "update-index", bit, "book/01-one.md")
    assert told(book)[2] == "clean"
    write(tmp_path, {"book/01-one.md": "# One\n\nChanged.\n"})
    assert told(book)[2] == "changed"


def test_times_of_the_index_prove_nothing(tmp_path: Path) -> None:
    """An index that claims to have seen the changed file is not trusted."""
    book = start(tmp_path)
    write(tmp_path, {"book/01-one.md": "# One\n\nChanged.\n"})
    os.utime(tmp_path / "book/01-one.md", (1, 1))
    git(tmp_path, "add", ".")
    ids = [bytes.fromhex(git(tmp_path, "rev-parse", f"{where}:book/01-one.md")) for where in ("", "HEAD")]
    forged = (tmp_path / ".git/index").read_bytes()[:-20].replace(*ids)
    (tmp_path / ".git/index").write_bytes(forged + sha1(forged).digest())
    assert git(tmp_path, "status", "--porcelain") == ""
    assert told(book)[2] == "changed"


@pytest.mark.parametrize("ignored", [True, False])
def test_a_book_that_was_never_committed_is_a_change(tmp_path: Path, ignored: bool) -> None:
    """A commit without a file of the book says nothing about it, whether git ignores the folder or not."""
    start(tmp_path)
    if ignored:
        commit(tmp_path, {".gitignore": "/draft/\n"})
    write(tmp_path, {"draft/book.toml": "", "draft/01-one.md": "# One\n"})
    assert told(tmp_path / "draft")[2] == "changed"


def test_the_whole_work_tree_counts_from_every_folder(tmp_path: Path) -> None:
    """A change beside the book counts as a change; a new file counts only within the folder of the book."""
    start(tmp_path)
    write(tmp_path, {"book/part/new.md": "# New\n"})
    changed = {
        name for name in (".", "book", "book/part", "book/figures", "notes") if told(tmp_path / name)[2] != "clean"
    }
    assert changed == {".", "book", "book/part"}


NAMES = ("a.md", "b.md", "c.txt", "d e", "x.tmp", "Ü.md", ".dot")
FOLDERS = ("", "book/", "book/p/", "book/p/q/", "book/p.q/", "out/", "out/p/")
RULES = (
    "*.tmp", "!x.tmp", "/p", "p/", "p/q", "book/*", "!book/p", "**/q", "p/**", "*.[mt]*", "[!a-c].md", "d\\ e", ".dot",
    "/book/p/*", "!*.md", "out", "?.md", "\\!x", "# no rule", "*", "!*/",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_a_random_tree_has_the_state_that_git_gives(tmp_path: Path, seed: int) -> None:
    """Random files, ignore files and changes: the name of a failing case has the seed."""
    dice = random.Random(seed)
    paths = [folder + name for folder in FOLDERS for name in NAMES]
    files: dict[str, str | bytes] = {path: f"{path}\n" for path in dice.sample(paths, dice.randint(1, 14))}
    ignores = dice.sample([folder + ".gitignore" for folder in FOLDERS], dice.randint(0, 3))
    files |= {path: "".join(f"{rule}\n" for rule in dice.sample(RULES, dice.randint(1, 4))) for path in ignores}
    start(tmp_path, files={**files, "book/book.toml": ""})
    for _ in range(dice.randint(0, 3)):
        _change_at_random(tmp_path, dice, paths)
    book = tmp_path / dice.choice(["book", "book", "."])
    assert told(book) == said_by_git(book), f"seed {seed}"


def _change_at_random(top: Path, dice: random.Random, paths: list[str]) -> None:
    path = top / dice.choice(paths)
    match dice.randrange(6):
        case 0 | 1 | 2 if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("new\n")
        case 3 if path.is_file():
            path.unlink()
        case 4 if path.is_file():
            path.write_text("changed\n")
        case 5 if path.is_file():
            git(top, "rm", "-q", "--cached", "-f", path)
            git(top, "commit", "-q", "--allow-empty", "-m", "Less")
