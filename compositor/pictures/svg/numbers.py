"""Numbers of a drawing -> only valid ones: WeasyPrint drops a whole drawing because of an invalid one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from compositor.pictures.svg.values import Work

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2}(?!\d))?")
WITH_UNIT = re.compile(rf"{NUMBER.pattern}(?:[a-zA-Z]+|%)?")
MOVE = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")
COUNTS = {
    "matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skew": (1, 2), "skewX": (1,),
    "skewY": (1,), "translateX": (1,), "translateY": (1,), "scaleX": (1,), "scaleY": (1,),
}  # fmt: skip
"""Transforms, and how many numbers each takes."""
EMPTY = re.compile(r"\(\s*\)")
BETWEEN = " ,\t\r\n"
GLOBAL = {"inherit", "initial", "unset", "revert", "revert-layer"}
WEIGHTS = {"bold", "bolder", "lighter"}
SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
"""Keywords for font sizes, and their values."""
GROWS = {"smaller": 5 / 6, "larger": 1.2}
LARGEST = 10_000
"""Most letters of a number, in any unit."""
SHARES = ("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity", "stroke-miterlimit")
LOOKED_AT = (*SHARES, "font-style", "font-weight", "font-size", "transform")
"""Properties whose values are checked."""


def is_number(text: str) -> bool:
    """Return whether a value is a number, or a percentage."""
    return NUMBER.fullmatch(text.strip().removesuffix("%")) is not None


def _are_numbers(text: str) -> bool:
    return bool(text.strip(BETWEEN)) and not NUMBER.sub("", text).strip(BETWEEN)


def _moves(text: str) -> bool:
    if MOVE.sub("", text).strip(BETWEEN) not in ("", "none"):
        return False
    for name, numbers in MOVE.findall(text):
        count = len(WITH_UNIT.findall(numbers))
        if count not in COUNTS.get(name, ()) or WITH_UNIT.sub("", numbers).strip(BETWEEN):
            return False
    return True


def _is_box(text: str) -> bool:
    return len(NUMBER.findall(text)) == 4 and _are_numbers(text)


def _is_turned(text: str) -> bool:
    return text.startswith("auto") or is_number(text)


FORMS: Mapping[str, Callable[[str], bool]] = {
    "offset": is_number, "rotate": _are_numbers, "orient": _is_turned, "viewBox": _is_box,
    "transform": _moves, "gradientTransform": _moves, "patternTransform": _moves,
}  # fmt: skip
"""Attributes, and what they have to be."""


def can_be_read(name: str, value: str) -> bool:
    """Return whether the value of a property is valid; other properties are not checked."""
    text = value.strip().lower()
    if name not in LOOKED_AT or text in GLOBAL or "var(" in text:
        return True
    if name in SHARES:
        return is_number(text)
    if name == "transform":
        return EMPTY.search(text) is None
    if name == "font-style":
        return text in ("normal", "italic") or text.startswith("oblique")
    if name == "font-weight":
        return text in WEIGHTS or text == "normal" or (text.isdigit() and len(text) < 5 and 0 < int(text) <= 1000)
    size = NUMBER.match(text)
    whole = WITH_UNIT.fullmatch(text) is not None and size is not None and 0 <= float(size[0]) <= LARGEST
    return whole or text in SIZES or text in GROWS


def clean_numbers(work: Work) -> None:
    """Remove attributes that should be numbers and are not."""
    for element in work.root.iter("{*}*"):
        for key in map(str, element.attrib):
            if key in FORMS and not FORMS[key](str(element.get(key))):
                work.changed = True
                del element.attrib[key]
