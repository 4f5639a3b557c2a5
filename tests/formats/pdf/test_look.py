"""The settings for the look of a book, on finished pages."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml.html import fragment_fromstring

from compositor.formats import PAPER, SCREEN
from compositor.press import Timings, read_book
from compositor.render import render_body
from compositor.theme import load_theme
from tests.finished import built

LONG = "\n\n".join(f"A paragraph that is there to fill the page, number {number}." for number in range(80))
MORE = LONG.replace("paragraph", "line")
BOOK = 'format = 1\ntitle = "The Whole Book"\nauthors = ["A"]\n'


def book(folder: Path, settings: str, text: str) -> Path:
    """Return a book of one chapter."""
    (folder / "book.toml").write_text(BOOK + settings, encoding="utf-8")
    (folder / "01-one.md").write_text(f"# The Chapter\n\n{text}", encoding="utf-8")
    return folder


def folio(head: str) -> int:
    """Return the largest number in a head, which is the page number."""
    return max(int(word) for word in head.split() if word.isdigit())


@pytest.mark.parametrize(
    ("settings", "left", "right"),
    [
        ("", "Chapter 1 · The Chapter", "1.1 The Section"),
        ('[style]\nhead-left = "book"\nhead-right = "chapter"\n', "The Whole Book", "Chapter 1 · The Chapter"),
        ('[style]\nhead-left = "section"\nhead-right = "none"\n', "1.1 The Section", ""),
    ],
)
def test_running_heads_say_what_the_book_wants(settings: str, left: str, right: str, tmp_path: Path) -> None:
    """The head has the book, chapter, section or nothing, on either side."""
    text = f"{LONG}\n\n## The Section\n\n{MORE}\n"
    pages = built(book(tmp_path, settings, text), tmp_path).page_texts()
    heads = [re.sub(r"A line .*?\.", "", " ".join(page.split())) for page in pages[-2:]]
    by_side = {folio(head) % 2: {word for word in head.split() if word != str(folio(head))} for head in heads}
    assert by_side == {0: set(left.split()), 1: set(right.split())}


def test_a_head_is_one_of_four_words(tmp_path: Path) -> None:
    """Any other value is an error that names the four."""
    (found,) = read_book(book(tmp_path, '[style]\nhead-left = "title"\n', "Text.\n"), Timings()).findings
    assert (found.code, str(found.place)) == ("T012", "book.toml:5:13")
    assert found.helps == ("write book or chapter or section or none",)


@pytest.mark.parametrize(
    ("first", "phrase"),
    [
        ("Words come first, and then others.", "Words come first"),
        ("Seven words of one sentence stand in this line.", "Seven words of one sentence stand"),
        ("Nobody reads all this in one go, or likes to.", "Nobody reads all this"),
        ("Words[]{.index term=x} and [more of them]{.index} stand, here.", "Words and more of them stand"),
        ("A word or `code` stands here.", "A word"),
        ("`code` stands here.", ""),
        ("**Bold** words.", ""),
        ("> Words of another.", ""),
        ("本の中の言葉。", ""),
    ],
)
def test_the_first_words_of_a_text_are_a_phrase_in_small_capitals(tmp_path: Path, first: str, phrase: str) -> None:
    """They end at the first punctuation mark, have six words at most, and do not end with a linking word."""
    proof = read_book(book(tmp_path, "", first), Timings())
    body = render_body(proof.book, proof.book.units[0], PAPER)
    found = fragment_fromstring(body, create_parent=True).find_class("lead")
    assert [one.text_content() for one in found] == [phrase] * bool(phrase)
    assert "lead" not in render_body(proof.book, proof.book.units[0], SCREEN)


def test_a_kind_of_callout_of_the_books_own_has_its_colour(tmp_path: Path) -> None:
    """Both outputs have the title, and the rules after the style sheets have the colour."""
    settings = '[callouts.question]\ntitle = "Question"\nicon = "warning"\ncolour = "#123456"\n'
    proof = read_book(book(tmp_path, settings, "> [!QUESTION]\n> Why six?\n"), Timings())
    assert load_theme(tmp_path).settings(proof.book.manuscript) .endswith(
        ".callout-question{--callout:#123456;--ground:#f1f3f5}"
    )
    pages = built(tmp_path, tmp_path).page_texts()
    assert "QUESTION" in pages[-1].upper()


def colours(pdf: Path, words: str) -> set[tuple[int, int, int]]:
    """Return the colours in which these words are printed."""
    document, found = pypdfium2.PdfDocument(pdf), set()
    for page in document:
        for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), textpage=page.get_textpage()):
            if item.extract().strip() == words:
                parts = [ctypes.c_uint() for _ in range(4)]
                pdfium.FPDFPageObj_GetFillColor(item.raw, *parts)
                found.add((parts[0].value, parts[1].value, parts[2].value))
    document.close()
    return found


@pytest.mark.parametrize(
    ("settings", "colour"),
    [
        ("", (10, 90, 102)),
        ('[style]\nlink = "inherit"\n', (0, 0, 0)),
        ('[style]\nlink = "#7a1f2b"\n', (122, 31, 43)),
    ],
)
def test_a_link_to_the_web_is_seen(settings: str, colour: tuple[int, int, int], tmp_path: Path) -> None:
    """It has the accent colour, or the one that the book sets; a link within the book looks like plain text."""
    text = "First.\n\nSee [outside](https://example.org) and [inside](#two) here.\n\n## Two {#two}\n\nText.\n"
    made = built(book(tmp_path, settings, text), tmp_path)
    assert colours(made.pdf, "outside") == {colour}
    assert colours(made.pdf, "inside") == {(0, 0, 0)}
