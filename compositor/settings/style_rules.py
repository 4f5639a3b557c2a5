"""A value of `[style]` -> the same value, or what is wrong with it: it must be exactly one declaration of CSS."""

from __future__ import annotations

import re

from compositor.settings.rules import NAME, wrong

STYLE_BREAKS = re.compile(r"[;{}<>@\\]|/\*|\b(?:url|src|image|image-set|element|cross-fade|expression)\(", re.I)


MOST_BRACKETS = 64
MOST_DIGITS = 100


def style_value(value: object) -> object:
    """Return a number as text; anything else unchanged."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def style_name(name: str) -> str:
    """Accept the name of a custom property of the theme, without its leading hyphens."""
    if not NAME.fullmatch(name):
        better = re.sub("[^A-Za-z0-9-]+", "-", name).strip("-")
        remedy = f'write "{better}"' if NAME.fullmatch(better) else "begin with a letter"
        raise wrong("S011", f'"{name}" is not the name of a style setting', f"{remedy}: letters, digits, hyphens")
    return name


def style_declaration(value: str) -> str:
    """Accept one CSS value that can neither end its declaration nor fetch anything."""
    if (fault := _style_fault(value)) is not None:
        remedy = "give one plain CSS value: a length, a colour, a number, the name of a font"
        raise wrong("S012", f'the value "{value}" {fault}', remedy)
    return value


def _style_fault(value: str) -> str | None:
    if not value or value in ("nan", "inf", "-inf"):
        return "is empty" if not value else "is not a number in CSS"
    if len(max(re.findall(r"\d+", value), key=len, default="")) > MOST_DIGITS:
        return "has a number with too many digits"
    if match := STYLE_BREAKS.search(value):
        return f'may not contain "{match[0]}"'
    unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", value)
    if '"' in unquoted or "'" in unquoted:
        return "has an unpaired quotation mark"
    if _unbalanced(unquoted):
        return "has an unpaired bracket"
    return "nests brackets too deeply" if unquoted.count("(") + unquoted.count("[") > MOST_BRACKETS else None


def _unbalanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(letter, 0)
        if depth < 0:
            return True
    return depth != 0
