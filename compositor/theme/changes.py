"""What is done to the letters of a font, apart from the fonts themselves: those take long to be imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to the letters of a font."""

    bold: bool = False
    slanted: bool = False
    sequences: bool = False
    """Whether every sequence of emoji gets a glyph of its own."""


AS_IT_IS = Change()
