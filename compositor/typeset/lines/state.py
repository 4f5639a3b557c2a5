"""What this process lays out now, and what is wanted for it: read and set by the other modules of this folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from compositor.typeset.lines.paragraph import Leaf, Paragraph
from compositor.typeset.lines.plan import Line

TALLY: Counter[str] = Counter()
"""How many justified paragraphs this process has set as a whole, and for each reason, how many others."""
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
    """Whether its spaces will be changed, so that it is shaped again."""


@dataclass(slots=True)
class Cut:
    """The line that is being laid out."""

    paragraph: Paragraph
    line: Line
    text: Part | None = None
    """The part of a text in it; only while that is laid out."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a unit is to be set."""

    longer: Mapping[str, int]
    """Positions of paragraphs -> how many lines longer they are to be."""
    even: float = inf
    """The last page up to which facing pages of text are to end on the same line."""
    filled: float = inf
    """The last page up to which pages that would end short are filled."""
    full: int = 0
    """The page that is to take up the end of the unit, so that the page after it is not needed."""
    how: str = ""
    """Additional classes of the root, for the style sheets."""


PLAIN = Wishes({})


@dataclass(slots=True)
class Changed:
    """The numbers of the pages of a document that were changed so that they end well."""

    even: set[int]
    """Pages that end on the same line as the facing page because of this."""
    filled: set[int]
    """Pages that would end short without it."""


def changed_in(context: Any) -> Changed:
    """Return what was changed in a document."""
    found: Changed = context.__dict__.setdefault("changed", Changed(set(), set()))
    return found


class State:
    """What is being laid out; a box inside a line may contain lines too."""

    cut: Cut | None = None
    context: Any = None
    """The context of the document whose paragraphs were met last."""
    wishes = PLAIN
