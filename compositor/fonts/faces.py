"""Style sheets -> Faces: the file for each family, weight and slant, and its maker's name for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from compositor.cache import remembered

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""A comment in a style sheet."""
RULE = re.compile(r"@font-face\s*\{([^}]*)\}")
DESCRIPTOR = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
FAMILY = re.compile(r"\"([^\"]+)\"|'([^']+)'|([\w-][\w -]*)")
TYPOGRAPHIC_FAMILY, FAMILY_NAME = 16, 1
"""Numbers of names in a font. Source: OpenType 1.9, table `name`."""

USUAL = "etaoinsrhldcumfpgwybvETAOINSR0123456789"
USUAL_WIDTH = 0.4983
"""Mean width of usual words in Source Sans 3, in em."""


@dataclass(frozen=True, slots=True)
class Face:
    """One `@font-face` rule: its family, and the address of its file."""

    family: str
    weight: str
    style: str
    address: str


def faces(css: str) -> Iterator[Face]:
    """Yield the faces that a style sheet declares."""
    for rule in RULE.finditer(COMMENT.sub("", css)):
        told = {match[1]: match[2].strip() for match in DESCRIPTOR.finditer(rule[1])}
        address = ADDRESS.search(told.get("src", ""))
        family = families(told.get("font-family", ""))
        if address is not None and family:
            yield Face(family[0], told.get("font-weight", "400"), told.get("font-style", "normal"), address[1])


def families(value: str) -> tuple[str, ...]:
    """Return the names in a value of `font-family`, in order."""
    return tuple((match[1] or match[2] or match[3]).strip() for match in FAMILY.finditer(value))


@lru_cache(maxsize=64)
def maker_calls_it(font: bytes) -> str:
    """Return the family's name in the font itself; empty if the file is not a font."""
    return remembered(lambda: _maker_calls_it(font), "what its maker calls a font", font)


def _maker_calls_it(font: bytes) -> str:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(font), lazy=True) as opened:
            names = opened["name"]
            return str(names.getDebugName(TYPOGRAPHIC_FAMILY) or names.getDebugName(FAMILY_NAME) or "")
    except (TTLibError, KeyError, AssertionError, ValueError):
        return ""


@lru_cache(maxsize=64)
def relative_width(font: bytes) -> float:
    """Return the width of usual words in a font, relative to Source Sans 3; 1 if the file is not a font."""
    return remembered(lambda: _relative_width(font), "width of usual words", font)


def _relative_width(font: bytes) -> float:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(font), lazy=True) as opened:
            names, advances, em = opened.getBestCmap(), opened["hmtx"], opened["head"].unitsPerEm
            found = [advances[names[ord(letter)]][0] / em for letter in USUAL if ord(letter) in names]
    except (TTLibError, KeyError, AssertionError, ValueError):
        return 1.0
    return sum(found) / len(found) / USUAL_WIDTH if found else 1.0


@lru_cache(maxsize=64)
def characters_of(font: bytes) -> frozenset[int]:
    """Return the characters that a font has; none if the file is not a font."""
    return frozenset(remembered(lambda: _characters(font), "characters", font))


def _characters(font: bytes) -> list[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(font), lazy=True) as opened:
            return sorted(opened.getBestCmap() or ())
    except (TTLibError, KeyError, AssertionError, ValueError):
        return []


def without_kin(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, without longer variants: no `Source Serif 4 Display` next to `Source Serif 4`."""
    found = tuple(dict.fromkeys(name for name in names if name))
    return tuple(name for name in found if not any(name.startswith(f"{other} ") for other in found))
