"""Fitting a table to its page: words in the right-hand columns are broken if they are longer than their column."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.formats import PAPER
from compositor.markdown.tables.column_widths import WRAPS, fit
from compositor.model import Measure
from compositor.press import Timings, read_book
from compositor.render import render_body
from tests.markdown.test_parted_tables import tokens_of

ROOM = Measure(40, 60)
COMPOUND = "Donaudampfschifffahrtsgesellschaftskapitän"


@pytest.mark.parametrize(
    ("words", "below", "wraps"),
    [
        ("1,234.50", "", False),
        ("some words which are too many for one line of a column", "", True),
        (COMPOUND, "", True),
        ("12,345,678.50", ': C. {tbl-colwidths="[95,5]"}', True),
        ("12,345,678.50", ': C. {tbl-colwidths="[50,50]"}', False),
    ],
)
def test_a_cell_at_the_right_is_broken_where_it_has_no_room(words: str, below: str, wraps: bool) -> None:
    """A number stays on its line if the column is wide enough; a long word would extend beyond the page."""
    table = tokens_of(f"| a | b |\n|---|--:|\n| c | {words} |\n\n{below}\n")[0]
    assert (WRAPS in fit(table, ROOM).classes) == wraps


@pytest.mark.parametrize(("words", "broken"), [(COMPOUND * 2, True), ("12", False)])
def test_the_only_column_of_a_table_is_as_wide_as_the_page_where_its_word_may_be_longer(
    words: str, broken: bool, small_book: Path
) -> None:
    """A word is broken only if the width of the column is known."""
    (small_book / "01-one.md").write_text(f"# One\n\n| a |\n|---|\n| {words} |\n", encoding="utf-8")
    book = read_book(small_book, Timings()).book
    assert book is not None
    assert ('<table class="fixed">' in render_body(book, book.units[0], PAPER)) == broken


def test_a_table_without_room_goes_into_the_margin_before_its_type_is_smaller() -> None:
    """This happens at the top level of a text if the page has such a margin, and not in a list."""
    words = "availability | replication | consistency | throughput | durability"
    rows = f"| {words} |\n{'|---' * 5}|\n| {words} |\n"
    table = tokens_of(rows)[0]
    wide, narrow = Measure(28, 60, wide=36.0), Measure(28, 60)
    assert fit(table, wide).classes == ("into-margin",)
    assert fit(table, narrow).classes == ("small",)
    inside = next(one for one in tokens_of("- a\n\n" + "".join(f"  {line}\n" for line in rows.split("\n")))
                  if one.type == "table_open")  # fmt: skip
    assert "into-margin" not in fit(inside, wide).classes
