"""Notes beside the text: in the outer margin, one below the other, and in the text if there is no room."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from compositor.typeset import Context, LaidOut, Look, Typesetter, UnitText
from compositor.typeset.margins.side_notes import EDGE, _down, _up, is_beside
from tests.finished import ROOT
from tests.typeset.test_lines import SHEETS, WORDS

PARAGRAPH = f"<p>{' '.join(WORDS.split()[:60])}</p>"


def note(words: str) -> str:
    """Return a note beside the block after it."""
    return f'<aside class="side-note beside" role="note"><p>{words}</p></aside>'


LONG = note("Many words that stand in the margin, each of them on its own. " * 3)


@cache
def laid(body: str) -> tuple[LaidOut, tuple[Any, ...]]:
    """Return the layout of a unit that begins on the right, and its pages."""
    text = f'<html lang="en"><body><section class="unit">{body}</section></body></html>'
    unit = UnitText("a", text, Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((sheet, ROOT / "styles") for sheet in SHEETS), Path()), keeps_pages=True)
    made = typesetter.typeset(unit)
    return made, tuple(page._page_box for page in typesetter.document(unit).pages)


def notes_of(page: Any) -> list[Any]:
    """Return the notes beside the text of a page."""
    return [box for box in page.descendants() if is_beside(box)]


def test_a_note_stands_in_the_outer_margin_of_either_side() -> None:
    """It is at the height of the paragraph after it, to the right on right-hand pages and to the left on others."""
    body = (note("Here.") + PARAGRAPH + PARAGRAPH * 4) * 4
    made, pages = laid(body)
    assert not made.layout.faults and len(pages) > 1
    for number, page in enumerate(pages):
        left, right = page.content_box_x(), page.content_box_x() + page.width
        assert notes_of(page)
        for one in notes_of(page):
            end = one.position_x + one.width
            if number % 2:
                assert one.position_x == pytest.approx(EDGE) and end < left
            else:
                assert one.position_x > right and end == pytest.approx(right + page.margin_right - EDGE)
            assert any(abs(one.position_y - line.position_y) < 0.1 for line in _lines(page, text=True))


def test_notes_do_not_cover_each_other_nor_the_text() -> None:
    """Notes at one place are one below the other, and the text is in the same place as without them."""
    bare = [line.position_y for line in _lines(laid(PARAGRAPH * 3)[1][0], text=True)]
    _, (page,) = laid(PARAGRAPH + LONG + note("Second.") + note("Third.") + PARAGRAPH * 2)
    found = notes_of(page)
    assert [line.position_y for line in _lines(page, text=True)] == bare
    for above, below in pairwise(found):
        assert above.position_y + above.height < below.position_y


def test_a_note_at_the_foot_of_a_page_ends_with_it() -> None:
    """A note that is longer than the rest of the page moves up."""
    count = next(count for count in range(5, 30) if len(laid(PARAGRAPH * count)[1]) > 1) - 1
    _, pages = laid(PARAGRAPH * (count - 1) + LONG + PARAGRAPH * 4)
    (one,) = notes_of(pages[0])
    assert one.position_y + one.height <= pages[0].content_box_y() + pages[0].height + 0.1


def test_a_note_goes_overleaf_with_its_paragraph() -> None:
    """It never ends a page if its paragraph begins on the next one."""
    for count in range(5, 12):
        tall = '<p class="keep-together" style="break-inside: avoid">' + "word<br/>" * 12 + "</p>"
        _, pages = laid(PARAGRAPH * count + note("Here.") + tall)
        page = next(page for page in pages if any("word" in line for line in map(_said, _lines(page, text=True))))
        assert notes_of(page)


def test_notes_without_room_stand_in_the_text() -> None:
    """If the notes of a page are together longer than the page, they are all in the text, and no word is lost."""
    made, pages = laid(PARAGRAPH + LONG * 12 + PARAGRAPH)
    assert not any(map(notes_of, pages))
    assert sum(_said(line).count("Many") for page in pages for line in _lines(page)) == 36
    assert not [fault for fault in made.layout.faults if fault.code in ("P201", "P202")]


FIGURE = '<figure class="figure"><p>' + "picture<br/>" * 8 + '</p><figcaption class="beside">{}</figcaption></figure>'


def test_a_caption_stands_beside_its_figure() -> None:
    """Its top is level with the figure, in the outer margin, and the text after it is as near as without it."""
    _, (page,) = laid(PARAGRAPH + FIGURE.format("The caption.") + PARAGRAPH)
    (one,) = notes_of(page)
    figure = next(box for box in page.descendants() if box.element_tag == "figure")
    assert one.position_y == pytest.approx(figure.content_box_y())
    assert one.position_x > page.content_box_x() + page.width
    paragraphs = (box for box in page.descendants() if box.element_tag == "p")
    after = next(box for box in paragraphs if box.position_y > figure.position_y + 150)
    assert after.content_box_y() - figure.content_box_y() - figure.height < 25


def test_a_caption_makes_room_for_notes() -> None:
    """If notes keep it from its figure, it is below the figure, and the notes stay in the margin."""
    _, (page,) = laid(PARAGRAPH + LONG * 2 + FIGURE.format("The caption.") + PARAGRAPH)
    assert [note.element_tag for note in notes_of(page)] == ["aside", "aside"]
    figure = next(box for box in page.descendants() if box.element_tag == "figure")
    caption = next(box for box in page.descendants() if box.element_tag == "figcaption")
    assert caption.position_y > figure.content_box_y() + 100


def test_what_reaches_into_the_margin_is_left_free() -> None:
    """Notes move below what is in their way, and up again at the end of the page."""
    assert _down([0, 10], [20, 20], [(15, 40)]) == [40, 66]
    assert _up([80, 90], [20, 20], [(60, 70)], 100) == [40, 80]


def _lines(page: Any, text: bool = False) -> list[Any]:
    """Return the lines of a page, without those of notes beside the text."""
    beside = {id(line) for one in notes_of(page) for line in one.descendants()} if text else set()
    return [box for box in page.descendants() if type(box).__name__ == "LineBox" and id(box) not in beside]


def _said(line: Any) -> str:
    return "".join(getattr(one, "text", "") for one in line.descendants())
