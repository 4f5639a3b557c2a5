"""How a table is fitted to its page: the words at the right are broken where they are longer than their column."""

from __future__ import annotations

import pytest

from compositor.markdown.tables.column_widths import WRAPS, fit
from compositor.model import Measure
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
    """A number stays on its line where the column is as wide; a long word would lie outside the page."""
    table = tokens_of(f"| a | b |\n|---|--:|\n| c | {words} |\n\n{below}\n")[0]
    assert (WRAPS in fit(table, ROOM).classes) == wraps
