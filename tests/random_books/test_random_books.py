"""Random books with every construct of the manual: both files are made, without false alarms and crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.formats import SINGLE, WEB
from tests.random_books.books import random_book
from tests.random_books.trial import faults
from tests.random_books.validity import invalid
from tests.validators import java

QUICK, ALL = 25, 300
VALIDATED = frozenset((0, 12, 24, *range(QUICK, QUICK + 97)))
"""Seeds of the books whose files validators check: a hundred, three of them quick."""
HEAVY = 16
"""The seed of a book that takes a tenth of the time of all quick ones; the next seed replaces it."""
SEEDS = [
    pytest.param(seed, marks=[pytest.mark.slow] if seed == HEAVY or seed > QUICK else []) for seed in range(ALL)
]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_book_is_made(seed: int, tmp_path: Path) -> None:
    """Both files are made and are valid; `python -m tests.random_books` reduces a failing book."""
    folder, output = random_book(seed).write(tmp_path / "book"), tmp_path / "out"
    assert faults(folder, output) == (), f"python -m tests.random_books --count 1 --seed {seed}"
    if seed in VALIDATED:
        if java() is None:
            pytest.skip("not run: EPUBCheck needs Java")
        assert [one.suffix for one in sorted(output.iterdir())] == [".epub", ".pdf"]
        assert invalid(output) == (), f"python -m tests.random_books --validate --count 1 --seed {seed}"


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[pytest.mark.slow] if seed >= 1002 else []) for seed in range(1000, 1030)]
)
def test_the_site_of_a_random_book_is_made(seed: int, tmp_path: Path) -> None:
    """The site is made in both of its forms, and each contains everything that the book says."""
    folder = random_book(seed).write(tmp_path / "book")
    for shape in (WEB, SINGLE):
        found = faults(folder, tmp_path / "out", (shape,))
        assert found == (), f"python -m tests.random_books --count 1 --seed {seed} --format web"
