"""The order of a book by the numbers in the names of its files."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from compositor import dialects
from compositor.dialects.numbers import number_of, without_number
from compositor.model import Role
from tests.dialects.report import only, order, said

SECTIONS = [f"18.{number}-s.md" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
LISTINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "natural": sorted,
    "reversed": lambda names: sorted(names, reverse=True),
    "newest first": lambda names: sorted(names, key=number_of, reverse=True),
    "shuffled": lambda names: random.Random(1).sample(names, len(names)),
    "shuffled again": lambda names: random.Random(2).sample(names, len(names)),
}


@pytest.mark.parametrize("listing", LISTINGS)
def test_order_of_the_listing_does_not_matter(book, monkeypatch, listing):
    """Whatever order the file system has, sections follow their numbers, 18.2 before 18.10."""
    folder = book("first-chapter = 18", "18-a.md", *SECTIONS)
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: LISTINGS[listing](listdir(path)))
    assert order(folder) == ["18-a.md", *(f"  {name}" for name in SECTIONS)]


def test_newest_first(book, monkeypatch):
    """A folder that lists 18.7 before 18.1 yields 18.1 to 18.7."""
    names = [f"18.{number}-s.md" for number in range(7, 0, -1)]
    folder = book("first-chapter = 18", "18-a.md", *names)
    monkeypatch.setattr(os, "listdir", lambda path: [*names, "18-a.md", "book.toml"])
    assert order(folder) == ["18-a.md", *(f"  18.{number}-s.md" for number in range(1, 8))]


@pytest.mark.parametrize(
    ("name", "number", "rest"),
    [
        ("18-aurora.md", (18,), "aurora"),
        ("18.03-endpoints.md", (18, 3), "endpoints"),
        ("18.10-x.md", (18, 10), "x"),
        ("03_intro.md", (3,), "intro"),
        ("18.3 Title.md", (18, 3), "Title"),
        ("chapters/03-order.md", (3,), "order"),
        ("03. Order.md", (3,), "Order"),
        ("18.md", (18,), ""),
        ("18.1.2-deep.md", (18, 1, 2), "deep"),
        ("3d-printing.md", (), "3d-printing"),
        ("preface.md", (), "preface"),
        ("٣-arabic.md", (), "٣-arabic"),
    ],
)
def test_numbers_in_names(name, number, rest):
    """A number at the start of a name, followed by a separator, is the file's number."""
    assert (number_of(name), without_number(name)) == (number, rest)


def test_chapters_in_folders(book):
    """Chapters may be in folders of their own; folders for other things are not searched."""
    folder = book("", "a/02-b.md", "b/01-a.md", "_old/03-c.md", ".git/04-d.md", "dist/05-e.md", "styles/06.md")
    assert order(folder) == ["b/01-a.md", "a/02-b.md"]


def test_another_book_inside(book):
    """A folder with a book.toml of its own is another book."""
    folder = book("", "01-a.md", "other/01-a.md")
    (folder / "other/book.toml").write_text("")
    assert order(folder) == ["01-a.md"]


def test_files_beside_a_book(book):
    """READMEs and similar files, hidden files, idea files and included files are not chapters."""
    beside = ("README.md", "CONTRIBUTING.md", "LICENSE.md", "_x.md", ".y.md", "answers/a.part.md", "01-notes.txt")
    assert order(book("", "01-a.md", *beside)) == ["01-a.md"]


def test_front_and_back_beside_natural_order(book):
    """Front and back matter may be listed while the numbers give the order of the chapters."""
    toml = '[order]\nfront = ["00-preface.md"]\nappendices = ["a.md"]\nback = ["z.md"]'
    folder = book(toml, "00-preface.md", "02-b.md", "01-a.md", "a.md", "z.md")
    assert order(folder) == ["00-preface.md", "01-a.md", "02-b.md", "a.md", "z.md"]
    manuscript, _ = dialects.read(folder)
    assert manuscript is not None
    roles = [entry.role for entry in manuscript.entries]
    assert roles == [Role.FRONT, Role.CHAPTER, Role.CHAPTER, Role.APPENDIX, Role.BACK]


