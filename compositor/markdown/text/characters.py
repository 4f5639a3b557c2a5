"""Character references that no page can show, such as `&#27;` or `&#0;`: they are left out, and reported."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension
from compositor.markdown.reading import place_of, reading_of, walk
from compositor.model import Place

IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
"""XML does not allow them, or WeasyPrint 70 fails on them (U+2029), or they mean lost text (U+FFFD)."""


def syntax(md: MarkdownIt) -> None:
    """References become characters when a line is parsed; the words of images are parsed with it."""
    md.core.ruler.after("places", "characters", leave_out)


def leave_out(state: StateCore) -> None:
    """Remove them. Characters written directly were checked when the file was read; here, only references are."""
    reading = reading_of(state)
    kept = "\ufffd" if "\ufffd" in reading.source.text else ""
    for block in state.tokens:
        for token in walk([block]):
            wrong = [letter for letter in IMPOSSIBLE.findall(token.content) if letter != kept]
            if token.type not in ("text", "text_special") or not wrong:
                continue
            place = place_of(token) if "place" in token.meta else reading.line_place(block, token.markup)
            for letter in wrong:
                token.content = token.content.replace(letter, "")
                name = token.markup or f"U+{ord(letter):04X}"
                message = f'"{name}" is not a printable character, and is removed'
                reading.warning("L193", message, Place(place.file, place.line), "delete the reference")


EXTENSION = Extension(
    "characters",
    syntax,
    explanations={
        "L193": """A character reference such as `&#x2029;` or `&#0;` stands for a character that no page can show: a
control character, a line separator, a noncharacter, or an invalid number, which becomes U+FFFD. It is removed. Delete
the reference.""",
    },
)
