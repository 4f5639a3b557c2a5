"""Numbers -> numerals: roman ones for parts and folios, letters for appendices and panels."""

from __future__ import annotations

from string import ascii_uppercase

ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman(number: int) -> str:
    """Return I for 1, IV for 4: for parts, and in lower case for the page numbers of the front matter."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """Return A for 1, Z for 26, AA for 27: for appendices."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = ascii_uppercase[rest] + text
    return text
