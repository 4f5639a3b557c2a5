"""Filtered files: LFS is supported; for any other filter, the index may prove that nothing has changed."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from tests.git.answers import answer, kind, told
from tests.git.repositories import commit, git, start, write

PICTURE = bytes(range(256)) * 300
RULE = "*.bin filter=lfs diff=lfs merge=lfs -text\n"


def pointer(data: bytes, size: int | None = None, more: str = "") -> bytes:
    """Return what LFS commits for a file."""
    lines = ("version https://git-lfs.github.com/spec/v1", more, f"oid sha256:{sha256(data).hexdigest()}")
    text = "\n".join(line for line in (*lines, f"size {len(data) if size is None else size}") if line)
    return f"{text}\n".encode()


def with_pointer(top: Path, text: bytes, rule: str = RULE) -> Path:
    """Return a book whose picture is committed as these bytes."""
    book = start(top)
    commit(top, {".gitattributes": rule, "book/figures/dot.bin": text})
    return book


@pytest.mark.parametrize(
    ("text", "found", "states"),
    [
        (pointer(PICTURE), PICTURE, {"clean"}),
        (pointer(PICTURE), pointer(PICTURE), {"clean"}),
        (pointer(PICTURE), PICTURE[:-1] + b"!", {"changed"}),
        (pointer(PICTURE), PICTURE[:-1], {"changed"}),
        (pointer(PICTURE), b"", {"changed"}),
        (pointer(PICTURE), pointer(b"other"), {"changed"}),
        (pointer(PICTURE, more="ext-0-foo sha256:" + "0" * 64), PICTURE, {"clean", "changed", "unknown"}),
        (pointer(PICTURE, size=1), PICTURE, {"clean", "changed", "unknown"}),
        (pointer(PICTURE, size=8 << 40), PICTURE, {"clean", "changed", "unknown"}),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:xyz\nsize 1\n", PICTURE, {"changed", "unknown"}),
        (b"version https://git-lfs.github.com/spec/v1\n", PICTURE, {"changed", "unknown"}),
        (b"No pointer at all.\n", PICTURE, {"changed", "unknown"}),
        (PICTURE, PICTURE, {"clean"}),
    ],
)  # fmt: skip
def test_a_file_of_lfs_is_what_its_pointer_names(tmp_path: Path, text: bytes, found: bytes, states: set[str]) -> None:
    """The pointer in the commit identifies the bytes of the work tree, or is there itself."""
    book = with_pointer(tmp_path, text)
    write(book, {"figures/dot.bin": found})
    assert kind(answer(book)) in states


def test_a_pointer_without_the_rule_is_a_file_like_others(tmp_path: Path) -> None:
    """If no attribute names LFS, a text that looks like its pointer is an ordinary text."""
    book = with_pointer(tmp_path, pointer(PICTURE), "*.bin -text\n")
    write(book, {"figures/dot.bin": PICTURE})
    assert told(book)[2] == "changed"


FILTERS = ("*.md filter=mine", "*.md filter=mine text", "*.md filter=../../x", "[attr]own filter=mine\n*.md own")
NONE = ("*.md filter=mine -filter", "*.md filter=mine\n*.md !filter", "*.md -filter", "*.md filter")


@pytest.mark.parametrize("rule", FILTERS)
def test_what_an_unknown_filter_does_is_not_known(tmp_path: Path, rule: str) -> None:
    """A file that differs from the commit may do so because of a filter, and filters are never run."""
    book = start(tmp_path)
    commit(tmp_path, {".gitattributes": rule})
    assert told(book)[2] == "clean"
    write(book, {"01-one.md": "# One\n\nAS THE FILTER HAS IT.\n"})
    found = answer(book)
    assert kind(found) == "unknown"
    assert "mine" in found.doubts[0].why + found.doubts[0].remedy or "filter" in found.doubts[0].why


@pytest.mark.parametrize("rule", NONE)
def test_a_filter_that_is_taken_back_is_none(tmp_path: Path, rule: str) -> None:
    """Without a filter, other bytes are a change."""
    book = start(tmp_path)
    commit(tmp_path, {".gitattributes": rule})
    write(book, {"01-one.md": "# One\n\nOther words.\n"})
    assert told(book)[2] == "changed"


def filtered(top: Path) -> Path:
    """Write a work tree as a filter of this machine would, with times of an hour ago in the index."""
    book = start(top)
    git(top, "config", "filter.mine.clean", "tr A-Z a-z")
    write(top, {".gitattributes": "*.md filter=mine\n", "book/01-one.md": "# ONE\n"})
    os.utime(book / "01-one.md", (1700000000, 1700000000))
    commit(top)
    git(top, "config", "--unset", "filter.mine.clean")
    assert git(top, "show", "HEAD:book/01-one.md") == "# one"
    return book


def test_the_index_may_prove_that_a_filtered_file_is_unchanged(tmp_path: Path) -> None:
    """The size and times that git noted at the commit prove that it is the same file."""
    assert told(filtered(tmp_path))[2] == "clean"


def test_other_times_than_in_the_index_prove_nothing(tmp_path: Path) -> None:
    """A filtered file that was written since the commit may have any content."""
    book = filtered(tmp_path)
    os.utime(book / "01-one.md", (1700000001, 1700000001))
    assert kind(answer(book)) == "unknown"


def test_an_index_as_young_as_the_file_proves_nothing(tmp_path: Path) -> None:
    """Within one tick of the clock, a file may have been written again after git had noted it."""
    book = filtered(tmp_path)
    os.utime(tmp_path / ".git/index", (1700000000, 1700000000))
    assert kind(answer(book)) == "unknown"


def test_a_change_outweighs_a_doubt(tmp_path: Path) -> None:
    """If one file is surely changed, the unknown state of another does not matter."""
    book = start(tmp_path)
    commit(tmp_path, {".gitattributes": "*.md filter=mine\n"})
    write(tmp_path, {"book/01-one.md": "Filtered.\n", "README.md": "Filtered.\n", "notes/one.txt": "Changed.\n"})
    assert kind(answer(book)) == "changed"