def test_gap(book):
    """A missing number is an error at the file after the gap."""
    finding = only(book("first-chapter = 18", "18-a.md", "18.1-b.md", "18.3-c.md", "18.4-d.md"))
    assert finding.code == "M011"
    assert str(finding.place) == "18.3-c.md"
    assert finding.message == '18.2 is missing before "18.3-c.md", which is printed as 18.2'
    assert finding.helps == ("add what is missing, or rename the files that follow",)


def test_long_gap(book):
    """A gap of several numbers is one finding."""
    assert said(book("", "01-a.md", "05-b.md")) == [
        'M011 05-b.md 2 to 4 are missing before "05-b.md", which is printed as 2'
    ]


def test_sections_begin_with_one(book):
    """The first section of a chapter must have number 1."""
    assert said(book("", "1-a.md", "1.2-b.md")) == [
        'M011 1.2-b.md 1.1 is missing before "1.2-b.md", which is printed as 1.1'
    ]
    assert said(book("", "1-a.md", "1.2-b.md", "1.0-o.md", "1.1-p.md")) == [
        'M013 1.0-o.md "1.0-o.md" is section 1.1 in the order, but its name says 1.0'
    ]


def test_same_number_twice(book):
    """18.2 and 18.02 are the same number."""
    finding = only(book("first-chapter = 18", "18-a.md", "18.1-b.md", "18.02-c.md", "18.2-d.md", "18.3-e.md"))
    assert (finding.code, str(finding.place)) == ("M012", "18.2-d.md")
    assert finding.message == '"18.2-d.md" has the same number as "18.02-c.md", 18.2, and follows it'


@pytest.mark.parametrize(
    ("toml", "place", "message"),
    [
        ("", "18-a.md", 'the first chapter is "18-a.md"; it is printed as chapter 1'),
        (
            "first-chapter = 17",
            "book.toml:4:17",
            'the first chapter is "18-a.md", but first-chapter is another number',
        ),
    ],
)
def test_other_first_number(book, toml, place, message):
    """The message says which setting to write if the first chapter has another number."""
    finding = only(book(toml, "18-a.md", "18.1-b.md", "19-c.md"))
    assert (finding.code, str(finding.place), finding.message) == ("M014", place, message)
    assert finding.helps[0].startswith("write first-chapter = 18")


def test_sections_without_their_chapter(book):
    """Sections need the file of their chapter."""
    finding = only(book("", "01-a.md", "02.1-b.md", "02.2-c.md"))
    assert (finding.code, str(finding.place)) == ("M015", "02.1-b.md")
    expected = '"02.1-b.md" is a section of chapter 2, which has no file; its sections are treated as chapters'
    assert finding.message == expected
    assert '"02-opener.md"' in finding.helps[0]


def test_deeper_numbers(book):
    """A file name with a number of three parts is not a section, because such numbers belong to headings."""
    finding = only(book("", "01-a.md", "1.1-b.md", "1.1.1-c.md"))
    assert (finding.code, str(finding.place)) == ("M017", "1.1.1-c.md")
    assert "heading" in finding.helps[0]


def test_file_without_a_number(book):
    """A file that is not part of the book gives a warning if it has no number."""
    folder = book("", "01-a.md", "idea.md")
    finding = only(folder)
    assert (finding.code, finding.severity, str(finding.place)) == ("M010", "warning", "idea.md")
    assert "underscore" in finding.helps[0]
    assert dialects.read(folder)[0] is not None


def test_no_chapters(book):
    """The message for a book without chapters says how chapters are named."""
    finding = only(book('[order]\nfront = ["p.md"]', "p.md"))
    assert (finding.code, str(finding.place), finding.message) == ("M016", "book.toml:4:2", "the book has no chapters")
    assert '"01-first.md"' in finding.helps[0]


def test_no_chapters_among_many_files(book):
    """If no name has a number and no order is written, the files are sorted by name."""
    folder = book("", "idea-10.md", "plan.md", "idea-9.md", "README.md")
    assert (only(folder).code, only(folder).severity) == ("M018", "warning")
    manuscript = dialects.read(folder)[0]
    assert manuscript is not None
    assert [entry.source.path for entry in manuscript.entries] == ["idea-9.md", "idea-10.md", "plan.md"]
