"""Ragged text set as a whole: as few lines as possible, and no short word alone on the last line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compositor.typeset.lines.plan import Break, Column
from compositor.typeset.lines.ragged import plan_ragged
from tests.typeset.test_lines import EACH, SPACE, joined, paragraph, words

ITEM = (
    "A DNS name for the writer, the readers, a group of instances, or a single one. It chooses an instance when you "
    "look it up and has no say after that, whatever anybody has told you of it before, or will tell you on a day to "
    "come. "
)
WIDTH = 92.0


def ends(row: list[Break], is_title: bool = False) -> list[int]:
    """Return the places at which the lines of a row end."""
    return [line.end.place for line in plan_ragged(row, Column(WIDTH, 0.0, SPACE, 5.0), is_title) or []]


def test_no_short_word_stands_alone_on_the_last_line() -> None:
    """A word moves down to it, and no line is added."""
    row = words(20, 20, 20, 20, 20, 20, 20, 20, 5)
    assert ends(row) == [4, 7, 9]


def test_a_last_line_of_several_words_may_be_short() -> None:
    """The lines before it are full."""
    assert ends(words(20, 20, 20, 20, 20, 20, 20, 20, 20, 20)) == [4, 8, 10]


def test_lines_of_a_title_are_of_equal_length() -> None:
    """The last one is as long as the others."""
    assert ends(words(20, 20, 20, 20, 20, 20), is_title=True) == [3, 6]


def test_the_first_line_of_a_title_is_the_longer() -> None:
    """This applies if two ways are nearly equal."""
    assert ends(words(20, 20, 20, 20, 20), is_title=True) == [3, 5]


def test_a_title_is_not_parted_at_a_hyphen_of_its_own() -> None:
    """A slightly shorter line ends with a whole word."""
    row = words(18, 18, 24, 18, 18, 18)
    assert ends(row, is_title=True) == [3, 6]
    row[3] = replace(row[3], dashed=True)
    assert ends(row, is_title=True) == [4, 6]


def test_a_short_word_before_a_long_one_has_a_line() -> None:
    """This applies if the two words do not fit on one line."""
    assert ends(words(10, 88, 40, 40)) == [1, 2, 4]


def test_a_word_wider_than_the_column_has_no_plan() -> None:
    """WeasyPrint breaks it."""
    assert plan_ragged(words(20, 200, 20), Column(WIDTH, 0.0, SPACE, 5.0), False) is None


@pytest.mark.parametrize("count", [1, 2, 3])
def test_ragged_text_has_its_words_and_no_more_lines(count: int) -> None:
    """It breaks at other places than line by line, and no line is wider than the column."""
    body = f'<p style="text-align: start; hyphens: manual">{ITEM * count}<em>It is</em> <code>a_name</code>.</p>'
    planned, made, document = paragraph(body)
    filled, _, _ = paragraph(body, EACH)
    assert joined(planned) == joined(filled)
    assert len(planned) == len(filled)
    room = document.pages[0]._page_box.width
    assert all(line.width <= room + 0.01 for line in made)


@pytest.mark.parametrize(("width", "ended"), [(80, ["maxLifetime", "Seconds"]), (110, ["maxLifetimeSeconds"])])
def test_a_name_of_code_alone_ends_its_lines_at_its_joints(width: int, ended: list[str]) -> None:
    """As in a cell of a table: it is not torn before its last letter."""
    name = '<code class="jointed">max<wbr/>Lifetime<wbr/>Seconds</code>'
    lines, _, _ = paragraph(f'<p style="text-align: start; width: {width}pt">{name}</p>')
    assert [line.replace("\u200b", "") for line in lines] == ended
