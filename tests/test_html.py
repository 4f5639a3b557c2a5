"""A book that is written in HTML: tags with a meaning in a book are supported without a message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from compositor.press import Timings, read_book
from tests.finished import BOOKS, Built, built
from tests.validators import broken_rules


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the book, built once and checked by the build."""
    return built(BOOKS / "html", tmp_path_factory.mktemp("html"))


def test_what_is_meant_is_not_told() -> None:
    """The sources cause no finding."""
    assert read_book(BOOKS / "html", Timings()).findings == ()


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_it_conforms_in_the_pdf(html: Built, profile: str) -> None:
    """The PDF passes PDF/UA-1 and PDF/A-2a."""
    assert broken_rules(html.pdf, profile) == []


def test_it_is_valid_in_the_epub(html: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing."""
    assert epubcheck(html.epub) == []


def test_no_tag_is_printed(html: Built) -> None:
    """The pages have the words and the code with its signs, but no tags."""
    document = pypdfium2.PdfDocument(html.pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for words in ("Written in HTML", "a < b", "Markdown in it", "<!-- kept -->", "since May", "“quotation”", "XIV."):
        assert words in text
    assert not [signs for signs in ("<b>", "</", "dropped", "a comment", "markdown=") if signs in text]
    document.close()
