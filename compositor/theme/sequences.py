"""An emoji font -> the same with a glyph of its own for every sequence: a hand of one colour, a flag, a key.

Such a font draws a hand of any colour as the same hand. A PDF has one text for each glyph, so that copied text would
have another hand than the one that was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

LIGATURES, EXTENSION = 4, 7
"""Types of lookups. Source: OpenType 1.9, table `GSUB`."""


def tell_apart(font: TTFont) -> None:
    """Keep only the substitutions for sequences, and give each a glyph; unknown flags are set as their letters."""
    if "GSUB" not in font or "glyf" not in font:
        return
    _keep_ligatures(font["GSUB"].table)
    taken, order = set(font.getBestCmap().values()), list(font.getGlyphOrder())
    for number, ligature in enumerate(_ligatures(font["GSUB"].table)):
        if ligature.LigGlyph in taken:
            name = f"sequence{number}"
            _copy(font, ligature.LigGlyph, name, order)
            ligature.LigGlyph = name
        taken.add(ligature.LigGlyph)
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order


def _keep_ligatures(table: Any) -> None:
    """Keep only the lookups that make one glyph of several."""
    if table.LookupList is None:
        return
    lookups = table.LookupList.Lookup
    kept = [number for number, lookup in enumerate(lookups) if _type(lookup) == LIGATURES]
    table.LookupList.Lookup = [lookups[number] for number in kept]
    for record in table.FeatureList.FeatureRecord:
        wanted = [number for number in record.Feature.LookupListIndex if number in kept]
        record.Feature.LookupListIndex = [kept.index(number) for number in wanted]


def _type(lookup: Any) -> int:
    return int(lookup.SubTable[0].ExtensionLookupType if lookup.LookupType == EXTENSION else lookup.LookupType)


def _ligatures(table: Any) -> Iterator[Any]:
    for lookup in table.LookupList.Lookup if table.LookupList is not None else ():
        for subtable in lookup.SubTable:
            known = getattr(subtable, "ExtSubTable", subtable).ligatures
            for first in sorted(known):
                yield from known[first]


def _copy(font: TTFont, old: str, new: str, order: list[str]) -> None:
    """Add another glyph with the outline of an existing one."""
    pen = TTGlyphPen(order)
    pen.addComponent(old, (1, 0, 0, 1, 0, 0))
    font["glyf"].glyphs[new] = pen.glyph()
    font["hmtx"].metrics[new] = font["hmtx"].metrics[old]
    if "vmtx" in font:
        font["vmtx"].metrics[new] = font["vmtx"].metrics[old]
    order.append(new)
