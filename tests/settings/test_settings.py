"""book.toml: the values that are read from it, and the findings on its mistakes, with line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from compositor import settings
from compositor.cache import Cache, using
from compositor.settings import EXPLANATIONS, ListedChapter, ListedPart, read_settings
from tests.finished import ROOT
from tests.settings.report import HEAD, only, read, said


def test_everything_that_can_be_said():
    """Every key reaches its setting."""
    told = read(
        HEAD
        + """
subtitle = "And More"
language = "DE-ch"
edition = "2nd"
publisher = "P"
rights = "R"
description = "D"
keywords = ["k"]
cover = "cover.png"
slug = "a_book-2"
first-chapter = 18
drafts = false
theme = "plain"
numbered-levels = 2
numbered-parts = false
[identifiers]
pdf = "978-3-16-148410-0"
epub = "urn:isbn:0-306-40615-2"
[style]
page-width = "7in"
lines = 42
ratio = 1.6
"""
    )
    metadata = told.metadata
    assert (metadata.title, metadata.subtitle, metadata.authors) == ("A Book", "And More", ("Ada",))
    assert (metadata.language, metadata.slug, metadata.first_chapter) == ("de-CH", "a_book-2", 18)
    assert (metadata.edition, metadata.publisher, metadata.rights, metadata.description) == ("2nd", "P", "R", "D")
    assert (metadata.keywords, metadata.cover, metadata.drafts) == (("k",), "cover.png", False)
    assert metadata.identifiers == {"pdf": "978-3-16-148410-0", "epub": "urn:isbn:0-306-40615-2"}
    assert told.theme == "plain"
    assert told.style == {"page-width": "7in", "lines": "42", "ratio": "1.6"}
    assert str(told.place("style.lines")) == "book.toml:24:9"
    assert metadata.numbered_levels == 2
    assert metadata.numbered_parts is False


def test_slug_is_made_from_the_title():
    """Without a slug the files are named after the title."""
    assert read('format = 1\ntitle = "Über Straßen & Žluťoučký"\nauthors = ["A"]').metadata.slug == (
        "uber-strassen-zlutoucky"
    )


def test_order():
    """Chapters are names of files, or tables with sections; without them there is no written order."""
    order = read(
        HEAD
        + """[order]
front = ["preface.md"]
chapters = ["01-a.md", { file = "02-b.md", sections = ["02.1-c.md"] }]
appendices = ["x.md"]
back = ["z.md"]
"""
    ).order
    assert order.front == ("preface.md",)
    assert order.chapters == (ListedChapter("01-a.md"), ListedChapter("02-b.md", ("02.1-c.md",)))
    assert order.appendices == (ListedChapter("x.md"),)
    assert order.back == ("z.md",)
    assert read(HEAD).order.chapters is None
    assert read(HEAD).order.parts is None


def test_parts():
    """Parts have a title or a file, and chapters."""
    order = read(
        HEAD
        + """[[order.parts]]
