"""Accents and letter shapes in the checks: equivalent forms in a PDF count as equal, and missing accents are found."""

from __future__ import annotations

import pytest

from compositor.checks.finished.runs import letters, same_but_for_accents


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e\u0301\u0323", "e\u0323\u0301"),
        ("a\u034f\u0489\u0300", "a\u0300\u0489"),
        ("\ufdfa", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645"),
        ("\ufef5", "\u0644\u0622"),
    ],
)
def test_accents_have_one_order_and_shapes_are_letters(one: str, other: str) -> None:
    """Accents and presentation forms are compared in one normal form, whether typed or painted."""
    assert letters(one) == letters(other)


def test_another_accent_is_another_letter() -> None:
    """Only the order of accents is ignored, not the accents."""
    assert letters("e\u0301") != letters("e\u0300")
    assert letters("\u0635") != letters("\u0636")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ab\u0300c\u0301", "ab\u0301c\u0300", True),
        ("ab\u0300c\u0301", "ab\u0300c", False),
        ("ab\u0300c", "ac\u0300b", False),
        ("a\u0300\u0301\u0302\u0303", "a\u0300\u0301\u0303", True),
        ("a\u0300\u0301\u0302\u0303", "b\u0300\u0301\u0302\u0303", False),
    ],
)
def test_accents_may_move_and_letters_may_not(one: str, other: str, same: bool) -> None:
    """In a stack of accents one may be confused with another, but a changed letter is always found."""
    assert same_but_for_accents(one, other) is same
