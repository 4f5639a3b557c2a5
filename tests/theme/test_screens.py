"""What style sheets for screens say in place of custom properties."""

from __future__ import annotations

import pytest

from compositor.theme.contrast import DARK, LIGHT, contrast, unreadable
from compositor.theme.screens import screen_values, written_out

COLOURS = ("#0a5a66", "#a8431a", "#7a1f2b", "#ffcc00", "#000080", "hsl(120 100% 20%)")


@pytest.mark.parametrize("accent", COLOURS)
def test_an_accent_is_told_from_every_ground(accent: str) -> None:
    """Large letters need 3 to 1 wherever a reader may be, small ones 4.5 where the ground is said to be dark."""
    values = screen_values({"accent": accent}, ())
    for ground, _ in (*LIGHT, *DARK):
        assert (contrast(values["screen-accent"], ground) or 0) >= 3.5
    for ground, _ in DARK:
        assert (contrast(values["screen-accent-dark"], ground) or 0) >= 4.5


def test_a_grey_accent_is_the_readers_ink() -> None:
    """A theme without a colour has none on a screen."""
    values = screen_values({"accent": "#1b1b1a"}, ())
    assert values["screen-accent"] == values["screen-accent-dark"] == "currentColor"


def test_what_has_a_value_is_written_out() -> None:
    """A property that the theme does not know stays, so that the author sees it."""
    values = screen_values({"font-text": '"Book Text", "Book Code"'}, ())
    css = "body{font-family:var(--font-text), serif} p{color:var(--mine)}"
    assert written_out(css, values) == 'body{font-family:"Book Text", "Book Code", serif} p{color:var(--mine)}'


def test_large_letters_need_less_contrast() -> None:
    """WCAG 2.2 asks 3 to 1 of letters of 18 points, and of bold ones of 14."""
    bold, small = "h2 { color: #808080; font-size: 1.2em; font-weight: bold }", "p.a { color: #808080 }"
    assert [one.selector for one in unreadable(f"{bold} {small} h1 {{ color: #808080; font-size: 1.5em }}")] == ["p.a"]
