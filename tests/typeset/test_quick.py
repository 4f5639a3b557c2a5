"""Cached selectors, styles, fonts and breaks equal what WeasyPrint computes each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.engine import weasyprint
from compositor.typeset.quick.styles import RESOLVED
from tests.finished import ROOT
from tests.typeset.test_lines import SHEETS

LIST = ElementTree.fromstring(
    '<ul id="u"><li id="a"><p id="p">One</p><a id="x">two</a></li><li id="b"><i id="i"/></li><li id="c"/>'
    '<hr id="h"/></ul>'
)


def matched(selector: str) -> list[str]:
    """Return the ids of the elements that a selector matches."""
    weasyprint()
    from cssselect2 import ElementWrapper, compile_selector_list

    tests = [one.test for one in compile_selector_list(selector)]
    root = ElementWrapper.from_xml_root(LIST)
    return [element.id for element in root.iter_subtree() if any(test(element) for test in tests)]


@pytest.mark.parametrize(
    ("selector", "ids"),
    [
        ("li:has(a)", ["a"]),
        ("li:has(> i)", ["b"]),
        ("li:has(+ li)", ["a", "b"]),
        ("li:has(+ hr)", ["c"]),
        ("li:has(~ hr)", ["a", "b", "c"]),
        (":not(:has(*))", ["p", "x", "i", "c", "h"]),
        ("ul:has(li:nth-child(3)) li", ["a", "b", "c"]),
        ("ul:has(li:nth-child(9)) li", []),
        ("li:has(p, i)", ["a", "b"]),
        ("li:has(:hover)", []),
        ("li:has(:hover, p)", ["a"]),
        ("li:has(p:has(+ a))", ["a"]),
    ],
)
def test_a_selector_finds_what_stands_in_an_element_or_behind_it(selector: str, ids: list[str]) -> None:
    """Descendant, child and sibling combinators work as in CSS."""
    assert matched(selector) == ids


def test_a_list_is_read_once_for_all_of_its_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read for each item: a bibliography has hundreds."""
    weasyprint()
    from cssselect2 import ElementWrapper

    read: list[str] = []
    below = ElementWrapper.below

    def reading(self: Any) -> Any:
        read.append(self.id)
        return below(self)

    monkeypatch.setattr(ElementWrapper, "below", reading)
    assert matched("ul:has(a) li") == ["a", "b", "c"]
    assert read == ["u"]


SHEET = """
@page { size: 300pt 400pt; margin: 20pt }
:root { --space: 3pt; font: 10pt "Source Serif 4" }
section { padding-inline-start: 7pt; --space: 5pt }
p { margin-top: var(--space); width: 50% }
b { padding-left: 10%; border-left: 2pt solid }
i { padding-left: 4pt; max-width: calc(10pt + 2pt) }
td, th { border: 1pt solid } table { border-collapse: collapse }
u { letter-spacing: 1pt } em { text-decoration: underline }
"""
TEXT = (
    '<html lang="en"><body><section class="unit"><p>One <b>two</b> <i>three</i> <u>four</u> <em>five</em></p>'
    "<table><tr><th>Six</th><td><i>seven</i></td></tr></table><div>Eight</div></section></body></html>"
)


@pytest.fixture(scope="module")
def boxes() -> list[Any]:
    """Return the boxes of a page."""
    setter = Typesetter(Look(((SHEETS[0], ROOT / "styles"), (SHEET, Path())), Path()), keeps_pages=True)
    unit = UnitText("quick", TEXT, Context(1, "decimal", "right"))
    setter.typeset(unit)
    return list(setter.document(unit).pages[0]._page_box.descendants())


def test_lengths_are_those_that_weasyprint_resolves(boxes: list[Any]) -> None:
    """Lengths are resolved in pixels and in parts of the column, also inside a table."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
    from weasyprint.layout.percent import resolve_percentages

    seen = 0
    for box in boxes:
        if isinstance(box, (TextBox, LineBox, InlineBox)):
            other = box.copy()
            resolve_percentages(other, (200.0, "auto"))
            known = box.style.__dict__.get("resolved") or {}
            assert {name: getattr(other, name) for name in known} == known
            seen += bool(known)
            assert set(known) <= set(RESOLVED)
    assert seen > 5


@pytest.mark.parametrize(
    ("tag", "name", "pixels"),
    [
        ("section", "padding_left", 28 / 3),
        ("p", "padding_left", 0),
        ("p", "margin_top", 20 / 3),
        ("i", "padding_left", 16 / 3),
        ("i", "max_width", 16),
    ],
)
def test_values_are_inherited_and_given_as_the_sheets_say(boxes: list[Any], tag: str, name: str, pixels: float) -> None:
    """Variables, sums, and sides that depend on the direction of writing are included."""
    style = next(box.style for box in boxes if box.element_tag == tag)
    assert style[name].value == pytest.approx(pixels)


def test_texts_of_one_style_share_what_pango_knows_of_it(boxes: list[Any]) -> None:
    """An underlined text is the exception, because its line thickness is needed too."""
    plain = [box.style for box in boxes if getattr(box, "text", "") in ("One ", "Eight")]
    assert len({id(style) for style in plain}) == 2
    assert len({id(style.pango_font) for style in plain}) == 1
    lined = next(box.style for box in boxes if getattr(box, "text", "").strip() == "five")
    assert "pango_font" not in lined.__dict__
