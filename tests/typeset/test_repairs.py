"""Each repair of WeasyPrint, seen from outside: what the page would show without it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from weasyprint.formatting_structure import boxes

from compositor.model import plain_letters
from compositor.typeset import Context, Look, Typesetter, UnitText, repairs
from compositor.typeset.engine import weasyprint
from tests.finished import ROOT

FONTS = (ROOT / "styles" / "fonts.css").read_text(encoding="utf-8")


def lines(box: object) -> list[str]:
    """Return the text of every line below a box, in order."""
    if isinstance(box, boxes.LineBox):
        return ["".join(text.text for text in box.descendants() if isinstance(text, boxes.TextBox))]
    return [line for child in getattr(box, "children", ()) for line in lines(child)]


def set_at(width: float, tmp_path: Path, paragraph: str) -> list[str]:
    """Return the lines of a paragraph on a page of this width, in points."""
    style = f'@page {{ size: {width}pt 200pt; margin: 0 }} p {{ font: 10.5pt/14pt "Book Text"; margin: 0 }}'
    look = Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path)
    unit = UnitText("a", f'<html lang="en"><p>{paragraph}</p></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    typesetter.typeset(unit)
    return lines(typesetter.document(unit).pages[0]._page_box)


@pytest.mark.parametrize("tenths", range(3460, 3500, 2))
def test_a_line_is_as_full_as_it_can_be_before_an_element(tmp_path: Path, tenths: int) -> None:
    """If text fits except for the space before `code`, the line is not broken after its first word."""
    paragraph = (
        "The commands did not ask for an AZ. Look where they landed, with Listing 18.4; if both share one, delete "
        "the second and create it again with <code>--availability-zone</code>, or not."
    )
    found = set_at(tenths / 10, tmp_path, paragraph)
    assert [line for line in found[:-1] if len(line) < 50] == []


@pytest.mark.parametrize("note", ["", "font-size: 4pt; line-height: 1; "])
@pytest.mark.parametrize("height", range(100, 200, 7))
def test_a_note_stands_on_the_page_of_its_call(tmp_path: Path, height: int, note: str) -> None:
    """Wherever a paragraph with a note meets the end of a page, the note is on the page of its call.

    A note that is lower than a line would free no space for one, and is not moved for it.
    """
    style = """@page { size: 200pt 200pt; margin: 0; @footnote { margin-top: 5pt } }
    p { font: 10.5pt/14pt "Book Text"; margin: 0; orphans: 2; widows: 2 }
    span { NOTEfloat: footnote; footnote-policy: line }""".replace("NOTE", note)
    look = Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path)
    words = "Ships wait in the roads until the water has risen over the bar. "
    called = f'<span class="note">The note of it. {"" if note else words * 2}</span>'
    text = f"<p>Called{called} {words * 2}</p><p>{words * 3}</p>"
    xhtml = f'<html lang="en"><body><div style="height: {height}pt"></div>{text}</body></html>'
    pages = Typesetter(look).typeset(UnitText("a", xhtml, Context(1, "decimal", "right")))
    assert [fault for fault in pages.layout.faults if fault.code == "P211"] == []


@pytest.mark.parametrize("end", ["word.", "word?", "<em>word</em>.", "word…"])
@pytest.mark.parametrize("call", ['<span class="note">The note.</span>', '<a class="noteref" href="#n">38</a>'])
def test_no_line_begins_with_the_number_of_a_note(tmp_path: Path, end: str, call: str) -> None:
    """However a line ends, the number of a note stays with its word."""
    style = """@page { size: 300pt 9000pt; margin: 0 } p { font: 10.5pt/14pt "Book Text"; margin: 0 }
    .note { float: footnote } .note::footnote-call { content: "38" } .note::footnote-marker { content: "" }"""
    words = f"The lock of the harbor opens at high water {end}{call} and closes with the ebb."
    text = "".join(f'<p style="width: {width}pt">{words}</p>' for width in range(150, 260))
    typesetter = Typesetter(Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path), keeps_pages=True)
    unit = UnitText("a", f'<html lang="en"><body id="n">{text}</body></html>', Context(1, "decimal", "right"))
    typesetter.typeset(unit)
    found = lines(typesetter.document(unit).pages[0]._page_box)
    assert sum("38" in line for line in found) == 110
    assert [line for line in found if line.startswith("38")] == []


def test_a_rule_at_the_side_ends_with_the_last_line_of_its_page(tmp_path: Path) -> None:
    """A border or background that continues on the next page does not cover the empty space at the end."""
    style = """@page { size: 200pt 103pt; margin: 0 } div { border-left: 1pt solid; margin: 0 }
    p { font: 10.5pt/14pt "Book Text"; margin: 0; orphans: 2; widows: 3 }"""
    look = Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path)
    text = "<br/>".join(f"Line {number}" for number in range(8))
    unit = UnitText("a", f'<html lang="en"><div><p>{text}</p></div></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    typesetter.typeset(unit)
    page = typesetter.document(unit).pages[0]._page_box
    (ruled,) = (box for box in page.descendants() if box.element_tag == "div")
    assert len(lines(ruled)) == 5
    assert ruled.height == pytest.approx(5 * 14 / 0.75)


@pytest.mark.parametrize("height", range(142, 178, 7))
@pytest.mark.parametrize("first", ["<p>A line.</p>", "<ul><li>A line.</li><li>A line.</li><li>A line.</li></ul>"])
def test_two_lines_follow_a_heading(tmp_path: Path, height: int, first: str) -> None:
    """If a page ends after the single line below a heading, the heading moves to the next page with it."""
    sheet = (ROOT / "styles" / "print.css").read_text(encoding="utf-8")
    style = "@page { size: 200pt 200pt; margin: 0 } body { --text-size: 10.5pt; --leading: 14pt }"
    look = Look(((FONTS, ROOT / "styles"), (sheet, ROOT / "styles"), (style, tmp_path)), tmp_path)
    words = "Ships wait in the roads until the water has risen over the bar. "
    text = f'<div style="height: {height}pt"></div><p>{words}</p><h2>Next</h2>{first}<p>{words * 3}</p>'
    xhtml = f'<html lang="en"><body><section class="unit">{text}</section></body></html>'
    pages = Typesetter(look).typeset(UnitText("a", xhtml, Context(1, "decimal", "right")))
    assert [fault for fault in pages.layout.faults if fault.code == "P203"] == []


@pytest.mark.parametrize("width", range(200, 330, 10))
def test_spaces_of_code_in_a_line_are_not_stretched(tmp_path: Path, width: int) -> None:
    """In justified lines the spaces between words grow, and those of code stay as wide as its letters."""
    style = f"""@page {{ size: {width}pt 400pt; margin: 0 }} code {{ font-family: "Book Code" }}
    p {{ font: 10.5pt/14pt "Book Text"; margin: 0; text-align: justify }}"""
    words = "Ask for the depth with <code>SELECT * FROM trips WHERE depth &gt; 3</code> and read the answer. "
    typesetter = Typesetter(Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path), keeps_pages=True)
    unit = UnitText("a", f'<html lang="en"><p>{words * 3}</p></html>', Context(1, "decimal", "right"))
    typesetter.typeset(unit)
    texts = [box for box in typesetter.document(unit).pages[0]._page_box.descendants() if hasattr(box, "text")]
    advances = {round(box.width / len(box.text), 2) for box in texts if box.element_tag == "code"}
    assert len(advances) == 1
    assert any(box.justification_spacing for box in texts if box.element_tag == "p")


def test_a_paragraph_has_one_first_line(tmp_path: Path) -> None:
    """If it continues on the next page, the first line there has no first-line style, and is at the top of the page."""
    style = """@page { size: 200pt 56pt; margin: 0 }
    p { font: 10.5pt/14pt "Book Text"; margin: 0; orphans: 1; widows: 1 }
    p::first-line { font-size: 20pt }"""
    look = Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path)
    words = "Ships wait in the roads until the water has risen over the bar. " * 5
    unit = UnitText("a", f'<html lang="en"><p>{words}</p></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(look, keeps_pages=True)
    laid = typesetter.typeset(unit)
    pages = [page._page_box for page in typesetter.document(unit).pages]
    texts = [[box for box in page.descendants() if isinstance(box, boxes.TextBox)] for page in pages]
    first, *others = (len({text.style["font_size"] for text in found}) for found in texts)
    assert (first, set(others)) == (2, {1})
    assert laid.pages[1].start.words.startswith(plain_letters(lines(pages[1])[0]))


def test_a_note_of_a_page_before_is_not_taken_back() -> None:
    """The head of a table is tried on each page, and reverted; its notes are only on the first of these pages."""
    weasyprint()
    from weasyprint.layout import LayoutContext

    note = "a note that was set on the page before"
    context = SimpleNamespace(footnotes=[], current_page_footnotes=[], reported_footnotes=[], current_page=2)
    context.set_on = {id(note): 1}
    LayoutContext.unlayout_footnote(context, note)
    assert context.footnotes == []


def test_a_text_without_end_has_the_lines_that_it_would_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the letters of a line and some more are laid out at a time, and the lines are the same."""
    code = f'<code style="overflow-wrap: anywhere">{"ebb+flood=" * 600}</code>'
    found = set_at(300, tmp_path, code)
    monkeypatch.setattr(repairs, "LONG", 10**6)
    assert len(found) > 10
    assert set_at(300, tmp_path, code) == found


def test_lines_of_a_source_are_no_lines_of_a_note(tmp_path: Path) -> None:
    """White space in a note is as in text: a note fills its lines, and code in it keeps them."""
    style = """@page { size: 300pt 200pt; margin: 0 } p { font: 10.5pt/14pt "Book Text"; margin: 0 }
    .note { float: footnote; font: 9pt/11pt "Book Text"; text-transform: uppercase } b { white-space: pre-wrap }
    .note::footnote-marker { content: "1 " }"""
    note = '<span class="note">A note\nof  two lines in\n<em>its\nsource</em>: <b>two\nlines</b></span>'
    unit = UnitText("a", f'<html lang="en"><p>Called{note} here.</p></html>', Context(1, "decimal", "right"))
    typesetter = Typesetter(Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path), keeps_pages=True)
    typesetter.typeset(unit)
    found = [line.strip() for line in lines(typesetter.document(unit).pages[0]._page_box)]
    assert found[-2:] == ["1 A NOTE OF TWO LINES IN ITS SOURCE: TWO", "LINES"]