title = "One"
chapters = ["a.md"]
[[order.parts]]
file = "two.md"
chapters = ["b.md"]
"""
    ).order
    assert order.parts == (
        ListedPart(title="One", chapters=(ListedChapter("a.md"),)),
        ListedPart(file="two.md", chapters=(ListedChapter("b.md"),)),
    )


@pytest.mark.parametrize(
    ("number", "message", "remedy"),
    [
        ("2", "the file is in format 2; this version reads formats up to 1", "update Compositor"),
        ("0", "there is no format 0", "format = 1"),
    ],
)
def test_other_formats(number, message, remedy):
    """A newer format is an error that says so."""
    finding = only(HEAD.replace("1", number, 1))
    assert said(finding) == f"S005 1:10 {message}"
    assert remedy in finding.helps[0]


@pytest.mark.parametrize(
    ("line", "expected", "remedy"),
    [
        ('slug = "a/b"', 'S009 4:8 the slug "a/b" cannot be the name of a file', 'slug = "a-b"'),
        ('slug = "../x"', 'S009 4:8 the slug "../x" cannot be the name of a file', 'slug = "x"'),
        ('slug = "con"', 'S009 4:8 the slug "con" cannot be the name of a file', "letters, digits"),
        ('slug = "My Book"', 'S009 4:8 the slug "My Book" cannot be the name of a file', 'slug = "my-book"'),
        ('slug = "book.pdf"', 'S009 4:8 the slug "book.pdf" has a file ending', 'slug = "book"'),
        ("first-chapter = -1", "S010 4:17 no chapter can have the number -1", "first chapter"),
        ("numbered-levels = 4", "S046 4:19 there cannot be 4 numbered levels", "subsections"),
        ("[callouts.question]\ntitle = ''", "S047 5:9 a kind of callout needs a title", "title"),
        ("[callouts.Question]\ntitle = 'Q'", 'S047 4:11 "Question" cannot be a kind', "write [callouts.question]"),
        ("[callouts.title]\ntitle = 'Q'", 'S047 4:11 "title" cannot be a kind of callout', "other letters"),
        ("[callouts.q]\ntitle = 'Q'\nicon = 'tipp'", 'S047 6:8 there is no icon "tipp"', 'did you mean "tip"?'),
        ("[callouts.q]\ntitle = 'Q'\ncolour = 'red;'", 'S012 6:10 the value "red;" may not contain ";"', "one plain"),
        ('theme = "../x"', 'S016 4:9 "../x" is not the name of a theme', "templates/"),
        ('keywords = ["a", " "]', "S006 4:18 the list has an empty text in it", "take it out"),
        ("[style]\n--ink = 'x'", 'S011 5:1 "--ink" is not the name of a style setting', 'write "ink"'),
        ("[style]\nink = 'red; }'", 'S012 5:7 the value "red; }" may not contain ";"', "one plain CSS value"),
        ('[style]\nfont = "\'Serif"', 'S012 5:8 the value "\'Serif" has an unpaired quotation mark', "one"),
        ("[style]\nsize = inf", 'S012 5:8 the value "inf" is not a number in CSS', "one plain"),
        (
            "[identifiers]\npdf = '978-3-16-148410-1'",
            'S013 5:7 the check digit of the ISBN "978-3-16-148410-1" is wrong: it should be 0',
            "digit by digit",
        ),
        ("[identifiers]\nepub = 'urn:isbn:978316148'", 'S013 5:8 "urn:isbn:978316148" looks like an ISBN', "10 or 13"),
        ("[identifiers]\nepub = 'isbn:none'", 'S013 5:8 "isbn:none" is not an ISBN', "10 or 13"),
        ("[identifiers]\nePub = 'x'", 'S013 5:1 there is no format "ePub"', 'did you mean "epub"?'),
        ("[identifiers]\npdf = ''", "S013 5:7 the identifier is empty", "fill it in"),
        ("date = '2026-13'", 'S018 4:8 "2026-13" is not a date of publication', "2026-11-29"),
        ("date = 2026-11-29T10:00:00Z", "S018 4:8", "2026-11-29"),
        ("series-index = -1", "S018 4:16 -1.0 is not a place in a series", "the number"),
        ('subtitle = "a\\u0007"', "S014 4:12 the value has the character U+0007", "take it out"),
        ('subtitle = """a\nb"""', 'S014 4:12 "subtitle" has a line break', "on one line"),
        ("[order]\nchapters = []", 'S015 5:12 "order.chapters" is an empty list', "numbers in the file names"),
        ("[[order.parts]]\nchapters = ['a.md']", "S015 4:9 a part has no title", "title ="),
        ("[[order.parts]]\ntitle = 'T'", "S015 4:9 a part has no chapters", "chapters ="),
        (
            "[[order.parts]]\ntitle = 'T'\nfile = 't.md'\nchapters = ['a.md']",
            "S015 4:9 a part has both a title and a file",
            "title =",
        ),
        (
            "[order]\nchapters = ['a.md']\n[[order.parts]]\ntitle = 'T'\nchapters = ['b.md']",
            "S015 6:9 the order has both chapters and parts",
            "put every chapter into a part",
        ),
    ],
)
def test_impossible_values(line, expected, remedy):
    """An impossible value is an error at the value, with a remedy."""
    finding = only(HEAD + line)
    assert said(finding).startswith(expected)
    assert remedy in finding.helps[0]
    assert finding.severity == "error"


@pytest.mark.parametrize("title", ['""', '"  "'])
def test_empty_title(title):
    """An empty title is an error."""
    assert said(only(f"format = 1\ntitle = {title}\nauthors = ['A']")) == "S006 2:9 the title is empty"


def test_title_without_letters():
    """A title without letters for a file name requires a slug."""
    finding = only("format = 1\ntitle = '?!'\nauthors = ['A']")
    assert said(finding).startswith("S009 2:9 the title has no letter or digit to make a file name from")
    assert read("format = 1\ntitle = '?!'\nauthors = ['A']\nslug = 'what'").metadata.slug == "what"


@pytest.mark.parametrize(("line", "place"), [("", "2:1"), ("authors = []", "3:1")])
def test_no_author(line, place):
    """A book without an author can be made, with a warning."""
    found, findings = read_settings(f"format = 1\ntitle = 'T'\n{line}", "book.toml")
    assert found is not None
    assert [(said(finding), finding.severity) for finding in findings] == [
        (f"S008 {place} the book has no author", "warning")
    ]


def test_same_identifier_twice():
    """Two formats with one identifier are a warning at the second."""
    found, findings = read_settings(HEAD + "[identifiers]\npdf = 'x'\nepub = 'x'", "book.toml")
    assert found is not None
    assert said(findings[0]) == 'S017 6:8 "pdf" and "epub" have the same identifier'
    assert findings[0].severity == "warning"


def test_all_mistakes_at_once():
    """One reading finds all mistakes, in the order of the file."""
    text = "format = 3\ntitle = ''\nauthor = 'A'\nlanguage = 'xx'\nslug = 'a b'\n[style]\n1 = 'x'\nb = ';'"
    found, findings = read_settings(text, "book.toml")
    assert found is None
    assert [finding.code for finding in findings] == ["S005", "S006", "S002", "S009", "S011", "S012"]


def test_every_code_is_explained():
    """Every code that can be raised has an explanation of several sentences, and there is no other explanation."""
    files = Path(settings.__file__).parent.glob("[!e]*.py")
    raised = {code for file in files for code in re.findall(r'"(S\d{3})"', file.read_text("utf-8"))}
    assert raised == set(EXPLANATIONS)
    assert all(len(text) > 100 for text in EXPLANATIONS.values())


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("2026-11-29", "2026-11-29"), ('"2026-11-29"', "2026-11-29"), ('"2026-11"', "2026-11"), ('"2026"', "2026")],
)
def test_a_date_of_publication(written, read_as):
    """A TOML date or a text is accepted, with as many parts as are known."""
    assert read(f"{HEAD}date = {written}").metadata.date == read_as


@pytest.mark.parametrize("book", ["book", "specimen", "tests/books/several", "tests/books/mdbook", "skeleton/book"])
def test_settings_that_were_kept_are_those_that_were_read(book: str) -> None:
    """Cached settings of the books at hand equal those that were read, with tables of every kind and all findings."""
    text = (ROOT / book / "book.toml").read_text(encoding="utf-8")
    found = read_settings(f'{text}\n[callouts.doubt]\ntitle = "Doubt"\n', "book.toml")
    again = settings.PLAIN.read(settings.PLAIN.written(found))
    assert again == found
    assert repr(again) == repr(found)
    assert found[0] is not None or found[1]


def test_what_was_read_of_the_same_settings_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changed settings are read again; without a cache nothing is kept."""
    read: list[str] = []
    ours = settings._read

    def noted(text: str, file: str, assumed: Mapping[str, object]) -> object:
        read.append(text)
        return ours(text, file, assumed)

    monkeypatch.setattr(settings, "_read", noted)
    with using(Cache(tmp_path / "cache", 1 << 20)):
        first = read_settings(HEAD, "book.toml")
        assert read_settings(HEAD, "book.toml") == first
        assert len(read) == 1
        read_settings(HEAD, "book.toml", {"subtitle": "And More"})
        read_settings(HEAD + 'subtitle = "Another"\n', "book.toml")
    assert read_settings(HEAD, "book.toml") == first
    assert len(read) == 4
