"""The bytes of a font file -> the faces in it: one, those of a collection, or those of a variable font's axes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from compositor.theme.subsetting import Kept, subset

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

COLLECTION = b"ttcf"
RESTRICTED = 0x0002
"""A font that may not be embedded. Source: OpenType 1.9, table `OS/2`, fsType."""
COLOURED = ("CBDT", "sbix", "SVG ", "COLR")
"""Tables of coloured glyphs. Source: OpenType 1.9, "Tables for color fonts"."""
WEIGHTS = (300, 400, 600)
"""The weights that are made of a variable font."""
REGULAR = 400
NAMES = (1, 4, 16)
"""Family, full name, typographic family. Source: OpenType 1.9, table `name`."""


NEEDED = ("head", "hhea", "hmtx", "maxp", "cmap", "loca", "post", "name")
"""Tables without which a font cannot be used, and which do not grow with its outlines."""


class Unusable(Exception):
    """A font that a book cannot be set in: the reason, and the remedy."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy or "put a TTF, OTF, TTC, WOFF or WOFF2 file there, inside the book's folder"


@dataclass(frozen=True, slots=True)
class Sort:
    """One face in a file, unchanged."""

    data: bytes
    number: int | None
    """Its index in a collection."""
    names: tuple[str, ...]
    weight: int
    slanted: bool
    characters: frozenset[int]
    advance: float
    """Width of the digit 0, in ems."""
    axes: tuple[tuple[str, float], ...] = ()
    """The axis values of a variable font."""


def sorts(data: bytes, wanted: str = "") -> tuple[Sort, ...]:
    """Return every face of a file; of a collection, those named or numbered in `wanted`, else its first family."""
    try:
        if data[:4] != COLLECTION:
            return tuple(_variants(_sort(data, None)))
        fonts = [_sort(_taken_out(data, number), number) for number in _chosen(data, wanted)]
        return tuple(variant for font in fonts for variant in _variants(font))
    except Unusable:
        raise
    except Exception as problem:  # fontTools raises various errors for a file that is not a font, or half of one
        raise Unusable("cannot be read as a font") from problem


def _chosen(data: bytes, wanted: str) -> list[int]:
    """Return the numbers of the wanted faces of a collection."""
    from fontTools.ttLib.sfnt import SFNTReader

    names = [_names(data, number) for number in range(SFNTReader(BytesIO(data), fontNumber=0).numFonts)]
    if wanted.isdecimal() and int(wanted) < len(names):
        return [int(wanted)]
    meant = wanted or names[0][0]
    found = [number for number, known in enumerate(names) if meant.casefold() in (one.casefold() for one in known)]
    if not found:
        has = ", ".join(f"{number} {known[-1]}" for number, known in enumerate(names))
        raise Unusable(f'has no face "{wanted}"', f"it has {has}; write the number or the name after the #")
    return found


def _names(data: bytes, number: int) -> tuple[str, ...]:
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data), fontNumber=number, lazy=True) as font:
        return _called(font)


def _called(font: TTFont) -> tuple[str, ...]:
    found = (str(font["name"].getDebugName(name) or "") for name in NAMES)
    return tuple(name for name in found if name) or ("nameless",)


def _taken_out(data: bytes, number: int) -> bytes:
    """Return one face of a collection as a separate file, with its tables unchanged."""
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    reader = SFNTReader(BytesIO(data), fontNumber=number)
    target = BytesIO()
    writer = SFNTWriter(target, len(reader.keys()), reader.sfntVersion)
    for tag in reader.keys():  # noqa: SIM118 - it is no dict
        writer[tag] = reader[tag]
    writer.close()
    return target.getvalue()


def _sort(data: bytes, number: int | None) -> Sort:
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(data), lazy=True) as font:
        about, characters = font["OS/2"], frozenset(font.getBestCmap())
        if about.fsType & 0x000F == RESTRICTED:
            raise Unusable("forbids embedding", "use another font: a book has to embed its fonts")
        if any(table in font for table in COLOURED):
            remedy = "leave it out: Noto Emoji is included, and draws the same signs in one colour"
            raise Unusable("draws its letters as colour pictures", remedy)
        zero = font.getBestCmap().get(ord("0"))
        advance = (font["hmtx"][zero][0] / font["head"].unitsPerEm if zero else 0) or 0.5
        slanted = bool(about.fsSelection & 1)
        _try(data, font)
        return Sort(data, number, _called(font), about.usWeightClass, slanted, characters, advance)


def _try(data: bytes, font: TTFont) -> None:
    """Check that it can be subset here, and not in the middle of a build.

    Raises:
        RuntimeError: HarfBuzz finds it damaged, or it has tables with invalid names.
    """
    if not all(tag.isascii() for tag in font.reader.keys()):  # noqa: SIM118 - it is no dict
        raise RuntimeError("a table has a name that is not ASCII")
    for table in (name for name in NEEDED if name in font):
        font[table]
    subset(data, (ord(" "),), Kept())


def _variants(sort: Sort) -> Iterator[Sort]:
    """Yield the weights and slants of a variable font that a book uses; any other font is unchanged."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(sort.data), lazy=True) as font:
        axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    if not axes:
        yield sort
        return
    least, most = (axes["wght"].minValue, axes["wght"].maxValue) if "wght" in axes else (sort.weight, sort.weight)
    weights = sorted({min(max(weight, least), most) for weight in WEIGHTS})
    for slant in _slants(axes, sort):
        for weight in weights:
            told = {"wght": float(weight)} if "wght" in axes else {}
            settings = {**{tag: axis.defaultValue for tag, axis in axes.items()}, **told, **slant}
            slanted = sort.slanted or any(slant.values())
            yield _set(sort, settings, round(weight), slanted)


def _slants(axes: dict[str, object], sort: Sort) -> list[dict[str, float]]:
    """Return upright, and slanted if an axis slants."""
    if "ital" in axes and not sort.slanted:
        return [{"ital": 0.0}, {"ital": 1.0}]
    if "slnt" in axes and not sort.slanted:
        lean = min(axes["slnt"].minValue, -axes["slnt"].maxValue)  # type: ignore[attr-defined]
        steepest = axes["slnt"].minValue if lean == axes["slnt"].minValue else axes["slnt"].maxValue  # type: ignore[attr-defined]
        return [{"slnt": 0.0}, {"slnt": float(steepest)}]
    return [{}]


def _set(sort: Sort, settings: dict[str, float], weight: int, slanted: bool) -> Sort:
    axes = tuple(sorted(settings.items()))
    return Sort(sort.data, sort.number, sort.names, weight, slanted, sort.characters, sort.advance, axes)


STEM = re.compile(r"-(?P<weight>\d00)-(?P<slant>normal|italic)\Z")
"""File names of slices in the packages of Fontsource: `noto-emoji-3-400-normal`."""


def is_regular(stem: str) -> bool:
    """Return whether the name is that of an upright slice of regular weight, or does not tell."""
    told = STEM.search(stem)
    return told is None or (told["weight"] == str(REGULAR) and told["slant"] == "normal")
