"""Books in right-to-left scripts, Japanese and Hindi: both files are valid, and read back as they were written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from tests.finished import BOOKS, Built, built
from tests.validators import broken_rules

NAMES = ("right-to-left", "east-asian", "devanagari")


@pytest.fixture(scope="module", params=NAMES)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return one of the books, built once and checked by the build."""
    return built(BOOKS / request.param, tmp_path_factory.mktemp(request.param))


def documents(epub: Path) -> dict[str, str]:
    """Return the package and the documents of an EPUB as text, by name."""
    with zipfile.ZipFile(epub) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(("html", ".opf"))}


def test_it_conforms_in_the_pdf(book: Built) -> None:
    """The PDF passes PDF/UA-1."""
    assert broken_rules(book.pdf, "ua1") == []


def test_it_is_valid_in_the_epub(book: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing."""
    assert epubcheck(book.epub) == []


def test_pages_follow_the_direction_of_the_language(book: Built) -> None:
    """Spine and documents go from right to left in Arabic, and have no direction in the others."""
    found = documents(book.epub)
    backward = "ar" in found["EPUB/content.opf"].partition("<dc:language>")[2][:3]
    assert ('page-progression-direction="rtl"' in found["EPUB/content.opf"]) == backward
    assert all(
        (' dir="rtl"' in text.partition("<head>")[0]) == backward for name, text in found.items() if "html" in name
    )


def test_code_is_read_back_as_it_was_written(book: Built) -> None:
    """A line of code keeps its order beside words of any direction."""
    document = pypdfium2.PdfDocument(book.pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert 'print("' in text
