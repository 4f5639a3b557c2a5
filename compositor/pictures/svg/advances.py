"""Words -> their approximate width in a sans serif of this size: the programs that measured them had other fonts."""

from __future__ import annotations

import unicodedata

CLASSES = (
    ("ijl'|", 0.22), (" .,:;!ft/\\I[]", 0.28), ("()r-`\"{}*", 0.34), ("ckszvxyJ°^", 0.5),
    ("abdeghnopqu0123456789?_$#L", 0.556),
    ("FTZ+<>=~", 0.6), ("ABEKPSVXY&", 0.667), ("CDHNRUw", 0.722), ("GOQ", 0.778), ("mM", 0.833), ("%W@—", 0.94),
)  # fmt: skip
ADVANCE = {letter: width for letters, width in CLASSES for letter in letters}
USUAL, WIDE, FIXED = 0.556, 1.0, 0.6
BOLD = 1.06


def advance(text: str, size: float, bold: bool = False, fixed: bool = False) -> float:
    """Return the width in the unit of the size."""
    if fixed:
        return size * sum(FIXED if _is_narrow(letter) else WIDE for letter in text)
    width = sum(ADVANCE.get(letter) or (USUAL if _is_narrow(letter) else WIDE) for letter in text)
    return size * width * (BOLD if bold else 1)


def _is_narrow(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) not in ("W", "F")
