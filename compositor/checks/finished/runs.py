"""What both readers of finished files give: letters in runs, each with the page it stands on and whether it is seen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

DROPPED = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\x00-\x01\x03-\x1f\x7f-\x9f]+"
)
"""Spaces of every width, and characters without a shape (Unicode's Default_Ignorable_Code_Point), such as those that
choose the shape of a sign; U+0002 stays: pdfium writes it for a line-end hyphen."""
SPELT_OUT = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "İ": "I", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"‐": "-", "‑": "-", "µ": "μ", "∆": "Δ"}
)
"""Letters that capitals or ligatures write as two, so that lower case never changes a length; and letters that share
a glyph in most faces, of which a PDF therefore knows only one."""


SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
"""Arabic letters in one of their shapes, and whole words as one sign: a PDF knows the letters that they stand for."""
BACKWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are written from right to left."""
MIRRORED = str.maketrans(")]}>»›⟩”’", "([{<«‹⟨“‘")
"""Signs of which a reader of PDFs may give the one for the other, when it turns a line round."""
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
MARKS = re.compile(f"{MARK}{{2,}}")
"""Accents on one letter, which a PDF has in the order in which they are painted."""


def letters(text: str) -> str:
    """The letters of a text without spaces: accents behind them, as they are where one face has not both, and in one
    order; ligatures and shapes as their letters; upper and lower case as they are."""
    kept = DROPPED.sub("", text)
    if kept.isascii():
        return kept
    spelt = SHAPED.sub(lambda match: DROPPED.sub("", unicodedata.normalize("NFKD", match[0])), kept)
    ordered = MARKS.sub(lambda match: "".join(sorted(match[0])), unicodedata.normalize("NFD", spelt))
    return ordered.translate(SPELT_OUT)


def same_but_for_accents(one: str, other: str) -> bool:
    """Whether two texts have the same letters in one order, and the same accents in any.

    Where there are more accents than letters, heaps of them overlap: a reader of PDF takes some for the same one, and a
    hyphen among them at the end of a line for one of the typesetter's.
    """
    bare, seen = (re.sub(MARK, "", text) for text in (one, other))
    if min(len(one), len(other)) > 2 * len(bare):
        return bare.replace("-", "") == seen.replace("-", "")
    return bare == seen and sorted(one) == sorted(other)


def folded(text: str) -> str:
    """Letters as they are compared: a style may print words in capitals, but may not change their number."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def loose(text: str) -> str:
    """Letters without any hyphen, for what is compared without knowing where its lines ended."""
    return folded(letters(text)).replace("-", "").replace("\x02", "")


def letter_counts(text: str) -> Counter[str]:
    """How often each letter stands in a text, whatever the order in which they are drawn."""
    return Counter(text.translate(MIRRORED))


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that a finished file shows in one piece: a line or a part of one; a text node."""

    letters: str
    page: int = 0
    """Physical page, from 1; 0 where there are none."""
    top: float = 0.0
    """Distance of its top from the top of the page, in points."""
    hidden: str = ""
    """Why nobody can see it; empty when it is seen."""
    content: int = -1
    """Number of the marked content of a PDF that it belongs to: a line of one inline box; -1 where it has none."""
    left: float = 0.0
    drawn: str = ""
    """Its letters from left to right, on a page with letters that are read from right to left."""
    furniture: bool = False
    """Whether it is a head, a folio or a repetition, and no part of the text: no block stands there."""
