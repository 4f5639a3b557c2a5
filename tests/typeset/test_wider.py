"""Tables and listings in the margin: wider on the outer side of each of their pages, and clear of the notes there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.margins.side_notes import EDGE, is_beside
from tests.finished import ROOT
from tests.typeset.test_lines import SHEETS

HANG = 16.0
"""Pixels by which the background of a listing extends into a margin."""
ROWS = "".join(f"<tr><td>row {number}</td><td>more</td></tr>" for number in range(60))
TABLE = f'<div class="table into-margin"><table class="fixed"><tbody>{ROWS}</tbody></table></div>'
NOTE = '<aside class="side-note beside" role="note"><p>A note before the table.</p></aside>'


@pytest.fixture(scope="module")
def laid() -> tuple[Any, list[Any]]:
    """Return the layout of a table over several pages, and its pages."""
    body = f'<section class="unit"><p>Text.</p>{NOTE}{TABLE}<p>Text.</p></section>'
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((sheet, ROOT / "styles") for sheet in SHEETS), Path()), keeps_pages=True)
    made = typesetter.typeset(unit)
    return made, [page._page_box for page in typesetter.document(unit).pages]


def test_a_table_goes_into_the_outer_margin_of_each_page(laid: tuple[Any, list[Any]]) -> None:
    """It ends at one distance from the outer edge, on right-hand and left-hand pages, and breaks no page rule."""
    made, pages = laid
    assert len(pages) > 1
    for number, page in enumerate(pages):
        left, right = page.content_box_x(), page.content_box_x() + page.width
        (table,) = [box for box in page.descendants() if type(box).__name__ == "TableBox"]
        edges = (table.border_box_x(), table.border_box_x() + table.border_width())
        wanted = (EDGE, right) if number % 2 else (left, right + page.margin_right - EDGE)
        assert edges == pytest.approx(wanted)
    assert "P201" not in {fault.code for fault in made.layout.faults}


def test_a_note_gets_out_of_the_way_of_a_table_in_the_margin(laid: tuple[Any, list[Any]]) -> None:
    """The note is above it, because there is no room below."""
    page = laid[1][0]
    (note,) = [box for box in page.descendants() if is_beside(box)]
    (table,) = [box for box in page.descendants() if type(box).__name__ == "TableBox"]
    assert note.position_y + note.height < table.border_box_y() or note.position_y > table.position_y + table.height


@pytest.mark.parametrize("captioned", [True, False])
def test_a_listing_goes_into_the_outer_margin_of_each_page(captioned: bool) -> None:
    """Its background extends into the inner margin, as for other listings; with a caption and without."""
    names, lines = "listing long into-margin", "<br/>".join(["x = 1"] * 150)
    pre = f'<pre class="{"listing long" if captioned else names}"><code>{lines}</code></pre>'
    caption = f'<figure class="{names}"><figcaption>Caption</figcaption>{pre}</figure>'
    body = f'<section class="unit"><p>Text.</p>{caption if captioned else pre}<p>Text.</p></section>'
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((sheet, ROOT / "styles") for sheet in SHEETS), Path()), keeps_pages=True)
    made = typesetter.typeset(unit)
    pages = [page._page_box for page in typesetter.document(unit).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages):
        left, right = page.content_box_x(), page.content_box_x() + page.width
        (ground,) = [box for box in page.descendants() if type(box).__name__ == "BlockBox" and box.element_tag == "pre"]
        edges = (ground.border_box_x(), ground.border_box_x() + ground.border_width())
        wanted = (EDGE, right + HANG) if number % 2 else (left - HANG, right + page.margin_right - EDGE)
        assert edges == pytest.approx(wanted)
    assert "P201" not in {fault.code for fault in made.layout.faults}
