"""When and where a book is published, and its place in a series -> the same, or what is wrong with it."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

from compositor.settings.rules import wrong

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def publication_date(value: object) -> object:
    """Accept a date of TOML or a text: a year, a month or a day, as ISO 8601 and EPUB write them."""
    text = value.isoformat() if isinstance(value, datetime.date) else value
    if isinstance(value, datetime.datetime) or (isinstance(text, str) and not _is_date(text)):
        raise wrong("S018", f'"{value}" is not a date of publication', 'write "2026", "2026-11" or "2026-11-29"')
    return text


def _is_date(text: str) -> bool:
    found = DATE.fullmatch(text.strip())
    if found is None:
        return not text.strip()
    try:
        datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def place_in_series(number: float | None) -> float | None:
    """Accept a number from 0 on; halves and tenths are for books between two volumes."""
    if number is not None and not 0 <= number < 10_000:
        raise wrong("S018", f"{number} is not a place in a series", "give the number of the volume")
    return number


def public_address(text: str) -> str:
    """Accept an empty text, or an address of the web that others can open."""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if text and (parts.scheme not in ("https", "http") or not parts.hostname or any(map(str.isspace, text))):
        raise wrong("S042", f'"{text}" is not an address', 'write the full address, as in "https://example.org/book/"')
    return text
