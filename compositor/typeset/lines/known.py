"""Which paragraphs can be set as a whole, by what they contain, and what kind of lines a block has."""

from __future__ import annotations

from enum import Enum
from typing import Any

from compositor.typeset.document.letters import BACKWARD
from compositor.typeset.floats import classes_of, tag_of
from compositor.typeset.lines.shapes import SOFT_HYPHEN
from compositor.typeset.repairs import WORD_JOINER, is_call

OBJECT = "\u2e80"
"""The letter that WeasyPrint puts in place of a picture in a line: a Chinese one; a line may break on both sides of it.
"""
WIDE = ("\u2e80", "\ufaff")
"""Chinese, Japanese and Korean letters are between these two; such text has no spaces."""


TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})
TITLE_CLASSES = frozenset({"title", "callout-title", "summary"})
"""Tags and classes of blocks that are set in lines of equal length."""
WIDEST = 0.8
"""The width of a letter in ems, more than letters have on average: a text that fits with it needs no plan."""


class Kind(Enum):
    """How the lines of a block are set."""

    JUSTIFIED = "as wide as the column"
    RAGGED = "as even as can be"
    TITLE = "of equal length"
    OTHER = "as WeasyPrint has them"


def kind_of(style: Any, column: Any) -> Kind:
    """Return how the lines of a block with this style are set."""
    if style["text_align_all"] == "justify":
        return Kind.JUSTIFIED
    if style["text_align_all"] not in ("start", "left"):
        return Kind.OTHER
    is_title = tag_of(column) in TITLES or bool(classes_of(column) & TITLE_CLASSES)
    return Kind.TITLE if is_title else Kind.RAGGED


def is_one_line(box: Any, width: float) -> bool:
    """Return whether a text surely fits in one line, so that it need not be measured."""
    letters = sum(len(one.text) * one.style["font_size"] for one in box.descendants() if hasattr(one, "text"))
    return bool(letters * WIDEST < width)


class UnknownError(Exception):
    """A paragraph contains something that this package cannot set; the message says what."""


def refuse(text: str, style: Any) -> None:
    """Raise UnknownError for a text that is not read from left to right with spaces between its words."""
    if style["white_space"] not in ("normal", "nowrap") or "\n" in text or "\t" in text:
        raise UnknownError("a break in it")
    if style["direction"] != "ltr" or BACKWARD.search(text):
        raise UnknownError("text from right to left")
    if not text.isascii() and any(WIDE[0] <= letter <= WIDE[1] or "\u0e00" <= letter <= "\u0eff" for letter in text):
        raise UnknownError("letters without spaces")
    if style["font_size"] < 1:
        raise UnknownError("letters without a size")
    if SOFT_HYPHEN in text and style["hyphens"] == "none":
        raise UnknownError("soft hyphens that are not used")


def first_letter(box: Any) -> str | None:
    """Return the first letter of a box, for deciding whether a line may break before it; None if it has none."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return box.text[0] if box.text else None
    if not isinstance(box, boxes.InlineBox):
        return OBJECT
    if is_call(box):
        return WORD_JOINER
    return next((found for child in box.children if (found := first_letter(child))), None)
