"""The specimen: a book that holds every construct once, built to both files and looked at by validators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import page as validator
import pytest

from compositor.press import Timings, read_book
from tests.finished import BOOKS, ROOT, Built, built


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The specimen, built once."""
    return built(BOOKS / "specimen", tmp_path_factory.mktemp("specimen"))


def test_the_specimen_has_no_faults() -> None:
    """The only findings are the long lines that it has on purpose."""
    assert {finding.code for finding in read_book(BOOKS / "specimen", Timings()).findings} == {"L153"}


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


@pytest.mark.parametrize("name", ["print.css", "epub.css", "fonts.css"])
def test_style_sheets_are_balanced(name: str) -> None:
    """Every brace that opens in a style sheet closes: a lost one silences all rules behind it."""
    depth = 0
    for letter in (ROOT / "styles" / name).read_text(encoding="utf-8"):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
