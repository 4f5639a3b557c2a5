"""The specimen: a book that holds every construct once, built to both files and looked at by validators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import page as validator
import pytest

from compositor.cli import main
from compositor.formats import PAPER
from compositor.press import Timings, read_book
from compositor.render import render_page
from compositor.specimen import read_specimen
from tests.finished import ROOT, Built, built


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The specimen, built once."""
    return built(ROOT / "specimen", tmp_path_factory.mktemp("specimen"))


def test_the_specimen_has_no_faults() -> None:
    """The only findings are the long lines that it has on purpose."""
    assert {finding.code for finding in read_book(ROOT / "specimen", Timings()).findings} == {"L153"}


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_every_construct_conforms_in_the_pdf(specimen: Built, profile: str) -> None:
    """The PDF with every construct passes PDF/UA-1 and PDF/A-2a."""
    result = validator.validate_pdf(str(specimen.pdf), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


@pytest.mark.parametrize("name", ["real_book", "several", "german", "likeours"])
def test_our_books_are_valid(name: str, request: pytest.FixtureRequest, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck finds nothing to say about our book and the test books."""
    book: Built = request.getfixturevalue(name)
    assert epubcheck(book.epub) == []


def test_every_construct_is_valid_in_the_epub(specimen: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck finds nothing to say about the EPUB with every construct."""
    assert epubcheck(specimen.epub) == []


def test_the_specimen_is_set_in_the_look_of_a_book(small_book: Path) -> None:
    """Style, templates and style sheets are the book's; every word is the specimen's."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[style]\naccent = "#7a1f2b"\n')
    (small_book / "templates").mkdir()
    own = '{% extends "default/title.xhtml" %}{% block title %}Mine{% endblock %}'
    (small_book / "templates" / "title.xhtml").write_text(own, encoding="utf-8")
    proof = read_specimen(small_book, Timings())
    assert proof.findings == ()
    assert proof.book.metadata.title == "Specimen"
    assert "<title>Mine</title>" in render_page(proof.book, "title", PAPER, proof.theme)
    assert "#7a1f2b" in render_page(proof.book, "title", PAPER, proof.theme)


def test_a_look_that_cannot_be_read_is_a_finding(small_book: Path) -> None:
    """What is wrong in the book's settings is said, with its place, before anything is set."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[style]\nacent = "red"\n')
    (found,) = read_specimen(small_book, Timings()).findings
    assert (found.code, str(found.place)) == ("T011", "book.toml:5:9")


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    """`specimen` needs no book of one's own."""
    assert main(["specimen", "-q", "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["specimen.epub", "specimen.pdf"]


@pytest.mark.parametrize("name", ["print.css", "epub.css", "fonts.css"])
def test_style_sheets_are_balanced(name: str) -> None:
    """Every brace that opens in a style sheet closes: a lost one silences all rules behind it."""
    depth = 0
    for letter in (ROOT / "styles" / name).read_text(encoding="utf-8"):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
