"""Declarations of CSS -> the same as every reader understands them: `font` in its parts, plain colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2
from tinycss2.color5 import parse_color

from compositor.pictures.svg.numbers import GLOBAL, GROWS, SIZES, WEIGHTS, can_be_read

FONT = ("font-style", "font-weight", "font-size", "line-height", "font-family")
"""Properties of the shorthand `font` that a drawing uses."""
SLANTS = {"italic", "oblique"}
SYSTEM = {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"}
RUNS = {"behavior", "-moz-binding"}
"""Properties that once ran programs."""
MOVES = ("animation", "transition", "-webkit-animation", "-webkit-transition")
COLOURS = {"fill", "stroke", "stop-color", "flood-color", "lighting-color", "color", "background-color"}
WORDS = {"none", "currentcolor", "context-fill", "context-stroke", "transparent"} | GLOBAL
INSIDE = ("#", "data:image/", "data:font/", "data:application/font", "data:application/x-font", "data:application/vnd")


ADDRESSED = re.compile(r"url|src|image|\\", re.IGNORECASE)
"""Without one of these there is no address; a backslash may hide one."""
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property with its value, as text."""

    name: str
    value: str
    important: bool = False

    def __str__(self) -> str:
        return f"{self.name}:{self.value}{' !important' if self.important else ''}"


def declarations(text: str) -> Iterator[Declaration]:
    """Yield the declarations in a `style` attribute, or between the braces of a rule."""
    if not text.strip():
        return
    for one in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            name = one.name if one.name.startswith("--") else one.lower_name
            yield Declaration(for_xml(name), for_xml(tinycss2.serialize(one.value).strip()), one.important)


def for_xml(text: str) -> str:
    """Return the text with a stand-in for characters that CSS can write as escapes, and XML does not allow."""
    return NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def written(found: Iterable[Declaration]) -> str:
    """Return the declarations as text."""
    return ";".join(map(str, found))


def addresses(text: str) -> Iterator[str]:
    """Yield the addresses in a value, in any notation."""
    if ADDRESSED.search(text):
        yield from _addresses(tinycss2.parse_component_value_list(text))


def _addresses(tokens: Sequence[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
                yield from (one.value for one in token.arguments if one.type == "string")
            yield from _addresses(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _addresses(token.content)


def leads_outside(value: str) -> str:
    """Return an address in a value that leads out of the drawing; empty if there is none."""
    return next((one for one in addresses(value) if not one.strip().lower().startswith(INSIDE)), "")


def plain(one: Declaration) -> tuple[Declaration, ...]:
    """Return declarations for programs that know little CSS; none if it has no meaning."""
    value = lightest(one.value)
    if "var(" in value:
        return (Declaration(one.name, value, one.important),)
    if one.name == "font":
        parts = (plain(Declaration(name, said, one.important)) for name, said in font(value))
        return tuple(part for found in parts for part in found)
    if not can_be_read(one.name, value):
        return ()
    if one.name in COLOURS and value.lower() not in WORDS and "(" not in value and parse_color(value) is None:
        return ()
    if one.name == "font-size" and value.lower() in {**SIZES, **GROWS}:
        value = f"{GROWS[value.lower()]:.3g}em" if value.lower() in GROWS else f"{SIZES[value.lower()]:g}px"
    if one.name in COLOURS and value.lower() == "currentcolor":
        value = "currentColor"
    return (one if value == one.value else Declaration(one.name, value, one.important),)


def pixels(word: str, given: float) -> float:
    """Return the pixels of a font size that is a keyword; the value itself if it is none."""
    return SIZES.get(word, given * GROWS.get(word, 1.0))


def lightest(value: str) -> str:
    """Return the value with `light-dark(a, b)` as on white paper: a."""
    return _lightest(tinycss2.parse_component_value_list(value)).strip() if "light-dark(" in value else value


def _lightest(tokens: Sequence[Any]) -> str:
    made = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "light-dark":
            made.append(_lightest(split(token.arguments)[0]).strip())
        elif token.type == "function":
            made.append(f"{token.name}({_lightest(token.arguments)})")
        else:
            made.append(token.serialize())
    return "".join(made)


def split(tokens: Sequence[Any]) -> list[list[Any]]:
    """Split tokens at commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def font(value: str) -> tuple[tuple[str, str], ...]:
    """Return the properties of the shorthand `font`; empty if it is invalid."""
    if value.lower() in GLOBAL:
        return tuple((name, value) for name in FONT)
    if value.lower() in SYSTEM:
        return tuple(zip(FONT, ("normal", "normal", "13px", "normal", "sans-serif"), strict=True))
    tokens = [one for one in tinycss2.parse_component_value_list(value) if one.type != "comment"]
    at = next((number for number, token in enumerate(tokens) if _is_size(token)), None)
    if at is None:
        return ()
    before = [token.serialize().lower() for token in tokens[:at]]
    slant = next((word for word in before if word in SLANTS), "normal")
    weight = next((word for word in before if word in WEIGHTS or word.isdigit()), "normal")
    height, rest = _height(tokens[at + 1 :])
    family = tinycss2.serialize(rest).strip()
    return tuple(zip(FONT, (slant, weight, tokens[at].serialize(), height, family), strict=True)) if family else ()


def _is_size(token: Any) -> bool:
    """Return whether this is the font size, the first required part of every `font`."""
    return token.type in ("dimension", "percentage", "function") or token.serialize().lower() in {**SIZES, **GROWS}


def _height(tokens: Sequence[Any]) -> tuple[str, list[Any]]:
    """Return the line height after a slash, and what follows it."""
    rest = [*tokens]
    words = [at for at, token in enumerate(rest) if token.type != "whitespace"]
    if words and rest[words[0]].type == "literal" and rest[words[0]].value == "/" and len(words) > 1:
        return rest[words[1]].serialize(), rest[words[1] + 1 :]
    return "normal", rest
