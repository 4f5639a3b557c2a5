"""The strip of squares is made from a title, and from nothing else."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from compositor.formats import PAPER, SCREEN
from compositor.model import Role
from compositor.theme.drawn.ornament import BOOK, CHAPTER, mixed, ornament, ornament_of_book, ornament_of_unit, tints
from tests.small_book import BOOK_OF_ONE, UNIT


def test_the_ornament_is_the_digest_of_the_title() -> None:
    """The same title has the same squares everywhere, another title has others."""
    assert tints("Aurora", 8) == (0.08, 0.55, 0.08, 0.3, 1.0, 0.16, 0.08, 0.08)
    assert tints("Aurora", 96) == tints("Aurora", 200)[:96]
    assert tints("Aurora", 96) != tints("Aurora ", 96)


def test_the_ornament_is_drawn_by_attributes_alone() -> None:
    """Flat colours, no style, no variable: the SVG renderer of a PDF can draw it, and screen readers ignore it."""
    root = etree.fromstring(ornament("Aurora", CHAPTER, "#0a5a66").encode())
    assert (root.get("aria-hidden"), root.get("role")) == ("true", "presentation")
    assert not {name for element in root.iter() for name in element.attrib} & {"style", "class"} - {"class"}
    assert {path.get("fill") for path in root} <= {
        mixed("#0a5a66", tint) for tint in (0.08, 0.16, 0.3, 0.55, 1)
    }
    assert sum((path.get("d") or "").count("M") for path in root) == CHAPTER.columns * CHAPTER.rows


def test_on_a_screen_the_ornament_has_the_colour_of_the_text() -> None:
    """A reader may choose any background, so none of our colours is used."""
    assert "currentColor" in ornament_of_book(BOOK_OF_ONE.metadata, SCREEN, "#0a5a66")
    assert "currentColor" not in ornament_of_book(BOOK_OF_ONE.metadata, PAPER, "#0a5a66")


def test_a_section_has_a_thinner_strip_than_a_chapter() -> None:
    """The strip distinguishes the openers; on paper it has no size of its own, and is as wide as the text."""
    strips = [
        ornament_of_unit(replace(UNIT, role=role), PAPER, "#000000") for role in (Role.CHAPTER, Role.SECTION)
    ]
    drawn = [etree.fromstring(strip.encode()) for strip in strips]
    assert [svg.get("viewBox") for svg in drawn] == ["0 0 336 14", "0 0 336 7"]
    assert [svg.get("width") for svg in drawn] == [None, None]


def test_a_colour_that_cannot_be_mixed_is_made_transparent() -> None:
    """A colour name or function is used as it is, and cannot break out of its attribute."""
    assert 'fill="teal" fill-opacity="0.08"' in ornament("Aurora", BOOK, "teal")
    assert '"><script>' not in ornament("Aurora", BOOK, '"><script>')
