"""Fonts, and what all units show of them -> fonts of the PDF: each font file once, with the glyphs that are used.

A font has one text for each glyph. If two units have drawn the same glyph for different letters, such as a small
capital, the PDF has two fonts that share a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import pydyf

from compositor.typeset.document.blocks import Part
from compositor.typeset.document.movable import Movable, movable
from compositor.typeset.document.parts import Block, Cut, Face, FaceUse, Painted, Size, WriteFace


class CutFace:
    """The objects of a face and its fonts."""

    def __init__(self, font: Any, asked: Cut) -> None:
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.pdf.fonts import build_fonts_dictionary

        pdf = pydyf.PDF()
        fonts = {number: _font(font, use, asked) for number, use in enumerate(asked.uses)}
        build_fonts_dictionary(pdf, fonts, True, True, {**DEFAULT_OPTIONS, "pdf_version": "1.7"})
        made = [one for one in pdf.objects[1:] if one is not pdf.pages and one is not pdf.catalog]
        plain = [one for one in made if not isinstance(one, pydyf.Stream)]
        self._part = Part(plain, [one for one in made if isinstance(one, pydyf.Stream)])
        found = tuple(number for number, one in enumerate(plain) if one.get("Subtype") in ("/Type0", "/Type3"))
        self.face = Face(Size(len(plain), len(self._part.streams)), found)

    def written(self, where: WriteFace) -> Block:
        """Return the bytes of the face at its place."""
        self._part.number(where.first, {})
        return self._part.written(where.first, {})

    def movable(self) -> Movable:
        """Return the face in a form that can be cached, and written at any place."""
        return movable(self._part, lambda where: self._part.number(where.first, where.borrowed))


def _font(font: Any, use: FaceUse, asked: Cut) -> Any:
    """Return a copy of WeasyPrint's font with the texts and widths that these units use."""
    made = copy(font)
    made.font_size, made.ascent, made.descent = asked.drawn
    made.to_unicode, made.widths, made.variations = dict(use.texts), dict(use.widths), dict(font.variations)
    made.missing = {None: None} if asked.has_gaps else {}
    return made


class Fonts:
    """For each face: the fonts that it needs, and which of them each unit uses."""

    def __init__(self, sections: Sequence[Painted]) -> None:
        self._uses: dict[str, list[FaceUse]] = {}
        self._first: dict[str, int] = {}
        self._gaps: set[str] = set()
        self.of: list[dict[str, int]] = [
            {name: self._add(name, use, number) for name, use in section.faces.items()}
            for number, section in enumerate(sections)
        ]
        """For each unit: face -> the index of its font."""

    def _add(self, name: str, use: FaceUse, section: int) -> int:
        uses = self._uses.setdefault(name, [])
        self._first.setdefault(name, section)
        self._gaps |= {name} if use.has_gaps else set()
        for number, other in enumerate(uses):
            if _agree(other.texts, use.texts) and _agree(other.widths, use.widths):
                uses[number] = FaceUse(
                    {**other.texts, **use.texts},
                    {**use.guesses, **other.guesses},
                    {**other.widths, **use.widths},
                    False,
                    other.drawn,
                )
                return number
        uses.append(use)
        return len(uses) - 1

    def cuts(self) -> list[Cut]:
        """Return the cuts to be made; the first unit that has painted with a face cuts it."""
        return [
            Cut(self._first[name], name, tuple(map(_whole, uses)), name in self._gaps, uses[0].drawn)
            for name, uses in self._uses.items()
        ]


def _agree(some: Mapping[int, Any], others: Mapping[int, Any]) -> bool:
    fewer, more = sorted((some, others), key=len)
    return all(more.get(glyph, value) == value for glyph, value in fewer.items())


def _whole(use: FaceUse) -> FaceUse:
    """Return the use with the guesses added, in the order of the glyphs: all texts are known when everything is drawn.
    """
    texts = {**use.guesses, **use.texts}
    return FaceUse({glyph: texts[glyph] for glyph in sorted(texts)}, {}, dict(sorted(use.widths.items())), False)
