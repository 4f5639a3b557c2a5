"""A formula of one letter or one number -> its drawing in the text's own font: an italic, or the text's figures.

Among words, a letter from a math font looks darker than they do. Characters that the font lacks are not drawn here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from lxml import etree

from compositor.markdown.math.strokes import SIZE
from compositor.theme.layers import our_file

ITALIC, ROMAN = "styles/fonts/SourceSerif4-It.ttf", "styles/fonts/SourceSerif4-Regular.ttf"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
GROUPS = frozenset({"mrow", "mstyle"})
"""Elements that draw nothing themselves."""
FIGURES = ("pnum", "onum")
"""Font features of the figures in running text; without them they are as high as capitals, and equally wide."""


def plain(formula: etree._Element, lining: bool = False) -> etree._Element | None:
    """Return the drawing, with lining figures or those of running text; None if a formula is more than that."""
    leaves = [one for one in formula.iter() if not len(one)]
    if not all(map(_shows_nothing, (one for one in formula.iterdescendants() if len(one)))) or formula.get("mathcolor"):
        return None
    if len(leaves) != 1 or (leaves[0].text or "").strip() != leaves[0].text or leaves[0].attrib:
        return None
    name, text = etree.QName(leaves[0]).localname, str(leaves[0].text)
    if name == "mi" and len(text) == 1 and text.isalpha():
        return _drawn(text, ITALIC)
    return _drawn(text, ROMAN, () if lining else FIGURES) if name == "mn" and NUMBER.fullmatch(text) else None


def _shows_nothing(element: etree._Element) -> bool:
    """Return whether an element only groups its content: a root, a box, a stroke or a colour are more than that."""
    return etree.QName(element).localname in GROUPS and not element.attrib


def _drawn(text: str, file: str, figures: tuple[str, ...] = ()) -> etree._Element | None:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    font = _font(file)
    known, glyphs = font.getBestCmap(), font.getGlyphSet()
    if any(ord(letter) not in known for letter in text):
        return None
    names = [_figure(file, known[ord(letter)], figures) for letter in text]
    scale, x, paths, bounds = SIZE / font["head"].unitsPerEm, 0.0, SVGPathPen(glyphs, _short), BoundsPen(glyphs)
    for name in names:
        place = (scale, 0, 0, -scale, x, 0)
        glyphs[name].draw(TransformPen(paths, place))
        glyphs[name].draw(TransformPen(bounds, place))
        x += glyphs[name].width * scale
    left, top, right, bottom = bounds.bounds or (0, -SIZE, 0, 0)
    left, width = min(left, 0.0), max(right, x) - min(left, 0.0)
    size = {"width": f"{width:.3f}", "height": f"{bottom - top:.3f}"}
    size["viewBox"] = f"{left:.3f} {top:.3f} {width:.3f} {bottom - top:.3f}"
    svg = etree.fromstring('<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>')
    for key, value in size.items():
        svg.set(key, value)
    svg[0].set("d", paths.getCommands())
    return svg


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


@cache
def _font(file: str) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(our_file(file)), lazy=True)


def _figure(file: str, name: str, figures: tuple[str, ...]) -> str:
    for feature in figures:
        name = _substitutes(file, feature).get(name, name)
    return name


@cache
def _substitutes(file: str, feature: str) -> dict[str, str]:
    """Return what a feature substitutes for a glyph."""
    return {old: new for table in _tables(_font(file), feature) for old, new in table.mapping.items()}


def _tables(font: Any, feature: str) -> Iterator[Any]:
    found = font["GSUB"].table
    records = [one.Feature for one in found.FeatureList.FeatureRecord if one.FeatureTag == feature]
    for at in sorted({at for record in records for at in record.LookupListIndex}):
        for table in found.LookupList.Lookup[at].SubTable:
            inner = getattr(table, "ExtSubTable", table)
            if hasattr(inner, "mapping"):
                yield inner
