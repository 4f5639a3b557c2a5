"""What texts use: variables, data files and bibliographies, and the errors in them."""

from __future__ import annotations

import json

import pytest

from compositor import dialects
from compositor.press import Timings, read_book
from tests.dialects.report import only

ENTRY = {"id": "a", "type": "book", "title": "A", "author": [{"family": "B"}], "issued": {"date-parts": [[2001]]}}


def test_variables_and_data(book):
    """Variables are in book.toml and, below a name, in TOML and JSON files."""
    toml = '[variables]\nname = "A"\n[data]\nprices = "data/p.toml"\nsizes = "s.json"\n'
    folder = book(toml, "01-a.md", **{"data/p__toml": "[acu]\nhour = 0.12\n", "s__json": '{"large": 3}'})
    manuscript, findings = dialects.read(folder)
    assert findings == ()
    assert manuscript.variables == {"name": "A", "prices": {"acu": {"hour": 0.12}}, "sizes": {"large": 3}}


@pytest.mark.parametrize(
    ("toml", "name", "text", "code", "place"),
    [
        ('[data]\n1x = "p.toml"', "p__toml", "", "S020", "book.toml:5:1"),
        ('[data]\nx = "p.toml"', "p__toml", "a = 1\nb =\n", "S021", "p.toml:2:4"),
        ('[data]\nx = "p.json"', "p__json", '{"a": 1,\n "b" 2}', "S021", "p.json:2:6"),
        ('[data]\nx = "p.json"', "p__json", "[1]", "S021", "p.json:1:1"),
        ('[data]\nx = "p.csv"', "p__csv", "1,2", "S021", "book.toml:5:5"),
        ('[variables]\nx = 1\n[data]\nx = "p.toml"', "p__toml", "", "S022", "book.toml:7:5"),
        ('bibliography = "w.json"', "w__json", '[\n{"id": "a"\n]', "S023", "w.json:3:1"),
        ('bibliography = "w.json"', "w__json", "{}", "S023", "w.json:1:1"),
        ('bibliography = "w.json"', "w__json", '[\n {"id": "only-this"}]', "S023", "w.json:2:9"),
        ('bibliography = "w.json"', "w__json", '[{"id": "a", "type": "book", "author": "B"}]', "S023", "w.json:1:9"),
        ('bibliography = "w.json"', "w__json", '[{"id": "a", "type": "book", "issued": 1}]', "S023", "w.json:1:9"),
        ('bibliography = "w.bib"', "w__bib", "@misc{a, year = 1}", "S026", "w.bib:1:1"),
        ('bibliography = "w.txt"', "w__txt", "a", "S023", "w.txt"),
        ('bibliography = "w.bib"', "w__bib", "\n@book{a, title = {A}\n", "S023", "w.bib:2:20"),
        ('bibliography = "w.json"', "w__json", json.dumps([ENTRY, ENTRY]), "S024", "w.json:1:9"),
        ('bibliography = []\ncitation-style = "ieeee"', "x__txt", "", None, None),
        ('bibliography = "w.json"\ncitation-style = "ieeee"', "w__json", "[]", "S025", "book.toml:5:18"),
        ('bibliography = "w.json"\ncitation-style = "w.csl"', "w__json", "[]", "M002", "book.toml:5:18"),
    ],
)
def test_faults(book, toml, name, text, code, place):
    """Each error is found at its place in its own file."""
    folder = book(toml, "01-a.md", **{name: text})
    if code is None:
        assert dialects.read(folder)[1] == ()
    else:
        finding = only(folder)
        assert (finding.code, str(finding.place)) == (code, place)


ENTITIES = '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<style>&x;</style>'


@pytest.mark.parametrize("style", ["no xml", "<style/>", ENTITIES])
def test_style_of_the_book(book, style):
    """A style in the book's folder has to be a CSL style with rules."""
    toml = 'bibliography = "w.json"\ncitation-style = "my.csl"'
    assert only(book(toml, "01-a.md", w__json="[]", my__csl=style)).code == "S025"


@pytest.mark.parametrize("style", ["no xml", "<style/>", ENTITIES])
def test_a_faulty_style_is_not_used(small_book, style):
    """Citations do not use a faulty style, so the finding about it is the only one."""
    with (small_book / "book.toml").open("a") as file:
        file.write('bibliography = "w.json"\ncitation-style = "my.csl"\n')
    (small_book / "w.json").write_text('[{"id": "k", "type": "book", "title": "T", "author": [{"family": "F"}]}]')
    (small_book / "my.csl").write_text(style)
    (small_book / "01-one.md").write_text("# A\n\nSee [@k].\n\n::: {#refs}\n:::\n")
    assert [finding.code for finding in read_book(small_book, Timings()).findings] == ["S025"]
