"""`{#id .class key="value"}` -> Attributes: Pandoc's syntax, with the column of every error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from compositor.model import Meant

_PART = re.compile(
    r"""\s* (?: (?P<dash>-) | \#(?P<id>[^\s{}\#=".]+) | \.(?P<class>[\w-]+)
    | (?P<key>[A-Za-z][\w-]*) = (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | (?P<bare>[^\s{}"]+) ) ) (?=\s|$)""",
    re.VERBOSE,
)
IDENTIFIER = re.compile(r"[^\W\d_][\w.-]*\Z")
"""An id that is valid in XML and in every reading system: a letter, then letters, digits, `.`, `_`, `-`."""
TRAILING = re.compile(r"[ \t]*\{(?P<inside>[^{}]*)\}[ \t]*\Z")
"""Attributes at the end of a line."""
REMEDIES = {
    "#": 'an id is "#" and a letter, then letters, digits, ".", "_" and "-"',
    "=": 'mark content for one format as {.content-visible when-format="pdf"}',
}
"""How an unreadable text begins -> its remedy."""
_WORD = re.compile(r"[A-Za-z][\w-]*(?=[\s,]|\Z)")


class AttributeSyntaxError(ValueError):
    """The text between the braces cannot be read from this offset on."""

    def __init__(self, offset: int, rest: str) -> None:
        self.offset = offset
        word = _WORD.match(rest)
        bare = f'write a class as .{word[0]}, and a key with a value as {word[0]}="…"' if word else ""
        remedy = REMEDIES.get(rest[:1], bare)
        super().__init__(remedy or 'attributes are written {#id .class key="value"}')


def instead(unknown: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown key: a similar key, or to remove it."""
    names = sorted(known)
    near = get_close_matches(unknown, names, 1, 0.7)
    if near:
        return f'did you mean "{near[0]}"?'
    there = f"; there {'are' if len(names) > 1 else 'is'} {', '.join(names)}" if names else ""
    return f"take it out{there}"


def meant(unknown: str, known: Iterable[str]) -> Meant:
    """Return a known key similar to an unknown one, as an editor should write it."""
    near = get_close_matches(unknown, sorted(known), 1, 0.7)
    return (unknown, near[0]) if near else ("", "")


@dataclass(frozen=True, slots=True)
class Attributes:
    """An id, classes, and key-value pairs."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)


RESERVED = frozenset(
    (
        *("unit", "opener", "note", "noteref", "note-call", "cover", "contents", "works", "equation"),
        *("equation-number", "side-note", "beside"),
    )
)
"""Classes that Compositor sets on its own elements."""


def shown(found: Attributes, **more: str | None) -> dict[str, str | None]:
    """Return what is written into a tag: id, classes and language, the language once for XML and once for HTML."""
    language = found.pairs.get("lang")
    classes = " ".join(f"own-{name}" if name in RESERVED else name for name in found.classes)
    return {"id": found.id, "class": classes, **more, "lang": language, "xml:lang": language}


def parse_attributes(inside: str) -> Attributes:
    """Read the text between the braces. Raises AttributeSyntaxError with the offset if it cannot be read."""
    identifier, classes, pairs, position = "", [], {}, 0
    end = len(inside.rstrip())
    while position < end:
        match = _PART.match(inside, position)
        if match is None or (match["id"] and not IDENTIFIER.match(match["id"])):
            rest = inside[position:].lstrip()
            raise AttributeSyntaxError(len(inside) - len(rest), rest)
        if match["id"]:
            identifier = match["id"]
        elif match["class"] or match["dash"]:
            classes.append(match["class"] or "unnumbered")
        else:
            value = match["bare"] if match["quoted"] is None else re.sub(r"\\(.)", r"\1", match["quoted"])
            pairs[match["key"]] = value
        position = match.end()
    return Attributes(identifier, tuple(classes), pairs)


EXPLANATIONS = {
    "L101": """The braces contain something that is not an attribute. An id is `#` and a letter, then letters, digits
and hyphens; a class is `.` and a word, `-` alone means `.unnumbered`; a value is `key=word` or `key="some words"`.
Separate the parts with spaces: `{#fig-pipeline .wide fig-alt="A pipeline."}`""",
}
