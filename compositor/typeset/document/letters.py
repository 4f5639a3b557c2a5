"""Letters that are not drawn one by one from left to right, or whose glyphs do not say which letter they are."""

from __future__ import annotations

import re

SHAPED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1100-\u11ff\u135d-\u135f\u1700-\u1cff\u1dc0-\u1dff\u200c-\u200f\u20d0-\u20ff"
    "\ua66f-\ua69f\ua800-\uabff\ud7b0-\ud7ff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefe"
    "\U00010800-\U00011fff\U00016b00-\U00016b8f\U0001e800-\U0001efff]"
)
"""Letters and marks that are shaped together with their neighbours, or written from right to left."""
BACKWARD = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are written from right to left."""
RAISED = re.compile("[ªº²³¹⁰-₎]")
"""Letters that a face draws with the glyphs of raised or lowered numbers, such as those of notes."""
TWINS = re.compile("[\u02bb\u02bc\u00b5\u03d5\u2126\u2206\u2215\U0001d400-\U0001d7ff]")
"""Letters that a face may draw with the glyph of another letter: signs that look alike, and mathematical letters."""
PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Letters of private use: PDF/A-2a demands an `ActualText` for each (ISO 19005-2, 6.2.11.7.3).

Those of planes 15 and 16 are not included: pdfium cannot read them from an `ActualText`.
"""
