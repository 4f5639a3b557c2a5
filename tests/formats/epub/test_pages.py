"""The mark of a page is before what begins the page, and where a screen reader can find it."""

from __future__ import annotations

import pytest
from lxml import etree

from compositor.checks.finished.pagination.words import up_to_the_next
from compositor.formats.epub.pages import mark_pages
from compositor.model import Page, PageMap, PageStart

XHTML = "http://www.w3.org/1999/xhtml"


def marked(body: str, words: str) -> str:
    """Return the document with the mark of page 2, which begins with these words."""
    tree = etree.fromstring(f'<html xmlns="{XHTML}"><body><section><p>Before.</p>{body}</section></body></html>')
    start = PageStart("one.md:3", words)
    mark_pages({"one": tree}, PageMap((Page("one", "1"), Page("one", "2", start=start))))
    (mark,) = (element for element in tree.iter(f"{{{XHTML}}}span") if element.get("aria-label") == "2")
    inside = [etree.QName(element).localname for element in reversed(list(mark.iterancestors()))][2:]
    behind = mark.getnext()
    follows = [etree.QName(behind).localname] if behind is not None and not mark.tail else []
    return "/".join([*inside, "mark", *follows])


def test_a_page_that_begins_with_a_table_is_marked_before_it() -> None:
    """No mark is in a caption, because a table with an explicit role may not have one there."""
    table = '<div class="table"><table role="table"><caption><span>Table 1</span> What fails.</caption></table></div>'
    assert marked(table, "table1whatfails") == "section/div/mark/table"


def test_a_page_that_begins_with_a_heading_is_marked_before_it() -> None:
    """A screen reader would read a mark inside a heading as a part of it."""
    assert marked("<h2>What fails at night</h2>", "whatfailsatnight") == "section/mark/h2"


def test_a_page_that_begins_in_a_paragraph_is_marked_there() -> None:
    """The mark is between the letters where the page begins."""
    assert marked("<p>Of all that runs, this fails at night.</p>", "thisfailsatnight") == "section/p/mark"


@pytest.mark.parametrize("last", ["p", "h2"])
def test_a_page_of_what_was_moved_there_is_marked_with_the_page_behind_it(last: str) -> None:
    """The content of the page comes earlier on a screen, but its mark is in the order of the pages."""
    body = f"<section><p>Before.</p><p>The first words.</p><{last}>The last words.</{last}></section>"
    tree = etree.fromstring(f'<html xmlns="{XHTML}"><body>{body}</body></html>')
    starts = [PageStart(words="before"), PageStart(displaced=True), PageStart(words="thelastwords")]
    starts.append(PageStart(displaced=True))
    mark_pages({"one": tree}, PageMap(tuple(Page("one", str(n), start=start) for n, start in enumerate(starts, 1))))
    found = tree.iter("{*}p", "{*}h2", "{*}span")
    order = [element.get("aria-label") or etree.QName(element).localname for element in found]
    assert order == (["1", "p", "p", "2", "3", "h2", "4"] if last == "h2" else ["1", "p", "p", "p", "2", "3", "4"])


@pytest.mark.parametrize("words", ["contribute3454516howcanicheck345contributing346", "contributehowcanicheckcontrib"])
def test_a_page_of_contents_is_found_by_its_titles(words: str) -> None:
    """On paper, numbers may be between titles, and deeper titles are missing; other titles have the same letters."""
    titles = ("Contribute", "May I contribute?", "Deeper", "45.1.6 How can I check?", "Contributing")
    rows = "".join(f"<li>{row}</li>" for row in titles)
    tree = etree.fromstring(f'<html xmlns="{XHTML}"><body><nav><h1>Contents</h1><ol>{rows}</ol></nav></body></html>')
    starts = [PageStart(words="contents"), PageStart(words=words)]
    mark_pages({"nav": tree}, PageMap(tuple(Page("contents", str(n), start=s) for n, s in enumerate(starts, 1))))
    (mark,) = (span for span in tree.iter("{*}span") if span.get("aria-label") == "2")
    assert mark.tail == "contribute?"


@pytest.mark.parametrize("number", ["{}", "<span>{}</span>", "<b><span>{}</span></b>"])
def test_a_page_of_contents_begins_with_the_whole_number_of_its_first_title(number: str) -> None:
    """Also where it has several figures, and not with the figures at the end of the title before it."""
    titles = (("3.4", "Since 2013"), ("13.5", "Flow"), ("13.6", "Recursion"))
    rows = "".join(f"<li><a>{number.format(one)} <span>{title}</span></a></li>" for one, title in titles)
    tree = etree.fromstring(f'<html xmlns="{XHTML}"><body><nav><h1>Contents</h1><ol>{rows}</ol></nav></body></html>')
    starts = [PageStart(words="contents"), PageStart(words="135flow258136recursion")]
    mark_pages({"nav": tree}, PageMap(tuple(Page("contents", str(n), start=s) for n, s in enumerate(starts, 1))))
    before, _, behind = etree.tostring(tree, encoding="unicode").partition('aria-label="2"')
    assert "13.5" in behind and "Since 2013" in before


@pytest.mark.parametrize("last", [True, False])
def test_a_page_of_signs_alone_is_marked_behind_the_letters_before_it(last: bool) -> None:
    """The braces that end a listing have no letter by which the page could be found."""
    code = "" if last else "<p>Behind it.</p>"
    body = f'<section><p>Before.</p><pre data-source="one.md:3">{{one\n}}\n}}\n</pre>{code}</section>'
    tree = etree.fromstring(f'<html xmlns="{XHTML}"><body>{body}</body></html>')
    starts = [PageStart(words="before"), PageStart("one.md:3"), *([] if last else [PageStart(words="behindit")])]
    mark_pages({"one": tree}, PageMap(tuple(Page("one", str(n), start=s) for n, s in enumerate(starts, 1))))
    order = [element.get("aria-label") or element.text for element in tree.iter("{*}span", "{*}pre", "{*}p")]
    assert order[2:] == ["{one\n}\n}\n", *([] if last else [""]), "2", *([] if last else ["3"])]
    mark = next(element for element in tree.iter("{*}span") if element.get("aria-label") == "2")
    assert up_to_the_next(mark) == ""
