"""A font, and the letters of a book -> a font with these letters for setting pages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any
from unicodedata import category, combining, east_asian_width

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables
from fontTools.varLib.instancer import instantiateVariableFont

from compositor.theme.changes import AS_IT_IS, Change
from compositor.theme.sequences import tell_apart
from compositor.theme.subsetting import Kept, subset

SPACES = (0x20, 0xA0)
ALWAYS = frozenset(range(0x20, 0x7F)) | {0xA0, 0x200C, 0x200D, 0xFE0E, 0xFE0F}
"""Letters that are kept whether or not a book has them: generated text has them too."""
FEATURES = ("smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "subs")
"""Font features that the themes use, in addition to those of every text."""
EM, CELL = 1000, 1000
"""Units of an em; and the width of a box, which is two columns of code."""
EDGE, STROKE, TOP, BOTTOM = 60, 40, 820, -180
"""Measures of a box: the space beside it, its line, and its height and depth."""
DIGIT_GAP, ROW_GAP = 40, 70
FIXED = 3_786_912_000
"""Seconds from 1904 to 2024: a font must have a date, and a build has no clock."""
MIDDLE = 0.35
"""Ems above the baseline beyond which a sign is made smaller."""
STRONGER, LEANING = 0.03, 0.2
"""Ems by which a stem is made wider; and how far a letter is slanted, relative to its height."""


@lru_cache(maxsize=32)
def fitted(
    data: bytes, axes: tuple[tuple[str, float], ...], letters: frozenset[int], change: Change = AS_IT_IS
) -> bytes:
    """Return the font with these letters of it, at these axis values, with this change, and with a space."""
    small = subset(data, letters | ALWAYS, Kept(more=FEATURES, unknown=True))
    with TTFont(BytesIO(small), recalcTimestamp=False) as font:
        made: Any = instantiateVariableFont(font, dict(axes)) if axes else font
        if "glyf" in made:
            _give_space(made)
        if change.sequences:
            tell_apart(made)
        if change.bold or change.slanted:
            _change(made, change)
        made.flavor = None
        target = BytesIO()
        made.save(target)
    return target.getvalue()


def _give_space(font: TTFont) -> None:
    """Give a font without a space one: between two of its letters, a space is looked for in it."""
    missing = [code for code in SPACES if code not in font.getBestCmap()]
    if not missing:
        return
    name, order = "space.made", font.getGlyphOrder()
    font.setGlyphOrder([*order, name])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs[name] = TTGlyphPen(None).glyph()
    font["hmtx"].metrics[name] = (font["head"].unitsPerEm // 4, 0)
    if "vmtx" in font:
        font["vmtx"].metrics[name] = (font["head"].unitsPerEm, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= dict.fromkeys(missing, name)


@lru_cache(maxsize=32)
def in_cells(data: bytes, letters: frozenset[int], advance: float) -> bytes:
    """Return the font with these letters, each one or two columns of code wide: a listing is counted in columns."""
    with TTFont(BytesIO(fitted(data, (), letters)), recalcTimestamp=False) as font:
        glyphs, units, drawn = font.getGlyphSet(), font["head"].unitsPerEm, {}
        for code, name in font.getBestCmap().items():
            if code in letters and not combining(chr(code)) and category(chr(code)) not in ("Mn", "Me"):
                drawn[name] = advance * units * (2 if east_asian_width(chr(code)) in "WF" else 1)
        for name, cell in drawn.items():
            old = font["hmtx"].metrics[name][0] or cell
            scale = min(1.0, cell / old)
            drawing, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
            glyphs[name].draw(drawing)
            moved = (cell - old * scale) / 2, (1 - scale) * MIDDLE * units
            drawing.replay(TransformPen(pen, Transform(scale, 0, 0, scale, *moved)))
            drawn[name] = pen.glyph(), round(cell)
        for name, (glyph, cell) in drawn.items():
            font["glyf"].glyphs[name] = glyph
            font["hmtx"].metrics[name] = (cell, getattr(glyph, "xMin", 0))
        target = BytesIO()
        font.save(target)
    return target.getvalue()


def _change(font: TTFont, change: Change) -> None:
    """Draw every letter again: slanted, or three times side by side."""
    wider = round(STRONGER * font["head"].unitsPerEm) if change.bold else 0
    steps = (0, wider / 2, wider) if wider else (0,)
    glyphs, drawn = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        drawing = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(drawing)
        pen = TTGlyphPen(None) if "glyf" in font else T2CharStringPen(None, None)
        for step in steps:
            drawing.replay(TransformPen(pen, Transform(1, 0, LEANING if change.slanted else 0, 1, step, 0)))
        drawn[name] = pen
        advance, bearing = font["hmtx"].metrics[name]
        font["hmtx"].metrics[name] = (advance + wider if advance else 0, bearing)
    if "glyf" in font:
        font["glyf"].glyphs.update({name: pen.glyph() for name, pen in drawn.items()})
        return
    old = font["CFF "].cff.topDictIndex[0].CharStrings
    for name, pen in drawn.items():
        old[name] = pen.getCharString(old[name].private, old[name].globalSubrs)


def boxes(letters: Iterable[int], digits: bytes) -> bytes:
    """Return a font in which every one of these letters is a frame with its number, in digits of another font."""
    codes = sorted(letters)
    names = {code: f"box{code:X}" for code in codes}
    with TTFont(BytesIO(digits), lazy=True) as font:
        drawn = {name: _box(f"{code:04X}", font) for code, name in names.items()}
    blank = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
    builder = FontBuilder(EM, isTTF=True)
    builder.updateHead(created=FIXED, modified=FIXED)
    builder.setupGlyphOrder([*blank, *drawn])
    builder.setupCharacterMap({ord(" "): "space", **names})
    builder.setupGlyf({**blank, **drawn})
    widths = {".notdef": (CELL, 0), "space": (EM // 4, 0), **dict.fromkeys(drawn, (CELL, EDGE))}
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=TOP, descent=BOTTOM)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400, sTypoAscender=TOP, sTypoDescender=BOTTOM, fsSelection=0x40)
    builder.setupPost()
    builder.font["GSUB"], builder.font["GPOS"] = _no_script("GSUB"), _no_script("GPOS")
    builder.font["GDEF"] = _all_bases(drawn)
    builder.font.recalcTimestamp = False
    target = BytesIO()
    builder.save(target)
    return target.getvalue()


def _box(number: str, font: TTFont) -> Any:
    """Draw a frame with a number of four to six digits in two rows."""
    pen = TTGlyphPen(None)
    left, right = EDGE, CELL - EDGE
    for inset, clockwise in ((0, True), (STROKE, False)):
        points = [(left + inset, BOTTOM + inset), (left + inset, TOP - inset)]
        points += [(right - inset, TOP - inset), (right - inset, BOTTOM + inset)]
        points = points if clockwise else points[::-1]
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    columns = (len(number) + 1) // 2
    for index, figure in enumerate(number.rjust(2 * columns, "0")):
        row, column = divmod(index, columns)
        _draw(figure, font, pen, (row, column, columns))
    return pen.glyph()


def _draw(figure: str, font: TTFont, pen: TTGlyphPen, at: tuple[int, int, int]) -> None:
    """Draw one digit in its row and column of so many, as large as possible."""
    row, column, columns = at
    glyphs, units = font.getGlyphSet(), font["head"].unitsPerEm
    glyph = glyphs[font.getBestCmap()[ord(figure)]]
    width, height = glyph.width / units * EM, _height(font) / units * EM
    room = CELL - 2 * (EDGE + STROKE + DIGIT_GAP)
    high = (TOP - BOTTOM - 2 * STROKE - 3 * ROW_GAP) / 2
    scale = min(room / columns / width, high / height)
    across = EDGE + STROKE + DIGIT_GAP + room / columns * (column + 0.5) - width * scale / 2
    base = BOTTOM + STROKE + ROW_GAP + (1 - row) * (high + ROW_GAP) + (high - height * scale) / 2
    unit = scale * EM / units
    drawing = DecomposingRecordingPen(glyphs)
    glyph.draw(drawing)
    drawing.replay(TransformPen(pen, Transform(unit, 0, 0, unit, across, base)))


def _height(font: TTFont) -> float:
    return float(getattr(font["OS/2"], "sCapHeight", 0) or 0.7 * font["head"].unitsPerEm)


def _no_script(tag: str) -> Any:
    """Return a table of substitutions or positions for any script, without entries: no letter is moved or joined."""
    table = newTable(tag)
    table.table = getattr(otTables, tag)()
    table.table.Version = 0x00010000
    language = otTables.DefaultLangSys()
    language.ReqFeatureIndex, language.FeatureIndex, language.FeatureCount, language.LookupOrder = 0xFFFF, [], 0, None
    script, record = otTables.Script(), otTables.ScriptRecord()
    script.DefaultLangSys, script.LangSysRecord = language, []
    record.ScriptTag, record.Script = "DFLT", script
    table.table.ScriptList, table.table.FeatureList = otTables.ScriptList(), otTables.FeatureList()
    table.table.ScriptList.ScriptRecord, table.table.FeatureList.FeatureRecord = [record], []
    table.table.LookupList = otTables.LookupList()
    table.table.LookupList.Lookup = []
    return table


def _all_bases(names: Iterable[str]) -> Any:
    """Return a table that says of every box that it is a letter and no mark, so that it keeps its width."""
    table = newTable("GDEF")
    table.table = otTables.GDEF()
    table.table.Version = 0x00010000
    table.table.GlyphClassDef = otTables.GlyphClassDef()
    table.table.GlyphClassDef.classDefs = dict.fromkeys(names, 1)
    return table
