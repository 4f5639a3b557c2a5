"""Fields of squares, hues and tints: made from a title, and readable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from compositor.theme import load_theme
from compositor.theme.contrast import contrast
from compositor.theme.drawn.fields import BAND, FAINT, band, squares
from compositor.theme.drawn.hues import HUES, SPARKS, as_hex, hue_of, ink_on, spark_on, tint_of
from compositor.theme.drawn.ornament import mixed
from compositor.theme.page import read_page
from compositor.theme.properties import WORDS
from tests.small_book import BOOK_OF_ONE

NAMES = tuple(HUES)
PAGE = {
    **{"page-size": "504pt 666pt", "margin-top": "64pt", "margin-bottom": "70pt", "margin-outer": "96pt"},
    **{"text-size": "10.5pt", "leading": "14pt", "code-size": "8.4pt"},
}


def test_a_field_is_the_digest_of_the_title() -> None:
    """The same title has the same squares everywhere, another title has others."""
    assert list(squares("Aurora", BAND)) == list(squares("Aurora", BAND))
    assert list(squares("Aurora", BAND)) != list(squares("Aurora ", BAND))


@pytest.mark.parametrize("title", ["Aurora", "A Small Book", "本", ""])
def test_a_field_is_thin_at_the_top_and_dense_at_the_foot(title: str) -> None:
    """The last row is full; no square behind a number is bright."""
    rows = [sum(one.row == row for one in squares(title, BAND)) for row in range(BAND.rows)]
    assert rows[-1] == BAND.columns
    assert sum(rows[:3]) < sum(rows[-3:]) / 2
    assert all(one.tint <= FAINT for one in squares(title, BAND) if (one.column + 1) / BAND.columns <= BAND.faint)


def test_a_band_is_drawn_by_attributes_alone() -> None:
    """Screen readers ignore it, and it is a column wider than the page on either side."""
    root = etree.fromstring(band("Aurora", BAND, "#0a5a66").encode())
    assert (root.get("aria-hidden"), root.get("role"), root.get("viewBox")) == ("true", "presentation", "-1 0 26 9")
    assert {name for path in root for name in path.attrib} == {"fill", "d"}


@pytest.mark.parametrize("name", NAMES)
def test_each_hue_is_read_on_paper_and_carries_white(name: str) -> None:
    """Each hue is readable as text on white, on the panel and on its tint, and behind a chapter number and squares."""
    hue = HUES[name]
    assert min(contrast(hue, ground) or 0 for ground in ("#ffffff", "#f6f4ee", tint_of(hue))) >= 4.5
    assert ink_on(hue) == "#ffffff"
    assert (contrast("#ffffff", mixed("#ffffff", FAINT, hue)) or 0) >= 3
    assert set(SPARKS) == set(HUES.values())
    assert (contrast(spark_on(hue), hue) or 0) >= 3


def test_a_theme_may_name_each_hue() -> None:
    """The values of the property are the names of the hues."""
    assert set(WORDS["hue"]) == {"auto", *NAMES}


def test_title_and_authors_choose_the_hue(tmp_path: Path) -> None:
    """A book without a setting gets one of the eight; one that names a hue or an accent gets that."""
    manuscript = BOOK_OF_ONE.manuscript
    theme = load_theme(tmp_path)
    assert theme.hued(manuscript).style["accent"] == hue_of(manuscript.metadata, "auto")
    assert hue_of(manuscript.metadata, "wine") == HUES["wine"]


@pytest.mark.parametrize(("written", "colour"), [("teal", "#008080"), ("#ABCDEF", "#abcdef"), ("none", HUES["teal"])])
def test_a_colour_of_css_becomes_six_digits(written: str, colour: str) -> None:
    """An invalid colour becomes ours."""
    assert as_hex(written) == colour


def test_a_pale_ground_has_dark_letters() -> None:
    """Its sparks have another colour than the background."""
    assert ink_on("#f4f4f4") == "#1b1b1a"
    assert spark_on("#ffd700") != "#ffd700"


@pytest.mark.parametrize(("backward", "columns"), [(False, {3, 4, 5}), (True, {18, 19, 20})])
def test_no_square_stands_behind_a_number(backward: bool, columns: set[int]) -> None:
    """The cells behind the digits are empty, counted from the side on which the text begins; all others stay."""
    page = read_page({**PAGE, "margin-inner": "72pt"})
    assert page is not None
    field = replace(BAND, backward=backward)
    kept = field.behind("8", 76, 56, page)
    gone = set(squares("Aurora", field)) - set(squares("Aurora", kept))
    assert gone
    assert {one.column for one in gone} <= columns
    assert {one.row for one in gone} <= {5, 6, 7}
    assert not [one for one in squares("Aurora", kept) if one.column in columns and one.row in {5, 6, 7}]
