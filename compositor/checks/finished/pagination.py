"""PDF and EPUB of one build have the same pages: each folio once, in its order, with the words its page begins with."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile, zip_longest

from lxml import etree

from compositor.checks.finished.block import lies_in
from compositor.checks.finished.blocks import NUMBER_OF_A_FORMULA, blocks_of
from compositor.checks.finished.directions import BACKWARD, letter_counts
from compositor.checks.finished.paper import pages_of
from compositor.checks.finished.runs import Run
from compositor.checks.finished.screen import XHTML, Package, is_mark, package_of
from compositor.errors import error
from compositor.formats import FORMATS
from compositor.model import Book, Finding, Page, PageMap, Place, plain_letters
from compositor.render.preliminaries import DOCUMENTS

TYPE = "{http://www.idpf.org/2007/ops}type"
DRAWN = {f"{XHTML}img", "{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/1998/Math/MathML}math"}
CELLS = {f"{XHTML}td", f"{XHTML}th"}
BLOCKS = {f"{XHTML}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "pre")}
KIND = "callout-kind"
"""The class of the word that says which kind a callout is."""
COMPARED = 12
"""Letters behind a mark that must be those with which the page begins."""
RUNS = 4 * COMPARED
"""Runs in which there are so many letters: an accent may be a run of its own."""
FIRST_LINE = 16.0
"""Points below the highest letter of a page within which its first words stand: a number before them may be higher."""
SAME_LINE = 6.0
"""Points between the tops of runs in one line of type: a number may be smaller than what it stands before."""
MARK = re.compile(r"[•◦▪–‣]|(?:\d+|[a-z]+)[.)]", re.IGNORECASE)
"""The mark of a list item, which a style prints: it is seen on paper, and is no text on a screen."""
FIGURES = re.compile(r"\d+")
REMEDY = "report this: the press has put the mark of a page in a wrong place"


def compare(book: Book, finished: Mapping[str, bytes], pages: PageMap) -> Iterator[Finding]:
    """Pages without their mark, marks without their page, and marks with other words behind them."""
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
            if wrong and (opens or not _before_what_is_elsewhere(book, page, mark, paper[number], pages)):
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
    """Folio and element of each mark, in the order of reading."""
    for name in package.spine:
        for element in package.documents[name].iter(f"{XHTML}span"):
            if element.get(TYPE) == "pagebreak":
                yield str(element.get("aria-label")), element


def _listed(package: Package) -> Iterator[str]:
    """The folios in the list of pages."""
    for tree in package.documents.values():
        for element in tree.iter(f"{XHTML}nav"):
            if element.get(TYPE) == "page-list":
                yield from ("".join(str(t) for t in link.itertext()) for link in element.iter(f"{XHTML}a"))


def _opens(book: Book, page: Page, mark: etree._Element) -> Iterator[Finding]:
    """The first page of a unit begins where its document does."""
    above = [mark, *mark.iterancestors()]
    inside = above[: next(index for index, element in enumerate(above) if element.tag == f"{XHTML}body")]
    before = [other for element in inside for other in element.itersiblings(preceding=True)]
    texts = [text for other in before for text in (*other.itertext(), other.tail or "")]
    texts += [element.text or "" for element in (*inside[1:], above[len(inside)])]
    if "".join(map(str, texts)).strip():
        message = f"text stands before the mark of page {page.folio}, with which its document begins"
        yield error("C242", message, _place(book, page), REMEDY)


def _same_words(
    book: Book, page: Page, mark: etree._Element, runs: Sequence[Run], pages: PageMap
) -> Iterator[Finding]:
    """What stands behind the mark is painted first on the page; behind the mark of a picture, the picture.

    A line of the contents ends with a page number on paper only. What was moved to a page stands elsewhere on a screen.
    """
    body = [run for run in runs if not run.furniture and not run.hidden]
    if page.start.is_empty and (page.start.displaced or not body):
        return
    drawn, shown = _behind(mark)
    if page.start.has_signs_alone and not _read(body):
        good, wanted = not _up_to_the_next(mark), "signs alone"
    elif page.start.picture:
        good, shown, wanted = drawn, "a picture" if drawn else shown, "a picture"
    else:
        readings = dict.fromkeys((shown, _behind(mark, kinds=False)[1]))
        good, wanted = any(_begins_with(words, page, body) for words in readings), _read(body[:RUNS])
    if not good and not _other_words(book, page, pages):
        message = f'the mark of page {page.folio} stands before "{shown[:COMPARED]}"'
        yield error("C242", f'{message}, the page begins with "{wanted[:COMPARED]}"', _place(book, page), REMEDY)


def _begins_with(words: str, page: Page, body: Sequence[Run]) -> bool:
    """Whether the runs of a page begin with these words, as far as they are compared."""
    reach = math.inf if page.start.displaced else FIRST_LINE
    unmarked = [run for run in body if not MARK.fullmatch(run.letters)]
    starts = (start for runs in (body, unmarked) for start in _starts(runs, reach))
    good = any(start.startswith(words[:COMPARED]) for start in starts) or _same_backward(words, body)
    if not good:
        whole = _read(body)
        rest = page.start.words if page.start.displaced and whole.endswith(page.start.words) else whole
        good = bool(rest and len(rest) < COMPARED and words.startswith(rest))
    good = good and bool(words or not page.start.words)
    if page.unit in DOCUMENTS and body:
        titles, seen = FIGURES.sub("", words[:COMPARED]), FIGURES.sub("", _read(body[:RUNS]))
        good = good or words.startswith(_read(_line(body)).rstrip("0123456789"))
        good = good or (len(titles) > 1 and seen.startswith(titles))
    return good


def _same_backward(words: str, body: Sequence[Run]) -> bool:
    """Whether a page begins with these letters in any order: a line of words of both directions has several."""
    words = words[:COMPARED]
    return bool(BACKWARD.search(words)) and letter_counts(words) <= letter_counts(_read(body[:RUNS]))


def _before_what_is_elsewhere(
    book: Book, page: Page, mark: etree._Element, runs: Sequence[Run], pages: PageMap
) -> bool:
    """Whether a page begins with the block behind its mark, and what follows it in the source stands elsewhere.

    The number of a formula is painted last; a table that has no room may have been moved behind the text after it.
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
    words = _behind(mark, one_block=True)[1]
    body = [run for run in runs if not run.furniture and not run.hidden]
    return bool(words) and any(start.startswith(words) for start in _starts(body, FIRST_LINE))


