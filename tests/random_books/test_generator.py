"""The random books themselves: a seed gives a book, some book has each construct, and a failure is made small."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from compositor.markdown import render_rules
from compositor.markdown.reading import walk
from compositor.press import Timings, read_book
from tests.finished import ROOT
from tests.random_books import __main__ as command
from tests.random_books.books import RandomBook, random_book
from tests.random_books.shrinking import shrunk

DIGEST = (
    "import hashlib; from tests.random_books.books import random_book; "
    "print(hashlib.sha256(repr([random_book(seed) for seed in range(5)]).encode()).hexdigest())"
)


def test_a_seed_is_a_book() -> None:
    """The order of Python's sets does not change the book."""
    digests = [
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": order},
            capture_output=True,
            check=True,
        ).stdout
        for order in ("1", "2")
    ]
    assert digests[0] == digests[1]
    assert random_book(1) != random_book(2)


@pytest.mark.slow
def test_every_construct_is_in_some_book(tmp_path: Path) -> None:
    """Each construct that Compositor can render is in one of the first sixty books, in the text or in a note."""
    missing = set(render_rules())
    for seed in range(60):
        book = read_book(random_book(seed).write(tmp_path / str(seed)), Timings()).book
        assert book is not None
        for unit in book.units:
            missing -= {token.type for token in walk(unit.chapter.tokens)}
            missing -= {token.type for note in unit.chapter.notes for token in walk(note.tokens)}
    assert missing == set()


def fails(book: RandomBook) -> bool:
    """Return whether a simulated fault occurs: two words are in the book."""
    text = "\n".join(block for file in book.files for block in file.blocks)
    return "needle" in text and "thread" in text


def test_a_failure_is_made_small() -> None:
    """Of a large book that fails, only the cause of the failure is left."""
    book = random_book(3)
    first, *others = book.files
    spoiled = replace(first, blocks=(*first.blocks, "One needle and\nmuch hay.", "- a thread\n- more"))
    small = shrunk(replace(book, files=(spoiled, *others)), fails)
    assert fails(small)
    assert [len(file.blocks) for file in small.files] == [2]
    assert sum(len(block) for block in small.files[0].blocks) < 20
    assert (small.style, small.top, small.pages, small.others) == ((), (), (), {})


def test_a_failing_seed_is_printed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names the seed, and keeps a small book that fails in the same way."""

    def trial(book: RandomBook, formats: object) -> tuple[str, ...]:
        return ("C999 x.md: words", "F008 x") if book.seed == 6 else ()

    monkeypatch.setattr(command, "try_book", trial)
    assert command.main(["--count", "3", "--seed", "5", "--keep", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "seed 6: 2 faults, the first is C999 x.md: words" in said
    assert "2 of 3 books were made" in said
    assert (tmp_path / "seed-6" / "book.toml").is_file()
