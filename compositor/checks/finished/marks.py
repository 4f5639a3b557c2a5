"""Lists -> the marks that a style may print before their items."""

from __future__ import annotations

from functools import cache

BULLETS, UNMARKED = -1, -2
LISTS = {"ordered_list_open": 1, "bullet_list_open": BULLETS, "annotations_open": UNMARKED}
"""Token type -> how its items are marked: by a number, starting at this one, or by these marks."""


@cache
def marks_of(number: int) -> tuple[str, ...]:
    """Return how a list item may be marked: by its number in any of CSS's usual styles, or by a bullet."""
    if number == BULLETS:
        return "•", "◦", "▪", "–", "‣"
    alphabetic, rest = "", number
    while rest > 0:
        rest, digit = divmod(rest - 1, 26)
        alphabetic = chr(97 + digit) + alphabetic
    pairs = (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
        *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    )
    roman, rest = "", number
    for value, name in pairs:
        roman += name * (rest // value)
        rest %= value
    return tuple(f"{name}{end}" for name in (str(number), alphabetic, roman) for end in (".", ")"))