def _other_words(book: Book, page: Page, pages: PageMap) -> bool:
    """Whether the EPUB has other words where a page begins: content for one format, or no page where one is named."""
    unit = next((unit for unit in book.units if unit.key == page.unit), None)
    file, _, line = page.start.position.rpartition(":")
    if unit is None or not line.isdigit():
        return False
    media = [format_.medium for format_ in FORMATS if format_.name in ("pdf", "epub")]
    owed = (blocks_of(book, unit, medium, pages if medium.paged else None) for medium in media)
    behind = ([b for b in blocks if b.place.file == file and (b.place.line or 0) >= int(line)] for blocks in owed)
    first, second = ("".join(block.letters for block in blocks[:3]) for blocks in behind)
    return first != second


def _starts(body: Sequence[Run], reach: float) -> Iterator[str]:
    """What can be read from the run that is painted first, and from each run so far below the top of a page.

    A heading may be painted behind what follows it, and a table may lie on its side.

    Beside the number of an exercise stands the way to its answer, on paper alone: the end of a line may be left out.
    """
    if body:
        yield _read(body[:RUNS])  # as a rule this is it, and nothing else has to be read
    top = min((run.top for run in body), default=0.0)
    plain = [plain_letters(run.letters) for run in body]
    read = ["".join(plain[index : index + RUNS]) for index in range(len(body))]
    for index, run in enumerate(body):
        if run.top <= top + reach:
            yield read[index]
            end = index + sum(1 for _ in _line(body[index:]))
            line = "".join(plain[index:end])
            yield from (line + rest for rest in read)
            rest = "".join(plain[end:])
            yield from ("".join(plain[index:cut]) + rest for cut in range(index + 1, end))


def _line(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs that stand side by side with the first."""
    return takewhile(lambda run: abs(run.top - runs[0].top) < SAME_LINE, runs)


def _read(runs: Iterable[Run]) -> str:
    return plain_letters("".join(run.letters for run in runs))


def _behind(mark: etree._Element, one_block: bool = False, kinds: bool = True) -> tuple[bool, str]:
    """Whether a picture stands directly behind a mark, and the letters that follow it in its document, or in its block.

    The notes stand behind the text on a screen, and at the feet of its pages on paper: it ends where they begin. A cell
    that goes on overleaf may be followed there by one that began on the page before. The kind of a callout is not
    printed by every style.
    """
    words, drawn = plain_letters(mark.tail or ""), False
    for element, tail in _after(mark):
        parted = tail and element.tag in CELLS and words != plain_letters("".join(map(str, element.itertext())))
        if len(words) >= COMPARED or element.get(TYPE) == "footnote" or (words and parted):
            break
        if one_block and words and tail and element.tag in BLOCKS:
            break
        if not tail and element.tag in DRAWN:
            drawn = drawn or not words
        elif not tail and not kinds and element.get("class") == KIND:
            continue
        elif tail or not is_mark(element):
            words += plain_letters((element.tail if tail else element.text) or "")
    return drawn, words


def _up_to_the_next(mark: etree._Element) -> str:
    """The letters between a mark and the one behind it, notes, or the end of the document."""
    parts = [mark.tail]
    for element, tail in _after(mark):
        if element.get(TYPE) in ("pagebreak", "footnote"):
            break
        parts.append(element.tail if tail else element.text)
    return plain_letters("".join(part or "" for part in parts))


def _after(mark: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Elements behind another in the order of their text, and again (True) where the text behind them is due."""
    above = mark
    while True:
        for sibling in above.itersiblings():
            yield from _inside(sibling)
        parent = above.getparent()
        if parent is None:
            return
        yield parent, True
        above = parent


def _inside(element: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    yield element, False
    if element.tag not in DRAWN:
        for child in element:
            yield from _inside(child)
    yield element, True


def _place(book: Book, page: Page) -> Place:
    file, _, line = page.start.position.rpartition(":")
    if line.isdigit():
        return Place(file, int(line))
    unit = next((unit for unit in book.units if unit.key == page.unit), None)
    return Place(unit.chapter.source.path if unit else "book.toml")


EXPLANATIONS = {
    "C241": """PDF and EPUB of one build share their pages: the EPUB has a mark, and a line in its list of pages, for
every page of the PDF that has a number. Here they differ. This is a fault of the press, or of a template of the
book's own that drops the list.""",
    "C242": """The mark of a page in the EPUB does not stand before the words with which this page of the PDF begins.
This is a fault of the press, or of a template or a style sheet of the book's own that moves text on paper.""",
}
