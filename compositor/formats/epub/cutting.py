"""A font and letters -> the font subset to these letters, renamed if its own name is reserved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import combining

from compositor.cache import remembered
from compositor.theme.subsetting import Kept, subset

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "liga", "rlig", "calt", "lnum", "onum", "pnum", "tnum")
"""Font features that a screen uses."""
OF_MARKS = ("mark", "mkmk")
"""Features that only letters with combining accents need."""
DROPPED = ("DSIG", "BASE", "gasp")
"""Tables that no reading system uses."""
COPYRIGHT, FAMILY, STYLE, IDENTITY, FULL, VERSION, POSTSCRIPT, LICENCE, ADDRESS = 0, 1, 2, 3, 4, 5, 6, 13, 14
"""Numbers of names in a font. Source: OpenType 1.9, table `name`."""
WHOLE_ONLY = 0x0100
"""The flag of a font that may be embedded only as a whole. Source: OpenType 1.9, table `OS/2`, fsType."""
WINDOWS, UNICODE, ENGLISH = 3, 1, 0x409
"""Platform, encoding and language of a name that every system reads. Source: the same."""


def cut_down(data: bytes, characters: Iterable[int]) -> bytes:
    """Return the font with only these characters; the whole font, if its name is reserved or subsetting is forbidden.

    Source: SIL Open Font License 1.1, condition 3: a modified font must not keep a reserved name.
    """
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        told = " ".join(str(font["name"].getDebugName(number) or "") for number in (COPYRIGHT, LICENCE))
        if "reserved font name" in told.lower() or font["OS/2"].fsType & WHOLE_ONLY:
            return data
        flavour = font.flavor
    with TTFont(BytesIO(subset(data, characters, Kept())), lazy=True, recalcTimestamp=False) as font:
        return _saved(font, flavour)


@dataclass(frozen=True, slots=True)
class Cut:
    """The name of a subset font, the parts that it keeps besides its letters, and its file format."""

    family: str
    style: str = "Regular"
    features: tuple[str, ...] = FEATURES
    flavour: str | None = None


@lru_cache(maxsize=256)
def renamed(data: bytes, characters: frozenset[int], cut: Cut) -> bytes:
    """Return the font with only these characters and our name, which leaves a reserved one to the whole font.

    Source: SIL Open Font License 1.1, condition 3. Copyright and licence stay in it.
    """
    return remembered(lambda: _renamed(data, characters, cut), "renamed", data, repr((sorted(characters), cut)))


def _renamed(data: bytes, characters: frozenset[int], cut: Cut) -> bytes:
    from fontTools.ttLib import TTFont

    marked = any(combining(chr(code)) for code in characters)
    kept = Kept(tuple(name for name in cut.features if marked or name not in OF_MARKS), without=DROPPED)
    with TTFont(BytesIO(subset(data, characters, kept)), lazy=True, recalcTimestamp=False) as font:
        names = font["name"]
        names.names = [one for one in names.names if one.nameID in (COPYRIGHT, VERSION, LICENCE, ADDRESS)]
        whole = f"{cut.family} {cut.style}"
        told = {FAMILY: cut.family, STYLE: cut.style, IDENTITY: whole, FULL: whole, POSTSCRIPT: whole.replace(" ", "-")}
        for number, text in told.items():
            names.setName(text, number, WINDOWS, UNICODE, ENGLISH)
        return _saved(font, cut.flavour)


def packed(data: bytes, flavour: str | None) -> bytes:
    """Return the font in this format (`woff2`); unchanged if none is given, or it cannot be read."""
    return remembered(lambda: _packed(data, flavour), "packed", data, flavour) if flavour else data


def _packed(data: bytes, flavour: str) -> bytes:
    from fontTools.ttLib import TTFont

    try:
        with TTFont(BytesIO(data), lazy=True, recalcTimestamp=False) as font:
            return _saved(font, flavour)
    except Exception:  # damaged in a way that browsers may tolerate
        return data


def _saved(font: TTFont, flavour: str | None) -> bytes:
    target = BytesIO()
    font.flavor = flavour
    font.save(target)
    return target.getvalue()
