"""The specimen has every construct once; it is built to both files and checked by validators."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.cli import main
from compositor.formats import EPUB, FORMATS, PAPER
from compositor.making import make
from compositor.markdown import render_rules
from compositor.markdown.reading import walk
from compositor.markdown.text.callouts import KINDS
from compositor.press import Timings, read_book
from compositor.proof import Files, judges
from compositor.render import render_page
from compositor.specimen import read_specimen
from tests.finished import ROOT, Built, of_files
from tests.validators import broken_rules
from tools import install_ace


def test_the_specimen_has_no_faults() -> None:
    """The only findings are the long lines that it has on purpose."""
    assert {finding.code for finding in read_book(ROOT / "specimen", Timings()).findings} == {"L153"}


def test_the_specimen_holds_every_construct() -> None:
    """The specimen has every kind of token with a render rule, and a callout of each kind."""
    book = read_book(ROOT / "specimen", Timings()).book
    assert book is not None
    tokens = [token for unit in book.units for token in walk(unit.chapter.tokens)]
    of_faults = {"math_source", "again_open", "again_words", "caption_again"}  # of text that does not fit
    readings = {"ruby_open", "ruby_close", "rt_open", "rt_close"}  # of scripts that the specimen does not show
    of_news = {"changed_section", "inserted_open", "deleted_open"}  # of "What is new", which the git history makes
    assert render_rules().keys() - {token.type for token in tokens} == of_faults | readings | of_news
    assert [token.meta["kind"] for token in tokens if token.type == "callout_open"] == list(KINDS)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_every_construct_conforms_in_the_pdf(specimen: Built, profile: str) -> None:
    """The PDF with every construct passes PDF/UA-1 and PDF/A-2a."""
    assert broken_rules(specimen.pdf, profile) == []


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the specimen in the second theme, built once."""
    return dressed("plain", "", tmp_path_factory.mktemp("plain"))


def dressed(theme: str, size: str, folder: Path) -> Built:
    """Build the specimen in the look of a one-line book; only page ends may differ between page sizes."""
    line = f'[style]\npage-size = "{size}"\n' if size else ""
    (folder / "book.toml").write_text(f'format = 1\ntitle = "A"\nauthors = ["A"]\n{line}', encoding="utf-8")
    (folder / "01-a.md").write_text("# A\n", encoding="utf-8")
    proof = read_specimen(folder, Timings(), theme=theme)
    assert proof.findings == ()
    made = make(proof, FORMATS, f"{folder}/", Timings())
    assert {finding.code for finding in made.findings} <= {"P206", "P207"}, made.findings
    return of_files(proof, made.paths)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_second_theme_conforms(plain: Built, profile: str) -> None:
    """A theme does not break the conformance of the PDF."""
    assert broken_rules(plain.pdf, profile) == []


def test_the_second_theme_is_plain(plain: Built) -> None:
    """It has A4, one family besides that of the code, and no ornament; the words are the same."""
    with plain.open_pdf() as pdf:
        assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages} == {(595, 842)}
        names = {str(font.BaseFont).partition("+")[2] for one in pdf.pages for font in one.Resources.Font.values()}
    assert {"-".join(name.split("-")[:2]) for name in names} == {"Book-Text", "Book-Small", "Book-Code"}
    words = " ".join(" ".join(plain.page_texts()).split())
    assert "Set in Source Serif 4 and Iosevka." in words
    assert "Chapter 1 Listings" in words
    with zipfile.ZipFile(plain.epub) as archive:
        assert not [name for name in archive.namelist() if b"ornament" in archive.read(name) and name.endswith("xhtml")]


def test_the_second_theme_is_valid_in_the_epub(plain: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing about the specimen in the second theme."""
    assert epubcheck(plain.epub) == []


SIZES = [path.stem.replace("-", " ") for path in sorted((ROOT / "styles" / "pages").glob("*.css"))]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("theme", "size"), [*(("default", size) for size in SIZES), ("plain", "6in 9in"), ("plain", "7in 9.25in")]
)
def test_every_page_holds_every_construct(theme: str, size: str, tmp_path: Path) -> None:
    """On each page size of a theme, the specimen is set without a finding, and conforms."""
    made = dressed(theme, size, tmp_path)
    for profile in ("ua1", "2a"):
        assert broken_rules(made.pdf, profile) == []


@pytest.mark.parametrize("name", ["real_book", "several", "german", "likeours"])
def test_our_books_are_valid(name: str, request: pytest.FixtureRequest, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing about our book and the test books."""
    book: Built = request.getfixturevalue(name)
    assert epubcheck(book.epub) == []


def test_every_construct_is_valid_in_the_epub(specimen: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing about the EPUB with every construct."""
    assert epubcheck(specimen.epub) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["specimen", "skeleton"])
def test_ace_finds_no_violation(name: str, tmp_path: Path) -> None:
    """Ace checks every construct and the book of `init`: two callouts and two quotations in one chapter among them."""
    install_ace.main()
    folder = ROOT / "specimen" if name == "specimen" else ROOT / "skeleton" / "book"
    made = make(read_book(folder, Timings()), (EPUB,), f"{tmp_path}/", Timings())
    (row,) = judges.ace(Files(None, (), made.paths))
    if row.outcome == "not run":
        pytest.skip(f"not run: {row.figure}")
    assert (row.outcome, row.details) == ("holds", ())


def test_the_specimen_is_set_in_the_look_of_a_book(small_book: Path) -> None:
    """Style, templates and style sheets come from the book, and every word from the specimen."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[style]\naccent = "#7a1f2b"\n')
    (small_book / "templates").mkdir()
    own = '{% extends "default/title.xhtml" %}{% block title %}Mine{% endblock %}'
    (small_book / "templates" / "title.xhtml").write_text(own, encoding="utf-8")
    proof = read_specimen(small_book, Timings())
    assert proof.findings == ()
    assert proof.book.metadata.title == "Specimen"
    assert "<title>Mine</title>" in render_page(proof.book, "title", PAPER, proof.theme)
    assert "#7a1f2b" in render_page(proof.book, "title", PAPER, proof.theme)


def test_a_look_that_cannot_be_read_is_a_finding(small_book: Path) -> None:
    """An error in the book's settings is reported with its place, before anything is set."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[style]\nacent = "red"\n')
    (found,) = read_specimen(small_book, Timings()).findings
    assert (found.code, str(found.place)) == ("T011", "book.toml:5:1")


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    """`specimen` works without a book."""
    assert main(["specimen", "-q", "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["specimen.epub", "specimen.pdf"]


@pytest.mark.parametrize("name", ["print.css", "epub.css", "fonts.css"])
def test_style_sheets_are_balanced(name: str) -> None:
    """Every brace that opens in a style sheet closes: a missing one disables all rules after it."""
    depth = 0
    for letter in (ROOT / "styles" / name).read_text(encoding="utf-8"):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
