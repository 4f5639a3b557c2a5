"""Checks of the characters that a text comes down to when its character references are read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from compositor.errors import error
from compositor.markdown.reading import walk
from compositor.model import Book, Finding, Place

IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ud800-\udfff\ufffd-\uffff]")
"""No XML can hold them, or WeasyPrint 70 fails at them (U+2029), or they say that something was lost (U+FFFD)."""


def impossible_character(book: Book) -> Iterable[Finding]:
    """A character reference such as `&#x2029;` or `&#0;` stands for a character that no page can show.

    The same characters are refused in a source file when it is read; here they come from references, which Markdown
    turns into characters. What Markdown itself cannot accept becomes U+FFFD, a question mark in a lozenge. Delete the
    reference.
    """
    for unit in book.units:
        for block in unit.chapter.everything:
            for token in walk([block]):
                match = IMPOSSIBLE.search(token.content) if token.type == "text" else None
                if match is not None and not (match[0] == "\ufffd" and "\ufffd" in unit.chapter.source.text):
                    place = Place(unit.chapter.source.path, block.map[0] + 1 if block.map else None)
                    yield error("C103", f"the character U+{ord(match[0]):04X} cannot be printed", place, "delete it")
