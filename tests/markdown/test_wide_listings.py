"""Listings extend into the outer margin only if that saves a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.markdown.code.code import columns_of
from compositor.model import Finding
from compositor.press import Timings, read_book
from tests.markdown.test_tables_from_data import parsed

LINE = "x" * 90


def code(text: str) -> int:
    """Return the columns of the listing in a text, on a page of 80, and 95 with the margin."""
    (token,) = [token for token in parsed(text).tokens if token.type == "fence"]
    return columns_of(token, 80, 95)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (f"```text\nshort\n{LINE}\n```", 95),
        (f"```text\n{LINE}\n{'y' * 200}\n```", 95),
        (f"```text\n{'y' * 200}\n```", 80),
        ("```text\nshort\n```", 80),
        (f"- a\n\n  ```text\n  {LINE}\n  ```", 80),
    ],
    ids=["saves a line", "saves one of two", "saves none", "short", "in a list"],
)
def test_a_listing_goes_into_the_margin_where_that_saves_a_line(text: str, columns: int) -> None:
    """A line that would be wrapped stays whole there; a listing inside another construct stays where it is."""
    assert code(text) == columns


def told(book: Path, style: str = "") -> list[Finding]:
    """Return the findings on the long lines of a small book, in this style."""
    (book / "01-one.md").write_text(f"# One\n\n```text\n{LINE}\n{'y' * 200}\n```\n", encoding="utf-8")
    with (book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(style)
    return [one for one in read_book(book, Timings()).findings if one.code == "L153"]


def test_a_line_that_is_whole_in_the_margin_is_not_told(small_book: Path) -> None:
    """A line that is too long for the margin is still wrapped."""
    assert [one.place.line for one in told(small_book)] == [5]


@pytest.mark.parametrize("style", ['wide-listings = "none"', 'margin-outer = "40pt"\nmargin-inner = "40pt"'])
def test_where_no_listing_goes_into_the_margin_every_long_line_is_told(small_book: Path, style: str) -> None:
    """The book does not want it, or the margin is too narrow."""
    assert [one.place.line for one in told(small_book, f"\n[style]\n{style}\n")] == [4, 5]
