"""Citations, formulas and content for one format in the finished files: equal numbers and working links."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.finished import Built, built
from tests.validators import broken_rules

MATHML = "{http://www.w3.org/1998/Math/MathML}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TOML = """format = 1
title = "Sources"
authors = ["A"]
bibliography = "works.bib"
[order]
back = ["works.md"]
"""
TEXT = """# One

As @knuth says [@knuth, p. 3; @tufte], $a^2$ is small, see @eq-sum.

$$ \\sum_{i=1}^n i $$ {#eq-sum}

::: {.content-visible when-format="pdf"}
Onlypaper.
:::

::: {.content-visible when-format="epub"}
Onlyscreen.
:::

{{< include _part.md >}}
"""
WORKS = """@book{tufte, author = {Edward Tufte}, title = {Envisioning & Information}, year = 1990}
@book{knuth, author = {Donald Knuth}, title = {The TeXbook}, year = 1984}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a small book that uses everything."""
    folder = tmp_path_factory.mktemp("sources")
    texts = {"book.toml": TOML, "01-one.md": TEXT, "works.bib": WORKS, "_part.md": "Included.\n"}
    texts["works.md"] = "# Works\n\n::: {#refs}\n:::\n"
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return built(folder, folder)


def document(book: Built, name: str) -> etree._Element:
    """Return a file of the EPUB."""
    with zipfile.ZipFile(book.epub) as archive:
        return etree.fromstring(archive.read(f"EPUB/{name}"))


def test_formulas_in_the_epub(book: Built) -> None:
    """A formula is MathML with its TeX as text, and the package declares MathML."""
    one = document(book, "one.xhtml")
    assert [math.get("alttext") for math in one.iter(f"{MATHML}math")] == ["a^2", r"\sum_{i=1}^n i"]
    items = document(book, "content.opf").iter("{http://www.idpf.org/2007/opf}item")
    assert {item.get("href"): item.get("properties") for item in items}["one.xhtml"].split()[-1] == "mathml"


def test_formulas_in_the_pdf(book: Built) -> None:
    """A formula is a Formula in the tree with its TeX as text, and the file conforms."""
    with book.open_pdf() as pdf:
        found = [
            str(item.Alt) for item in pdf.objects if isinstance(item, type(pdf.Root)) and item.get("/S") == "/Formula"
        ]
    assert sorted(found) == [r"\sum_{i=1}^n i", "a^2"]
    assert [broken_rules(book.pdf, profile) for profile in ("ua1", "2a")] == [[], []]


def test_numbers_agree(book: Built) -> None:
    """Citations and equations have the same numbers in both files."""
    text = " ".join("".join(document(book, "one.xhtml").itertext()).split())
    pages = " ".join(" ".join(book.page_texts()).split())
    for words in ("As Knuth [1] says [1, p. 3], [2],", "see equation (1.1)."):
        assert words in text
        assert words in pages


def test_citations_land(book: Built) -> None:
    """Each citation in the EPUB is a link to its entry in the list."""
    links = [link.get("href", "") for link in document(book, "one.xhtml").iter(f"{XHTML}a") if link.get("role")]
    entries = {item.get("id") for item in document(book, "works.xhtml").iter(f"{XHTML}li")}
    assert links == ["works.xhtml#ref-knuth", "works.xhtml#ref-knuth", "works.xhtml#ref-tufte"]
    assert entries == {"ref-knuth", "ref-tufte"}


def test_content_for_one_format(book: Built) -> None:
    """Each file has its own content and the included one."""
    screen, paper = "".join(document(book, "one.xhtml").itertext()), "".join(book.page_texts())
    assert [word in screen for word in ("Onlypaper", "Onlyscreen", "Included")] == [False, True, True]
    assert [word in paper for word in ("Onlypaper", "Onlyscreen", "Included")] == [True, False, True]


def test_the_epub_is_valid(book: Built, epubcheck) -> None:
    """EPUBCheck finds nothing."""
    assert epubcheck(Path(book.epub)) == []
