"""New page numbers in text that was already set: the bytes equal those of a new layout, which is made if needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.typeset import Context, LaidOut, Look, Typesetter, UnitText
from compositor.typeset.renumbering import may_change
from tests.finished import ROOT
from tests.typeset.test_child import FONTS, volume

STYLE = (
    "@page { size: 200pt 300pt; margin: 20pt; @top-left { content: string(head) } }"
    ' html { font: 10pt "Book Text"; text-align: justify; hyphens: auto } a { text-decoration: none }'
    " h2 { string-set: head content(text) } .old { font-variant-numeric: oldstyle-nums proportional-nums }"
    " .narrow { width: 1em; overflow-wrap: anywhere } th { font-weight: normal }"
    " .line a::after { content: leader('.') attr(data-folio) }"
)
WORDS = "Several words of a paragraph that is broken into lines, and goes on for a while. " * 3


@pytest.fixture
def look() -> Look:
    """Return a small page with a running head."""
    folder = ROOT / "styles"
    return Look(((FONTS, folder), (STYLE, folder)), Path("/"))


def unit(body: str) -> UnitText:
    """Return a unit with this inside its body."""
    return UnitText("a", f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))


def renumbered(look: Look, before: str, now: str) -> LaidOut:
    """Return the second unit when it is made from the first one, and assert that its bytes are correct."""
    typesetter, fresh = Typesetter(look, keeps_pages=True), Typesetter(look)
    typesetter.typeset(unit(before))
    laid, other = typesetter.typeset(unit(now)), fresh.typeset(unit(now))
    assert (laid.pages, laid.layout, laid.moved, laid.files) == (other.pages, other.layout, other.moved, other.files)
    assert typesetter.join(volume(unit(now)))[0] == fresh.join(volume(unit(now)))[0]
    return laid


@pytest.mark.parametrize(
    "body",
    [
        '<p>{0} <a href="#a">on page\u00a0{1}</a>, and {0} then page {1}.</p><p id="a">{0}</p>',
        '<ul class="line"><li><a href="#a" data-folio="{1}">A line</a></li></ul><p id="a">{0}</p>',
        "<table><tr><td>{1}</td><td>{0}</td></tr></table>",
        "<pre>a\n  {1}\nb</pre><p>{0}</p>",
    ],
)
def test_figures_as_wide_as_others_take_their_place(look: Look, body: str) -> None:
    """This works in a paragraph, in a line of the contents, in a table and in a listing."""
    assert renumbered(look, body.format(WORDS, "00"), body.format(WORDS, "27")).renumbered
    assert renumbered(look, body.format(WORDS, "145"), body.format(WORDS, "386")).renumbered


@pytest.mark.parametrize(
    ("body", "before", "now"),
    [
        ("<p>{0} page {1}</p>", "9", "10"),
        ("<p>{0} page {1}</p>", "ix", "xi"),
        ("<p>{0} page {1}</p>", "12", "13 "),
        ('<p class="old">{0} page {1}</p>', "22", "11"),
        ('<h2>To page <span>{1}</span></h2><p>{0}</p>', "22", "23"),
        ('<p class="narrow">{1}</p><p>{0}</p>', "22222", "33333"),
        ('<p title="{1}">{0}</p>', "22", "23"),
        ('<p>{0} <a id="a{1}">there</a></p>', "22", "23"),
        ("<table><thead><tr><th>{1}</th></tr></thead>" + f"<tr><td>{WORDS}</td></tr>" * 9 + "</table>", "22", "23"),
        ('<p style="display: none">{1}</p><p>{0}</p>', "22", "23"),
    ],
)
def test_whatever_else_is_set_again(look: Look, body: str, before: str, now: str) -> None:
    """More digits, other letters or widths, a running head, a broken number, an attribute, and a repeated head."""
    assert not renumbered(look, body.format(WORDS, before), body.format(WORDS, now)).renumbered


def test_numbers_below_a_running_head_that_does_not_have_them(look: Look) -> None:
    """Every unit names its book and its chapter in running heads: only a head with the number itself matters."""
    section = '<section style="string-set: head attr(data-head)" data-head="Chapter {2}">{0} page {1}</section>'
    assert renumbered(look, section.format(WORDS, "00", "4"), section.format(WORDS, "27", "4")).renumbered
    said = '<h2>On <span>{1}</span></h2><p>{0} page {1}</p>'
    assert not renumbered(look, said.format(WORDS, "00"), said.format(WORDS, "27")).renumbered


@pytest.mark.parametrize(
    ("xhtml", "open_"),
    [
        ('<li><a data-folio="">One</a></li>', True),
        ('<span class="folio">12</span>', True),
        ('<span class="on-page">on page\u00a0000</span>', True),
        ('<a href="#a">Answer on page 000</a>', True),
        ('<a class="locator" href="#a">000\u2013000</a>', True),
        ("<p>Version 1.0 has 100 of them</p>", False),
        ("<code>0</code> and 00:00", False),
        ('<a href="#a">Answer on page 147</a>', False),
    ],
)
def test_units_with_unknown_page_numbers_are_known(xhtml: str, open_: bool) -> None:
    """Unknown numbers are zeros; the pages of these units are kept until the numbers are known."""
    assert may_change(xhtml) == open_


def test_numbers_are_replaced_more_than_once(look: Look) -> None:
    """A renumbered unit can be renumbered again."""
    typesetter, fresh = Typesetter(look, keeps_pages=True), Typesetter(look)
    body = '<p>{} <a href="#b">page {}</a></p><p id="b">{}</p>'
    for number in ("00", "27", "31"):
        typesetter.typeset(unit(body.format(WORDS, number, WORDS)))
    assert typesetter.counts.units_set == 1
    last = unit(body.format(WORDS, "31", WORDS))
    fresh.typeset(last)
    assert typesetter.join(volume(last))[0] == fresh.join(volume(last))[0]
