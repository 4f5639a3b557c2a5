"""Books with samples, which commands of the books themselves check; these need nothing but Python."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.press import Timings, read_book
from compositor.samples import Proved, Wanted, prove
from compositor.samples.environments import FOLDER
from tests.finished import BOOKS

HEAD = 'format = 1\ntitle = "Proved"\nauthors = ["A"]\n\n'
Make = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the environments of all test books, so that each is made once."""
    return tmp_path_factory.mktemp("environments")


@pytest.fixture
def proved(tmp_path: Path, environments: Path) -> Path:
    """Return a copy of the test book that has correct samples of every kind at every kind of place."""
    return _lend(environments, shutil.copytree(BOOKS / "proved", tmp_path / "proved"))


def _lend(environments: Path, folder: Path) -> Path:
    """Let the book use the environments of the others; return its folder."""
    (folder / FOLDER).mkdir()
    (folder / FOLDER / "environments").symlink_to(environments)
    return folder


@pytest.fixture
def make_samples(tmp_path: Path, environments: Path) -> Make:
    """Return a function that makes a book of one chapter from [samples] and the text of the chapter."""
    folder = tmp_path / "samples-of-one"
    shutil.copytree(BOOKS / "proved" / "samples", folder / "samples")
    _lend(environments, folder)

    def make(settings: str, text: str) -> Path:
        (folder / "book.toml").write_text(HEAD + settings, encoding="utf-8")
        (folder / "01-one.md").write_text(f"# One\n\n{text}", encoding="utf-8")
        return folder

    return make


def proof(folder: Path, wanted: Wanted | None = None) -> Proved:
    """Return the findings about the samples of a book that has no fault of another kind."""
    read = read_book(folder, Timings())
    assert read.book is not None
    assert not read.errors
    return prove(read.book, wanted or Wanted(), Timings())


def said(found: Proved) -> list[str]:
    """Return the findings in a line each: code, place, message."""
    return [f"{finding.code} {finding.place} {finding.whole}" for finding in found.findings]


def spoil(file: Path, before: str, after: str) -> None:
    """Replace a piece of a file that occurs in it once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")
