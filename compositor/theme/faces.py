"""Style sheets -> Faces: which file stands for which family, weight and slant, and what its maker calls it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from compositor.cache import remembered
from compositor.theme.properties import COMMENT

RULE = re.compile(r"@font-face\s*\{([^}]*)\}")
DESCRIPTOR = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
FAMILY = re.compile(r"\"([^\"]+)\"|'([^']+)'|([\w-][\w -]*)")
TYPOGRAPHIC_FAMILY, FAMILY_NAME = 16, 1
"""Numbers of names in a font. Source: OpenType 1.9, table `name`."""

USUAL = "etaoinsrhldcumfpgwybvETAOINSR0123456789"
USUAL_WIDTH = 0.4983
"""Mean of their widths in Source Sans 3, in em."""


@dataclass(frozen=True, slots=True)
class Face:
    """One `@font-face` rule: the family it belongs to, and the address of its file."""

    family: str
    weight: str
    style: str
    address: str


def faces(css: str) -> Iterator[Face]:
    """The faces that a style sheet declares."""
    for rule in RULE.finditer(COMMENT.sub("", css)):
        told = {match[1]: match[2].strip() for match in DESCRIPTOR.finditer(rule[1])}
        address = ADDRESS.search(told.get("src", ""))
        family = families(told.get("font-family", ""))
        if address is not None and family:
            yield Face(family[0], told.get("font-weight", "400"), told.get("font-style", "normal"), address[1])


def families(value: str) -> tuple[str, ...]:
    """The names in a value of `font-family`, in their order."""
    return tuple((match[1] or match[2] or match[3]).strip() for match in FAMILY.finditer(value))


@lru_cache(maxsize=64)
def maker_calls_it(font: bytes) -> str:
    """The family's name in the font itself; empty where the file is no font."""
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
    """How wide usual words are in a font, where 1 is Source Sans 3; 1 where the file is no font."""
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
    """The characters that a font has; none where the file is no font."""
    return frozenset(remembered(lambda: _characters(font), "characters", font))


def _characters(font: bytes) -> list[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(font), lazy=True) as opened:
            return sorted(opened.getBestCmap() or ())
    except (TTLibError, KeyError, AssertionError, ValueError):
        return []


def without_kin(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, without those that say more than another: `Source Serif 4 Display` beside `Source Serif 4`."""
    found = tuple(dict.fromkeys(name for name in names if name))
    return tuple(name for name in found if not any(name.startswith(f"{other} ") for other in found))
