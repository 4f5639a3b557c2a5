"""Pages balanced at the foot: facing pages end on one line, last pages are not short, and no word is lost."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.layout.grid import uneven_spreads
from compositor.typeset.layout.reader import SheetReader
from compositor.typeset.layout.sheets import Setting
from compositor.typeset.lines.last_page import LEAST, lines_of, wished
from compositor.typeset.lines.plan import Column, plan, plan_of
from compositor.typeset.lines.state import Wishes
from tests.finished import ROOT
from tests.typeset.test_lines import SHEETS, SPACE, WORDS, words

ALL = WORDS.split()


def text(paragraphs: int, first: int = 0) -> str:
    """Return a unit of paragraphs of different lengths."""
    found = []
    for number in range(first, first + paragraphs):
        start, count = number * 13 % len(ALL), 30 + number * 37 % 83
        found.append(f'<p data-source="a.md:{number}">{" ".join((ALL * 3)[start : start + count])}</p>')
    return f'<section class="unit">{"".join(found)}</section>'


@cache
def pages(body: str, even: bool = True) -> list[Any]:
    """Return the pages of a unit that begins on the left, with balanced facing pages or as they come."""
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(2, "decimal", "left"))
    typesetter = Typesetter(Look(tuple((sheet, ROOT / "styles") for sheet in SHEETS), Path()), keeps_pages=True)
    if even:
        typesetter.typeset(unit)
        return list(typesetter.document(unit).pages)
    with wished(Wishes({}, even=0)):
        return list(typesetter._rendered(unit).document.pages)


def said(found: list[Any]) -> str:
    """Return the letters of the pages, without the hyphens at the ends of lines."""
    lines = (box for page in found for box in page._page_box.descendants() if type(box).__name__ == "LineBox")
    whole = ("".join(one.text for one in line.descendants() if hasattr(one, "text")) for line in lines)
    return "".join(line.strip().removesuffix("-") for line in whole if not line.strip().isdigit()).replace(" ", "")


def uneven(found: list[Any]) -> int:
    """Return how many spreads do not end on one line."""
    return len(list(uneven_spreads(Setting(SheetReader().sheets(found), {}, "left"))))


def test_facing_pages_of_text_end_on_one_line() -> None:
    """Most spreads that would not, do; and the text is the same."""
    even, before = pages(text(90)), pages(text(90), even=False)
    assert uneven(before) >= 3
    assert uneven(even) <= 1
    assert said(even) == said(before)


def test_no_hyphen_stands_at_the_foot_of_a_right_hand_page() -> None:
    """The paragraph ends that line elsewhere."""
    sheets = [sheet for start in (0, 40) for sheet in SheetReader().sheets(pages(text(90, start)))]
    feet = [sheet.of("text")[-1] for sheet in sheets if sheet.side == "right"]
    assert len(feet) > 8
    assert not [line.words for line in feet if line.hyphened]


def test_a_last_page_is_not_short() -> None:
    """A paragraph before it takes a line more or less if it can."""
    assert 0 < lines_of(pages(text(28), even=False)[-1]) < LEAST
    assert lines_of(pages(text(28))[-1]) >= LEAST


def test_a_paragraph_has_a_line_more_or_less_where_one_does_not_see_it() -> None:
    """None of its lines is far from good, and a number of lines that would be visible is not used."""
    row, column = words(*([20, 16, 8, 12] * 30)), Column(192.0, 0.0, SPACE, 5.0, 0.02)
    assert len(plan(row, column) or []) == 11
    found = {count: plan_of(row, column, count) for count in range(9, 14)}
    assert [count for count, made in found.items() if made] == [10, 11, 12]
    assert all(len(made[1]) == count and made[0] <= 1.2 for count, made in found.items() if made)
