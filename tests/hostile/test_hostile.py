"""Hostile books: each ends soon, with a file or a finding, and without quoting other files of the machine."""

from __future__ import annotations

import pytest

from tests.hostile.families import FAMILIES
from tests.hostile.inputs import hostile
from tests.hostile.trial import try_book

QUICK, ALL = 24, 465
MADE = {"special files", "escapes"}
"""Families of which every book is built: their faults appear when files are written or compared with earlier ones."""
SEEDS = [*range(QUICK), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(QUICK, ALL))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hostile_book_is_taken_well(seed: int) -> None:
    """`check` runs on all of them, `epub` on some; `python -m tests.hostile --count 1 --seed N` keeps the book."""
    book = hostile(seed)
    commands = ("check", "epub") if seed % 9 == 0 or book.family in MADE else ("check",)
    assert [try_book(book, command) for command in commands] == [""] * len(commands), f"seed {seed}, {book.family}"


def test_there_are_enough_families() -> None:
    """There are at least twenty families, each of which takes its turn several times."""
    assert len(FAMILIES) >= 20
    assert len({hostile(seed).family for seed in range(QUICK)}) == QUICK
