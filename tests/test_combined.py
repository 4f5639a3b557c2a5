"""Nested constructs: a book in which nearly every construct is inside every other one that may contain it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.checks.finished.parts.pages import pages_of
from compositor.press import Timings, read_book
from tests.finished import BOOKS, Built, built
from tests.validators import broken_rules

LINE = 8.0
"""The largest difference between the tops of letters in one line of a caption, in points."""


@pytest.fixture(scope="module")
def combined(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the book, built once and checked by the build."""
    return built(BOOKS / "combined", tmp_path_factory.mktemp("combined"))


def test_it_has_no_faults() -> None:
    """The sources cause no finding."""
    assert read_book(BOOKS / "combined", Timings()).findings == ()


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_it_conforms_in_the_pdf(combined: Built, profile: str) -> None:
    """The PDF passes PDF/UA-1 and PDF/A-2a."""
    assert broken_rules(combined.pdf, profile) == []


def test_it_is_valid_in_the_epub(combined: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing."""
    assert epubcheck(combined.epub) == []


def test_a_formula_in_a_caption_stays_in_its_line(combined: Built) -> None:
    """Text before and after a formula or picture in a caption is on the same line."""
    runs = [run for page in pages_of(combined.pdf.read_bytes()) for run in page]
    for before in ("Figurecaptionwith", "Leftwith"):
        (index,) = [index for index, run in enumerate(runs) if run.letters == before]
        assert runs[index + 1].page == runs[index].page
        assert abs(runs[index + 1].top - runs[index].top) < LINE


def test_a_running_head_has_the_words_of_a_heading_and_no_note(combined: Built) -> None:
    """The head has the title as plain text, with the TeX of a formula, and without the text of a note."""
    heads = {run.letters for page in pages_of(combined.pdf.read_bytes()) for run in page if run.furniture}
    assert "1.1Headwitha_i,anoteandx" in heads
    assert not [head for head in heads if "Longnote" in head]
