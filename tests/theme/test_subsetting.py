"""A font is subset; a damaged one is reported when it is read, and not in the middle of a build."""

import random
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from compositor.formats.epub.cutting import Cut, cut_down, renamed
from compositor.theme.font_files import Unusable, sorts
from compositor.theme.made_fonts import fitted
from compositor.theme.subsetting import Kept, subset
from tests.finished import ROOT

FACES = tuple(
    (ROOT / "styles" / "fonts" / name).read_bytes()
    for name in ("SourceSans3-Regular.ttf", "NotoSansSymbols2-Regular.ttf")
)
A, STAR = ord("A"), ord("★")


def read(data: bytes) -> TTFont:
    return TTFont(BytesIO(data))


def test_only_the_letters_asked_for_and_a_space_stay() -> None:
    assert set(read(subset(FACES[0], [A], Kept())).getBestCmap()) == {A, ord(" ")}


def test_a_feature_keeps_its_glyphs_only_where_it_is_asked_for() -> None:
    with_small_capitals = read(subset(FACES[0], [ord("a")], Kept(("smcp",))))
    without = read(subset(FACES[0], [ord("a")], Kept(("kern",))))
    assert len(with_small_capitals.getGlyphOrder()) > len(without.getGlyphOrder())


def test_copyright_and_licence_stay_and_the_name_is_another() -> None:
    before, after = (
        {one.nameID: str(one) for one in read(data)["name"].names}
        for data in (FACES[0], renamed(FACES[0], frozenset({A}), Cut("Book Sans")))
    )
    assert {number: after[number] for number in (0, 13, 14)} == {number: before[number] for number in (0, 13, 14)}
    assert after[1] == "Book Sans"
    assert "Source" not in after[4] + after[6]


@pytest.mark.parametrize("flavour", ["woff", "woff2"])
def test_a_packed_font_is_unpacked_cut_and_packed_again(flavour: str) -> None:
    font, target = read(FACES[1]), BytesIO()
    font.flavor = flavour
    font.save(target)
    small = cut_down(target.getvalue(), [STAR])
    assert read(small).flavor == flavour
    assert set(read(small).getBestCmap()) == {STAR, ord(" ")}


def damaged(seed: int) -> bytes:
    """Return a font with changed bytes, or with its end cut off."""
    chance = random.Random(seed)
    data = bytearray(FACES[seed % 2])
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    for _ in range((0, 3, 50)[seed % 3]):
        data[chance.randrange((400, len(data))[seed % 3 - 1])] = chance.randrange(256)
    return bytes(data)


def test_a_damaged_font_is_told_or_can_be_used() -> None:
    """Of 12 damaged fonts some are reported, and the others are subset for both formats."""
    told = 0
    for seed in range(12):
        try:
            found = sorts(damaged(seed))
        except Unusable:
            told += 1
            continue
        for one in found:
            assert read(cut_down(one.data, [A, STAR])).keys()
            assert read(fitted(one.data, (), frozenset({A, STAR}))).keys()
    assert 0 < told < 12
