"""Random books over every construct of the manual: both files are made, without a false alarm and without a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import page as validator
import pytest

from tests.random_books.books import random_book
from tests.random_books.trial import faults

QUICK, ALL = 25, 300
VALIDATED = frozenset((0, 12, 24, *range(QUICK, QUICK + 97)))
"""Seeds of the books whose files are shown to those who say whether they are valid: a hundred, three of them quick."""
SEEDS = [*range(QUICK), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(QUICK, ALL))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_book_is_made(seed: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Both files are made, and are valid; `python -m tests.random_books` makes a small book of a failure."""
    folder, output = random_book(seed).write(tmp_path / "book"), tmp_path / "out"
    assert faults(folder, output) == (), f"python -m tests.random_books --count 1 --seed {seed}"
    if seed in VALIDATED:
        pdf, epub = sorted(output.glob("*.pdf")) + sorted(output.glob("*.epub"))
        result = validator.validate_pdf(str(pdf), profile="ua1")
        assert [(failure.rule_id, failure.message) for failure in result.failures] == []
        check: Callable[[Path], list[str]] = request.getfixturevalue("epubcheck")
        assert check(epub) == []
