"""Book -> the generated pages before its text: their headings, and the lists of captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from compositor.language import Language
from compositor.model import Book, ContentsEntry, PageMap, Role, Unit

KINDS = ("figure", "table", "listing")
"""What is listed, each kind in a list of its own."""
DOCUMENTS = {"half-title": "title", "contents": "nav", "lists": "nav"}
"""A generated page of the PDF -> the document of the EPUB with its content, if its name differs."""
LISTING, FEWEST, MOST = frozenset({Role.CHAPTER, Role.APPENDIX, Role.PART}), 3, 16
"""Roles that open with their contents, and how many lines those have."""
SENTENCE_END = re.compile(r"[.!?…][”’»)]*(?=\s+[“‘„«(]*[^\W\d_])")


@dataclass(frozen=True, slots=True)
class ListedCaption:
    """A line in a list of figures, tables or listings."""

    number: str
    title: str
    """The first sentence of the caption, plain text."""
    anchor: str
    unit: str
    """Key of the unit that contains it."""


@dataclass(frozen=True, slots=True)
class CaptionList:
    """The figures, the tables or the listings of a book, in order."""

    kind: str
    anchor: str
    title: str
    lines: tuple[ListedCaption, ...]


def caption_lists(book: Book, words: Language) -> tuple[CaptionList, ...]:
    """Return a list of each kind of which the book has enough; the parts of a figure have no line of their own."""
    titles = dict(zip(KINDS, (words.list_of_figures, words.list_of_tables, words.list_of_listings), strict=True))
    least = book.manuscript.preliminaries.lists
    lists = (CaptionList(kind, f"press-{kind}s", titles[kind], tuple(_lines(book, words, kind))) for kind in KINDS)
    return tuple(one for one in lists if least and len(one.lines) >= least)


def _lines(book: Book, words: Language, kind: str) -> Iterator[ListedCaption]:
    for target in book.targets.values():
        anchor = target.anchor
        if anchor.kind == kind and target.number and anchor.title and not anchor.within:
            yield ListedCaption(target.number, first_sentence(anchor.title, words), anchor.id, target.unit)


def first_sentence(text: str, words: Language) -> str:
    """Return the first sentence without its full stop: the text in a list for a caption that continues with details.

    A full stop after one letter, or after an abbreviation in the language's tables, ends no sentence.
    """
    shortened = _shortened((*words.abbreviations, *words.before_numbers))
    for end in SENTENCE_END.finditer(text):
        word = text[: end.start()].split()[-1:] or [""]
        if text[end.start()] != "." or (len(word[0].strip("“‘„«(")) > 1 and f"{word[0]}.".lower() not in shortened):
            text = text[: end.end()]
            break
    return text.removesuffix(".")


@lru_cache(maxsize=4)
def _shortened(abbreviations: tuple[str, ...]) -> frozenset[str]:
    return frozenset(piece.lower() for whole in abbreviations for piece in whole.split())


def opener_contents(book: Book, unit: Unit) -> tuple[ContentsEntry, ...]:
    """Return what a chapter, an appendix or a part lists under its title on paper; empty for too few or many lines."""
    if unit.role not in LISTING or not FEWEST <= len(found := _below(book.contents, unit.anchor)) <= MOST:
        return ()
    return found


def _below(entries: tuple[ContentsEntry, ...], anchor: str) -> tuple[ContentsEntry, ...]:
    for entry in entries:
        if entry.anchor == anchor:
            return entry.children
        if found := _below(entry.children, anchor):
            return found
    return ()


def document_of(unit: str) -> str:
    """Return the name of the EPUB's document with the content of a unit's pages."""
    return DOCUMENTS.get(unit, unit)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line in the list of pages: the printed number, and where in the EPUB the page begins."""

    folio: str
    unit: str
    """The name of the document."""
    anchor: str


def page_list(pages: PageMap | None) -> tuple[PageLine, ...]:
    """Return all pages with a printed number, in order."""
    marked = (page for page in (pages.pages if pages is not None else ()) if page.mark)
    return tuple(PageLine(page.folio, document_of(page.unit), page.mark) for page in marked)


def headings(book: Book, words: Language) -> tuple[tuple[str, str], ...]:
    """Return id and words of every page here that the outline of the PDF leads to."""
    cover = ((("press-cover", words.cover),)) if book.manuscript.preliminaries.cover else ()
    pages = (("press-title", words.title_page), ("press-copyright", words.copyright_page))
    contents = ("press-contents", words.contents)
    return (*cover, *pages, contents, *((one.anchor, one.title) for one in caption_lists(book, words)))
