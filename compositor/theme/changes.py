"""Changes to the letters of a font, apart from the modules for fonts, which are slow to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the letters of a font."""

    bold: bool = False
    slanted: bool = False
    sequences: bool = False
    """Whether every sequence of emoji gets a glyph of its own."""


AS_IT_IS = Change()
