"""TeX -> what is wrong with it, and where; the forms for screens and for paper are both made here, and cached."""

from __future__ import annotations

from functools import lru_cache

from compositor.cache import remembered
from compositor.markdown.math.drawing import layout
from compositor.markdown.math.mathml import mathml
from compositor.markdown.math.source import Unreadable


@lru_cache(maxsize=4096)
def fault_of(tex: str, display: bool) -> tuple[str, int] | None:
    """Return what is wrong with a formula, and at which offset."""
    return remembered(lambda: _found(tex, display), "fault of formula", tex, repr(display))


def _found(tex: str, display: bool) -> tuple[str, int] | None:
    try:
        mathml(tex, display)
        layout(tex, display)
    except Unreadable as problem:
        return str(problem), problem.offset
    return None
