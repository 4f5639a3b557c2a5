"""The files of a bibliography: encodings, CSL-YAML, other names, unreadable files, and which libraries are loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from compositor import dialects
from compositor.dialects.bibliography.styles import faults_of_style, our_styles
from compositor.press import Timings, read_book
from tests.finished import ROOT

ENTRY = "@book{k, title={Über}, author={Müller, J.}}\n"
TOML = 'bibliography = "w.bib"'


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_an_older_encoding_is_read_and_told(book, encoding):
    """A file that is not UTF-8 is read in its probable encoding, with a warning."""
    folder = book(TOML, "01-a.md")
    (folder / "w.bib").write_bytes(ENTRY.encode(encoding))
    manuscript, findings = dialects.read(folder)
    assert [(finding.code, finding.severity) for finding in findings] == [("M006", "warning")]
    assert "is read as" in findings[0].message
    assert findings[0].helps[0].endswith("w.bib")
    assert manuscript.bibliography.works["k"].fields["title"] == "Über"


@pytest.mark.parametrize("data", [None, b"\x00\xff\xfe" * 9, b"nothing but words"])
def test_what_cannot_be_read_leaves_a_book(small_book, data):
    """A missing or invalid bibliography is at most a warning; it has no works, and the book is made."""
    with (small_book / "book.toml").open("a") as file:
        file.write(f"{TOML}\n")
    if data is not None:
        (small_book / "w.bib").write_bytes(data)
    (small_book / "01-one.md").write_text("# A\n\nSee [@k].\n\n::: {#refs}\n:::\n")
    proof = read_book(small_book, Timings())
    assert proof.errors == ()
    assert "A121" in [finding.code for finding in proof.findings]


def test_a_path_out_of_the_book_stays_an_error(book):
    """Such a path would read a file outside the book."""
    findings = dialects.read(book('bibliography = "../w.bib"', "01-a.md"))[1]
    assert [(finding.code, finding.severity) for finding in findings] == [("M003", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "references:\n- id: k\n  type: book\n  title: T\n  issued: 2001-03\n",
        "---\nreferences:\n- id: k\n  type: book\n  title: T\n  issued:\n  - year: 2001\n    month: 3\n---\n",
        "- {id: k, type: book, title: T, issued: {date-parts: [[2001, 3]]}}\n",
    ],
)
def test_yaml(book, text):
    """CSL-YAML is read as Pandoc writes it, with its forms of dates."""
    manuscript, findings = dialects.read(book('bibliography = "w.yaml"', "01-a.md", w__yaml=text))
    assert findings == ()
    assert manuscript.bibliography.works["k"].fields["issued"] == {"date-parts": [[2001, 3]]}


@pytest.mark.parametrize(
    ("text", "place"),
    [("references: [", "w.yaml:1:14"), ("a: &a [1]\nreferences: [*a]", "w.yaml:2:14"), ("a", "w.yaml:1:1")],
)
def test_yaml_that_is_none(book, text, place):
    """Broken YAML, and aliases, which could expand without end, are reported."""
    findings = dialects.read(book('bibliography = "w.yaml"', "01-a.md", w__yaml=text))[1]
    assert [(one.code, one.severity, str(one.place)) for one in findings] == [("S023", "warning", place)]


def test_quotes_are_curled_and_tags_are_not(book):
    """The quotation marks of a title are those of the language, and attributes of tags stay as they are."""
    text = '@book{k, title={A "b" {CD} \\emph{"e"}}}'
    manuscript, _ = dialects.read(book(TOML, "01-a.md", w__bib=text))
    title = manuscript.bibliography.works["k"].fields["title"]
    assert title == 'A “b” <span class="nocase">CD</span> <i>“e”</i>'


def test_another_name_that_is_taken(book):
    """`ids` cannot take the key of another work."""
    findings = dialects.read(book(TOML, "01-a.md", w__bib="@book{a, title={A}}\n@book{b, title={B}, ids={a, c}}"))[1]
    assert [f"{one.code} {one.place} {one.message}" for one in findings] == [
        'S024 w.bib:2:1 "a", another name of "b", is already the key of a work'
    ]


def test_our_styles_have_no_faults():
    """The limits for styles accept our styles, and much longer ones."""
    for style in our_styles().glob("*.csl"):
        text = style.read_text(encoding="utf-8")
        assert faults_of_style(text, style.name) == []
        assert faults_of_style(text.replace("</layout>", '<text macro="author"/>' * 500 + "</layout>"), "x") == []


def test_a_book_without_works_loads_no_library_for_them(small_book):
    """`check` of a book that cites nothing loads no library for citations."""
    names = ("bibtexparser", "pylatexenc", "citeproc")
    program = (
        "import sys; from pathlib import Path; from compositor.press import Timings, read_book;"
        f"read_book(Path({str(small_book)!r}), Timings()); print([n for n in {names!r} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
