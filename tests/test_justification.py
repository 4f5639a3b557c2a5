"""The benchmark of word spaces: its arithmetic, on lines made for the test."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.justification import Justified, Letter, Row, _justified, table
from benchmarks.paragraphs import shares
from compositor.typeset.lines.state import WHOLE

SPACE, WIDTH = 2.5, 5.0


def row(words: int, gap: float, page: int = 0, left: float = 72.0, drawn: tuple[tuple[float, float], ...] = ()) -> Row:
    """Return a line of words of four letters with these gaps between them."""
    letters, pen = [], left
    for _ in range(words):
        for letter in "word":
            letters.append(Letter(letter, pen, pen + WIDTH, 100.0, 10.5))
            pen += WIDTH
        pen += gap
    return Row(page, letters, [SPACE], drawn)


def test_the_figure_of_a_line_is_the_mean_of_its_spaces_as_a_part_of_their_own() -> None:
    """Only lines that run from edge to edge count; the last line of a paragraph does not."""
    wide = (14 * 4 * WIDTH + 13 * SPACE - 12 * 4 * WIDTH) / 11
    lines = [*(row(14, SPACE) for _ in range(3)), row(12, wide), row(6, SPACE)]
    found = list(_justified(lines, SPACE))
    assert [line.ratio for line in found] == pytest.approx([1.0, 1.0, 1.0, wide / SPACE])
    assert found[0].text.startswith("word word")


def test_a_formula_between_words_is_no_space() -> None:
    """The drawing of the formula fills the gap."""
    line = row(4, 20.0)
    first = line.letters[3].right
    drawn = Row(0, line.letters, line.spaces, ((first + 1, first + 19),))
    assert line.gaps(SPACE) == pytest.approx([20.0] * 3)
    assert drawn.gaps(SPACE) == pytest.approx([20.0] * 2)


def test_the_table_counts_the_lines_beyond_each_limit() -> None:
    """The counts are percentages of all lines."""
    ratios = (0.65, 0.75, 1.0, 1.6, 2.2, 3.5, 1, 1, 1, 1)
    lines = [Justified(0, ratio, "words-" if ratio > 2 else "words") for ratio in ratios]
    said = table("a.pdf", lines)
    loose = {"over 1.5:  30.00 %", "over 2:  20.00 %", "over 3:  10.00 %"}
    tight = {"below 0.8:  20.00 %", "below 0.7:  10.00 %"}
    assert {line.strip() for line in said.splitlines()[1:]} == loose | tight
    assert "10 lines" in said
    assert "hyphens  20.00 %" in said


def test_paragraphs_are_counted_by_the_reason_why_they_are_not_whole() -> None:
    """The counts are percentages of all paragraphs."""
    found = list(shares(Counter({WHOLE: 97, "a float beside it": 2, "no spaces": 1})))
    assert found == [
        f"{WHOLE}: 97 of 100, 97.00 %",
        "a float beside it: 2 of 100, 2.00 %",
        "no spaces: 1 of 100, 1.00 %",
    ]
