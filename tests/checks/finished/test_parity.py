"""The finished files are compared with the model and with each other: a fact that differs in one file is found."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from compositor.checks.finished import check_finished, links_of_files, parity_of_files
from compositor.formats import EPUB
from compositor.model import Finding
from tests.checks.finished.mutations import Files, changed_epub, files_of
from tests.finished import Built

CHAPTER = """\
# One {#sec-one}

See @fig-bird, [the other file](02-two.md#there), [the web](https://example.org/a%20b?c=1&d=2) and a note.[^n]

[^n]: The note.

![A caption](bird.svg){#fig-bird fig-alt="A bird on a wire."}

| A | B |
|---|---|
| 1 | 2 |

: A table {#tbl-one}

In a line $a < b$ and on its own, with a note.[^m]

$$
\\sum x^2
$$

[^m]: Of $n$ letters.

## A heading {#sec-heading}

Text.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book of two chapters that refer to each other."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "book.toml").write_text('format = 1\ntitle = "Two"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-one.md").write_text(CHAPTER, encoding="utf-8")
    (folder / "02-two.md").write_text("# Two\n\n## There\n\nBack to @tbl-one.\n", encoding="utf-8")
    (folder / "bird.svg").write_text(SVG, encoding="utf-8")
    return files_of(folder)


FORMULAS = {
    "a < b": "In a line $a < b$ and on its own, with a note.[^m]",
    "\\sum x^2": "$$",
    "n": "[^m]: Of $n$ letters.",
}
"""Each formula of the chapter, and its first line."""


def test_a_formula_that_is_another_in_both_files(two: Files) -> None:
    """The text of each formula is compared with the source, so the same error in both files is found in each."""

    def edit(pdf: pikepdf.Pdf) -> None:
        formulas = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Formula"]
        assert len(formulas) == 3
        for one in formulas:
            one.Alt = pikepdf.String(changes[str(one.Alt)])

    changes = {"a < b": "a > b", "\\sum x^2": "\\sum x^3", "n": "m"}
    epub = two.epub
    for old, new in (("a &lt; b", "a &gt; b"), ("\\sum x^2", "\\sum x^3"), ("n", "m")):
        epub = changed_epub(epub, "EPUB/one.xhtml", f'alttext="{old}"', f'alttext="{new}"')
    found = parity(two, pdf=edited(two.pdf, edit), epub=epub)
    lines = {word: CHAPTER.split("\n").index(line) + 1 for word, line in FORMULAS.items()}
    told = {(f.message.partition('"')[2].partition('"')[0], f.message[-4:], f.place.line) for f in found}
    assert told == {(word, file, line) for word, line in lines.items() for file in (" PDF", "EPUB")}
    assert {finding.code for finding in found} == {"C211"}


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return the PDF with its objects edited."""
    with pikepdf.open(BytesIO(data)) as pdf:
        edit(pdf)
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def said(findings: list[Finding]) -> set[tuple[str, str]]:
    """Return code and file of each finding."""
    return {(finding.code, finding.place.file) for finding in findings}


def parity(two: Files, **changed: bytes) -> list[Finding]:
    """Return the findings when one of the files differs."""
    return list(parity_of_files(two.book, {**two.both, **changed}, two.pages))


def links(two: Files, **changed: bytes) -> list[Finding]:
    """Return the links that lead nowhere when one of the files is replaced."""
    return list(links_of_files(two.book, {**two.both, **changed}, two.pages))


def link_annotations(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return all link annotations of the file."""
    return [a for page in pdf.pages for a in page.obj.get("/Annots", []) if a.Subtype == "/Link"]


def test_the_same_in_both(two: Files) -> None:
    """Two unchanged files agree, and all their links work."""
    assert parity(two) == []
    assert links(two) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("C211", 'alt="A bird on a wire."', 'alt="A bird."'),
        ("C212", "Figure\u00a01.1</span>", "Figure\u00a01.2</span>"),
        ("C212", "Table\u00a01.1</span>", "Table\u00a01.9</span>"),
        ("C212", "A caption</fig", "A title</fig"),
        ("C212", '<span class="number">1.1</span>', '<span class="number">1.3</span>'),
        ("C212", 'aria-label="Back to the text">1</a>', 'aria-label="Back to the text">2</a>'),
        ("C214", 'href="two.xhtml#there"', 'href="two.xhtml"'),
        ("C214", "https://example.org/a%20b", "https://example.org/a"),
    ],
)
def test_another_fact_in_the_epub(two: Files, code: str, old: str, new: str) -> None:
    """A text, a number, a label or an address that was changed in the EPUB is found."""
    old = old.replace("#there", "#two-there")
    assert (code, "01-one.md") in said(parity(two, epub=changed_epub(two.epub, "EPUB/one.xhtml", old, new)))


def test_another_line_in_the_navigation(two: Files) -> None:
    """A heading that has another title in the EPUB's contents is found."""
    changed = changed_epub(two.epub, "EPUB/nav.xhtml", "A heading", "A title")
    assert said(parity(two, epub=changed)) == {("C213", "01-one.md")}


