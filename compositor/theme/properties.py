"""Style sheets -> custom properties: which there are, and what a book may set them to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from compositor.errors import error
from compositor.model import Finding, Place

DECLARATION = re.compile(r"--([a-z][a-z0-9-]*)\s*:\s*([^;{}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WORDS = {"ornament": ("squares", "none")}
"""Properties that are read by the press and not by WeasyPrint, and the words that they may be set to."""
UNSAFE_VALUE = re.compile(r"[;{}<>\\@\x00-\x1f]|/\*|url\s*\(", re.IGNORECASE)


def declared(css: str) -> Iterator[tuple[str, str]]:
    """Name without hyphens, and value, of every custom property that a style sheet declares."""
    for match in DECLARATION.finditer(COMMENT.sub("", css)):
        yield match[1], match[2].strip()


def faults_of_property(name: str, value: str, known: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a setting: there is no such property, or it is not one value."""
    place = Place("book.toml")
    if name not in known:
        close = get_close_matches(name, known, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "there are " + ", ".join(sorted(known))
        yield error("T011", f'the theme has no property "{name}"', place, remedy)
    if value not in WORDS.get(name, (value,)):
        remedy = f"write {' or '.join(WORDS[name])}"
        yield error("T012", f'"{value}" cannot be the value of "{name}"', place, remedy)
    balanced = value.count("(") == value.count(")") and not (value.count('"') % 2 or value.count("'") % 2)
    if UNSAFE_VALUE.search(value) or not balanced or not value.strip():
        remedy = "write one CSS value, such as 7in or #0a5a66, without semicolons, braces and addresses"
        yield error("T012", f'"{value}" cannot be the value of "{name}"', place, remedy)
