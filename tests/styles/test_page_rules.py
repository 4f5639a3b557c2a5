"""The rules of docs/page-rules.md: the table is compared with the program and the print style sheets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compositor.explanations import explanations
from compositor.formats.pdf.page_findings import EXPLANATIONS
from compositor.typeset.layout import RULES
from tests.finished import ROOT
from tests.formats.epub.test_rules import Declaration, declarations

TABLE = ROOT / "docs" / "page-rules.md"
SHEETS = (ROOT / "styles" / "print.css", *sorted((ROOT / "styles").glob("*/print.css")))
LISTING = re.compile(r"\bpre\b")


def rows() -> list[tuple[str, str, str]]:
    """Return the rule, the severity and the means of enforcement of each line of the tables."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").split("\n") if line.startswith("| ")]
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(rule, severity, holder) for rule, _, severity, holder in split if rule != "rule"]


def test_every_rule_has_its_line() -> None:
    """P1 to C14 are there, each once."""
    wanted = [f"{letter}{n}" for letter, last in (("P", 9), ("T", 13), ("H", 8), ("C", 14)) for n in range(1, last + 1)]
    assert [rule for rule, _, _ in rows() if rule] == wanted


@pytest.mark.parametrize(("rule", "severity", "holder"), rows())
def test_what_holds_a_rule_is_there(rule: str, severity: str, holder: str) -> None:
    """Codes have an explanation and the table's severity; tests and fixtures exist; other rules are checked by eye."""
    codes = re.findall(r"\b[A-Z]\d{3}\b", holder)
    assert set(codes) <= set(explanations())
    assert "warning" in severity or not set(codes) & set(RULES)
    files = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "tests").rglob("test_*.py"))]
    for name in re.findall(r"`(test_\w+)`", holder):
        assert any(f"def {name}(" in text for text in files), name
    for path in re.findall(r"`(tests/[^`]+)`", holder):
        assert (ROOT / path).is_file()
    assert holder or severity == "eye"


def test_every_finding_of_the_layout_is_in_the_table() -> None:
    """No code is missing from the table."""
    named = {code for _, _, holder in rows() for code in re.findall(r"\bP\d{3}\b", holder)}
    assert set(EXPLANATIONS) <= named


@pytest.fixture(scope="module", params=SHEETS, ids=lambda path: path.relative_to(ROOT / "styles").as_posix())
def sheet(request: pytest.FixtureRequest) -> list[Declaration]:
    """Return the declarations of a style sheet for paper."""
    path: Path = request.param
    return declarations(path.read_text(encoding="utf-8"))


def values(sheet: list[Declaration], name: str, selector: str) -> list[str]:
    """Return the values of a property in the rules with this selector."""
    wanted = [one for one in sheet if one.name == name]
    return [one.value for one in wanted if selector in [part.strip() for part in one.selector.split(",")]]


@pytest.fixture(scope="module")
def default() -> list[Declaration]:
    """Return the declarations of the default theme for paper, which the other themes extend."""
    return declarations(SHEETS[0].read_text(encoding="utf-8"))


def test_t5_figures_suit_their_place(default: list[Declaration]) -> None:
    """Figures are old-style in text; lining in headings, tables, captions and notes; tabular in tables."""
    assert values(default, "font-variant-numeric", "html") == ["oldstyle-nums proportional-nums"]
    for selector in ("h1", "h2", "caption", "figcaption", ".note"):
        assert values(default, "font-variant-numeric", selector) == ["lining-nums"], selector
    assert values(default, "font-variant-numeric", "table") == ["lining-nums tabular-nums"]


def test_t6_code_has_no_ligatures(default: list[Declaration]) -> None:
    """`->` stays two letters, in a line and in a listing."""
    assert values(default, "font-variant-ligatures", "code") == ["none"]
    assert values(default, "font-variant-ligatures", "pre.listing") == ["none"]


