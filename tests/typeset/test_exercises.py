"""Exercises on paper: the last one is not alone on a page."""

from __future__ import annotations

from pathlib import Path

from compositor.typeset import Context, Look, Typesetter, UnitText
from tests.finished import ROOT
from tests.typeset.test_lines import SHEETS, WORDS

TITLE, TEXT = '<p class="exercise-title">Exercise</p>', " ".join(WORDS.split()[:40])
EXERCISE = f'<section class="exercise">{TITLE}<p>{TEXT}</p></section>'


def exercises(lines: int) -> list[int]:
    """Return how many exercises begin on each page, after a paragraph of so many lines."""
    body = f'<section class="unit"><p>{"word<br/>" * lines}</p>{EXERCISE * 4}</section>'
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((sheet, ROOT / "styles") for sheet in SHEETS), Path()), keeps_pages=True)
    typesetter.typeset(unit)
    pages = [page._page_box for page in typesetter.document(unit).pages]
    return [sum(box.element_tag == "section" and box.element.get("class") == "exercise" for box in page.descendants())
            for page in pages]  # fmt: skip


def test_the_last_exercise_is_not_alone() -> None:
    """The one before it moves to the next page with it, however full the page is."""
    found = [exercises(lines) for lines in range(14, 26, 2)]
    assert any(len(one) > 1 for one in found)
    assert all(one[-1] != 1 for one in found)
