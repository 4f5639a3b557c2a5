"""Random edits of random books: a build with a cache gives the bytes of a cold build."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from compositor.commands.asking import Reading
from compositor.commands.building import build
from compositor.commands.work import Build
from compositor.errors import BookError
from compositor.formats import EDITIONS
from compositor.machine.variables import CACHE, OFF
from compositor.model import Finding, Paper
from tests.random_books.books import RandomBook
from tests.random_books.edits import edited
from tests.random_books.trial import in_this_process

QUICK = {53: 2, 30: 2}
"""Seeds of the books for which some edits are tried in each run, and how many."""
SEEDS = [
    *(pytest.param(seed, count, id=f"{seed}-{count}") for seed, count in QUICK.items()),
    *(pytest.param(seed, 10, id=str(seed), marks=pytest.mark.slow) for seed in range(100, 120)),
]
HOW = Reading(False, "", "", Paper())


class Silent:
    """A watcher that shows nothing."""

    def stage(self, name: str) -> None:
        """Begin a stage."""


def made(book: RandomBook, folder: Path) -> tuple[Mapping[str, bytes], Sequence[Finding]]:
    """Return the files of a build, by their names, and its messages."""
    for old in ("book", "out"):
        shutil.rmtree(folder / old, ignore_errors=True)
    book.write(folder / "book")
    try:
        with in_this_process():
            done = build(Build(folder / "book", EDITIONS, f"{folder}/out/", HOW, words=HOW), Silent())
    except BookError as problem:
        return {}, problem.findings
    return {path.name: path.read_bytes() for path in done.made}, done.findings


@pytest.mark.parametrize(("seed", "count"), SEEDS)
def test_an_edit_gives_the_bytes_of_a_cold_build(
    seed: int, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words, blocks, notes, titles, pictures, settings and the order of files are edited, one after the other."""
    makes = 0
    for number, book in enumerate(edited(seed, count)):
        monkeypatch.setenv(CACHE, OFF)
        cold = made(book, tmp_path)
        monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
        assert made(book, tmp_path) == cold, f"edit {number} of the book {seed}"
        makes += bool(cold[0])
    assert makes, "no book could be made"
