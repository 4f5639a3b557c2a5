"""If a block does not fit on a page, the following text goes first; nothing is lost, and the checks accept it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from compositor.formats import PDF
from compositor.making import make
from compositor.press import Timings, read_book
from tests.finished import BOOKS, Built, built

PARAGRAPH = "Ships wait in the roads until the water has risen over the bar, and then they come in. " * 4
FIGURE = '![The bar.](a.svg){#fig-bar fig-alt="A bar."CLASS}'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 80"><rect width="90" height="80" fill="#ddd"/></svg>'
BEFORE = "\n\n".join(f"Before {number}. {PARAGRAPH}" for number in range(3))
AFTER = "\n\n".join(f"After {number}. {PARAGRAPH}" for number in range(6))


def chapter(folder: Path, between: str, before: str = BEFORE) -> Built:
    """Return a chapter with this block where it does not fit; assert that there are no findings."""
    (folder / "a.svg").write_text(DRAWING, encoding="utf-8")
    text = f"# One\n\nSee @fig-bar.\n\n{before}\n\n{between}\n\n{AFTER}\n"
    (folder / "01-one.md").write_text(text, encoding="utf-8")
    book = built(folder, folder)
    made = make(read_book(folder, Timings()), (PDF,), None, Timings())
    assert {finding.code for finding in made.findings} <= {"P207"}
    return book


def pages_of(folder: Path, between: str, before: str = BEFORE) -> list[str]:
    """Return the texts of its pages."""
    texts = chapter(folder, between, before).page_texts()
    return [" ".join(text.split()) for text in texts if "Before" in text or "After" in text]


def indents(path: Path, word: str) -> dict[int, float]:
    """Return the indent in points of each paragraph that starts with a word and a number."""
    document = pypdfium2.PdfDocument(path)
    found = {}
    for page in document:
        text = page.get_textpage()
        whole = text.get_text_range()
        for match in re.finditer(rf"{word} (\d)\.", whole):
            letters = [n for n in range(match.start(), min(match.start() + 200, len(whole))) if not whole[n].isspace()]
            edge = min(text.get_charbox(n)[0] for n in letters)
            found[int(match[1])] = text.get_charbox(match.start())[0] - edge
    document.close()
    return found


def test_text_goes_before_a_figure_that_has_no_room(small_book: Path) -> None:
    """The paragraphs after the figure fill the page; the figure comes at the next end of a paragraph."""
    first, second, *_ = pages_of(small_book, FIGURE.replace("CLASS", ""))
    assert "After 0" in first and "The bar." not in first
    assert "The bar." in second
    assert second.index("The bar.") < second.index("After 2")


def test_indents_are_those_of_the_page(small_book: Path) -> None:
    """A paragraph is indented after a paragraph, not after the moved figure, whatever the order of the source."""
    pages_of(small_book, FIGURE.replace("CLASS", ""))
    found = indents(built(small_book, small_book).pdf, "After")
    assert [number for number, indent in sorted(found.items()) if indent < 1] == [2], found
    assert found[0] == pytest.approx(found[1], abs=0.5)


def test_a_figure_stays_where_its_author_wants_it(small_book: Path) -> None:
    """`.here` keeps the figure in place; the page before it stays partly empty."""
    first, second, *_ = pages_of(small_book, FIGURE.replace("CLASS", " .here"))
    assert "After" not in first
    assert second.index("The bar.") < second.index("After 0")


@pytest.mark.parametrize("between", ["## Next\n\n", "where it goes on. "])
def test_what_does_not_follow_is_not_moved(small_book: Path, between: str) -> None:
    """A heading, if the gap is small, and the rest of a sentence stay after the figure."""
    before = f"{BEFORE}\n\n{PARAGRAPH}"
    first, second, *_ = pages_of(small_book, FIGURE.replace("CLASS", "") + "\n\n" + between, before)
    assert "After" not in first
    assert "The bar." in second


def test_a_heading_goes_first_where_the_hole_is_large(small_book: Path) -> None:
    """The figure at the end of its section moves into the next one, instead of leaving much of the page empty."""
    figure = FIGURE.replace("CLASS", "")
    first, second, *_ = pages_of(small_book, f"{figure}\n\n## Next", BEFORE.rpartition("\n\n")[0])
    assert "Next" in first and "After 0" in first and "The bar." not in first
    assert "The bar." in second


def test_what_holds_together_is_not_parted_by_a_figure(small_book: Path) -> None:
    """A list stays after the colon that introduces it, wherever the figure moves."""
    items = "\n".join(f"- Item {number}. {PARAGRAPH}" for number in range(8))
    figure = FIGURE.replace("CLASS", "")
    book = chapter(small_book, f"{figure}\n\nList:\n\n{items}", BEFORE.rpartition("\n\n")[0])
    text = " ".join(" ".join(book.page_texts()).split())
    first = next(page for page in book.page_texts() if "Before" in page)
    assert "List:" in first and "Item 0" in first
    assert text.index("Item 7") < text.index("The bar.") < text.index("After 0")


def test_nothing_moves_in_a_book_whose_figures_fit() -> None:
    """The order of the test book's pages is that of its source."""
    made = make(read_book(BOOKS / "likeours", Timings()), (PDF,), None, Timings())
    assert not made.findings


def test_a_figure_at_the_end_stands_on_a_page_of_its_own(small_book: Path) -> None:
    """With nothing after it, it goes to the next page alone."""
    (small_book / "a.svg").write_text(DRAWING, encoding="utf-8")
    text = f"# One\n\nSee @fig-bar.\n\n{BEFORE}\n\n{FIGURE.replace('CLASS', '')}\n"
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    assert "Figure" in built(small_book, small_book).page_texts()[-1]


def test_nothing_goes_between_a_title_of_strong_words_and_what_it_belongs_to(small_book: Path) -> None:
    """The title of a tab stays with the figure or listing after it, and other titles do not move ahead of it."""
    figure = FIGURE.replace("CLASS", "")
    text = " ".join(chapter(small_book, f"**Linux**\n\n{figure}\n\n**Windows**").page_texts())
    assert text.index("Linux") < text.rindex("The bar.") < text.index("Windows") < text.index("After 0")
