"""The page marks in a document: each is where its page begins, and all are in order."""

from __future__ import annotations

import pytest
from lxml import etree

from compositor.formats.epub.pages import mark_pages
from compositor.model import Page, PageMap, PageStart, plain_letters

HEAD = '<html xmlns="http://www.w3.org/1999/xhtml"><body><section><p data-source="a.md:1">Before it.</p>'
TABLE = '<div><table data-source="a.md:3"><caption>Of the harbour</caption></table></div>'
TEXT = '<p data-source="a.md:5">We know the river as the ferries know it, and the pier as well.</p>'


def marked(*starts: PageStart) -> str:
    """Return the text of the document after its first page, with the numbers of the pages that begin there."""
    tree = etree.fromstring(f"{HEAD}{TABLE}{TEXT}</section></body></html>")
    begun = [PageStart("a.md:1", "beforeit"), *starts]
    pages = PageMap(tuple(Page("a", str(folio), start=start) for folio, start in enumerate(begun, 1)))
    mark_pages({"a": tree}, pages)
    for mark in tree.iter("{*}span"):
        mark.text = f"[{mark.get('aria-label')}]"
    return "".join(map(str, tree.itertext())).partition("Before it.")[2]


def test_a_page_that_begins_with_nothing_of_the_document_keeps_its_place_in_the_order() -> None:
    """Words for paper only follow a table: their mark comes after that of the page that begins with the table."""
    starts = PageStart("a.md:3", "oftheharbour"), PageStart("a.md:4", "wordsforpaperalone")
    assert marked(*starts).startswith("[2][3]Of the harbour")


@pytest.mark.parametrize("words", ["pageninetheriverasthe", "nineoftheferriesknowitandthepieraswell"])
def test_words_that_only_paper_has_do_not_send_a_mark_to_the_beginning_of_its_paragraph(words: str) -> None:
    """A page may begin with a page number that only paper shows: the words after it are searched."""
    before, _, behind = marked(PageStart("a.md:5", words)).partition("[2]")
    assert before.endswith(" ") and behind.split()[0] in ("river", "the", "know", "as", "ferries")


def test_a_letter_with_accents_is_the_same_alone_and_in_a_text() -> None:
    """Composed and decomposed letters are equal."""
    for text in ("\u1eac", "A\u0323\u0302", "\u00e9\u00df"):
        assert "".join(map(plain_letters, text)) == plain_letters(text)
