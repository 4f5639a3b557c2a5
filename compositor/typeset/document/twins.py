"""Equal lines one below the other -> text that pdfium does not take for one line that is painted twice.

A PDF without a bold font may paint a text twice, slightly shifted. So pdfium, the engine of Chromium, leaves out a text
whose glyphs are those of one of the five texts before it if their boxes overlap. Lines of code with frames in them
overlap, since their strokes join. If the last glyphs are shown separately, pdfium sees a different text. Source:
`CPDF_TextPage::IsSameAsPreTextObject`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection
from typing import Any

LOOKED_AT = 6
"""How many texts pdfium compares, plus one to be safe."""
SHORTEST = 12
"""Glyphs of four digits each: the boxes of shorter texts are too small for pdfium's test."""
_GLYPHS = re.compile("<(?:[0-9a-f]{4})+>$")
"""The glyphs that stand together at the end of a text."""


def tell_twins_apart() -> None:
    """Let WeasyPrint show a text in two pieces if it has just shown the same text; called once in a process."""
    from weasyprint.pdf.stream import Stream

    original = Stream.show_text

    def show_text(self: Any, text: str) -> None:
        if len(text) < SHORTEST * 4:
            original(self, text)
            return
        shown = self.__dict__.setdefault("_compositor_shown", deque(maxlen=LOOKED_AT))
        pieces = apart(text, shown)
        shown.append(pieces[0])
        for piece in pieces:
            original(self, piece)

    Stream.show_text = show_text


def apart(text: str, shown: Collection[str]) -> tuple[str, ...]:
    """Return the text for the operator TJ, whole or in two pieces, so that the first piece is not among those shown
    before."""
    found = _GLYPHS.search(text)
    glyphs = (len(found[0]) - 2) // 4 if found else 1
    ways = (text, *(f"{text[: -1 - 4 * last]}>" for last in range(1, glyphs)))
    first = next((way for way in ways if way not in shown), text)
    return (text,) if first == text else (first, f"<{text[len(first) - 1 :]}")
