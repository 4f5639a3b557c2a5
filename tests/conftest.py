"""What all tests share: the test books, the real book built once per run, readers of finished files, and `--accept`."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compositor.press import Timings, read_book
from compositor.typeset.processes.beginnings import forked_inside
from tests.finished import BOOKS, ROOT, Built, built, of_files
from tests.long_ones import LONG_ONES
from tests.validators import epubcheck_says, java


def pytest_configure() -> None:
    """Make the tests interruptible, and independent of the cache of earlier builds and of a given number of processes.

    A shell lets background processes ignore SIGINT, and all processes of the tests would inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["COMPOSITOR_CACHE"] = "off"
    os.environ.pop("COMPOSITOR_WORKERS", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites the expected halves of fixture cases; read the diff before you commit it."""
    parser.addoption("--accept", action="store_true", help="write what was found into the fixture files")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the slow tests; an entry that names no test of a fully collected file is an error."""
    found: set[str] = set()
    for item in items:
        named = [line for line in LONG_ONES if item.nodeid.startswith(line)]
        found.update(named)
        if named:
            item.add_marker(pytest.mark.slow)
    whole = {item.nodeid.partition("::")[0] for item in items} if not any("::" in one for one in config.args) else set()
    lost = [line for line in LONG_ONES if line not in found and line.partition("::")[0] in whole]
    if lost:
        raise pytest.UsageError(f"tests/long_ones.py names tests that are not there: {lost}")


@pytest.fixture(scope="session", autouse=True)
def typesetters_begin_at_once() -> Iterator[None]:
    """Typesetters that tests start without a command are forked, as those of a command are."""
    with forked_inside():
        yield


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Return whether to write the fixtures again."""
    return bool(request.config.getoption("--accept"))


Once = Callable[[str, Path, Callable[[Path], object]], Built]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Build a book once for all workers of a run: the first worker that needs it builds it, and the others use it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def build(name: str, book: Path, into: Callable[[Path], object]) -> Built:
        folder = shared / f"made-{name}"
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "made").exists():
                into(folder / "files")
                (folder / "made").touch()
        return of_files(read_book(book, Timings()), (folder / "files").iterdir())

    return build


def _by_command(output: Path) -> None:
    command = [sys.executable, "build.py", "all", "book", "-o", f"{output}/"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="session")
def real_book(once: Once) -> Built:
    """The book in book/, built by the command itself."""
    return once("real", ROOT / "book", _by_command)


@pytest.fixture(scope="session")
def several(once: Once) -> Built:
    """The test book with parts, appendices and a draft."""
    return once("several", BOOKS / "several", lambda output: built(BOOKS / "several", output))


@pytest.fixture(scope="session")
def german(once: Once) -> Built:
    """The test book in German."""
    return once("german", BOOKS / "german", lambda output: built(BOOKS / "german", output))


@pytest.fixture(scope="session")
def likeours(once: Once) -> Built:
    """The test book that is ordered by its file names, like ours."""
    return once("likeours", BOOKS / "likeours", lambda output: built(BOOKS / "likeours", output))


@pytest.fixture(scope="session")
def specimen(once: Once) -> Built:
    """Return the specimen that comes with Compositor."""
    return once("specimen", ROOT / "specimen", lambda output: built(ROOT / "specimen", output))


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
