"""How works are printed: alternative names, "others", dropped fields, and what citeproc lacks or fails on."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from compositor.assemble.citations import printing
from compositor.formats import FORMATS
from compositor.making import make
from compositor.press import Timings, read_book

GOLDEN = Path(__file__).parents[1] / "dialects" / "bibliography" / "works.bib"
OWN = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>a</title><id>a</id></info><macro name="own">%s</macro>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><text macro="own"/></layout></bibliography></style>"""


DOUBLING = "".join(
    '<macro name="m{0}"><text macro="m{1}"/><text macro="m{1}"/></macro>'.format(n, n + 1) for n in range(40)
)
"""Macros that call one another without an end."""


@pytest.fixture
def cite(small_book: Path):
    """Return a book that cites all works of a bibliography, or those named, in a style."""

    def make_book(bib: str, style: str = "ieee", keys: tuple[str, ...] = ()) -> Path:
        keys = keys or tuple(re.findall(r"@(?!xdata|string)\w+\{([^,\s{}\"]+),", bib))
        with (small_book / "book.toml").open("a") as file:
            file.write(f'bibliography = "w.bib"\ncitation-style = "{style}"\n')
        (small_book / "w.bib").write_text(bib, encoding="utf-8")
        cites = "\n\n".join(f"See [@{key}]." for key in keys)
        (small_book / "01-one.md").write_text(f"# A\n\n{cites}\n\n## Works\n\n::: {{#refs}}\n:::\n", encoding="utf-8")
        return small_book

    return make_book


def shown(folder: Path) -> dict[str, str]:
    """Return how each work is printed, as plain text."""
    book = read_book(folder, Timings()).book
    return {work.key: unescape(re.sub("<[^>]+>", "", work.text)).replace("\u00a0", " ").strip() for work in book.works}


def codes(folder: Path) -> list[str]:
    """Return the findings of the book, except for works that nothing cites."""
    return [finding.code for finding in read_book(folder, Timings()).findings]


PERSON = "author={Lee, Ann}, "


@pytest.mark.parametrize(
    ("entry", "style", "wanted"),
    [
        ("@book{a, author={Ann Lee and others}, title={T}, year=2000}", "ieee", "A. Lee et al., T. 2000."),
        ("@book{a, author={A B and C D and others}, title={T}, year=2000}", "ieee", "A. B, C. D et al., T. 2000."),
        (
            "@book{a, author={Ann Lee and others}, title={T}, year=2000}",
            "harvard-cite-them-right",
            "Lee, A. et al. (2000) T.",
        ),
        (f"@article{{a, {PERSON}title={{T}}, date={{2017-05/2017-08}}}}", "ieee", "A. Lee, “T”, May 2017–Aug. 2017."),
        (f"@article{{a, {PERSON}title={{T}}, date={{2017-05-01/2017-05-03}}}}", "ieee", "A. Lee, “T”, May 2017."),
        (f"@article{{a, {PERSON}title={{T}}, pages={{1:1--1:8}}}}", "ieee", "A. Lee, “T”, pp. 1:1–1:8."),
        (f"@article{{a, {PERSON}title={{T}}, pages={{xi--xx}}}}", "ieee", "A. Lee, “T”, pp. xi–xx."),
        (f"@article{{a, {PERSON}title={{T}}, pages={{xi}}}}", "ieee", "A. Lee, “T”, p. xi."),
        (f"@article{{a, {PERSON}title={{T}}, doi={{1/802017}}}}", "ieee", "A. Lee, “T”, doi: 1/802017."),
        (f"@article{{a, {PERSON}title={{T}}, date={{1990/}}}}", "ieee", "A. Lee, “T”, 1990–."),
        (f"@book{{a, {PERSON}title={{T}}, volumes={{4}}, year=2000}}", "ieee", "A. Lee, T, 4 vols. 2000."),
        ("@book{a, editor={Lee, Ann}, title={T}, year=2000}", "harvard-cite-them-right", "Lee, A. (ed.) (2000) T."),
        ("@online{a, title={T}, year=2000}", "harvard-cite-them-right", "T (2000)."),
        (
            f"@inbook{{a, {PERSON}title={{T}}, booktitle={{B}}, bookauthor={{Kim, Bo}}, year=2000}}",
            "harvard-cite-them-right",
            "Lee, A. (2000) “T”, in B. Kim, B.",
        ),
        (f"@review{{a, {PERSON}title={{T}}, journal={{J.}}}}", "harvard-cite-them-right", "Lee, A. (no date) “T”, J."),
        ("@book{a, title={}, year=2000}", "harvard-cite-them-right", "(2000)."),
        (f"@online{{a, {PERSON}title={{a < b \\& c > d, \\emph{{e}}}}}}", "ieee", "A. Lee, “a < b & c > d, e”."),
    ],
)
def test_what_is_printed(cite, entry, style, wanted):
    """"Others", ranges, numbers, and names or titles in place of an author are printed as the style wants."""
    assert shown(cite(entry, style)) == {"a": wanted}


def test_two_works_of_a_year_keep_letters_in_a_range(cite):
    """The letter follows the year once, even if a range begins and ends in that year."""
    bib = "".join(f"@article{{{k}, {PERSON}title={{{k}}}, date={{2017-05/2017-08}}}}\n" for k in "ab")
    printed = shown(cite(bib, "harvard-cite-them-right"))
    assert [re.findall(r"\(.*?\)", printed[key]) for key in "ab"] == [["(2017a)"], ["(2017b)"]]


