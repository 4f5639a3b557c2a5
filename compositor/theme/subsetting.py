"""A font and characters -> the font with these characters alone, by HarfBuzz's own subsetter.

HarfBuzz is what shapes the text, so it knows best which glyphs a face needs for these characters. It takes a
thousandth of a second for a face where fontTools takes a tenth: a book is given fifteen and more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

PACKED = (b"wOFF", b"wOF2")
"""How a font begins that is compressed for the web, which HarfBuzz does not read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a font keeps besides its letters: layout features, or None for those of HarfBuzz, and `more` of them."""

    features: tuple[str, ...] | None = None
    more: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Tables that go."""
    unknown: bool = False
    """Whether tables stay that the subsetter does not know."""


def subset(data: bytes, characters: Iterable[int], kept: Kept) -> bytes:
    """The font, unpacked, with these code points, a space and the box of a missing letter, and without hints.

    Raises:
        RuntimeError: HarfBuzz cannot subset the font.
    """
    import uharfbuzz as harfbuzz

    asked = harfbuzz.SubsetInput()
    asked.unicode_set.clear()
    asked.unicode_set.update({*characters, ord(" ")})
    if kept.features is not None:
        asked.layout_feature_tag_set.clear()
    asked.layout_feature_tag_set.update(map(_number, (*(kept.features or ()), *kept.more)))
    for names in (asked.name_id_set, asked.name_lang_id_set):
        names.clear()
        names.invert()
    asked.drop_table_tag_set.update(map(_number, kept.without))
    wanted, unknown = harfbuzz.SubsetFlags, harfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
    asked.flags = wanted.NO_HINTING | wanted.NOTDEF_OUTLINE | (unknown if kept.unknown else 0)
    small = harfbuzz.subset(harfbuzz.Face(unpacked(data)), asked)
    return bytes(small.blob.data)


def unpacked(data: bytes) -> bytes:
    """The font as OpenType or TrueType: one that is packed as WOFF or WOFF2 is unpacked."""
    if not data.startswith(PACKED):
        return data
    from fontTools.ttLib import TTFont

    target = BytesIO()
    with TTFont(BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        font.flavor = None
        font.save(target)
    return target.getvalue()


def _number(tag: str) -> int:
    """A tag of OpenType as the number that its four letters are."""
    return int.from_bytes(tag.ljust(4).encode("ascii"), "big")