def test_t8_only_justified_text_is_hyphenated(sheet: list[Declaration]) -> None:
    """`hyphens: auto` is set for justified paragraphs, for very long words in titles, and in narrow places.

    These are tight tables, notes beside the text, and the titles of small pages.
    """
    titles, tight = "h1, h2, h3, h4, h5, h6", ".table.tight td, .table.tight th"
    beside = ".side-note.beside p, .side-note.beside li"
    told = {one.selector for one in sheet if one.name == "hyphens" and one.value == "auto"}
    hyphened = {selector for selector in told if not selector.startswith((":root.cramped", ":root.broken"))}
    assert hyphened <= {"p", titles, tight, beside}
    for selector in hyphened - {titles, tight, beside}:
        assert values(sheet, "text-align", selector) == ["justify"]
        assert values(sheet, "hyphenate-limit-chars", selector) == ["7 3 3"]
    assert all(one.value == "16 5 5" for one in sheet if one.name == "hyphenate-limit-chars" and one.selector == titles)
    for selector in ("caption", "figcaption", "td", "pre.listing", "code", ".index-list li"):
        assert set(values(sheet, "hyphens", selector)) <= {"none"}, selector


def test_t11_either_indent_or_space(default: list[Declaration]) -> None:
    """Paragraphs are distinguished by an indent; after anything but a paragraph there is none."""
    assert values(default, "text-indent", "p") == ["var(--indent)"]
    assert values(default, "margin", "p") == ["0"]
    for before in (".opener", "h2", "h3", "figure", ".table", ".callout", "pre", "ul", "ol", "blockquote"):
        assert values(default, "text-indent", f"{before} + p") == ["0"], before


def test_t12_stress_is_slanted(sheet: list[Declaration]) -> None:
    """`em` is italic; what is underlined was inserted; no rule makes whole paragraphs bold."""
    assert set(values(sheet, "font-style", "em")) <= {"italic"}
    lines = {one.selector for one in sheet if one.name.startswith("text-decoration") and "underline" in one.value}
    assert lines <= {"ins"}
    assert values(sheet, "font-weight", "p") == []


def test_h2_headings_belong_to_what_follows(default: list[Declaration]) -> None:
    """The space above a heading is at least twice that below it; no page breaks after it."""
    for heading in ("h2", "h3", "h4"):
        top, *others = values(default, "margin", heading)[-1].split()
        assert float(top.removesuffix("rlh")) >= 1
        assert [float(other.removesuffix("rlh")) for other in others] in ([0, 0], [0])
        assert values(default, "break-after", heading) == ["avoid"]


def test_c2_code_has_one_size(default: list[Declaration]) -> None:
    """Listings have one size, in notes that of the note; code in a line has 0.95 of the size of its text."""
    sizes = {one.value for one in default if LISTING.search(one.selector) and one.name == "font-size"}
    assert sizes <= {"1em", "calc(var(--note-size) * 0.95)"}
    assert values(default, "font", "pre.listing") == ["var(--code-size)/var(--code-leading) var(--font-code)"]
    assert values(default, "font-size", "code") == ["0.95em"]


def test_c6_code_is_told_apart_without_colour(default: list[Declaration]) -> None:
    """Keywords are bold and comments slanted; added lines of a diff are bold, and removed ones slanted."""
    assert values(default, "font-weight", "pre .k") == ["600"]
    assert values(default, "font-style", "pre .c") == ["italic"]
    assert "600" in values(default, "font-weight", "pre .i")
    assert "italic" in values(default, "font-style", "pre .d")


def test_c9_tables_have_no_vertical_rules(sheet: list[Declaration]) -> None:
    """No cell has a border at a side."""
    cells = [one for one in sheet if re.search(r"\b(t[dhr]|table|thead|tbody)\b", one.selector)]
    sides = {(one.selector, one.name) for one in cells if re.match(r"border(-left|-right)?(-width|-style)?$", one.name)}
    assert sides == set()
