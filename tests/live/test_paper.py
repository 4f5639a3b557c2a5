"""The PDF pages: the pictures of what a build puts into the PDF, after each edit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generated import write_book
from compositor.errors import BookError
from compositor.formats import PDF
from compositor.live import raster
from compositor.live.paper import Paper
from compositor.live.values import Compare, Look, Picture, Point, Sheets
from compositor.making import make
from compositor.press import Timings, read_book
from tests.live.books import FIRST, SECOND, asked, write_two

WIDTH = 300


class Here:
    """The typesetting worker, in this process."""

    def __init__(self, book: Path) -> None:
        self.paper = Paper(asked(book))

    def __call__(self, question: object) -> Any:
        """Return its answer."""
        return self.paper(question, None)


@pytest.fixture
def paper(small_book: Path) -> Iterator[Here]:
    """Yield the PDF pages of the small book, with a second chapter."""
    made = Here(write_two(small_book))
    yield made
    made.paper._end()


def built(book: Path) -> list[bytes]:
    """Return the pages of a PDF that a cold build makes, as pictures."""
    (output,) = make(read_book(book, Timings()), (PDF,), None, Timings()).outputs
    with raster.opened(output.data) as document:
        count = len(document)
    return [raster.painted(output.data, page, WIDTH) for page in range(count)]


def pictures(ask: Here, sheets: Sheets) -> list[bytes]:
    """Return the same pages as they are shown."""
    return [ask(Picture(page.sheet, page.page, WIDTH)).data for page in sheets.pages]


def test_a_shown_page_is_that_of_a_build(small_book: Path, paper: Here) -> None:
    """The pages are equal before and after an edit; an unchanged page keeps its name and is not fetched again."""
    first = paper(Look())
    assert pictures(paper, first) == built(small_book)
    (small_book / "01-one.md").write_text(FIRST.replace("Another", "New words, and another"), encoding="utf-8")
    second = paper(Look())
    assert pictures(paper, second) == built(small_book)
    assert paper(Compare()) is None

    def names(sheets: Sheets, unit: str) -> set[str]:
        return {page.sheet for page in sheets.pages if page.unit == unit}

    assert names(first, "two") == names(second, "two") and names(first, "one").isdisjoint(names(second, "one"))


def test_what_one_file_says_of_another_follows(small_book: Path, paper: Here) -> None:
    """A growing chapter shifts later pages, and changes references to them; a title also changes the contents."""
    paper(Look())
    long = FIRST.replace("## Who", "A long one. " * 900 + "\n\n## Who")
    (small_book / "01-one.md").write_text(long, encoding="utf-8")
    grown = paper(Look())
    assert int(next(page.folio for page in grown.pages if page.unit == "two")) >= 5
    (small_book / "02-two.md").write_text(SECOND.replace("Two", "The other"), encoding="utf-8")
    assert pictures(paper, paper(Look())) == built(small_book)


def test_a_book_with_errors_has_no_pages_and_keeps_the_last(small_book: Path, paper: Here) -> None:
    """The pictures from before the error can still be fetched."""
    sheets = paper(Look())
    before = pictures(paper, sheets)
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write("spelt-wrong = 1\n")
    assert paper(Look()) is None
    assert pictures(paper, sheets) == before
    assert paper(Picture("nothing", 0, WIDTH)) is None


def test_what_a_build_refuses_is_no_page(small_book: Path, paper: Here) -> None:
    """If the book turns a warning about pages into an error, its pages are not shown until it is mended."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[strict]\ncodes = ["P227"]\n')
    (small_book / "01-one.md").write_text(f"# One\n\n{'Words of a line. ' * 260}\n", encoding="utf-8")
    codes = {finding.code for finding in make(read_book(small_book, Timings()), (PDF,), None, Timings()).findings}
    assert codes == {"P227"}
    with pytest.raises(BookError):
        paper(Look())
    typesetter = paper.paper._now
    (small_book / "01-one.md").write_text(FIRST, encoding="utf-8")
    assert paper(Look()).pages and typesetter is not None and paper.paper._now is typesetter


def test_a_point_of_a_page_is_a_line_of_the_source(small_book: Path, paper: Here) -> None:
    """The word under the point gives the second line of the first paragraph; generated text gives nothing."""
    sheets = paper(Look())
    page = next(one for one in sheets.pages if one.unit == "one")
    pdf, first = paper.paper._file(page.sheet)
    with raster.opened(pdf) as document:
        shown = document[first + page.page]
        text = shown.get_textpage()
        at = text.get_text_range().find("second")
        left, bottom, right, top = text.get_charbox(at + 2)
        width, height = shown.get_size()
    across, down = (left + right) / 2 / width, 1 - (bottom + top) / 2 / height
    assert paper(Point(page.sheet, page.page, across, down)) == ("01-one.md", 4)
    title = next(one for one in sheets.pages if not one.unit or one.unit == "title")
    assert paper(Point(title.sheet, title.page, 0.5, 0.3)) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits_lead_where_a_build_leads(tmp_path: Path, seed: int) -> None:
    """After every edit, the shown pages equal those of a cold build."""
    book = tmp_path / "book"
    write_book(book, 4, seed)
    (book / "03-matter-003.md").write_text("# Short\n\nNothing.\n", encoding="utf-8")
    made, chance = Here(book), random.Random(seed)
    made(Look())
    for number in range(6):
        file = chance.choice(sorted(book.glob("*.md")))
        lines = file.read_text(encoding="utf-8").split("\n")
        at = chance.randrange(2, len(lines))
        words = "More words. " * chance.choice([1, 40, 400])
        lines[at:at] = chance.choice([["", words, ""], ["", f"## New {number}", ""]])
        if chance.random() < 0.3:
            del lines[2 : chance.randrange(3, 20)]
        file.write_text("\n".join(lines), encoding="utf-8")
        assert pictures(made, made(Look())) == built(book)
    made.paper._end()
