"""Values of a data file -> whether they are within limits: depth of tables, digits of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compositor.errors import error
from compositor.model import Finding, Place

DEEPEST = 100
"""Depth of nested tables and lists."""
LONGEST = 4300
"""Digits of a number. Python reads no longer decimal numbers and prints none, but does read them in hexadecimal."""
_BITS = LONGEST * 332 // 100
_LONG = re.compile(r"0x[\da-fA-F_]{999,}|0[ob][0-7_]{999,}|\d[\d_]{999,}")


def endless_number(code: str, text: str, file: str) -> Finding:
    """Return the finding for a number with too many digits."""
    match = _LONG.search(text)
    at = match.start() if match else 0
    place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    remedy = "write a smaller number, or put it in quotation marks if it is a text"
    return error(code, "this number has too many digits", place, remedy)


def is_deep(value: object) -> bool:
    """Return whether tables and lists are nested too deeply."""
    return any(depth == DEEPEST for depth, _ in _by_level(value))


def is_endless(value: object) -> bool:
    """Return whether a number in these tables and lists has too many digits to be printed."""
    numbers = (one for _, level in _by_level(value) for one in level if isinstance(one, int))
    return any(number.bit_length() > _BITS for number in numbers)


def _by_level(value: object) -> Iterator[tuple[int, list[object]]]:
    """Yield the values at each depth, from 0 to the deepest that is allowed."""
    level = [value]
    for depth in range(DEEPEST + 1):
        if not level:
            return
        yield depth, level
        tables = (one for one in level if isinstance(one, dict | list))
        level = [member for one in tables for member in (one.values() if isinstance(one, dict) else one)]
