"""What a style asks of lines, in its properties `--lines`, `--letters-give` and `--marks-hang`."""

from __future__ import annotations

from typing import Any

MOST_GIVEN, MOST_HUNG = 3.0, 100.0
"""The most per cent by which letters give and marks hang out, whatever a style asks for."""


def is_wanted(style: Any) -> bool:
    """Return whether the style asks for paragraphs that are set as a whole: `--lines: whole`."""
    return any(token.type == "ident" and token.value == "whole" for token in style["__lines"] or ())


def give(style: Any) -> float:
    """Return the part by which letters may be widened or narrowed: 0.02 for `--letters-give: 2%`."""
    return _part(style["__letters_give"], MOST_GIVEN)


def share(style: Any) -> float:
    """Return the part of its width by which a mark hangs out: 0.6 for `--marks-hang: 60%`."""
    return _part(style["__marks_hang"], MOST_HUNG)


def _part(tokens: Any, most: float) -> float:
    found = (token.value for token in tokens or () if token.type == "percentage")
    return min(max(next(found, 0.0), 0.0), most) / 100
