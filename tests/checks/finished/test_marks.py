"""What a style may print before the items of a list, and which block of the source each of these marks belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.checks.finished.blocks import blocks_of
from compositor.checks.finished.marks import marks_of
from compositor.formats import FORMATS
from compositor.press import Timings, read_book


@pytest.mark.parametrize(("number", "roman"), [(4, "iv"), (88, "lxxxviii"), (997, "cmxcvii"), (1944, "mcmxliv")])
def test_roman_numbers_of_any_size(number: int, roman: str) -> None:
    """A list in HTML may begin with any number."""
    assert f"{roman}." in marks_of(number)


def test_an_item_that_is_a_formula_has_its_mark_to_itself(small_book: Path) -> None:
    """A list in such an item may begin on the next page, with a mark of its own."""
    (small_book / "01-one.md").write_text("# One\n\n1. $a^2$\n   1. four\n2. two\n", encoding="utf-8")
    book = read_book(small_book, Timings()).book
    assert book is not None
    blocks = blocks_of(book, book.units[0], FORMATS[0].medium, None)
    marked = [(block.words, [marks[0] for marks in block.marks]) for block in blocks if block.marks]
    assert marked == [("", ["1."]), ("four", ["1."]), ("two", ["2."])]
