"""A callout that does not fit is broken with three lines of its text on either side, or goes to the next page."""

from __future__ import annotations

from typing import Any

import pytest

from compositor.typeset.floats import classes_of, tag_of
from tests.typeset.test_lines import WORDS, paragraph

LINE = "<p>One line.</p>"
FIGURE = '<figure class="figure"><div style="height: 200pt">Drawing</div><figcaption>Figure</figcaption></figure>'


def pages(body: str) -> list[list[Any]]:
    """Return the blocks of the pages of a unit."""
    _, _, document = paragraph(f'<section class="unit">{body}</section>')
    found = []
    for page in document.pages:
        unit = next(box for box in page._page_box.descendants() if "unit" in classes_of(box))
        found.append(list(unit.children))
    return found


def callout(words: str) -> str:
    """Return a callout with a paragraph."""
    return f'<aside class="callout"><p class="callout-title">Title</p><p>{words}</p></aside>'


def lines(block: Any) -> int:
    """Return the lines of a block."""
    return sum(type(box).__name__ == "LineBox" for box in block.descendants())


@pytest.mark.parametrize(("before", "parts"), [(30, [5, 3]), (31, [4, 4]), (33, [8])])
def test_a_callout_is_broken_where_three_lines_stand_on_either_side(before: int, parts: list[int]) -> None:
    """The title counts too if the page has enough room left; a smaller gap stays empty."""
    found = pages(LINE * before + callout(WORDS) + LINE * 8)
    assert [lines(block) for page in found for block in page if "callout" in classes_of(block)] == parts
    assert len(found[0]) == before + (len(parts) > 1)


@pytest.mark.parametrize(
    ("before", "letters", "more", "parts"),
    [
        (32, 330, "", [3, 3]),
        (31, 250, "", [3, 2]),
        (32, 190, "", [4]),
        (33, 330, "", [6]),
        (32, 330, " keep-together", [6]),
    ],
)
def test_a_short_callout_is_broken_rather_than_leave_a_page_short(
    before: int, letters: int, more: str, parts: list[int]
) -> None:
    """Where two lines of it can stand on either side; three lines are whole, and so is what its author wants whole."""
    box = callout(WORDS[:letters]).replace('"callout"', f'"callout{more}"')
    found = pages(LINE * before + box + LINE * 8)
    assert [lines(block) for page in found for block in page if "callout" in classes_of(block)] == parts
    assert len(found[0]) == before + (len(parts) > 1)


def test_a_figure_lets_a_callout_go_first_that_can_be_broken() -> None:
    """The figure follows the callout, and the page is full."""
    found = pages(LINE * 31 + FIGURE + callout(WORDS) + LINE * 8)
    assert "callout" in classes_of(found[0][-1])
    assert ["callout" in classes_of(block) for block in found[1][:2]] == [True, False]
    assert "figure" in classes_of(found[1][1])


@pytest.mark.parametrize(("before", "end", "stays"), [(20, ":", True), (31, ":", False), (31, "", True)])
def test_a_paragraph_is_parted_from_code_rather_than_leave_a_hole(before: int, end: str, stays: bool) -> None:
    """They are separated if a fifth of the page would be empty, or an eighth if it does not end with a colon."""
    code = "<pre class='listing keep-together'><code>" + "one line\n" * 20 + "</code></pre>"
    found = pages(LINE * before + f"<h2>Heading</h2><p>{WORDS[:200]}{end}</p>{code}" + LINE)
    assert tag_of(found[0][-1]) == "p"
    assert len(found[0]) == before + 2 * stays
    assert tag_of(found[1][0]) == ("pre" if stays else "h2")
