"""Cached units give the same bytes as fresh ones, and are set again when anything that they show has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PIL import Image

from compositor.cache import Cache
from compositor.model import Limits
from compositor.typeset import CachedTypesetter, ChildTypesetter, Context, Counts, Look, Typesetter, UnitText, Volume
from compositor.typeset.cached.keys import unit_key
from tests.finished import ROOT
from tests.typeset.test_child import FONTS, volume
from tests.typeset.test_pool import PICTURE, STYLE, chains, numbered

TEXT = "words " * 60
UNITS = (
    numbered(1, f'<h1 id="first">One</h1><p class="small">ABC</p><p><a href="#third">third</a> {PICTURE}</p>', "one"),
    numbered(5, f'<p class="small">abc</p><p data-source="two.md:3">{TEXT}</p>', "two"),
    numbered(99, f'<p id="third">abc {PICTURE} <a href="#first">first</a></p>', "three"),
)


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Return a small page with its folio, a picture, and files that a test may change."""
    folder = tmp_path / "book"
    folder.mkdir()
    Image.radial_gradient("L").save(folder / "p.png")
    return Look(((FONTS, ROOT / "styles"), (STYLE, folder)), folder)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return an empty cache."""
    return Cache(tmp_path / "cache", 1 << 30)


class _Here(Typesetter):
    """A typesetter in this process, in place of those in processes of their own."""

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        """End nothing."""


def cached(look: Look, cache: Cache) -> CachedTypesetter:
    """Return a typesetter with this cache."""
    return CachedTypesetter(cast(ChildTypesetter, _Here(look)), look, cache)


def made(look: Look, cache: Cache, units: Sequence[UnitText] = UNITS, workers: int = 0) -> tuple[bytes, Counts]:
    """Return the file of these units, and how many were set for it."""
    many = CachedTypesetter(ChildTypesetter(look, Limits(), workers), look, cache) if workers else None
    with many or cached(look, cache) as typesetter:
        typesetter.set_ahead(chains(units))
        return typesetter.join(volume(*units))[0], typesetter.counts


def cold(look: Look, units: Sequence[UnitText] = UNITS) -> bytes:
    """Return the file of these units, from one process without a cache."""
    typesetter = Typesetter(look)
    for one in units:
        typesetter.typeset(one)
    return typesetter.join(volume(*units))[0]


def with_word(unit: UnitText, old: str, new: str) -> UnitText:
    """Return a unit with another word."""
    return replace(unit, xhtml=unit.xhtml.replace(old, new, 1))


def test_what_is_in_the_cache_gives_the_same_bytes(look: Look, cache: Cache) -> None:
    """Three builds agree: cold in many processes, from the cache, and after an edit of one word in one unit."""
    first, counts = made(look, cache, workers=3)
    assert first == cold(look)
    assert (counts.units_set, counts.units_kept) == (3, 0)
    again, counts = made(look, cache)
    assert again == first
    assert (counts.units_set, counts.pages_set, counts.units_kept) == (0, 0, 3)
    edited = (UNITS[0], with_word(UNITS[1], "words", "swords"), UNITS[2])
    data, counts = made(look, cache, edited)
    assert data == cold(look, edited)
    assert (counts.units_set, counts.units_kept) == (1, 2)


def test_a_face_of_which_more_is_used_is_cut_again(look: Look, cache: Cache) -> None:
    """If this build has set no unit with that font, one is set."""
    made(look, cache)
    more = (UNITS[0], with_word(UNITS[1], "words", "qxzjk"), UNITS[2])
    assert made(look, cache, more)[0] == cold(look, more)
    fewer = UNITS[:1]
    data, counts = made(look, cache, fewer)
    assert data == cold(look, fewer)
    assert (counts.units_set, counts.units_kept) == (1, 0)


def test_a_unit_that_stands_elsewhere_is_painted_there(look: Look, cache: Cache) -> None:
    """Its pages are the same, but their folios change."""
    made(look, cache)
    moved = (*UNITS[:2], replace(UNITS[2], context=replace(UNITS[2].context, first_folio=42)))
    data, counts = made(look, cache, moved)
    assert data == cold(look, moved)
    assert counts.units_set == 1
    assert made(look, cache, moved)[1].units_set == 0


def test_other_lines_of_the_source_change_no_page(look: Look, cache: Cache) -> None:
    """A line added above a block changes its source position, and not the block."""
    with cached(look, cache) as typesetter:
        before = typesetter.typeset(UNITS[1])
    below = with_word(UNITS[1], "two.md:3", "two.md:8")
    with cached(look, cache) as typesetter:
        after = typesetter.typeset(below)
        assert typesetter.counts.units_set == 0
    assert before.pages[1].start.position == "two.md:3"
    assert after.pages[1].start.position == "two.md:8"
    assert after == Typesetter(look).typeset(below)


def _picture(look: Look) -> None:
    Image.linear_gradient("L").save(look.folder / "p.png")


def test_another_picture_sets_who_shows_it(look: Look, cache: Cache) -> None:
    """The content of the file counts, and not its name."""
    first = made(look, cache)[0]
    _picture(look)
    data, counts = made(look, cache)
    assert data == cold(look) != first
    assert (counts.units_set, counts.units_kept) == (2, 1)


def test_a_broken_picture_is_told_each_time(look: Look, cache: Cache) -> None:
    """A unit with a finding is not cached; it is cached when the picture exists."""
    (look.folder / "p.png").rename(look.folder / "away.png")
    for _ in range(2):
        with cached(look, cache) as typesetter:
            assert len(typesetter.typeset(UNITS[2]).messages) == 1
    (look.folder / "away.png").rename(look.folder / "p.png")
    with cached(look, cache) as typesetter:
        assert typesetter.typeset(UNITS[2]).messages == ()


def test_a_style_sheet_has_a_say_in_all_units(look: Look, cache: Cache) -> None:
    """A picture in the style sheet also affects all units."""
    made(look, cache)
    other = replace(look, sheets=(*look.sheets, ("p { background: url(p.png) }", look.folder)))
    data, counts = made(other, cache)
    assert counts.units_set == 3
    assert made(other, cache)[1].units_set == 0
    _picture(look)
    again, counts = made(other, cache)
    assert counts.units_set == 3
    assert again == cold(other) != data


def test_damaged_entries_are_made_anew(look: Look, cache: Cache) -> None:
    """This holds whatever the entries contain."""
    first = made(look, cache)[0]
    for file in cache.folder.glob("??/*"):
        file.write_bytes(file.read_bytes()[:-2])
    data, counts = made(look, cache)
    assert (data, counts.units_set) == (first, 3)
    assert made(look, cache)[1].units_set == 0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ('<p data-source="a.md:1">x</p>', '<p data-source="a.md:2">x</p>', True),
        ('<p class="c" data-source="a.md:1">x</p>', '<p class="c" data-source="b.md:1">x</p>', True),
        ('<p data-source="1">x</p><p data-source="1">y</p>', '<p data-source="1">x</p><p data-source="2">y</p>', False),
        ('<p> data-source="1"</p>', '<p> data-source="2"</p>', False),
        ('<p>&lt;p data-source="1"></p>', '<p>&lt;p data-source="2"></p>', False),
        ("<p title=' data-source=\"1\"'>x</p>", "<p title=' data-source=\"2\"'>x</p>", False),
        ('<p title="a > b" data-source="1">x</p>', '<p title="a > b" data-source="2">x</p>', True),
        ('<p style="x:attr(data-source)" data-source="1"/>', '<p style="x:attr(data-source)" data-source="2"/>', False),
    ],
)  # fmt: skip
def test_places_are_no_part_of_a_key(one: str, other: str, alike: bool) -> None:
    """Words that look like source positions stay words."""
    keys = {unit_key("", UnitText("", text, Context(1, "decimal", "right")), False).key for text in (one, other)}
    assert (len(keys) == 1) is alike


def test_the_volume_is_no_part_of_the_cache(look: Look, cache: Cache) -> None:
    """The frame has title and dates, and is written each time."""
    made(look, cache)
    whole: Volume = volume(*UNITS)
    other = replace(whole, metadata=replace(whole.metadata, title="Another"))
    with cached(look, cache) as typesetter:
        assert typesetter.join(other)[0] == Typesetter(look).join(other)[0]
        assert typesetter.counts.units_set == 0
