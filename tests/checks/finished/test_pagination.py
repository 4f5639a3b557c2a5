"""Paper and screen have the same pages: each page break is marked in the EPUB, and a misplaced mark is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from compositor.checks.finished import pages_of_files
from compositor.checks.finished.screen import package_of
from compositor.formats import EPUB
from compositor.press import Timings, read_book
from tests.checks.finished.mutations import Files, changed_epub, files_of
from tests.finished import Built

STARTS, ENDS = ("am", "bir", "ce", "del", "em", "fjo", "gro"), ("ber", "ch", "dar", "ta")
WORDS = [f"{start}{end}" for start in STARTS for end in ENDS]
TYPE = "{http://www.idpf.org/2007/ops}type"


def paragraph(number: int) -> str:
    """Return sixty words in an order that no other paragraph has."""
    return " ".join(WORDS[(number * 7 + place * (number % 5 * 2 + 1)) % len(WORDS)] + str(place) for place in range(60))


def chapter() -> str:
    """Return a chapter in which pages begin with many kinds of things."""
    listing = "\n".join(f"value_{number} = compute({number})" for number in range(75))
    rows = "\n".join(f"| row{number} | {WORDS[number % 26]}{number} |" for number in range(30))
    items = "\n".join(f"{number}. {' '.join(WORDS[:14])} item{number}" for number in range(1, 20))
    notes = " ".join(f"Called{number}.[^n{number}]" for number in range(4))
    told = "\n\n".join(f"[^n{number}]: The note of number {number}." for number in range(4))
    return "\n\n".join(
        [
            "# Pages {#sec-pages}",
            *map(paragraph, range(7)),
            "## A long listing",
            f"```python {{lst-cap=\"Long\"}}\n{listing}\n```",
            *map(paragraph, range(7, 10)),
            f"| Key | Value |\n|---|---|\n{rows}\n\n: Long",
            items,
            notes,
            "![A bird](bird.svg){fig-alt=\"A bird.\" width=100%}",
            *map(paragraph, range(10, 14)),
            "::: {.page-break}\n:::\n\nX 1.\n\n> [!JOKE]\n> Whose kind is not printed on paper.",
            'Indexed [quail]{.index term="quail"}.',
            told,
        ]
    )


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book whose pages begin inside paragraphs, listings, tables and lists, and with a picture."""
    folder = tmp_path_factory.mktemp("paged")
    settings = 'format = 1\ntitle = "Paged"\nauthors = ["A"]\n[order]\nback = ["index.md"]\n'
    (folder / "book.toml").write_text(settings, encoding="utf-8")
    (folder / "01-pages.md").write_text(chapter(), encoding="utf-8")
    (folder / "index.md").write_text("# Index\n\n::: {#index}\n:::\n", encoding="utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 14"><rect width="9" height="14"/></svg>'
    (folder / "bird.svg").write_text(svg, encoding="utf-8")
    return files_of(folder)


def document(files: Files, name: str = "pages") -> str:
    """Return the text of a document of the EPUB."""
    return package_of(files.epub).files[f"EPUB/{name}.xhtml"].decode()


def marks(files: Files) -> list[etree._Element]:
    """Return all marks in reading order."""
    package = package_of(files.epub)
    return [e for name in package.spine for e in package.documents[name].iter("{*}span") if e.get(TYPE) == "pagebreak"]


def test_every_page_with_a_folio_has_its_mark(paged: Files) -> None:
    """The marks carry the folios of the PDF, roman and arabic, each once and in their order."""
    folios = [page.folio for page in paged.pages.pages if page.folio]
    assert [mark.get("aria-label") for mark in marks(paged)] == folios
    assert folios[0] == "i" and "1" in folios


def test_pages_begin_in_many_kinds_of_places(paged: Files) -> None:
    """The test book is suitable: its pages begin in the middle of text, in a listing and in a table."""
    around = {str(above.tag).rpartition("}")[2] for mark in marks(paged) for above in mark.iterancestors()}
    assert {"p", "pre", "td", "section"} <= around


def test_nothing_is_found_where_all_is_well(paged: Files, several: Built, german: Built) -> None:
    """The check reports nothing about correct files; the other books were built with it."""
    assert list(pages_of_files(paged.book, paged.both, paged.pages)) == []
    assert several.epub.exists() and german.epub.exists()


def lost(text: str) -> str:
    return re.sub(r'<span [^>]*id="press-page-3"[^>]*/>', "", text)


def moved(text: str) -> str:
    return re.sub(r'(<span [^>]*id="press-page-2"[^>]*/>)(\w+\s+)', r"\2\1", text)


def moved_far(text: str) -> str:
    mark = re.search(r'<span [^>]*id="press-page-4"[^>]*/>', text)
    assert mark is not None
    return text.replace(mark[0], "").replace("<h2", f"<p>{mark[0]}</p><h2", 1)


def renamed(text: str) -> str:
    return text.replace('aria-label="5"', 'aria-label="7"')


def behind_words(text: str) -> str:
    return re.sub(r'(<span [^>]*id="press-page-1"[^>]*/>)', r"Words \1", text)


def without_list(text: str) -> str:
    return re.sub(r"<li><a href=[^>]*#press-page-2[^0-9].*?</li>", "", text)


BROKEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "a mark is missing": ("pages", lost),
    "a mark stands one word later": ("pages", moved),
    "a mark stands elsewhere": ("pages", moved_far),
    "a mark names another page": ("pages", renamed),
    "text stands before the first mark": ("pages", behind_words),
    "a page is not in the list": ("nav", without_list),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_mark_is_found(paged: Files, name: str) -> None:
    """A mark that is lost, moved or renamed is an error."""
    where, change = BROKEN[name]
    old = document(paged, where)
    new = change(old)
    assert new != old
    head, _, body = old.partition("<body")
    epub = changed_epub(paged.epub, f"EPUB/{where}.xhtml", body, new.removeprefix(head).removeprefix("<body"))
    found = list(pages_of_files(paged.book, {"pdf": paged.pdf, "epub": epub}, paged.pages))
    assert found and {finding.code for finding in found} <= {"C241", "C242"}


def test_the_epub_alone_claims_no_pages(tmp_path: Path, small_book: Path) -> None:
    """Without a PDF of the same build there is no page list, no mark, and no claim of page numbers."""
    proof = read_book(small_book, Timings())
    assert proof.book is not None and proof.theme is not None
    files = package_of(EPUB.make(proof.book, proof.theme).data).files
    everything = b"".join(data for name, data in files.items() if name.endswith((".xhtml", ".opf")))
    for word in (b"pagebreak", b"page-list", b"pageBreakMarkers", b"pageNavigation", b"pageBreakSource"):
        assert word not in everything


def test_the_package_names_the_pages_it_speaks_of(paged: Files) -> None:
    """The package says which PDF its page numbers come from."""
    opf = package_of(paged.epub).files["EPUB/content.opf"].decode()
    assert f'<meta property="pageBreakSource">{paged.pages.source}</meta>' in opf
    assert f"<dc:source>{paged.pages.source}</dc:source>" in opf
    assert "pageBreakMarkers" in opf and "pageNavigation" in opf


def test_the_index_shows_printed_pages(paged: Files) -> None:
    """With pages, a link in the index of the EPUB shows the printed page number."""
    page = next(p.folio for p in paged.pages.pages if any("quail" in a for a in p.anchors))
    assert re.search(rf'quail</span>, <a class="locator"[^>]*>{page}</a>', document(paged, "index"))


def test_no_position_of_a_source_is_in_the_epub(paged: Files) -> None:
    """The source positions that were used to find the places are not in the file."""
    assert "data-source" not in "".join(map(document, [paged] * 2, ["pages", "index"]))
