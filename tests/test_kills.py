"""Builds that are killed at random moments: the command, its worker, its typesetter, or all of them at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.finished import ROOT
from tests.process_trees import children_of, is_running, until

KILLS = 300
"""The number of kills of the slow test; the quick one has few."""
FEW = 3
AT_ONCE = 10
LONGEST = 2.5
"""Seconds after which a build of this size has ended."""


def hashes(folder: Path) -> dict[str, str]:
    """Return the files in a folder, with their hashes."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}


def begin(book: Path, output: Path, formats: str = "all") -> subprocess.Popen[bytes]:
    """Begin a build in a process group of its own."""
    command = [sys.executable, ROOT / "build.py", formats, book, "-o", f"{output}/"]
    place = {**os.environ, "TMPDIR": str(output.parent / "scratch"), "COMPOSITOR_WORKERS": "2"}
    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=place
    )


def kill(build: subprocess.Popen[bytes], chance: random.Random) -> list[int]:
    """Kill the command, one of its processes, or its group; return the numbers of all processes of the build."""
    below = children_of(build.pid)
    typesetter = [chance.choice(below[1:])] if below[1:] else []
    victims = {"command": [build.pid], "child": below[:1], "grandchild": typesetter, "group": [build.pid, *below]}
    for process in victims[chance.choice(list(victims))]:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return [build.pid, *below]


def write(book: Path, words: str) -> None:
    """Write another text into the book."""
    (book / "01-one.md").write_text(f"# One\n\n{words}\n", encoding="utf-8")


def prepared(book: Path) -> tuple[Path, list[dict[str, str]]]:
    """Return the output folder and its allowed contents: both new files, both old ones, or the new EPUB alone.

    If only the typesetter is killed, the EPUB is made without the pages of a PDF.
    """
    output, wholes = book.parent / "out", []
    (book.parent / "scratch").mkdir()
    for words in ("New.", "Old."):
        write(book, words)
        assert begin(book, output).wait() == 0
        wholes.append(hashes(output))
    write(book, "New.")
    alone = book.parent / "alone"
    assert begin(book, alone, "epub").wait() == 0
    return output, [*wholes, hashes(alone)]


def trial(book: Path, output: Path, wholes: list[dict[str, str]], seed: int) -> None:
    """Kill one build; check that every file is whole, old or new, and that no process is left."""
    chance = random.Random(seed)
    build = begin(book, output)
    time.sleep(chance.random() * LONGEST)
    processes = kill(build, chance)
    build.wait(30)
    assert until(lambda: not any(map(is_running, processes))), seed
    for name, data in hashes(output).items():
        if not name.startswith("."):
            assert data in {whole.get(name) for whole in wholes}, (seed, name)


def end(book: Path, output: Path, whole: dict[str, str]) -> None:
    """Let the next build make the new files and remove what killed builds left, here and in the temporary folder."""
    assert begin(book, output).wait() == 0
    assert hashes(output) == whole
    left = [path for path in (output.parent / "scratch").rglob("*") if path.is_file() and path.stat().st_size]
    assert left == []


def trials(book: Path, seeds: range) -> None:
    """Kill builds of a book, one for each seed."""
    output, wholes = prepared(book)
    for seed in seeds:
        trial(book, output, wholes, seed)
    end(book, output, wholes[0])


@pytest.mark.skipif(sys.platform != "linux", reason="the children of a process are known on Linux")
def test_few_kills_leave_whole_files(small_book: Path) -> None:
    """This is a small sample of what the slow test does."""
    trials(small_book, range(FEW))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the children of a process are known on Linux")
@pytest.mark.parametrize("first", range(FEW, FEW + KILLS, AT_ONCE))
def test_kills_leave_whole_files(small_book: Path, first: int) -> None:
    """Builds are killed three hundred times at random moments."""
    trials(small_book, range(first, first + AT_ONCE))
