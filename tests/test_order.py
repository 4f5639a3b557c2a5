"""The contents and the order of our book, in the five places of the finished files where a reader meets them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from tests.finished import Built, outline

SECTIONS = (
    ("18.1", "Aurora Architecture: Shared Storage Layer Across Six Copies in Three AZs"),
    ("18.2", "Aurora vs Standard RDS: Performance, Cost, and Compatibility"),
    ("18.3", "Aurora Cluster Endpoints: Writer, Reader, and Custom Endpoints"),
    ("18.4", "Aurora Serverless v2: On-Demand Capacity Scaling to Zero"),
    ("18.5", "Aurora Global Database: Sub-Second Cross-Region Replication"),
    ("18.6", "Aurora Backtrack: Rewinding a Cluster Without a Restore"),
    ("18.7", "Aurora Machine Learning Integration: Calling SageMaker from SQL"),
)
LINES = [f"{number} {title}" for number, title in SECTIONS]
NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "opf": "http://www.idpf.org/2007/opf",
}


def opening_pages(book: Built) -> dict[str, int]:
    """Return the physical page that has the title of each section, found by the text of the pages."""
    pages, first = book.page_texts(), first_body_page(book)
    found = {}
    for number, title in SECTIONS:
        opener = re.sub(r"\s", "", f"{number}{title}")
        starts = [i for i in range(first, len(pages) + 1) if re.sub(r"\s", "", pages[i - 1]).startswith(opener)]
        assert len(starts) == 1, (number, starts)
        found[number] = starts[0]
    return found


def first_body_page(book: Built) -> int:
    """Return the physical page with the folio 1, by the PDF's page labels."""
    with book.open_pdf() as pdf:
        labels = [page.label for page in pdf.pages]
    return len(labels) - labels[::-1].index("1")


def test_the_printed_contents_name_the_sections_in_order_with_their_pages(real_book: Built) -> None:
    """The contents list 18.1 to 18.7, each with the page on which it really begins."""
    pages, first, texts = opening_pages(real_book), first_body_page(real_book), real_book.page_texts()
    start = next(i for i, text in enumerate(texts) if text.lstrip().startswith("Contents"))
    end = next(i for i, text in enumerate(texts) if text.lstrip().startswith("List of figures"))
    flat = re.sub(r"[\s.]+", " ", " ".join(texts[start:end]))
    places = []
    for number, title in SECTIONS:
        words = re.escape(re.sub(r"[\s.]+", " ", f"{number} {title}"))
        match = re.search(rf"{words} (\d+) ", flat)
        assert match is not None, (number, flat)
        assert int(match[1]) == pages[number] - first + 1
        places.append(match.start())
    assert places == sorted(places)


def test_the_outline_names_the_sections_in_order(real_book: Built) -> None:
    """The bookmarks of the PDF under chapter 18 are the seven sections, and lead to their openers."""
    with real_book.open_pdf() as pdf:
        marks = [(words, page) for depth, words, page in outline(pdf) if depth == 2 and words.startswith("18.")]
    assert [words for words, _ in marks] == LINES
    assert [page for _, page in marks] == list(opening_pages(real_book).values())


def _navigation(epub: Path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(epub) as archive:
        name = next(name for name in archive.namelist() if name.endswith("nav.xhtml"))
        root = etree.fromstring(archive.read(name))
    links = root.xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NAMES)
    return [(" ".join("".join(link.itertext()).split()), link.get("href")) for link in links]


def test_the_navigation_document_names_the_sections_in_order(real_book: Built) -> None:
    """The EPUB's table of contents has the seven sections with their numbers, in order."""
    assert [words for words, _ in _navigation(real_book.epub) if re.match(r"18\.\d+ ", words)] == LINES


def test_the_ncx_names_the_sections_in_order(real_book: Built) -> None:
    """The table of contents for older readers has them too."""
    with zipfile.ZipFile(real_book.epub) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".ncx"))
        root = etree.fromstring(archive.read(name))
    labels = ["".join(text.itertext()) for text in root.iterfind(".//ncx:navLabel/ncx:text", NAMES)]
    assert [label for label in labels if re.match(r"18\.\d+ ", label)] == LINES


def test_the_spine_has_the_sections_in_order(real_book: Built) -> None:
    """Turning the pages of the EPUB from the front shows the sections in the order of their numbers."""
    with zipfile.ZipFile(real_book.epub) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".opf"))
        package = etree.fromstring(archive.read(name))
        hrefs = {item.get("id"): item.get("href") for item in package.iterfind(".//opf:item", NAMES)}
        spine = [hrefs[item.get("idref")] for item in package.iterfind(".//opf:itemref", NAMES)]
        folder = name.rpartition("/")[0]
        roots = [etree.fromstring(archive.read(f"{folder}/{href}")) for href in spine]
    headings = [" ".join("".join(h1.itertext()).split()) for root in roots for h1 in root.iterfind(".//x:h1", NAMES)]
    assert [words for words in headings if re.match(r"18\.\d+ ", words)] == LINES


def test_the_files_come_in_the_order_of_their_numbers(likeours: Built) -> None:
    """Without a written order the file names count: 18.2 comes before 18.10, in the text of the PDF as well."""
    with likeours.open_pdf() as pdf:
        marks = [words.split()[0] for depth, words, _ in outline(pdf) if depth == 2]
    assert marks == [f"18.{number}" for number in range(1, 11)]
