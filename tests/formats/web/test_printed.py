"""A site that is built alone uses the page numbers of a PDF of the same build beside it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from compositor.cli import main
from compositor.formats.writing import page_places
from compositor.formats.writing.page_places import pages_of
from compositor.press import Timings, read_book

TEXT = "# One\n\nWords of the first chapter.\n\n::: {.page-break}\n:::\n\nMore of them, on a page of their own.\n"
MARK = re.compile(r'id="press-page-([0-9a-z]+)"')


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a book of two chapters, and with its PDF, built alone."""
    folder = tmp_path_factory.mktemp("printed")
    (folder / "book").mkdir()
    (folder / "book" / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "book" / "01-one.md").write_text(TEXT, encoding="utf-8")
    (folder / "book" / "02-two.md").write_text("# Two\n\nThe last words.\n", encoding="utf-8")
    assert main(["pdf", str(folder / "book"), "-o", f"{folder}/out/"]) == 0
    return folder


def marks(folder: Path) -> dict[str, list[str]]:
    """Return the page numbers of each page of a site."""
    pages = sorted(folder.glob("*.html"))
    return {page.name: MARK.findall(page.read_text(encoding="utf-8")) for page in pages}


def test_a_site_alone_has_the_numbers_of_the_pdf(printed: Path) -> None:
    """The numbers are those that a build of all formats gives, at the same places."""
    assert main(["web", str(printed / "book"), "-o", f"{printed}/out/"]) == 0
    assert main(["all", str(printed / "book"), "--web", "-o", f"{printed}/whole/"]) == 0
    alone, whole = printed / "out" / "small-web", printed / "whole" / "small-web"
    assert marks(alone)["one.html"] == ["1", "2"] and marks(alone)["two.html"] == ["3"]
    assert marks(alone) == marks(whole)
    body = re.compile(r"<main\b.*</main>", re.DOTALL)
    for page in ("one.html", "two.html"):
        texts = [body.findall((site / page).read_text(encoding="utf-8")) for site in (alone, whole)]
        assert texts[0] == texts[1] != []


def test_a_pdf_of_another_build_gives_none(printed: Path, tmp_path: Path) -> None:
    """Without a PDF there are no page numbers either."""
    book = read_book(printed / "book", Timings()).book
    assert book is not None
    assert pages_of(printed / "out" / "small.pdf", book) is not None
    assert pages_of(tmp_path / "none.pdf", book) is None
    (tmp_path / "book").mkdir()
    for file in (printed / "book").iterdir():
        (tmp_path / "book" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "book" / "02-two.md").write_text("# Two\n\nOther words.\n", encoding="utf-8")
    other = read_book(tmp_path / "book", Timings()).book
    assert other is not None and pages_of(printed / "out" / "small.pdf", other) is None


def test_no_place_of_a_source_is_in_the_pdf(printed: Path) -> None:
    """The private data identifies blocks by numbers."""
    with pikepdf.open(printed / "out" / "small.pdf") as pdf:
        said = pdf.Root.PieceInfo.Compositor.Private.read_bytes().decode()
        assert str(pdf.Root.PieceInfo.Compositor.LastModified) == str(pdf.docinfo.CreationDate)
    assert '"one"' in said and ".md" not in said


@pytest.mark.parametrize(
    "change",
    [
        lambda said: b"",
        lambda said: b"{}",
        lambda said: b"[" * 100_000,
        lambda said: said.replace(b'"version":1', b'"version":2'),
        lambda said: said.replace(b'"pages":[', b'"pages":[["one","1",0,"",0,false,false],'),
        lambda said: re.sub(rb'"one","2",\d+', b'"one","2",99999', said),
        lambda said: re.sub(rb'"one","2",\d+', b'"one","2",-2', said),
        lambda said: said.replace(b'"one","1"', b'"one","<1>"'),
        lambda said: re.sub(rb'"one","2",(\d+)', rb'"none","2",\1', said),
        lambda said: b" " * (page_places.MOST + 1) + said,
    ],
)  # fmt: skip
def test_private_data_that_is_none_of_ours_is_not_used(
    printed: Path, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    """Foreign private data is ignored: the site is made without page numbers."""
    with pikepdf.open(printed / "out" / "small.pdf") as pdf:
        private = pdf.Root.PieceInfo.Compositor.Private
        private.write(zlib.compress(change(private.read_bytes())), filter=pikepdf.Name.FlateDecode)
        pdf.save(tmp_path / "small.pdf")
    book = read_book(printed / "book", Timings()).book
    assert book is not None
    assert pages_of(tmp_path / "small.pdf", book) is None
