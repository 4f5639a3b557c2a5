"""Disturbed builds: by another build into the same folder, by edits, and by a clean-up."""

from __future__ import annotations

import random
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from tests.hostile.trial import wait, work

ROUNDS = 40
CHAPTERS = 8


def begin(book: Path, output: Path, said: Path) -> int:
    """Start a process that makes the EPUB of a book; return its number."""
    return work(["epub", str(book), "-o", f"{output}/"], said, said.parent / "cache")


def write(book: Path, word: str) -> None:
    """Write all chapters of a book, with this word in each."""
    for number in range(1, CHAPTERS + 1):
        text = f"# Chapter {number}\n\n" + f"The word {word}.\n\n" * 20
        (book / f"0{number}-c.md").write_text(text, encoding="utf-8")


def words_in(epub: Path) -> set[str]:
    """Return the words of its chapters, and check that it is whole."""
    with zipfile.ZipFile(epub) as archive:
        assert archive.testzip() is None
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    return {word for word in ("first", "second") for text in texts if f"The word {word}." in text}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of some chapters."""
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.toml").write_text('format = 1\ntitle = "Race"\nauthors = ["A"]\n', encoding="utf-8")
    write(folder, "first")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS // 2))
def test_two_builds_into_one_folder_give_one_whole_file(book: Path, tmp_path: Path, seed: int) -> None:
    """It comes from one of the two builds, and no other file is left."""
    other = tmp_path / "other"
    shutil.copytree(book, other)
    write(other, "second")
    output = tmp_path / "out"
    children = []
    for number, folder in enumerate((book, other)):
        children.append(begin(folder, output, tmp_path / f"said{number}"))
        time.sleep(random.Random(seed).random() * 0.1)
    ends = [wait(child, tmp_path / f"said{number}") for number, child in enumerate(children)]
    assert [end.code for end in ends] == [0, 0], ends
    assert [path.name for path in output.iterdir()] == ["race.epub"]
    assert len(words_in(output / "race.epub")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS // 4))
def test_a_source_that_changes_during_a_build_is_read_once(book: Path, tmp_path: Path, seed: int) -> None:
    """The file is whole; a chapter has its old or its new text, or the build says what it lacks."""
    child = begin(book, tmp_path / "out", tmp_path / "said")
    time.sleep(random.Random(seed).random() * 0.4)
    write(book, "second")
    (book / "08-c.md").unlink()
    end = wait(child, tmp_path / "said")
    assert end.code in (0, 1), end
    if end.code == 0:
        assert words_in(tmp_path / "out" / "race.epub")
    else:
        assert "error[" in end.said


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS // 4))
def test_an_output_folder_that_is_removed_during_a_build_is_told_or_made_again(
    book: Path, tmp_path: Path, seed: int
) -> None:
    """The build makes the file or gives a finding, and never crashes."""
    output = tmp_path / "out"
    output.mkdir()
    child = begin(book, output, tmp_path / "said")
    end = time.monotonic() + random.Random(seed).random() * 0.8
    while time.monotonic() < end:
        shutil.rmtree(output, ignore_errors=True)
        time.sleep(0.001)
    ended = wait(child, tmp_path / "said")
    assert ended.code in (0, 1), ended
    if ended.code == 0 and (output / "race.epub").exists():
        assert words_in(output / "race.epub") == {"first"}
    elif ended.code:
        assert "error[" in ended.said
