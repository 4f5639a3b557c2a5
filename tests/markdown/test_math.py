"""Formulas as they are drawn for print."""

from __future__ import annotations

import re

import pytest

from compositor.markdown.math.drawing import drawing


def width(tex: str) -> float:
    """How wide a formula is drawn, in em."""
    found = re.search(r"[\";]width:([\d.]+)em", drawing(tex, False))
    assert found is not None
    return float(found[1])


def test_multiplication_sign_has_room() -> None:
    """A multiplication sign stands as far from its neighbours as a plus sign does."""
    assert width(r"a \times b") == pytest.approx(width("a + b"), abs=0.1)
    assert width(r"a \times b") > width(r"a{\times}b") + 0.2