def test_other_names_of_a_work(cite):
    """A citation that uses one of the `ids` of a work cites that work."""
    folder = cite("@book{new, title={T}, year=2000, ids={old, older}}", keys=("old", "new"))
    book = read_book(folder, Timings()).book
    assert [one.pieces[2] for one in book.citations.values()] == [("[1]", "new"), ("[1]", "new")]
    assert codes(folder) == []


def test_a_work_that_others_inherit_from_needs_no_citation(cite):
    """A work from which other works inherit may stay uncited without a warning."""
    bib = "@inbook{a, title={A}, crossref={b}}\n@book{b, title={B}}\n@book{c, title={C}}"
    folder = cite(bib, keys=("a",))
    found = read_book(folder, Timings()).findings
    assert [(finding.code, finding.message) for finding in found] == [("A122", 'nothing cites the work "c"')]


def test_dropped_fields_are_told_once_each(cite):
    """Each dropped field gives one finding, which names the cited works, even if another citation leads nowhere."""
    bib = "".join(f"@book{{{k}, title={{T}}, colour={{red}}}}\n" for k in "abcde") + "@book{f, title={T}, size={1}}"
    found = read_book(cite(bib, keys=(*"abcd", "none")), Timings()).findings
    assert [f"{one.code} {one.place} {one.message}" for one in found if one.code == "A125"] == [
        "A125 w.bib:1:21 the field `colour` of 4 works is not printed: a, b, c …"
    ]


def test_a_title_in_a_sentence_has_no_tags(cite):
    """The title of a work without an author is printed in the sentence, without tags of CSL-JSON."""
    folder = cite("@book{a, title={The {GPU} and \\emph{more}}, year=2000}")
    (folder / "01-one.md").write_text("# A\n\nAs @a says.\n\n## Works\n\n::: {#refs}\n:::\n", encoding="utf-8")
    book = read_book(folder, Timings()).book
    assert [one.pieces[0][0] for one in book.citations.values()] == ["“The GPU and more”"]


def test_a_field_of_json_that_is_dropped(cite):
    """What citeproc cannot print of a work in CSL-JSON is reported too."""
    folder = cite("", keys=("k",))
    (folder / "w.json").write_text(
        '[{"id": "k", "type": "book", "title": "T", "director": [{"family": "D"}], "abstract": "A", "source": "Z"}]'
    )
    toml = (folder / "book.toml").read_text().replace("w.bib", "w.json")
    (folder / "book.toml").write_text(toml)
    found = read_book(folder, Timings()).findings
    assert [one.message for one in found] == ["the field `director` of one work is not printed: k"]


@pytest.mark.parametrize(
    "own",
    [
        '<names variable="author"><name et-al-min="x"/></names>',
        '<date variable="issued" form="nowhere"/>',
        '<b xmlns="http://www.w3.org/1999/xhtml">x</b>',
    ],
)
def test_a_style_at_which_citeproc_fails(cite, own):
    """The build uses the built-in style instead, and reports this once."""
    folder = cite("@book{a, author={Ann Lee}, title={T}, year=2000}", "own.csl")
    (folder / "own.csl").write_text(OWN % own)
    assert codes(folder) == ["A126"]
    assert shown(folder) == {"a": "A. Lee, T. 2000."}


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ('<text macro="own"/>', 'the macro "own" of this style calls itself'),
        ('<text macro="none"/>', 'this style calls a macro "none" that it does not have'),
        ("<group>" * 80 + "</group>" * 80, "the macros of this style call one another too often"),
        (f'<text macro="m0"/></macro>{DOUBLING}<macro name="m40">', "the macros of this style call one another"),
    ],
)
def test_a_style_without_an_end(cite, own, message):
    """A style with endless recursion is found before it is used."""
    folder = cite("@book{a, title={T}, year=2000}", "own.csl")
    (folder / "own.csl").write_text(OWN % own)
    found = read_book(folder, Timings()).findings
    assert [(finding.code, finding.severity) for finding in found] == [("S025", "warning")]
    assert found[0].message.startswith(message)


def test_a_work_at_which_citeproc_fails(cite, monkeypatch):
    """Little of this work is printed, which is reported; the other works are printed correctly."""
    printed = printing._printed

    def failing(bibliography, words, citations):
        cited = {cite.key for one in citations for cite in one.cites}
        if any("volume" in bibliography.works[key].fields for key in cited):
            raise TypeError("a number")
        return printed(bibliography, words, citations)

    monkeypatch.setattr(printing, "_printed", failing)
    folder = cite("@book{a, title={T}, volume={x}, publisher={P}}\n@book{b, title={U}, publisher={P}}")
    assert [f"{one.code} {one.place}" for one in read_book(folder, Timings()).findings] == ["A127 w.bib:1:1"]
    assert shown(folder) == {"a": "“T”.", "b": "U. P."}


@pytest.mark.slow
@pytest.mark.parametrize("style", ["ieee", "harvard-cite-them-right"])
def test_a_book_with_works_of_every_kind(cite, style, tmp_path):
    """Both files are made, and their checks find nothing."""
    folder = cite(GOLDEN.read_text(encoding="utf-8"), style)
    made = make(read_book(folder, Timings()), FORMATS, f"{tmp_path / 'out'}/", Timings())
    assert {finding.code for finding in made.findings} <= {"S026", "P214", "P206", "P207"}
    assert [path.exists() for path in made.paths] == [True] * len(FORMATS)
