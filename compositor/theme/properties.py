"""Style sheets -> custom properties: which there are, and what a book may set them to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches

from tinycss2.color4 import parse_color

from compositor.errors import error
from compositor.fonts.faces import COMMENT
from compositor.model import Finding, Place
from compositor.theme.page import LENGTH, POINTS, page_size, points

DECLARATION = re.compile(r"--([a-z][a-z0-9-]*)\s*:\s*([^;{}]+)")
HEADS = {
    "book": "string(book)",
    "chapter": "string(chapter, first)",
    "section": "string(section, last)",
    "none": "none",
}
HUES = ("auto", "teal", "pine", "navy", "violet", "plum", "wine", "umber", "slate")
WORDS: Mapping[str, Mapping[str, str]] = {
    "hue": {name: name for name in HUES},
    "ornament": {"squares": "squares", "none": "none"},
    "wide-tables": {"outer": "outer", "none": "none"},
    "wide-listings": {"outer": "outer", "none": "none"},
    "side-notes": {"outer": "outer", "none": "none"},
    "side-captions": {"outer": "outer", "none": "none"},
    "head-left": HEADS,
    "head-right": HEADS,
}
"""Properties whose value is one of a few words -> the words, and their values in CSS."""
REFERENCE = re.compile(r"var\(\s*--([a-z][a-z0-9-]*)\s*\)")
ROOT_RULE = re.compile(r":root\s*\{([^}]*)\}")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
UNITS = frozenset(("em", "rem", "ex", "ch", "lh", "rlh", "%", "vw", "vh", "vmin", "vmax", *POINTS))
UNSAFE_VALUE = re.compile(r"[;{}<>\\@\x00-\x1f]|/\*|url\s*\(", re.IGNORECASE)


def declared(css: str) -> Iterator[tuple[str, str]]:
    """Yield name without hyphens, and value, of every custom property in a `:root` rule of a style sheet."""
    for rule in ROOT_RULE.finditer(COMMENT.sub("", css)):
        for match in DECLARATION.finditer(rule[1]):
            yield match[1], " ".join(match[2].split())


def resolved(values: Mapping[str, str]) -> Mapping[str, str]:
    """Replace values that are only `var(--name)` of another property with its value; one step is enough here."""
    references = {name: REFERENCE.fullmatch(value) for name, value in values.items()}
    return {name: values.get(match[1], values[name]) if match else values[name] for name, match in references.items()}


def as_rule(style: Mapping[str, str]) -> str:
    """Return the custom properties that a book sets, as a rule to follow the style sheets."""
    written = ((name, WORDS.get(name, {}).get(value, value.strip())) for name, value in style.items())
    declarations = "".join(f"--{name}:{value};" for name, value in written)
    return f":root{{{declarations}}}" if style else ""


def _where_it_belongs(name: str) -> str:
    """Return what to do with a name that resembles no property."""
    from compositor.settings.tables import File

    if name in {one.name.replace("_", "-") for one in fields(File)}:
        return "write it at the top of book.toml, not under [style]"
    return 'the reference lists them under "Custom properties of the theme"'


def faults_of_property(name: str, value: str, known: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is wrong with a setting: there is no such property, or it is not one value."""
    place = Place("book.toml")
    if name not in known:
        close = get_close_matches(name, known, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else _where_it_belongs(name)
        meant = (name, close[0]) if close else ("", "")
        yield error("T011", f'the theme has no property "{name}"', place, remedy, meant=meant)
    if name == "page-size" and page_size(value) is None and "(" not in value:
        remedy = 'write width and height, as in "6in 9in", or the name of a size: A5, A4, letter'
        yield error("T012", f'"{name}" cannot be "{value}"', place, remedy)
    if name in WORDS and value not in WORDS[name]:
        remedy = f"write {' or '.join(WORDS[name])}"
        yield error("T012", f'"{name}" cannot be "{value}"', place, remedy)
    balanced = value.count("(") == value.count(")") and not (value.count('"') % 2 or value.count("'") % 2)
    if UNSAFE_VALUE.search(value) or not balanced or not value.strip():
        remedy = "write one CSS value, such as 7in or #0a5a66, without semicolons, braces and addresses"
        yield error("T012", f'"{name}" cannot be "{value}"', place, remedy)
    elif (fault := _of_another_kind(value, known.get(name, ""), known)) is not None:
        yield error("T012", f'"{name}" cannot be "{value}", which is {fault[0]}', place, fault[1])


def faults_of_growth(style: Mapping[str, str], endless: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for a setting that grows without limit through its references."""
    for name in endless:
        message = f'"{name}" cannot be "{style[name]}", which grows without limit'
        yield error("T012", message, Place("book.toml"), "use fewer var()")


KEYWORDS = {"inherit", "initial", "unset"}
"""Values that CSS allows for every property. Source: CSS Cascading and Inheritance 4, section 7.3."""


def _of_another_kind(value: str, ours: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """Return why a value is not a length, colour or number like the theme's own, and the remedy."""
    while (match := REFERENCE.fullmatch(ours)) is not None:
        ours = known.get(match[1], "")
    given = value.strip()
    if not given or "(" in given:
        return None
    if points(ours) or ours.startswith("calc("):
        return None if _is_length(given) else ("not a length", f'write "{_with_unit(given, ours)}"')
    if parse_color(ours) is not None:
        is_colour = given.lower() in KEYWORDS or parse_color(given) is not None
        return None if is_colour else ("not a colour", f'write a colour such as "{ours}"')
    if ours.isdecimal() and not given.isdecimal():
        return "not a whole number", f'write a number such as "{ours}"'
    return None


def _is_length(value: str) -> bool:
    number = NUMBER.match(value)
    unit = value[number.end() :].lower() if number else ""
    return number is not None and (unit in UNITS or (not unit and not float(number[0])))


def _with_unit(value: str, ours: str) -> str:
    """Return the number with the theme's unit, which is most likely meant."""
    unit = match[2] if (match := LENGTH.fullmatch(ours)) else "pt"
    return f"{value}{unit}" if NUMBER.fullmatch(value) else ours if LENGTH.fullmatch(ours) else "10pt"
