"""The site: its files, its pages, the additions beside the text, and the same book in one file."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import tinyhtml5
from lxml import etree

from compositor.formats import SINGLE
from compositor.formats.web.addresses import edit_address
from compositor.model import Page, PageMap, PageStart
from tests.formats.conftest import RICH
from tests.formats.epub.unpacked import drawing, entry
from tests.formats.web.opened import XHTML, Opened, opened

LIMIT = 60_000
"""The limit of style sheet and script, in bytes."""
ONE = "# Lamps\n\nText with a word.[^1]\n\n[^1]: A note.\n\n## Oil {#sec-oil}\n\nOld lamps.\n"
SECOND = "# Signals {#sec-signals}\n\nMore of it.\n"


@pytest.fixture
def rich(make_book, tmp_path: Path) -> Opened:
    """Return a site with something of everything."""
    drawing(tmp_path, "figures/my red é#1.svg")
    return opened(make_book(RICH, "# The index\n\nWords.\n", repository="https://github.com/o/r/tree/main/book"))


def named(site: Opened, page: str, name: str, attribute: str) -> list[str]:
    """Return the values of an attribute of all elements with a name."""
    return [str(one.get(attribute)) for one in site.pages[page].iter(f"{XHTML}{name}") if one.get(attribute)]


def test_every_link_leads_to_something(rich: Opened) -> None:
    """Each local address is a file of the site, and its fragment is an id in that file."""
    checked = 0
    for page, tree in rich.pages.items():
        for element in tree.iter("{*}*"):
            for href in filter(None, (element.get("href"), element.get("src"))):
                parts = urlsplit(href)
                if parts.scheme or element.tag == "{http://www.w3.org/2000/svg}path":
                    continue
                file = unquote(parts.path) or page
                assert file in rich.files, (page, href)
                ids = {one.get("id") for one in rich.pages[file].iter("{*}*")} if file in rich.pages else {""}
                assert unquote(parts.fragment) in {"", *ids}, (page, href)
                checked += 1
    assert checked > 40


def test_nothing_is_asked_of_another_host(rich: Opened) -> None:
    """Style sheets, scripts, pictures and fonts are in the site; other hosts appear only in links for readers."""
    for page in rich.pages:
        places = (("link", "href"), ("script", "src"), ("img", "src"))
        loaded = [one for place in places for one in named(rich, page, *place)]
        assert loaded and not [one for one in loaded if ":" in one or one.startswith("//")]
    sheet = rich.files["styles/web.css"].decode()
    addresses = re.findall(r"url\(([^)]+)\)", sheet)
    assert addresses and all(posixpath.join("styles", one) in rich.files for one in addresses)
    assert "@import" not in sheet and not re.search(r"https?:|fetch\(|XMLHttp", rich.files["styles/web.js"].decode())


def test_style_sheet_and_script_are_small_and_fonts_are_woff2(make_book, quick: pytest.MonkeyPatch) -> None:
    """Readers on a telephone pay for each byte."""
    quick.undo()
    rich = opened(make_book(ONE))
    assert len(rich.files["styles/web.css"]) + len(rich.files["styles/web.js"]) <= LIMIT
    fonts = [data for name, data in rich.files.items() if name.endswith(".woff2")]
    assert len(fonts) > 4 and all(font.startswith(b"wOF2") and len(font) < 20_000 for font in fonts)
    assert "styles/fonts/OFL-SourceSerif.txt" in rich.files


def test_html_is_what_xml_is(rich: Opened) -> None:
    """A browser sees the same tree as the checks: both parsers give the same names, attributes and texts."""
    for page, tree in rich.pages.items():
        html = tinyhtml5.parse(rich.files[page].decode(), namespace_html_elements=True)

        def plain(element, whole) -> list[object]:
            return [
                (one.tag, sorted((name, value) for name, value in one.attrib.items() if "xmlns" not in str(name)))
                if isinstance(one.tag, str) else None for one in element.iter()
            ] + ["".join("".join(whole).split())]

        assert plain(html, html.itertext()) == plain(tree, tree.itertext()), page


def test_a_file_called_index_does_not_take_the_first_page(make_book) -> None:
    """The file gets another name, and links to it lead to that name."""
    book = make_book(entry("index.md", "# Index\n\nWords.\n"), "# One\n\nSee [the index](index.md).\n")
    site = opened(book)
    assert "Index" in "".join(site.main("book-index.html").itertext())
    assert "book-index.html#index" in named(site, "chapter-2.html", "a", "href")


def test_pages_know_what_is_before_and_behind_them(make_book) -> None:
    """Each page has links to the previous and next pages, and shows its place in the contents."""
    site = opened(make_book(ONE, SECOND))
    ways = {one.get("rel"): one.get("href") for one in site.pages["chapter-2.html"].iter(f"{XHTML}link")}
    assert ways["prev"] == "chapter-1.html" and "next" not in ways
    marked = [one for one in site.pages["chapter-1.html"].iter(f"{XHTML}a") if one.get("aria-current")]
    assert [one.get("href") for one in marked] == ["chapter-1.html"]
    inside = [href for href in named(site, "chapter-1.html", "a", "href") if href == "#sec-oil"]
    assert len(inside) == 2, "in the contents, and as the permanent link of the heading"
    assert "#sec-oil" not in named(site, "chapter-2.html", "a", "href")


def test_notes_say_where_they_are_called(make_book) -> None:
    """Each note names its call and the note above it, so that a style sheet can put it beside the text."""
    site = opened(make_book("# One\n\nA.[^a] B.[^b]\n\n[^a]: First.\n\n[^b]: Second.\n"))
    notes = [str(one.get("style")) for one in site.main("chapter-1.html").iter() if one.get("role") == "doc-footnote"]
    assert notes == [
        "--here:--note-1;--call:--call-1;--above:--none",
        "--here:--note-2;--call:--call-2;--above:--note-1",
    ]
    calls = [str(one.get("style")) for one in site.main("chapter-1.html").iter() if one.get("role") == "doc-noteref"]
    assert calls == ["--here:--call-1", "--here:--call-2"]


def test_pages_of_the_print_edition_are_marked(make_book) -> None:
    """The page number is where a page of the PDF begins; no source position is in the site."""
    book = make_book(ONE)
    start = PageStart("chapter-1.md:7", "oldlamps")
    pages = PageMap((Page("chapter-1", "1"), Page("chapter-1", "2", start=start)), "urn:x")
    site = opened(book, pages)
    marks = [one for one in site.main("chapter-1.html").iter() if one.get("role") == "separator"]
    assert [one.get("aria-label") for one in marks] == ["1", "2"]
    assert b"data-source" not in site.files["chapter-1.html"]


def test_the_search_finds_sections(make_book) -> None:
    """The index has a line for each heading, with its address and its words, and without the numbers of notes."""
    site = opened(make_book(ONE, SECOND))
    script = site.files["search.js"].decode()
    lines = json.loads(script.partition("=")[2].rstrip().rstrip(";"))
    assert ["chapter-1.html", "sec-oil", "1.1 Oil", "Old lamps. A note.", "1 Lamps"] in lines
    assert [line[0] for line in lines] == ["chapter-1.html", "chapter-1.html", "chapter-2.html"]


def test_what_search_engines_and_others_are_told(make_book) -> None:
    """If its address is known, the site has a sitemap, absolute addresses, and a page for missing files."""
    site = opened(make_book(ONE, website="https://example.org/lamps", description="On lamps."))
    assert site.files["sitemap.xml"].count(b"<loc>https://example.org/lamps/") == 2
    assert b"<lastmod>2026-11-23</lastmod>" in site.files["sitemap.xml"]
    told = {one.get("property"): one.get("content") for one in site.pages["chapter-1.html"].iter(f"{XHTML}meta")}
    assert told["og:url"] == "https://example.org/lamps/chapter-1.html"
    assert told["og:image"] == "https://example.org/lamps/cover.jpg" and "cover.jpg" in site.files
    assert (told["og:title"], told["og:description"]) == ("1 Lamps", "On lamps.")
    assert named(site, "404.html", "base", "href") == ["https://example.org/lamps/"]
    assert "sitemap.xml" not in opened(make_book(ONE)).files


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/o/r/tree/main/book", "https://github.com/o/r/edit/main/book/chapter-1.md"),
        ("https://github.com/o/r/tree/main/", "https://github.com/o/r/edit/main/chapter-1.md"),
        ("https://gitlab.com/o/sub/r/-/tree/main/b", "https://gitlab.com/o/sub/r/-/edit/main/b/chapter-1.md"),
        ("https://codeberg.org/o/r/src/branch/main/b", "https://codeberg.org/o/r/_edit/main/b/chapter-1.md"),
        ("https://github.com/o/r.git", "https://github.com/o/r/blob/HEAD/chapter-1.md"),
        ("https://example.org/edit?file={path}", "https://example.org/edit?file=chapter-1.md"),
        ("https://example.org/some/where/else", ""),
        ("", ""),
    ],
)
def test_a_page_can_be_edited_where_its_source_lies(make_book, repository: str, address: str) -> None:
    """The address of the book's folder, in the form of each host, gives the edit address of each file."""
    book = make_book(ONE, repository=repository)
    assert edit_address(book, book.units[0]) == address


