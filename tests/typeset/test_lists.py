"""Lists: if a marker is wider than the indent, the indent grows, and every marker is inside the text block."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.formatting_structure import boxes

from compositor.typeset import Context, Look, Typesetter, UnitText
from tests.finished import ROOT

FONTS = (ROOT / "styles" / "fonts.css").read_text(encoding="utf-8")


def edges(tmp_path: Path, style: str, body: str) -> tuple[list[float], list[float]]:
    """Return where the markers of a page and the items of its lists begin, in points from the text block."""
    page = '@page { size: 300pt 400pt; margin: 0 } html { font: 10.5pt/14pt "Book Text" } body { margin: 0 }'
    css = f"{page} {style}"
    look = Look(((FONTS, ROOT / "styles"), (css, tmp_path)), tmp_path)
    unit = UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    assert [fault for fault in typesetter.typeset(unit).layout.faults if fault.code == "P201"] == []
    found = list(typesetter.document(unit).pages[0]._page_box.descendants())
    texts = [text for box in found if box.is_outside_marker for text in box.descendants()]
    markers = [text.position_x * 0.75 for text in texts if isinstance(text, boxes.TextBox)]
    items: dict[int, float] = {}
    for box in found:
        if box.element_tag == "li":
            items.setdefault(id(box.element), box.position_x * 0.75)
    return markers, list(items.values())


@pytest.mark.parametrize(
    ("style", "first"),
    [
        ("", 9998),
        ("li { font-size: 16pt }", 99),
        ("li { list-style-type: lower-roman }", 888),
        ("li { list-style-type: upper-alpha }", 20_000),
        ('li { font-family: "Book Code" }', 9),
        ("li::marker { font-weight: 600; font-size: 20pt }", 10),
    ],
)
def test_a_marker_of_any_width_stands_in_the_text_block(tmp_path: Path, style: str, first: int) -> None:
    """A list is indented by its widest marker, and its items are aligned."""
    nested = f'<ol start="{first}"><li>a</li><li>b</li></ol>'
    body = f'<ol start="{first}"><li>One</li><li>Two{nested}</li><li>Three</li></ol>'
    markers, items = edges(tmp_path, f"ol {{ margin: 0 0 0 16pt; padding: 0 }} {style}", body)
    assert len(markers) == len(items) == 5
    assert min(markers) > -0.5
    assert items[0] == items[1] == items[4] > 16
    assert items[2] == items[3] > items[0]


def test_a_list_with_narrow_markers_keeps_its_indent(tmp_path: Path) -> None:
    """Nothing changes if there is enough space."""
    body = "<ol><li>One</li><li><p>Two</p></li></ol><ul><li>Three</li></ul>"
    _, items = edges(tmp_path, "ol, ul { margin: 0 0 0 16pt; padding: 0 } p { margin: 0 }", body)
    assert items == [16, 16, 16]
