"""Blocks higher than the remaining space: tables by rows, rows by lines, long boxes; each part with its head."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.formats import FORMATS
from compositor.making import make
from compositor.press import Timings, read_book
from tests.finished import Built, of_files
from tests.validators import broken_rules

SENTENCE = "The ferry leaves the old quay when the water is high enough to carry it across the bar. "
PARAGRAPH = SENTENCE * 4
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 80"><rect width="90" height="80" fill="#ddd"/></svg>'
LONG = "\n".join(f"| {number} | First {number}. {SENTENCE * 14} Last {number}. |" for number in range(6))
TURNED = "\n".join(f"| {number} | {' | '.join(['measurement'] * 7)} |" for number in range(60))
TITLE = "| Key | Meaning |\n|-----|---------|\n"
WIDE = f"| Key | {' | '.join(['Measurements'] * 7)} |\n{'|---' * 8}|\n{TURNED}\n"




def chapter(folder: Path, text: str, style: str = "", told: frozenset[str] = frozenset()) -> Built:
    """Return both files of a chapter, which pass their checks and the validators, and the layout findings."""
    (folder / "01-one.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    with (folder / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[style]\n{style}\n")
    proof = read_book(folder, Timings())
    made = make(proof, FORMATS, f"{folder}/", Timings())
    assert {finding.code for finding in made.findings} <= {"P206", "P225", "P229", *told}
    built = of_files(proof, made.paths)
    for profile in ("ua1", "2a"):
        assert broken_rules(built.pdf, profile) == []
    return built


def pages(built: Built, *words: str) -> list[str]:
    """Return the texts of the pages that have one of these words."""
    texts = [" ".join(text.split()) for text in built.page_texts()]
    return [text for text in texts if any(word in text for word in words)]


def test_a_row_higher_than_a_page_is_broken_and_the_head_stands_on_each_page(small_book: Path) -> None:
    """No page has only the caption, or only the head with a short row."""
    row = f"| long | {SENTENCE * 60} |\n"
    built = chapter(small_book, f"{PARAGRAPH}\n\n{TITLE}| a | short |\n{row}| z | end |\n\n: Tall. {{#tbl-t}}\n")
    parts = pages(built, "Key Meaning")
    assert len(parts) == 3
    assert "Tall." in parts[0] and "short" in parts[0] and "The ferry" in parts[0]
    assert parts[-1].endswith("z end") or "z end" in parts[-1]


def test_a_table_of_few_high_rows_begins_where_there_is_room(small_book: Path) -> None:
    """It does not leave half a page empty to begin on the next."""
    built = chapter(small_book, f"{PARAGRAPH}\n\n{TITLE}{LONG}\n")
    first = next(text for text in built.page_texts() if "First 0." in text)
    assert "Key" in first
    assert len(pages(built, "Key Meaning")) >= 3


def test_a_short_table_stays_whole(small_book: Path) -> None:
    """It goes to the next page if less than a third of the page is lost."""
    rows = "".join(f"| {number} | Row. |\n" for number in range(7))
    built = chapter(small_book, f"{PARAGRAPH}\n\n" * 4 + f"{TITLE}{rows}\n")
    assert len(pages(built, "Key Meaning")) == 1


def test_a_turned_table_goes_on_overleaf_with_its_head(small_book: Path) -> None:
    """Sixty turned rows fill several pages; every row is there once and nothing leaves the page."""
    built = chapter(small_book, f"{PARAGRAPH}\n\n{WIDE}\n: Wide. {{#tbl-w}}\n\n{PARAGRAPH}")
    parts = pages(built, "Key Measurements")
    assert len(parts) > 2
    assert ["Table 1.1 (continued)" in part for part in parts] == [False, *[True] * (len(parts) - 1)]
    assert len(pages(built, "(continued)")) == len(parts) - 1


@pytest.mark.parametrize("kind", ["> [!WARNING]\n> ", "> [!NOTE]\n> "])
def test_a_long_callout_begins_where_there_is_room(small_book: Path, kind: str) -> None:
    """It is longer than half a page; the page of the title does not end in empty space."""
    text = "\n>\n> ".join(f"Part {number}. {PARAGRAPH}" for number in range(9))
    built = chapter(small_book, f"{PARAGRAPH}\n\n{kind}{text}\n")
    assert "Part 0." in next(text for text in built.page_texts() if text.startswith("1"))


def test_a_callout_of_short_paragraphs_stays_whole(small_book: Path) -> None:
    """It stays whole even if it leaves a gap, because it is read at a glance."""
    parts = [f"Part {number}." for number in range(5)]
    text = "\n>\n> ".join(f"{part} {SENTENCE * 2}" for part in parts)
    built = chapter(small_book, f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n> [!NOTE]\n> {text}\n", told=frozenset({"P207"}))
    assert len(pages(built, *parts)) == 1


@pytest.mark.parametrize("short", ["```text\none line\n```", "> One line.", "- One item.", "One line."])
@pytest.mark.parametrize("before", [16, 17, 18])
def test_a_heading_with_one_line_below_goes_to_the_next_page(small_book: Path, short: str, before: int) -> None:
    """The block after that line cannot be broken, so there would be no second line below the heading."""
    (small_book / "a.svg").write_text(DRAWING, encoding="utf-8")
    figure = '![The bar.](a.svg){fig-alt="A bar."}'
    text = f"{SENTENCE}\n\n" * (before // 2) + "One.\n\n" * (before % 2) + f"### Three\n\n{short}\n\n{figure}"
    chapter(small_book, text, 'page-size = "6in 9in"', frozenset({"P207", "L124"}))


def test_a_page_that_is_left_empty_has_its_mark_in_the_epub(small_book: Path) -> None:
    """Two page breaks in a row leave an empty page, and the pages of both files are the same."""
    space = "::: {.page-break}\n:::\n\n"
    built = chapter(small_book, f"{PARAGRAPH}\n\n{space}{space}{PARAGRAPH}\n\n{PARAGRAPH}")
    assert [text for text in built.page_texts() if text.startswith("2 ")] == ["2 Chapter 1 · One"]
