"""How style sheets for screens replace custom properties."""

from __future__ import annotations

import re

import pytest

from compositor.theme.contrast import DARK, LIGHT, contrast, unreadable
from compositor.theme.drawn.hues import HUES
from compositor.theme.drawn.ornament import mixed
from compositor.theme.screens import screen_values, written_out

COLOURS = ("#0a5a66", "#a8431a", "#7a1f2b", "#ffcc00", "#000080", "hsl(120 100% 20%)")


MIXED = re.compile(r"color-mix\(in srgb, (#[0-9a-f]{6}) (\d+)%, currentColor\)")


def mixed_with(ink: str, value: str) -> str:
    """Return the colour that an engine makes by mixing a colour with the reader's ink."""
    found = MIXED.fullmatch(value)
    assert found is not None
    colour, share = found.groups()
    return mixed(colour, int(share) / 100, ink)


@pytest.mark.parametrize("accent", COLOURS)
def test_an_accent_is_told_from_every_ground(accent: str) -> None:
    """Letters need 4.5 to 1 on light backgrounds; large ones need 3 to 1 on backgrounds that may be dark."""
    values = screen_values({"accent": accent}, ())
    for grounds, least in ((LIGHT, 4.5), (DARK, 3.0)):
        for ground, ink in grounds:
            assert (contrast(values["screen-accent"], ground) or 0) >= least
            assert (contrast(mixed_with(ink, values["screen-accent-mixed"]), ground) or 0) >= least
    for ground, _ in DARK:
        assert (contrast(values["screen-accent-dark"], ground) or 0) >= 4.5


@pytest.mark.parametrize("accent", HUES.values())
def test_on_white_an_accent_is_that_of_the_printed_book(accent: str) -> None:
    """Each of the eight accent colours equals that of the printed book, apart from rounding."""
    found = mixed_with("#000000", screen_values({"accent": accent}, ())["screen-accent-mixed"])
    pairs = zip(bytes.fromhex(found[1:]), bytes.fromhex(accent[1:]), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1


def test_a_grey_accent_is_the_readers_ink() -> None:
    """A theme without a colour has none on a screen."""
    values = screen_values({"accent": "#1b1b1a"}, ())
    assert {values[f"screen-accent{use}"] for use in ("", "-dark", "-mixed")} == {"currentColor"}


def test_what_has_a_value_is_written_out() -> None:
    """A property that the theme does not know stays, so that the author sees it."""
    values = screen_values({"font-text": '"Book Text", "Book Code"'}, ())
    css = "body{font-family:var(--font-text), serif} p{color:var(--mine)}"
    assert written_out(css, values) == 'body{font-family:"Book Text", "Book Code", serif} p{color:var(--mine)}'


def test_large_letters_need_less_contrast() -> None:
    """WCAG 2.2 asks 3 to 1 of letters of 18 points, and of bold ones of 14."""
    bold, small = "h2 { color: #808080; font-size: 1.2em; font-weight: bold }", "p.a { color: #808080 }"
    assert [one.selector for one in unreadable(f"{bold} {small} h1 {{ color: #808080; font-size: 1.5em }}")] == ["p.a"]
