"""What the readers of finished files return: letters in runs, each with its page and whether it is visible."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

DROPPED = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\x00-\x01\x03-\x1f\x7f-\x9f]+"
)
"""Spaces of every width, and characters without a shape (Unicode's Default_Ignorable_Code_Point), such as variation
selectors. U+0002 is kept: pdfium writes it for a hyphen at a line end."""
SPELT_OUT = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "İ": "I", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"‐": "-", "‑": "-", "µ": "μ", "∆": "Δ"}
)
"""Letters that capitals or ligatures write as two, so that lower case never changes a length; and letters that share a
glyph in most fonts, so that a PDF can only give one of them."""


SPELT = re.compile(f"[{''.join(map(chr, SPELT_OUT))}]")
SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
"""Arabic presentation forms, and words that are one character: a PDF gives the letters that they stand for."""
BACKWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are written from right to left."""
MIRRORED = str.maketrans(")]}>»›⟩”’", "([{<«‹⟨“‘")
"""Signs that a PDF reader may exchange when it reverses a line."""
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
MARKS = re.compile(f"{MARK}{{2,}}")
"""Combining accents on one letter, which a PDF has in the order of painting."""


def letters(text: str) -> str:
    """Return the letters of a text without spaces: accents after their letters, decomposed if no font has the composed
    letter, in a fixed order; ligatures and presentation forms as letters; upper and lower case unchanged."""
    kept = "".join(text.split())  # most of what is dropped, and fast
    if kept.isascii() and kept.isprintable():
        return kept
    kept = DROPPED.sub("", kept)
    if kept.isascii():
        return kept
    spelt = SHAPED.sub(lambda match: DROPPED.sub("", unicodedata.normalize("NFKD", match[0])), kept)
    ordered = MARKS.sub(lambda match: "".join(sorted(match[0])), unicodedata.normalize("NFD", spelt))
    return ordered.translate(SPELT_OUT) if SPELT.search(ordered) else ordered


def same_but_for_accents(one: str, other: str) -> bool:
    """Return whether two texts have the same letters in the same order, and the same accents in any order.

    If there are more accents than letters, they overlap in heaps: a PDF reader merges some, and takes a hyphen among
    them at a line end for one of the typesetter's.
    """
    bare, seen = (re.sub(MARK, "", text) for text in (one, other))
    if min(len(one), len(other)) > 2 * len(bare):
        return bare.replace("-", "") == seen.replace("-", "")
    return bare == seen and sorted(one) == sorted(other)


def folded(text: str) -> str:
    """Return letters as they are compared: a style may print words in capitals, but may not change their number."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def loose(text: str) -> str:
    """Return letters without hyphens, for comparisons in which the line ends are unknown."""
    return folded(letters(text)).replace("-", "").replace("\x02", "")


def letter_counts(text: str) -> Counter[str]:
    """Count each letter in a text, whatever the order in which they are drawn."""
    return Counter(text.translate(MIRRORED))


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that a finished file shows in one piece: a line or a part of one; a text node."""

    letters: str
    page: int = 0
    """Physical page, from 1; 0 without pages."""
    top: float = 0.0
    """Distance of its top from the top of the page, in points."""
    hidden: str = ""
    """Why it is invisible; empty if it is visible."""
    content: int = -1
    """Number of the marked content of a PDF that it belongs to, a line of one inline box; -1 without one."""
    left: float = 0.0
    drawn: str = ""
    """Its letters from left to right, on a page with right-to-left letters."""
    furniture: bool = False
    """Whether it is a head, a folio or a repetition, and no part of the text: no block is there."""
