"""Documents + PageMap -> the same documents with a mark at the first words of every page of the PDF.

A page begins somewhere in the text, often inside a paragraph or a word. Its first letters are looked for in the
document of its unit, after the previous mark, first where the text comes from the same lines of the source. Sources:
EPUB 3.3, section 5.4.2 (page-list); EPUB Accessibility 1.1, section 3.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, takewhile

from lxml import etree

from compositor.formats.epub.letters import POSITION, TYPE, Spot, Stream, read
from compositor.formats.epub.resources import XHTML
from compositor.model import Page, PageMap, PageStart
from compositor.render.preliminaries import document_of

CAPTION = f"{{{XHTML}}}caption"
HEADINGS = frozenset((CAPTION, *(f"{{{XHTML}}}h{level}" for level in range(1, 7))))
LINES = frozenset((f"{{{XHTML}}}a", f"{{{XHTML}}}li"))
LENGTHS = (48, 32, 20, 12, 7)
"""Letters by which a page is looked for, most first: a number that only paper has may be among the others."""
SKIPPED = (8, 16, 24, 36)
"""Letters of a page that are skipped if the document has others at its beginning."""
SURE = 12
"""Letters that are enough without the same line of the source."""
LEAST = 7
"""Letters of titles that identify a page of the contents."""
SHORT = 2
"""Letters at the end of a title that are not compared."""
MOST_TITLES = 200
"""Titles that are searched for those of one page."""


def mark_pages(documents: Mapping[str, etree._Element], pages: PageMap) -> None:
    """Put a mark with the page number into the document of each numbered page; remove the source positions."""
    marked = (page for page in pages.pages if page.mark)
    for name, group in groupby(marked, lambda page: document_of(page.unit)):
        _mark(documents[name], list(group))
    for tree in documents.values():
        for element in tree.iter("{*}*"):
            if POSITION in element.attrib:
                del element.attrib[POSITION]


def _mark(tree: etree._Element, pages: list[Page]) -> None:
    """Find all places first; then insert the marks from the last to the first, since each splits a text.

    A page that is empty, has only signs (the last braces of a listing), or only moved text, ends where it begins: its
    mark is put with that of the next page.
    """
    body = next(tree.iter(f"{{{XHTML}}}body"))
    stream = read(body)
    text = "".join(stream.letters)
    found: list[tuple[Page, int, etree._Element | None, bool]] = []
    at, unit = 0, ""
    for page in pages:
        goes_on, signs = page.unit in (unit, "lists"), page.start.has_signs_alone
        at, picture = _find(stream, text, page.start, at) if goes_on and not signs else (at * goes_on, None)
        found.append((page, at, picture, page.start.is_empty or (goes_on and signs)))
        unit = page.unit
    after: etree._Element | None = None
    there: tuple[int, etree._Element | None] | None = None
    for page, at, picture, is_empty in reversed(found):
        mark = _made(page)
        if after is not None and (at, picture) == there:
            _before(after, mark)
        elif not is_empty:
            there = at, picture
            _insert(body, stream, at, picture, mark)
        elif after is not None:
            _before(after, mark)
        else:
            next((child for child in body if child.tag == f"{{{XHTML}}}section"), body).append(mark)
        after = mark


def _find(stream: Stream, text: str, start: PageStart, after: int) -> tuple[int, etree._Element | None]:
    """Return the number of letters before the beginning of a page, and the picture it begins with, if any."""
    same_block = [(at, element) for at, element, source in stream.pictures if source == start.position]
    if start.picture and same_block:
        at, element = same_block[min(start.picture, len(same_block)) - 1]
        if at >= after:
            return at, element
    for length in LENGTHS:
        if length < SURE and not start.position and (line := _in_contents(stream, start.words, after)) is not None:
            return line, None
        sought = start.words[:length]
        places = list(_occurrences(text, sought, after)) if sought else []
        same = [place for place in places if start.position and stream.sources[place] == start.position]
        if same or (places and len(sought) >= SURE):
            return (same or places)[0], None
        if places and not start.position:
            return places[-1], None
    for skipped in SKIPPED:  # words that only paper has may be first: the number of a page that is named
        sought = start.words[skipped : skipped + SURE] if len(start.words) >= skipped + SURE else ""
        for place in _occurrences(text, sought, after) if sought and start.position else ():
            if stream.sources[place] == start.position:
                return _word_start(stream, place), None
    lines = (at for at in range(after, len(text)) if start.position and stream.sources[at] == start.position)
    return next(lines, after), None


def _in_contents(stream: Stream, words: str, after: int) -> int | None:
    """Return where a page of the contents begins, by its titles: where the fewest titles on a screen are not on paper.

    Page numbers may be between them on paper, and a screen has deeper levels. A page may begin within a title.
    """
    sought, titles = _without_figures(words), list(_titles(stream, after))
    found: list[tuple[int, int]] = []
    for number, title in enumerate(titles):
        letters = "".join(letter for _, letter in title)
        for cut in range(len(letters)):
            rest = letters[cut:]
            if sought.startswith(rest) and (not cut or len(rest) > SHORT):
                left_out = _left_out(titles[number + 1 :], sought[len(rest) :])
                found += [] if left_out is None else [(left_out, title[cut][0])]
    at = min(found, default=None)
    if at is None or len(sought) < LEAST:
        return None
    return _before_its_number(stream, at[1], words, after)


def _before_its_number(stream: Stream, at: int, words: str, after: int) -> int:
    """Return where the number before a title begins, as far as a page of the contents begins with its figures."""
    number = "".join(takewhile(str.isdigit, words))
    line = _line(stream.spots[at])
    while at > after and number and stream.letters[at - 1] == number[-1] and _line(stream.spots[at - 1]) is line:
        at, number = at - 1, number[:-1]
    return at


def _line(spot: Spot) -> etree._Element | None:
    """Return the link or the list item in which a letter of the contents is."""
    above = spot.element.iterancestors() if spot.behind else (spot.element, *spot.element.iterancestors())
    return next((one for one in above if one.tag in LINES), None)


def _titles(stream: Stream, after: int) -> Iterator[list[tuple[int, str]]]:
    """Yield the titles after a letter, each as its letters with their numbers in the stream, without digits."""
    numbered = ((at, letter) for at, letter in enumerate(stream.letters) if at >= after)
    for _, title in groupby(numbered, lambda one: (stream.spots[one[0]].element, stream.spots[one[0]].behind)):
        if letters := [one for one in title if not one[1].isdigit()]:
            yield letters


def _left_out(titles: list[list[tuple[int, str]]], words: str) -> int | None:
    """Return how many titles have to be skipped for the others to be these words; None if that is impossible."""
    count = 0
    for title in titles[:MOST_TITLES]:
        if not words:
            break
        letters = "".join(letter for _, letter in title)
        if words.startswith(letters):
            words = words[len(letters) :]
        elif letters.startswith(words):
            words = ""
        else:
            count += 1
    return None if words else count


def _without_figures(words: str) -> str:
    return "".join(letter for letter in words if not letter.isdigit())


def _word_start(stream: Stream, at: int) -> int:
    """Return where the next word begins, if this letter is in one."""
    while 0 < at < len(stream.spots) - 1 and stream.spots[at - 1] == stream.spots[at]._replace(
        offset=stream.spots[at].offset - 1
    ):
        at += 1
    return at


def _occurrences(text: str, sought: str, after: int) -> Iterator[int]:
    at = text.find(sought, after)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _made(page: Page) -> etree._Element:
    mark = etree.Element(f"{{{XHTML}}}span", {"id": page.mark, "role": "doc-pagebreak", "aria-label": page.folio})
    mark.set(TYPE, "pagebreak")
    return mark


def _insert(
    body: etree._Element, stream: Stream, at: int, picture: etree._Element | None, mark: etree._Element
) -> None:
    if picture is not None:
        _before(picture, mark)
    elif at == 0 or at >= len(stream.spots):
        _open(body, mark)
    elif (heading := _heading(stream, at)) is not None:
        _before(heading, mark)
    else:
        _cut(stream.spots[at], mark)


def _heading(stream: Stream, at: int) -> etree._Element | None:
    """Return the heading, the list of the navigation, or the table, that begins with this letter.

    A mark inside a heading would be read aloud as a part of it; in a `nav`, nothing may precede the heading. A table
    with an explicit role may not have a page mark as its child, and its caption has no role that could contain one.
    """
    element = stream.spots[at].element
    heading = next((e for e in (element, *element.iterancestors()) if e.tag in HEADINGS), None)
    before = stream.spots[at - 1].element
    if heading is None or heading in (before, *before.iterancestors()):
        return None
    around = heading.getparent()
    return around if around is not None and (heading.tag == CAPTION or around.tag == f"{{{XHTML}}}nav") else heading


def _before(element: etree._Element, mark: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None  # it is in the body
    parent.insert(parent.index(element), mark)


def _open(body: etree._Element, mark: etree._Element) -> None:
    """Put the mark before everything else, also before a list of contents, which may contain nothing else."""
    first = next((child for child in body if child.tag == f"{{{XHTML}}}section"), body)
    mark.tail, first.text = first.text, None
    first.insert(0, mark)


def _cut(spot: Spot, mark: etree._Element) -> None:
    element, behind, offset = spot
    text = (element.tail if behind else element.text) or ""
    mark.tail = text[offset:]
    if behind:
        parent = element.getparent()
        assert parent is not None  # the text after an element belongs to another
        element.tail = text[:offset]
        parent.insert(parent.index(element) + 1, mark)
    else:
        element.text = text[:offset]
        element.insert(0, mark)
