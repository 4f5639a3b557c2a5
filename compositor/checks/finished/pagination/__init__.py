"""PDF and EPUB of one build have the same pages: each folio once, in order, with the first words of its page."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from lxml import etree

from compositor.checks.finished.block import lies_in
from compositor.checks.finished.blocks import NUMBER_OF_A_FORMULA, blocks_of
from compositor.checks.finished.pagination.words import (
    COMPARED,
    RUNS,
    TYPE,
    line_of,
    read,
    starts_of,
    up_to_the_next,
    words_behind,
)
from compositor.checks.finished.runs import BACKWARD, Run, letter_counts
from compositor.checks.finished.screen import XHTML, Package, package_of
from compositor.errors import error
from compositor.formats import FORMATS
from compositor.model import Book, Finding, Page, PageMap, Place, plain_letters
from compositor.render.preliminaries import DOCUMENTS

FIRST_LINE = 16.0
"""Points below the highest letter of a page within which its first words are: a number before them may be higher."""
MARK = re.compile(r"[•◦▪–‣]|(?:\d+|[a-z]+)[.)]", re.IGNORECASE)
"""The mark of a list item, printed by a style: visible on paper, and no text on a screen."""
FIGURES = re.compile(r"\d+")
REMEDY = "report this: Compositor has put a page mark in the wrong place"


def compare(book: Book, finished: Mapping[str, bytes], pages: PageMap) -> Iterator[Finding]:
    """Yield findings for pages without their mark, marks without their page, and marks before the wrong words."""
    from compositor.checks.finished.parts.pages import pages_of

    package = package_of(finished["epub"])
    marks = dict(_marks(package))
    numbered = [(number, page) for number, page in enumerate(pages.pages) if page.folio]
    wanted, shown = [page.folio for _, page in numbered], [label for label, _ in _marks(package)]
    yield from _in_order(wanted, shown, "marks")
    yield from _in_order(wanted, list(_listed(package)), "list of pages")
    paper = pages_of(finished["pdf"])
    before = ""
    for number, page in numbered:
        if page.folio in marks and number < len(paper):
            mark, opens = marks[page.folio], page.unit not in (before, "lists")
            wrong = list(_opens(book, page, mark) if opens else _same_words(book, page, mark, paper[number], pages))
            if wrong and not opens:
                there = book, page, mark, paper[number], pages
                elsewhere = _before_what_is_elsewhere(*there) or _before_what_was_moved(*there)
                good = elsewhere or _shares_its_row(page, mark) or _goes_on_with(finished["pdf"], number + 1, mark)
                wrong = [] if good else wrong
            yield from wrong
        before = page.unit


def _in_order(wanted: Sequence[str], shown: Sequence[str], what: str) -> Iterator[Finding]:
    for folio, found in zip_longest(wanted, shown, fillvalue=""):
        if folio != found:
            here = f'"{found}"' if found else "nothing"
            there = f"page {folio}" if folio else "nothing more"
            yield error("C241", f"the {what} of the EPUB has {here} where {there} belongs", Place("book.toml"), REMEDY)
            return


def _marks(package: Package) -> Iterator[tuple[str, etree._Element]]:
    """Yield folio and element of each mark, in reading order."""
    for name in package.spine:
        for element in package.documents[name].iter(f"{XHTML}span"):
            if element.get(TYPE) == "pagebreak":
                yield str(element.get("aria-label")), element


def _listed(package: Package) -> Iterator[str]:
    """Yield the folios in the list of pages."""
    for tree in package.documents.values():
        for element in tree.iter(f"{XHTML}nav"):
            if element.get(TYPE) == "page-list":
                yield from ("".join(str(t) for t in link.itertext()) for link in element.iter(f"{XHTML}a"))


def _opens(book: Book, page: Page, mark: etree._Element) -> Iterator[Finding]:
    """Check that the first page of a unit begins where its document does."""
    above = [mark, *mark.iterancestors()]
    inside = above[: next(index for index, element in enumerate(above) if element.tag == f"{XHTML}body")]
    before = [other for element in inside for other in element.itersiblings(preceding=True)]
    texts = [text for other in before for text in (*other.itertext(), other.tail or "")]
    texts += [element.text or "" for element in (*inside[1:], above[len(inside)])]
    if "".join(map(str, texts)).strip():
        message = f"text comes before the mark of page {page.folio}, which should begin the document"
        yield error("C242", message, _place(book, page), REMEDY)


def _same_words(
    book: Book, page: Page, mark: etree._Element, runs: Sequence[Run], pages: PageMap
) -> Iterator[Finding]:
    """Check that the text after a mark is painted first on its page; after the mark of a picture, the picture.

    A line of the contents ends with a page number only on paper. Text that was moved to a page is elsewhere on a
    screen.
    """
    body = [run for run in runs if not run.furniture and not run.hidden]
    if page.start.is_empty and (page.start.displaced or not body):
        return
    drawn, shown = words_behind(mark)
    if page.start.has_signs_alone and not read(body):
        good, wanted = not up_to_the_next(mark), "signs alone"
    elif page.start.picture:
        good, shown, wanted = drawn, "a picture" if drawn else shown, "a picture"
    else:
        readings = dict.fromkeys((shown, words_behind(mark, kinds=False)[1]))
        good, wanted = any(_begins_with(words, page, body) for words in readings), read(body[:RUNS])
    if not good and not _other_words(book, page, pages):
        message = f'the mark of page {page.folio} is before "{shown[:COMPARED]}"'
        yield error("C242", f'{message}, the page begins with "{wanted[:COMPARED]}"', _place(book, page), REMEDY)


def _begins_with(words: str, page: Page, body: Sequence[Run]) -> bool:
    """Return whether the runs of a page begin with these words, as far as they are compared."""
    reach = math.inf if page.start.displaced else FIRST_LINE
    unmarked = [run for run in body if not MARK.fullmatch(run.letters)]
    starts = (start for runs in (body, unmarked) for start in starts_of(runs, reach))
    good = any(start.startswith(words[:COMPARED]) for start in starts) or _same_backward(words, body)
    if not good:
        whole = read(body)
        rest = page.start.words if page.start.displaced and whole.endswith(page.start.words) else whole
        good = bool(rest and len(rest) < COMPARED and words.startswith(rest))
    good = good and bool(words or not page.start.words)
    if page.unit in DOCUMENTS and body:
        titles, seen = FIGURES.sub("", words[:COMPARED]), FIGURES.sub("", read(body[:RUNS]))
        good = good or words.startswith(read(line_of(body)).rstrip("0123456789"))
        good = good or (len(titles) > 1 and seen.startswith(titles))
    return good


def _same_backward(words: str, body: Sequence[Run]) -> bool:
    """Return whether a page begins with these letters in any order: a line with both directions has several orders."""
    words = words[:COMPARED]
    return bool(BACKWARD.search(words)) and letter_counts(words) <= letter_counts(read(body[:RUNS]))


def _before_what_is_elsewhere(
    book: Book, page: Page, mark: etree._Element, runs: Sequence[Run], pages: PageMap
) -> bool:
    """Return whether a page begins with the block after its mark, while what follows in the source is elsewhere.

    The number of a formula is painted last; a table that does not fit may have been moved after the following text.
    """
    file, _, line = page.start.position.rpartition(":")
    unit = next((unit for unit in book.units if unit.key == page.unit), None)
    if unit is None or not line.isdigit():
        return False
    paper = next(format_.medium for format_ in FORMATS if format_.medium.paged)
    behind = (b for b in blocks_of(book, unit, paper, None) if b.place.file == file and (b.place.line or 0) > int(line))
    following = next(behind, None)
    if following is None:
        return False
    is_moved = any(lies_in(following, *lines) for lines in pages.moved)
    if following.kind != NUMBER_OF_A_FORMULA and not is_moved:
        return False
    return _begins_with_the_block(mark, runs) is not None


def _begins_with_the_block(mark: etree._Element, runs: Sequence[Run]) -> str | None:
    """Return what follows on a page that begins with the block after a mark; empty if it begins with other words."""
    words = words_behind(mark, one_block=True)[1]
    starts = starts_of([run for run in runs if not run.furniture and not run.hidden], FIRST_LINE)
    return next((start[len(words) :] for start in starts if words and start.startswith(words)), None)


def _before_what_was_moved(book: Book, page: Page, mark: etree._Element, runs: Sequence[Run], pages: PageMap) -> bool:
    """Return whether a page begins with the block after its mark, and continues with text before it in the source."""
    rest = _begins_with_the_block(mark, runs)
    unit = next((unit for unit in book.units if unit.key == page.unit), None)
    if not rest or unit is None or not pages.moved:
        return False
    paper = next(format_.medium for format_ in FORMATS if format_.medium.paged)
    moved = (b for b in blocks_of(book, unit, paper, None) if any(lies_in(b, *lines) for lines in pages.moved))
    return any(words and rest.startswith(words[:COMPARED]) for words in (plain_letters(b.words) for b in moved))


def _shares_its_row(page: Page, mark: etree._Element) -> bool:
    """Return whether a mark is right after another, in the row of a table in which both their pages begin.

    If the first cell of a row does not fit and the next one does, the next page begins before the page itself.
    """
    row = next(mark.iterancestors(f"{XHTML}tr"), None)
    before = mark.getprevious()
    if row is None or before is None or before.get(TYPE) != "pagebreak" or (before.tail or "").strip():
        return False
    cells = (plain_letters("".join(map(str, cell.itertext()))) for cell in row)
    return bool(page.start.words) and any(cell.startswith(page.start.words[:COMPARED]) for cell in cells)


def _goes_on_with(data: bytes, number: int, mark: etree._Element) -> bool:
    """Return whether the text continues with the words after a mark, as the structure tree reads it.

    If several cells continue on the next page, the mark is in one of them; the first painted text may be the end of
    another.
    """
    from compositor.checks.finished.tagged import whole_text

    text = whole_text(data)
    begins = (at for at, run in enumerate(text) if run.page == number and (not at or text[at - 1].page != number))
    starts = [read(text[at : at + RUNS]) for at in begins]
    wanted = (words_behind(mark, kinds=kinds)[1][:COMPARED] for kinds in (True, False))
    return any(words and start.startswith(words) for words in wanted for start in starts)


def _other_words(book: Book, page: Page, pages: PageMap) -> bool:
    """Return whether the EPUB has other words where a page begins: content for one format, or no page at a name."""
    unit = next((unit for unit in book.units if unit.key == page.unit), None)
    file, _, line = page.start.position.rpartition(":")
    if unit is None or not line.isdigit():
        return False
    media = [format_.medium for format_ in FORMATS if format_.name in ("pdf", "epub")]
    owed = (blocks_of(book, unit, medium, pages if medium.paged else None) for medium in media)
    behind = ([b for b in blocks if b.place.file == file and (b.place.line or 0) >= int(line)] for blocks in owed)
    first, second = ("".join(block.letters for block in blocks[:3]) for blocks in behind)
    return first != second


def _place(book: Book, page: Page) -> Place:
    file, _, line = page.start.position.rpartition(":")
    if line.isdigit():
        return Place(file, int(line))
    unit = next((unit for unit in book.units if unit.key == page.unit), None)
    return Place(unit.chapter.source.path if unit else "book.toml")


EXPLANATIONS = {
    "C241": """The PDF and the EPUB of one build share their pages: for every numbered page of the PDF, the EPUB has a
mark and a line in its page list. Here they differ. This is a bug in Compositor, or a template of the book drops the
list.""",
    "C242": """The mark of a page in the EPUB is not before the words with which this page of the PDF begins. This is a
bug in Compositor, or a template or a style sheet of the book moves text on paper.""",
}
