"""What both readers of finished files give: letters in runs, each with the page it stands on and whether it is seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

DROPPED = re.compile(
    "[\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\x00-\x01\x03-\x1f\x7f-\x9f]+"
)
"""Spaces of every width, and characters that have no shape, as those that choose the shape of a sign; U+0002 stays:
pdfium writes it for a line-end hyphen."""
SPELT_OUT = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "İ": "I", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"‐": "-", "‑": "-", "µ": "μ", "∆": "Δ"}
)
"""Letters that capitals or ligatures write as two, so that lower case never changes a length; and letters that share
a glyph in most faces, of which a PDF therefore knows only one."""


def letters(text: str) -> str:
    """The letters of a text without spaces: NFC, ligatures as their letters; upper and lower case as they are."""
    kept = DROPPED.sub("", text)
    return kept if kept.isascii() else unicodedata.normalize("NFC", kept).translate(SPELT_OUT)


def folded(text: str) -> str:
    """Letters as they are compared: a style may print words in capitals, but may not change their number."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def loose(text: str) -> str:
    """Letters without any hyphen, for what is compared without knowing where its lines ended."""
    return folded(letters(text)).replace("-", "").replace("\x02", "")


PARTNERS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


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
    furniture: bool = False
    """Whether it is a head, a folio or a repetition, and no part of the text: no block stands there."""
    line: tuple[float, int] = (0.0, 0)
    """Height of the line that it stands on, and number of the box that it belongs to; where there are pages."""

    @property
    def direction(self) -> str:
        """`R` where its letters are read from right to left, `L` the other way, nothing for signs and figures alone."""
        kinds = (unicodedata.bidirectional(letter) for letter in self.letters)
        return next(("L" if kind == "L" else "R" for kind in kinds if kind in ("L", "R", "AL")), "")


def as_read(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs of a page in the order in which they are read.

    A line of a box is painted from left to right, and so are the words of a phrase in it that is read from right to
    left; a bracket between two such words has the shape of its partner.
    """
    for _, group in groupby(runs, lambda run: run.line):
        line = list(group)
        start = 0
        while start < len(line):
            end = _end_of_phrase(line, start)
            phrase = line[start:end] if end > start else line[start : start + 1]
            yield from (_mirrored(run) for run in reversed(phrase)) if end > start else phrase
            start += len(phrase)


def _end_of_phrase(line: Sequence[Run], start: int) -> int:
    """Behind the last of the words that are read from right to left from here on; here, where there are none."""
    end = start
    for number in range(start, len(line)):
        if line[number].direction == "R":
            end = number + 1
        elif line[number].direction or end == start:
            break
    return end


def _mirrored(run: Run) -> Run:
    return run if run.direction else replace(run, letters=run.letters.translate(PARTNERS))
