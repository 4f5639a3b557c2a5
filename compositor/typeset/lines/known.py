"""What a paragraph may hold that is to be set as a whole, and what not."""

from __future__ import annotations

from typing import Any

from compositor.typeset.document.letters import BACKWARD
from compositor.typeset.lines.shapes import SOFT_HYPHEN
from compositor.typeset.repairs import WORD_JOINER, is_call

OBJECT = "\u2e80"
"""What WeasyPrint takes a picture in a line for: a Chinese letter, around which a line may be broken."""
WIDE = ("\u2e80", "\ufaff")
"""Letters between these are written without spaces: Chinese, Japanese, Korean."""


class UnknownError(Exception):
    """A paragraph holds what is not known here; the message says what."""


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
    """The first letter of a box, as far as breaks between letters are concerned."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return box.text[0] if box.text else None
    if not isinstance(box, boxes.InlineBox):
        return OBJECT
    if is_call(box):
        return WORD_JOINER
    return next((found for child in box.children if (found := first_letter(child))), None)
