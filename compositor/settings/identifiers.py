"""An identifier of an edition -> the same, or what is wrong with it; the check digit of an ISBN is checked."""

from __future__ import annotations

import re

from compositor.settings.rules import wrong

ISBN = re.compile(r"(?:urn:isbn:|isbn(?:-1[03])?:?\s*)?([0-9][0-9 -]{7,20}[0-9xX])", re.IGNORECASE)
ISBN_PREFIX = re.compile(r"(?:urn:)?isbn\b", re.IGNORECASE)


def identifier(text: str) -> str:
    """Accept an identifier of an edition: an ISBN with a right check digit, or anything else that names it."""
    if not text:
        raise wrong("S013", "the identifier is empty", "fill it in, or take the line out")
    match = ISBN.fullmatch(text)
    if match is None and ISBN_PREFIX.match(text):
        raise wrong("S013", f'"{text}" is not an ISBN', "an ISBN has 10 or 13 digits")
    if match is not None:
        _check_isbn(text, re.sub("[ -]", "", match[1]).upper())
    return text


def _check_isbn(text: str, digits: str) -> None:
    if len(digits) not in (10, 13) or "X" in digits[:-1] or (len(digits) == 13 and "X" in digits):
        message = f'"{text}" looks like an ISBN, but has {len(digits)} digits'
        raise wrong("S013", message, "an ISBN has 10 or 13 digits; anything else is better written as a URN")
    right = check_digit(digits)
    if digits[-1] != right:
        message = f'the check digit of the ISBN "{text}" is wrong: it should be {right}'
        raise wrong("S013", message, "compare it with the number you were given, digit by digit")


def check_digit(digits: str) -> str:
    """Return the last digit that an ISBN of this length must have. Source: ISBN Users' Manual, seventh edition."""
    if len(digits) == 13:
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits[:-1]))
        return str(-total % 10)
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:-1]))
    return "0123456789X"[-total % 11]
