"""Glyphs -> their outlines on a page: for marks that belong to a letter, and have no text of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph of a font, its size, and the place of its origin on the page."""

    font: Any
    number: int
    size: float
    x: float
    y: float


def draw(stream: Any, outlines: Sequence[Outline]) -> None:
    """Fill outlines in the colour of the text; end the text object before them, and begin a new one after them."""
    if outlines:
        stream.end_text()
        for outline in outlines:
            _trace(stream, outline)
        stream.fill()
        stream.begin_text()


def _trace(stream: Any, outline: Outline) -> None:
    from fontTools.pens.basePen import BasePen

    glyphs, names = _glyphs(outline.font.file_content, outline.font.index, tuple(outline.font.variations.items()))
    scale = outline.size / outline.font.upem

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return round(outline.x + point[0] * scale, 4), round(outline.y - point[1] * scale, 4)

    class Pen(BasePen):  # type: ignore[misc]
        def _moveTo(self, point: tuple[float, float]) -> None:
            stream.move_to(*at(point))

        def _lineTo(self, point: tuple[float, float]) -> None:
            stream.line_to(*at(point))

        def _curveToOne(self, *points: tuple[float, float]) -> None:
            stream.curve_to(*(number for point in points for number in at(point)))

        def _closePath(self) -> None:
            stream.close()

    glyphs[names[outline.number]].draw(Pen(glyphs))


@lru_cache(maxsize=8)
def _glyphs(file: bytes, index: int, variations: tuple[tuple[str, float], ...]) -> tuple[Any, Sequence[str]]:
    """Return the outlines of a face, and the names of its glyphs by their numbers."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(file), fontNumber=index, lazy=True)
    return font.getGlyphSet(location=dict(variations) or None), font.getGlyphOrder()
