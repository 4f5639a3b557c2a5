"""Fonts made for a test, with boxes for letters."""

from __future__ import annotations

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def font(letters: str, weight: int = 400, italic: bool = False, copyright_: str = "", fs_type: int = 0) -> bytes:
    """Return a font in which every letter is a box of one em."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (900, 700), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    names = {letter: f"u{ord(letter):04X}" for letter in letters}
    builder = FontBuilder(1000, isTTF=True)
    builder.updateHead(macStyle=2 if italic else 0)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    builder.setupGlyf(dict.fromkeys((".notdef", *names.values()), box))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "copyright": copyright_})
    builder.setupOS2(usWeightClass=weight, fsType=fs_type, fsSelection=1 if italic else 0x40)
    builder.setupPost()
    target = BytesIO()
    builder.save(target)
    return target.getvalue()
