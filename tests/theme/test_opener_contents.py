"""The contents that the opening page of a chapter lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compositor.model import ContentsEntry, Role
from compositor.render.preliminaries import opener_contents
from tests.small_book import BOOK_OF_ONE, UNIT


@pytest.mark.parametrize(
    ("count", "role", "listed"),
    [(2, Role.CHAPTER, 0), (3, Role.CHAPTER, 3), (16, Role.PART, 16), (17, Role.CHAPTER, 0), (5, Role.SECTION, 0)],
)
def test_an_opener_lists_what_is_neither_too_little_nor_too_much(count: int, role: Role, listed: int) -> None:
    """It lists at least three and at most sixteen lines, in chapters, appendices and parts."""
    inner = tuple(ContentsEntry(f"Heading {n}", f"2.{n}", f"at-{n}", UNIT.key, None) for n in range(count))
    entry = ContentsEntry(UNIT.title, UNIT.number, UNIT.anchor, UNIT.key, role, inner)
    book = replace(BOOK_OF_ONE, contents=(ContentsEntry("Part", "I", "part", "part", Role.PART, (entry,)),))
    assert len(opener_contents(book, replace(UNIT, role=role))) == listed
