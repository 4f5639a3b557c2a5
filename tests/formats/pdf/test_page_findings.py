"""The layout check: a chapter breaks each rule on purpose, and the finding has line and page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from compositor.formats import PDF
from compositor.formats.pdf.page_findings import EXPLANATIONS, how_to_refer
from compositor.making import make
from compositor.model import Finding
from compositor.press import Timings, read_book

TOML = 'format = 1\ntitle = "Faults"\nauthors = ["A"]\n[style]\nornament = "none"\n'
WORDS = "Ships wait in the roads until the water has risen over the bar, and then they come in one behind another. "
TEXT = WORDS * 3
MANY = "\n\n".join(f"Paragraph {number}. Words of the number {number}, twice {number * 2}." * 3 for number in range(40))
ROWS = "\n".join(f"| row {number} | words |" for number in range(60))
STYLE = """
@page { size: 360pt 400pt; margin: 50pt 40pt }
@page :right { margin-left: 40pt; margin-right: 40pt }
@page :left { margin-left: 40pt; margin-right: 40pt }
.opener { display: block; min-height: 0; height: 3rlh } .opener h1 { font-size: 12pt; line-height: 1rlh }
.opener h1 .number { font-size: 12pt; line-height: 1rlh } .ornament { display: none }
.fill-12 { height: 12rlh } .fill-13 { height: 13rlh } .fill-15 { height: 15rlh }
.loose h2, .loose figure.listing figcaption { break-after: auto }
.loose .note { footnote-policy: auto }
.loose p, .loose pre.listing { orphans: 1; widows: 1; break-inside: auto }
.silent .goes-on { string-set: none }
.unbroken p { overflow-wrap: normal }
.wide img { max-width: none; width: 300pt }
.tall { overflow: hidden; height: 500pt; padding-top: 350pt }
.whole { break-inside: avoid; height: 15rlh }
.heavy p { font: 600 10pt "Book Display" }
.narrow p { width: 75pt; --lines: each }
.sunk p { position: relative; top: 330pt }
.shifted { height: 5pt }
.size-1 p { font-size: 6pt } .size-2 p { font-size: 7pt } .size-3 p { font-size: 8pt } .size-4 p { font-size: 9pt }
.size-5 p { font-size: 12pt }
.headless thead { display: table-row-group }
.broad table { width: 330pt }
"""
LISTING = "\n".join(f"step_{number}()" for number in range(12))
LONG_LISTING = "\n".join(f"step_{number}()" for number in range(40))
LONG_WORDS = " a |" * 7 + " Donaudampfschifffahrtsgesellschaft |" * 6
CASES = {
    "word": ("P201", 5, f"::: {{.unbroken}}\n\n{'a' * 90} {WORDS}\n\n:::", "words are"),
    "picture": ("P201", 5, "::: {.wide}\n\n![A bar.](drawing.svg)\n\n:::", "a picture is"),
    "table": ("P201", 5, "::: {.broad}\n\n| A | B |\n|---|---|\n| a | b |\n\n:::", "a table is 50 pt"),
    "cut": ("P202", 5, f"::: {{.tall}}\n\n{WORDS}\n\n:::", "words are cut off"),
    "heading": ("P203", 8, f"::: {{.fill-13}}\n:::\n\n::: {{.loose}}\n\n## Alone\n\n{TEXT}\n\n:::", "nothing follows"),
    "caption": (
        "P204",
        8,
        f'::: {{.fill-13}}\n:::\n\n::: {{.loose}}\n\n```text {{#lst-loose lst-cap="Loose"}}\n{LISTING}\n```\n\n:::',
        "is on another page than what it names",
    ),
    "widow": ("P205", 8, f"::: {{.fill-15}}\n:::\n\n::: {{.loose}}\n\n{TEXT}\n\n:::", "first line is alone"),
    "end": ("P206", 6, f"::: {{.fill-15}}\n:::\n\n{WORDS}", "the last page has only 2 lines"),
    "hole": ("P207", 9, f"{WORDS}\n\n{WORDS}\n\n::: {{.whole}}\n\n{WORDS}\n\n:::", "of the page is empty"),
    "listing": (
        "P208",
        8,
        f"::: {{.fill-12}}\n:::\n\n::: {{.loose}}\n\n```text\n{LISTING}\n```\n\n:::",
        "of 12 lines are alone",
    ),
    "together": ("P232", 3, f"::: {{.keep-together}}\n\n{MANY}\n\n:::", "continues here"),
    "silent": ("P209", 5, f"::: {{.silent}}\n\n```text\n{LONG_LISTING}\n```\n\n:::", "does not say so"),
    "headless": ("P210", 5, f"::: {{.headless}}\n\n| A | B |\n|---|---|\n{ROWS}\n\n:::", "without its head"),
    "parted": (
        "P211",
        8,
        f"::: {{.fill-12}}\n:::\n\n::: {{.loose}}\n\nCalled.[^n] {WORDS}\n\n:::\n\n[^n]: {TEXT * 3}",
        "is 1 page further on",
    ),
    "sunk": ("P202", 5, f"::: {{.sunk}}\n\n{WORDS}\n\n:::", "words are cut off"),
    "heavy": ("P213", 5, f"::: {{.heavy}}\n\n{WORDS}\n\n:::", '"Book Display" has no face of weight 600'),
    "ladder": ("P214", 5, f"::: {{.narrow}}\n\n{'Internationalization characterization ' * 9}\n\n:::", "in a row end"),
    "loose": ("P234", 5, f"Words.\n\nOnce `{'m' * 12}_mmmm` {'n' * 40} and so it goes on. {WORDS}", "times as wide"),
    "short": ("P215", 3, f"{WORDS}\\\nso.\n\n{WORDS}", "shorter than the next indent"),
    "sizes": (
        "P216",
        3,
        "Text.\n\n" + "\n\n".join(f"::: {{.size-{n}}}\n\n{WORDS}\n\n:::" for n in range(1, 6)),
        "type in 6 sizes",
    ),
    "coarse": ("P217", 3, "![A coarse one.](coarse.png){width=100%}", "pixels per inch"),
    "plain": ("P218", 3, "![A plain one.](plain.png){width=100%}", "pixels per inch"),
    "grid": ("P222", 11, f"::: {{.fill-15}}\n:::\n\n{TEXT}\n\n::: {{.shifted}}\n:::\n\n{TEXT * 5}", "off the baseline"),
    "figure": ("P225", 3, "![Lonely.](drawing.svg){#fig-lonely fig-alt=A}", "no text refers to Figure"),
    "wide": ("P228", 3, f"|{LONG_WORDS}\n|{'---|' * 13}\n|{' a |' * 13}", "too wide for any page"),
    "given": (
        "P228",
        3,
        f"|{' measurements |' * 6}\n|{'---|' * 6}\n|{' a |' * 6}\n\n: {{tbl-colwidths=\"[1,1,1,1,1,95]\"}}",
        "they are ignored",
    ),
    "many": ("P233", 3, f"|{' measurements |' * 14}\n|{'---|' * 14}\n|{' a |' * 14}", "printed in 3 parts"),
    "columns": ("P229", 3, f"|{' A |' * 8}\n|{'---|' * 8}\n|{' a |' * 8}", "a table of 8 columns"),
}
"""Name of the chapter -> code, line, Markdown after its title, words of the message."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """Return the findings of the book of faults, which has a chapter for each rule."""
    folder = tmp_path_factory.mktemp("faults")
    book(folder, STYLE)
    for number, (name, (_, _, text, _)) in enumerate(CASES.items(), 1):
        (folder / f"{number:02}-{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30"/></svg>'
    (folder / "drawing.svg").write_text(drawing, encoding="utf-8")
    for name, width in (("coarse", 500), ("plain", 1000)):
        Image.new("L", (width, 40)).save(folder / f"{name}.png", dpi=(300, 300))
    return findings_of(folder)


def book(folder: Path, style: str) -> None:
    """Write an empty book with a style sheet of its own."""
    (folder / "book.toml").write_text(TOML, encoding="utf-8")
    (folder / "styles").mkdir()
    (folder / "styles" / "print.css").write_text(style, encoding="utf-8")


def findings_of(folder: Path) -> tuple[Finding, ...]:
    """Return all findings of a book, whether it can be made or not."""
    proof = read_book(folder, Timings())
    assert not proof.errors, proof.errors
    return make(proof, (PDF,), None, Timings()).findings


@pytest.mark.parametrize("name", CASES)
def test_each_rule_finds_its_fault(found: tuple[Finding, ...], name: str) -> None:
    """Each fault is found in its chapter, at its line, with the number of its page."""
    code, line, _, words = CASES[name]
    here = [finding for finding in found if name in finding.place.file and finding.code == code]
    said = [(finding.place.line, finding.message) for finding in found if name in finding.place.file]
    assert any(words in finding.message and finding.place.line == line for finding in here), said
    assert all(re.match(r"page \d+: |a table", finding.message) for finding in here)
    assert all("\u200b" not in finding.message for finding in here), "no joint of code is quoted"


@pytest.mark.parametrize(
    ("strict", "stops"),
    [
        ("", False),
        ("everything = true", True),
        ('codes = ["P205"]', True),
        ('codes = ["P2"]', True),
        ('codes = ["P206", "L"]', False),
        ('everything = true\ntolerate = ["P2"]', False),
        ('everything = true\ntolerate = ["P20", "P22"]', False),
        ('codes = ["P2"]\ntolerate = ["P205", "P2"]', False),
    ],
)
def test_a_book_says_which_faults_of_its_pages_stop_it(tmp_path: Path, strict: str, stops: bool) -> None:
    """By default a fault of a page is a warning, and the PDF is made."""
    code, line, text, _ = CASES["widow"]
    assert code == "P205"
    book(tmp_path, STYLE)
    (tmp_path / "01-widow.md").write_text(f"# Widow\n\n{text}\n", encoding="utf-8")
    with (tmp_path / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"[strict]\n{strict}\n")
    made = make(read_book(tmp_path, Timings()), (PDF,), None, Timings())
    assert [(one.place.line, one.severity) for one in made.findings if one.code == code] == [
        (line, "error" if stops else "warning")
    ]
    assert [format_.name for format_ in made.missing] == (["pdf"] if stops else [])


@pytest.mark.parametrize("last", ["a.", "`a`.", "*a*.", "(`a`)"])
def test_no_paragraph_ends_with_a_line_of_one_letter(tmp_path: Path, last: str) -> None:
    """A last word that is shorter than an indent stays with the word before it, in any font."""
    book(tmp_path, STYLE)
    paragraphs = "\n\n".join(f"{WORDS}{'wa ' * count}{last}" for count in range(40))
    (tmp_path / "01-last.md").write_text(f"# Last\n\n{paragraphs}\n", encoding="utf-8")
    assert [one for one in findings_of(tmp_path) if one.code == "P215"] == []


def test_an_indent_is_measured_from_the_edge_of_its_quotation(tmp_path: Path) -> None:
    """A last line in a quotation is short only if it is shorter than the indent of what follows in it."""
    book(tmp_path, STYLE + "blockquote p + p { text-indent: 14pt } blockquote p { text-align: justify }")
    quoted = "\n>\n".join(f"> {WORDS}{'wa ' * count}value." for count in range(40))
    (tmp_path / "01-quoted.md").write_text(f"# Quoted\n\n{quoted}\n", encoding="utf-8")
    assert [one for one in findings_of(tmp_path) if one.code == "P215"] == []


def test_a_fault_says_its_page_and_stops_nobody(found: tuple[Finding, ...]) -> None:
    """No page rule stops the book; each message begins with the printed page."""
    pages = [finding for finding in found if finding.code.startswith("P2") and finding.place.file != "book.toml"]
    of_no_page = {"P228", "P229", "P233"}
    assert all(re.match(r"page \d+: ", one.message) for one in pages if one.code not in of_no_page)
    assert {finding.severity for finding in pages} == {"warning"}


PLAIN = {
    "a head on an opener": (
        "P219",
        "@page :first { @top-left { content: 'Head' } @top-right { content: 'Head' } }",
        'the first page of a file has a running head: "Head"',
    ),
    "no folio on an opener": (
        "P219",
        "@page :first { @bottom-right { content: none } } @page :first:left { @bottom-left { content: none } }",
        "the first page of a file has no page number at its foot",
    ),
    "an empty page with words": (
        "P220",
        "@page bare { @bottom-center { content: 'Empty' } }",
        "an empty page is not empty",
    ),
    "a head of two lines": (
        "P221",
        "@page :left { @top-left { white-space: normal; text-overflow: clip } }",
        "the running head takes more than one line",
    ),
    "a chapter on the left": ("P212", "html { break-before: left !important }", "should begin on a right-hand page"),
    "a font of the machine": ("P213", "p { font-family: Georgia }", 'no @font-face declares the family "Georgia"'),
    "lines too short": ("P227", "@page { size: 300pt 600pt }", "60 to 75 are easy to read"),
}
"""Fault -> code, the style of the book, words of the message."""


@pytest.mark.parametrize("what", PLAIN)
def test_a_style_that_spoils_every_page_is_found(tmp_path: Path, what: str) -> None:
    """Heads, folios, empty pages, sides, fonts and the text width come from the style; each spoilt page is named."""
    code, style, words = PLAIN[what]
    book(tmp_path, style)
    title = "A title that is far too long to stand in the head of a page beside its number, and goes on and on"
    (tmp_path / "01-one.md").write_text(f"# {title}\n\n" + f"{TEXT * 2}\n\n" * 12, encoding="utf-8")
    (tmp_path / "02-two.md").write_text(f"# Two\n\n{TEXT}\n", encoding="utf-8")
    said = [(finding.code, finding.message) for finding in findings_of(tmp_path)]
    assert any(code == found_code and words in message for found_code, message in said), said


def test_a_crowd_of_callouts_is_found(tmp_path: Path) -> None:
    """More callouts than pages are reported, and so are more than five kinds."""
    book(tmp_path, "")
    kinds = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "JOKE")
    boxes = "\n\n".join(f"> [!{kind}]\n> Words." for kind in kinds)
    (tmp_path / "01-one.md").write_text(f"# One\n\n{boxes}\n", encoding="utf-8")
    said = [(f.code, f.place.line, f.message) for f in findings_of(tmp_path) if f.code == "P226"]
    assert said == [
        ("P226", 3, "6 callouts on 1 page"),
        ("P226", 18, '"joke" is one kind of callout more than the 5 that readers tell apart'),
    ]


def test_a_figure_is_to_be_named_before_it_is_seen(tmp_path: Path) -> None:
    """A reference on a later spread comes too late; one on the facing page, or before, does not."""
    book(tmp_path, "")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"/>', encoding="utf-8")
    figures = "\n\n".join(f"![F.](a.svg){{#fig-{name} fig-alt=A}}" for name in ("before", "late"))
    text = f"# One\n\nSee @fig-before.\n\n{figures}\n\n" + f"{TEXT * 2}\n\n" * 20 + "See @fig-late.\n"
    (tmp_path / "01-one.md").write_text(text, encoding="utf-8")
    said = [f.message for f in findings_of(tmp_path) if f.code == "P225"]
    assert said == ["page 1: Figure 1.2 is first referred to on page 6"]


def test_every_rule_is_broken_by_a_test() -> None:
    """Each rule of the layout has a fixture."""
    broken = {case[0] for case in (*CASES.values(), *PLAIN.values())}
    assert broken | {"P223", "P226"} == set(EXPLANATIONS)


@pytest.mark.parametrize(
    ("name", "kind", "remedy"),
    [
        ("fig-turn", "figure", "write @fig-turn where"),
        ("one-fig-turn-png", "figure", "{#fig-turn-png}, and write @fig-turn-png where"),
        ("one-table", "table", "{#tbl-one-table}, and write @tbl-one-table where"),
    ],
)
def test_every_id_that_is_named_can_be_referred_to(name: str, kind: str, remedy: str) -> None:
    """Generated ids are not labels; the message says which id to give."""
    assert remedy in how_to_refer(name, kind)