def test_what_was_made_besides_can_be_taken_away(make_book) -> None:
    """The other files of the build are in the site, and the first page names them with their sizes."""
    site = opened(make_book(ONE), others={"small.pdf": b"x" * 1_440_000, "small.epub": b"y" * 2300})
    assert site.files["small.pdf"] == b"x" * 1_440_000
    (line,) = [one for one in site.main("index.html").iter(f"{XHTML}p") if one.get("class") == "take-away"]
    assert " ".join("".join(line.itertext()).split()) == "Download PDF 1.4 MB EPUB 2 kB"


def test_one_file_needs_no_other(make_book, tmp_path: Path) -> None:
    """The file contains everything that it shows, and its links lead to places in it."""
    drawing(tmp_path, "figures/my red é#1.svg")
    site = opened(make_book(RICH, "# Two\n\nSee @fig-red.\n"), shape=SINGLE)
    ids = {one.get("id") for one in site.pages["one.html"].iter("{*}*")}
    links = [href for href in named(site, "one.html", "a", "href") if not href.startswith("https:")]
    assert links and all(href.startswith("#") and unquote(href[1:]) in ids for href in links)
    shown = [one.get(name) for one in site.pages["one.html"].iter() for name in ("src",) if one.get(name)]
    shown += named(site, "one.html", "link", "href")
    assert len(shown) == 4 and all(one.startswith("data:") for one in shown)
    assert etree.tostring(site.pages["one.html"]).count(b"data-unit") == 2


def test_no_value_of_the_program_is_printed(rich: Opened) -> None:
    """Templates print words, and no Python object whose address would differ in each build."""
    assert not [page for page in rich.pages if re.search(rb"object at 0x|&lt;built-in|&lt;bound", rich.files[page])]


def test_the_same_source_gives_the_same_bytes(make_book) -> None:
    """Neither the clock nor the order of a set changes the files."""
    book = make_book(RICH)
    assert opened(book).data == opened(book).data
