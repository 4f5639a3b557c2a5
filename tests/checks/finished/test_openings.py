"""Generated pages before the text: a line that is lost, changed or printed twice is found in its file."""

from __future__ import annotations

import pytest

from compositor.checks.finished.openings import compare
from tests.checks.finished.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of

SETTINGS = """\
format = 1
title = "Harbour lights"
subtitle = "Seen from the sea"
authors = ["Heron Kestrel"]
publisher = "Curlew Press"
rights = "Osprey Merlin holds them."
[pages]
lists = 1
"""
CHAPTER = """\
# Dunlin godwit

## Plover lapwing

![Avocet turnstone.](one.svg){#fig-one fig-alt="Nothing."}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
ON_PAPER = {
    "chapter": ("contents", ("Dunlin", "godwit")),
    "section": ("contents", ("Plover", "lapwing")),
    "list in the contents": ("contents", ("List", "of")),
    "caption in a list": ("lists", ("Avocet", "turnstone")),
    "title": ("title", ("Harbour", "lights")),
    "subtitle": ("title", ("Seen", "from")),
    "author": ("title", ("Heron", "Kestrel")),
    "publisher": ("title", ("Curlew", "Press")),
    "rights": ("copyright", ("Osprey", "Merlin")),
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book of one chapter with every kind of page before the text."""
    folder = tmp_path_factory.mktemp("harbour")
    for name, text in {"book.toml": SETTINGS, "01-birds.md": CHAPTER, "one.svg": SVG}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return files_of(folder)


def said(files: Files, **changed: bytes) -> list[str]:
    """Return the codes of the findings in the files, or when one of them is replaced."""
    return [finding.code for finding in compare(files.book, {**files.both, **changed}, files.pages)]


@pytest.mark.parametrize("change", ["removed", "swapped"])
@pytest.mark.parametrize("line", ON_PAPER)
def test_a_word_on_paper(harbour: Files, line: str, change: str) -> None:
    """A word that is lost or moved on one of these pages is found."""
    assert said(harbour) == []
    key, words = ON_PAPER[line]
    numbers = [number for number, page in enumerate(harbour.pages.pages, 1) if page.unit == key]
    assert said(harbour, pdf=changed_pdf(harbour.pdf, numbers, words, CHANGES[change])) == ["C215"]


def test_a_line_of_the_contents_that_stands_twice(harbour: Files) -> None:
    """The printed contents have each line once."""
    numbers = [number for number, page in enumerate(harbour.pages.pages, 1) if page.unit == "contents"]
    data = changed_pdf(harbour.pdf, numbers, ("Dunlin", "godwit"), CHANGES["doubled"])
    assert said(harbour, pdf=data) == ["C215"]


@pytest.mark.parametrize(
    ("document", "words"),
    [("title", "Seen from the sea"), ("title", "Heron Kestrel"), ("copyright", "Osprey Merlin holds them.")],
)
def test_words_on_a_screen(harbour: Files, document: str, words: str) -> None:
    """The title page and the copyright page of the EPUB show what `book.toml` says of the book."""
    assert said(harbour, epub=changed_epub(harbour.epub, f"EPUB/{document}.xhtml", words, "")) == ["C215"]


def test_a_page_by_a_template_of_the_book(harbour: Files) -> None:
    """The checks do not judge a page made by the book's own template."""
    numbers = [number for number, page in enumerate(harbour.pages.pages, 1) if page.unit == "contents"]
    data = changed_pdf(harbour.pdf, numbers, ("Dunlin", "godwit"), CHANGES["removed"])
    template = harbour.book.manuscript.folder / "templates" / "contents.xhtml"
    template.parent.mkdir()
    template.write_text('{% extends "default/contents.xhtml" %}', encoding="utf-8")
    try:
        assert said(harbour, pdf=data) == []
    finally:
        template.unlink()
