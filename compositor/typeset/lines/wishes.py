"""What a style asks of lines: its properties `--lines`, `--letters-give` and `--marks-hang`."""

from __future__ import annotations

from typing import Any

MOST_GIVEN, MOST_HUNG = 3.0, 100.0
"""Hundredths by which letters give and marks hang out at most, whatever a style asks for."""


def is_wanted(style: Any) -> bool:
    """Whether the style asks for paragraphs as a whole: `--lines: whole`."""
    return any(token.type == "ident" and token.value == "whole" for token in style["__lines"] or ())


def give(style: Any) -> float:
    """How much letters may be widened or narrowed: `--letters-give: 2%`."""
    return _part(style["__letters_give"], MOST_GIVEN)


def share(style: Any) -> float:
    """The part of its width by which a mark hangs out: `--marks-hang: 60%`."""
    return _part(style["__marks_hang"], MOST_HUNG)


def _part(tokens: Any, most: float) -> float:
    found = (token.value for token in tokens or () if token.type == "percentage")
    return min(max(next(found, 0.0), 0.0), most) / 100
