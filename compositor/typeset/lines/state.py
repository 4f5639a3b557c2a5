"""What is being laid out in this process, and how it is wanted: read and set by the other modules of this room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from compositor.typeset.lines.paragraph import Leaf, Paragraph
from compositor.typeset.lines.plan import Line

TALLY: Counter[str] = Counter()
"""Justified paragraphs that this process has set: those set as a whole, and why others were not."""
WHOLE = "set as a whole"


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a text in a line: from where to where, in bytes, and the hyphen after it."""

    leaf: Leaf
    skip: int
    end: int | None
    hyphen: str = ""
    hyphen_width: float = 0.0
    spreads: bool = False
    """Whether its spaces will be changed, and it be shaped again."""


@dataclass(slots=True)
class Cut:
    """The line that is being laid out."""

    paragraph: Paragraph
    line: Line
    text: Part | None = None
    """Of a text in it; only while that is laid out."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a unit is to be set."""

    longer: Mapping[str, int]
    """Positions of paragraphs that are to have so many lines more."""
    even: float = inf
    """The last page up to which facing pages of text are to end on the same line."""
    filled: float = inf
    """The last page up to which pages that would stop short are filled."""
    full: int = 0
    """The page that is to take up the end of the unit, so that the one behind it is not needed."""
    how: str = ""
    """More classes of the root, for the style sheets."""


PLAIN = Wishes({})


class State:
    """What is being laid out; a box in a line may have lines itself."""

    cut: Cut | None = None
    context: Any = None
    """Of the document whose paragraphs were met last."""
    wishes = PLAIN