def test_another_alternative_text_in_the_pdf(two: Files) -> None:
    """The alternative text is taken from the structure tree."""

    def edit(pdf: pikepdf.Pdf) -> None:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert len(figures) == 1
        figures[0].Alt = pikepdf.String("A cat.")

    found = parity(two, pdf=edited(two.pdf, edit))
    assert said(found) == {("C211", "01-one.md")}
    assert any("A bird on a wire." in f.message for f in found) and any("A cat." in f.message for f in found)


def test_another_bookmark(two: Files) -> None:
    """A changed title in the PDF's outline is found: of a chapter, and of a generated page."""

    def last(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.Last.Title = pikepdf.String("Something else")

    def first(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.Title = pikepdf.String("Something else")

    assert ("C213", "02-two.md") in said(parity(two, pdf=edited(two.pdf, last)))
    assert ("C213", "book.toml") in said(parity(two, pdf=edited(two.pdf, first)))


def test_a_link_to_another_place_in_the_pdf(two: Files) -> None:
    """A link with another destination, with none, or to another page is found."""

    def elsewhere(pdf: pikepdf.Pdf) -> None:
        next(a for a in link_annotations(pdf) if str(a.get("/Dest", "")) == "fig-bird").Dest = pikepdf.String(
            "sec-heading"
        )

    def nowhere(pdf: pikepdf.Pdf) -> None:
        next(a for a in link_annotations(pdf) if str(a.get("/Dest", "")) == "fig-bird").Dest = pikepdf.String("fig-cat")

    def moved(pdf: pikepdf.Pdf) -> None:
        pikepdf.NameTree(pdf.Root.Names.Dests)["fig-bird"][0] = pdf.pages[0].obj

    assert ("C214", "01-one.md") in said(parity(two, pdf=edited(two.pdf, elsewhere)))
    assert said(links(two, pdf=edited(two.pdf, nowhere))) == {("C221", "01-one.md")}
    assert ("C221", "01-one.md") in said(links(two, pdf=edited(two.pdf, moved)))


def test_a_link_that_is_lost(two: Files) -> None:
    """Words that are no longer a link in the PDF are found."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            kept = [a for a in page.obj.get("/Annots", []) if str(a.get("/Dest", "")) != "tbl-one"]
            page.obj.Annots = pikepdf.Array(kept)

    assert said(parity(two, pdf=edited(two.pdf, edit))) == {("C214", "02-two.md")}


@pytest.mark.parametrize(
    ("document", "old", "new", "place"),
    [
        ("EPUB/one.xhtml", 'href="two.xhtml#two-there"', 'href="two.xhtml#where"', "01-one.md"),
        ("EPUB/one.xhtml", 'href="two.xhtml#two-there"', 'href="three.xhtml"', "01-one.md"),
        ("EPUB/two.xhtml", 'id="two-there"', 'id="here"', "01-one.md"),
        ("EPUB/nav.xhtml", 'href="two.xhtml"', 'href="2.xhtml"', "templates/nav.xhtml"),
    ],
)
def test_a_dead_link_in_the_epub(two: Files, document: str, old: str, new: str, place: str) -> None:
    """A link to a document or to an id that is not there is found, in the text and in the navigation."""
    assert ("C221", place) in said(links(two, epub=changed_epub(two.epub, document, old, new)))


def test_a_dead_line_in_the_ncx(two: Files) -> None:
    """The check also follows the contents for older reading systems."""
    assert said(links(two, epub=renamed(two.epub, "two.xhtml", "2.xhtml"))) == {("C221", "book.toml")}


def renamed(data: bytes, old: str, new: str) -> bytes:
    """Return the EPUB with another address in its NCX."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as copy:
        for info in archive.infolist():
            content = archive.read(info)
            copy.writestr(
                info, content.replace(old.encode(), new.encode()) if info.filename.endswith(".ncx") else content
            )
    return target.getvalue()


def test_no_false_alarm_on_the_real_book(real_book: Built) -> None:
    """The command that built the book of this repository has checked it; its EPUB without pages is checked here."""
    book, theme = real_book.proof.book, real_book.proof.theme
    assert book is not None and theme is not None
    assert check_finished(book, {"epub": EPUB.make(book, theme).data}, None) == ()


def test_umlauts_and_spaces_in_addresses(tmp_path: Path) -> None:
    """Ids and files with letters beyond ASCII are found, whichever way an address encodes them."""
    (tmp_path / "book.toml").write_text('format = 1\ntitle = "Ö"\nauthors = ["A"]\n', encoding="utf-8")
    (tmp_path / "01-größe.md").write_text("# Größe\n\nSiehe [dort](02-öl.md#äpfel) und @fig-öl.\n", encoding="utf-8")
    words = "Äpfel stehen hier in zwei Zeilen, und die zweite von ihnen ist kürzer als die erste, aber sie ist da."
    text = f'# Öl\n\n## Äpfel\n\n{words}\n\n![Öl](größe%20zwei.svg){{#fig-öl fig-alt="„Öl“"}}\n'
    (tmp_path / "02-öl.md").write_text(text, encoding="utf-8")
    (tmp_path / "größe zwei.svg").write_text(SVG, encoding="utf-8")
    files = files_of(tmp_path)
    assert parity(files) == []
    assert links(files) == []
