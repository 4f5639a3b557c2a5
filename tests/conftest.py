"""What all tests share: the test books, the real book built once per run, readers of finished files, and `--accept`."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.press import Timings, read_book
from tests.finished import BOOKS, ROOT, Built, built, of_files
from tests.validators import epubcheck_says, java


def pytest_configure() -> None:
    """A shell lets what it starts in the background ignore SIGINT, and so would all that the tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites the expected halves of fixture cases; read the diff before you commit it."""
    parser.addoption("--accept", action="store_true", help="write what was found into the fixture files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether fixtures are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def real_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The book in book/, built by the command itself, once per run."""
    output = tmp_path_factory.mktemp("real")
    command = [sys.executable, "build.py", "all", "book", "-o", f"{output}/"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return of_files(read_book(ROOT / "book", Timings()), map(Path, run.stdout.split()))


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The test book with parts, appendices and a draft."""
    return built(BOOKS / "several", tmp_path_factory.mktemp("several"))


@pytest.fixture(scope="session")
def german(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The test book in German."""
    return built(BOOKS / "german", tmp_path_factory.mktemp("german"))


@pytest.fixture(scope="session")
def likeours(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The test book that is ordered by its file names, like ours."""
    return built(BOOKS / "likeours", tmp_path_factory.mktemp("likeours"))


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The specimen that the press brings along."""
    return built(ROOT / "specimen", tmp_path_factory.mktemp("specimen"))


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    """A folder with a book of one short chapter, for a test to spoil."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-one.md").write_text("# One\n\nA paragraph.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def epubcheck() -> Callable[[Path], list[str]]:
    """EPUBCheck 5.3.0 -> what it says of a file, as `SEVERITY ID path: message`; skipped without Java."""
    if java() is None:
        pytest.skip("not run: EPUBCheck needs Java")
    return epubcheck_says
