"""A changed unit that was set before: the bytes of a cold build, with fewer pages set than it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from compositor.cache import Cache
from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.resumed.record import read
from tests.finished import ROOT
from tests.typeset.test_cached import cold, made
from tests.typeset.test_lines import SHEETS, WORDS

SMALL = "@page { size: 4.2in 4.4in } :root { --margin-inner: 0.6in; --margin-outer: 0.6in }"
NOTE = f"<p>A sentence{{}} with a note.<span class='footnote'>{WORDS * 3}</span> {WORDS}</p>"
FIGURE = "<figure style='height: 2.6in'><div style='height: 2.3in'></div><figcaption>{}</figcaption></figure>"
Blocks = list[str]


def block(number: int) -> str:
    """Return one of the blocks of a long chapter: text, headings, lists, tables, notes and figures."""
    kinds = {
        4: f"<h2 id='h{number}'>Heading {number}</h2>",
        9: f"<ul><li>{WORDS}</li><li>Item {number}</li></ul>",
        14: NOTE.format(number),
        19: FIGURE.format(number),
        24: f"<table><tbody><tr><td>{number}</td><td>{WORDS[:40]}</td></tr></tbody></table>",
    }
    return kinds.get(number % 25, f"<p>Paragraph {number}. {WORDS[: 120 + 37 * number % 260]}</p>")


BLOCKS = [f"<p>{WORDS}</p>", *map(block, range(1, 45))]


def unit(blocks: Sequence[str]) -> UnitText:
    """Return a chapter of these blocks."""
    placed = (f"{one[: one.index('>')]} data-source='a.md:{place}'{one[one.index('>') :]}" for place, one in
              enumerate(blocks, 3))  # fmt: skip
    body = f'<section class="unit chapter" id="a">{"".join(placed)}</section>'
    text = f'<html lang="en"><head><title>A</title></head><body>{body}</body></html>'
    return UnitText("a", text, Context(1, "decimal", "right"))


def worded(blocks: Blocks, place: int) -> Blocks:
    """Return a block with one more word."""
    return [*blocks[:place], blocks[place].replace("</p>", " Changed.</p>"), *blocks[place + 1 :]]


EDITS: dict[str, Callable[[Blocks], Blocks]] = {
    "a word at the front": lambda blocks: worded(blocks, 1),
    "a word in the middle": lambda blocks: worded(blocks, 26),
    "a word at the end": lambda blocks: worded(blocks, 43),
    "words that move all that follows": lambda blocks: [*blocks[:25], blocks[25] * 9, *blocks[26:]],
    "a block added": lambda blocks: [*blocks[:28], "<p>One more.</p>", *blocks[28:]],
    "a block removed": lambda blocks: [*blocks[:30], *blocks[31:]],
    "a note that goes on overleaf, changed": lambda blocks: worded(blocks, 14),
    "a note added": lambda blocks: [*blocks[:22], NOTE.format(""), *blocks[22:]],
    "a figure moved": lambda blocks: [*blocks[:19], *blocks[20:23], blocks[19], *blocks[23:]],
    "two blocks exchanged": lambda blocks: [*blocks[:31], blocks[33], blocks[32], blocks[31], *blocks[34:]],
}


@pytest.fixture(scope="module")
def look() -> Look:
    """Return the style sheets of the theme, and a small page."""
    return Look((*((text, ROOT / "styles") for text in SHEETS), (SMALL, Path())), Path())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return an empty cache."""
    return Cache(tmp_path / "cache", 1 << 30)


QUICK = ("a word in the middle", "a note that goes on overleaf, changed")


@pytest.mark.parametrize("names", [QUICK, pytest.param(tuple(EDITS), marks=pytest.mark.slow)], ids=["some", "all"])
def test_an_edit_of_a_long_chapter_sets_fewer_pages_than_it_has(
    names: Sequence[str], look: Look, cache: Cache
) -> None:
    """Each edit uses the pages that the one before has left; the bytes are those of a cold build.

    Pages are cached from the second layout of a chapter on.
    """
    blocks, pages = BLOCKS, dict[str, int]()
    for first in (worded(BLOCKS, 3), BLOCKS):
        _, counts = made(look, cache, [unit(first)])
        whole = counts.pages_set
        assert whole > 20
    for name in names:
        blocks = EDITS[name](blocks)
        data, counts = made(look, cache, [unit(blocks)])
        assert data == cold(look, [unit(blocks)]), name
        assert counts.units_set == 1, name
        pages[name] = counts.pages_set
    assert pages["a word in the middle"] < whole / 2
    assert sum(pages.values()) < whole * len(names) * 3 / 4


def test_what_is_kept_of_a_unit_and_is_not_whole_is_as_if_it_were_not_there(look: Look, cache: Cache) -> None:
    """The unit is set from its first page."""
    typesetter = Typesetter(look)
    record = typesetter.typeset(replace(unit(BLOCKS[:28]), before=b"")).record
    assert record is not None
    changed = unit(worded(BLOCKS[:28], 25))
    known = read(record)
    assert known is not None
    other = replace(known, names=[["width"]] * len(known.names)).written()
    found = [Typesetter(look).typeset(replace(changed, before=before)) for before in (record, other, record[:99])]
    assert [one.taken > 0 for one in found] == [True, False, False]
    assert len({repr((one.pages, one.layout, one.moved)) for one in found}) == 1
