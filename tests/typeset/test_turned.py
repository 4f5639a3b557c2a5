"""Turned tables: their notes are at the foot of the page, and nothing is below them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compositor.typeset import Context, Look, Typesetter, UnitText
from tests.finished import ROOT

SHEETS = tuple((ROOT / "styles" / name).read_text(encoding="utf-8") for name in ("fonts.css", "print.css"))
NOTE = '<span class="note" data-number="1">A note of several lines, which says what this cell means.</span>'
TABLE = f"""<div class="table turned"><table class="fixed"><tbody><tr><td>one{NOTE}</td><td>two</td></tr>
<tr><td>three</td><td>four</td></tr></tbody></table></div>"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_table_on_its_side_ends_above_the_notes_of_its_page(direction: str) -> None:
    """It is shorter by the height of the notes, and no page rule is broken."""
    body = f'<section class="unit"><p>Text.</p>{TABLE}{TABLE.replace(NOTE, "")}</section>'
    text = f'<html lang="en" dir="{direction}"><body>{body}</body></html>'
    unit = UnitText("a", text, Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(tuple((text, ROOT / "styles") for text in SHEETS), Path()), keeps_pages=True)
    laid = typesetter.typeset(unit)
    pages = [page._page_box for page in typesetter.document(unit).pages]
    (area,) = [box for page in pages for box in page.children if "FootnoteArea" in type(box).__name__ and box.children]
    found = [(page, box) for page in pages for box in page.descendants() if _is_turned(box)]
    lengths = [box.width for _, box in found]
    assert abs(lengths[0] + area.margin_height() - lengths[1]) < 0.1
    assert [box.position_x for _, box in found] == pytest.approx([page.content_box_x() for page, _ in found])
    assert "P201" not in {fault.code for fault in laid.layout.faults}


def _is_turned(box: Any) -> bool:
    return box.element is not None and box.element_tag == "div" and "turned" in str(box.element.get("class", ""))
