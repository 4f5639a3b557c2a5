"""A font and characters -> the font with only these characters, by HarfBuzz's own subsetter.

HarfBuzz shapes the text, so it knows best which glyphs a font needs for these characters. It takes a thousandth of a
second for a font, where fontTools takes a tenth, and a book has fifteen fonts and more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

PACKED = (b"wOFF", b"wOF2")
"""First bytes of a font that is compressed for the web, which HarfBuzz does not read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a font keeps besides its letters: layout features, or None for HarfBuzz's default, and `more` features."""

    features: tuple[str, ...] | None = None
    more: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Tables that are dropped."""
    unknown: bool = False
    """Whether tables are kept that the subsetter does not know."""


def subset(data: bytes, characters: Iterable[int], kept: Kept) -> bytes:
    """Return the font, unpacked, with these code points, a space and the box of a missing letter, without hints.

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
    """Return the font as OpenType or TrueType: WOFF and WOFF2 are unpacked."""
    if not data.startswith(PACKED):
        return data
    from fontTools.ttLib import TTFont

    target = BytesIO()
    with TTFont(BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        font.flavor = None
        font.save(target)
    return target.getvalue()


def _number(tag: str) -> int:
    """Return an OpenType tag as the number of its four letters."""
    return int.from_bytes(tag.ljust(4).encode("ascii"), "big")
