"""Bytes that are not UTF-8 -> the text they most likely are, with the help of a library for encodings."""

from __future__ import annotations

import codecs
import re

CANDIDATES = (
    *("cp1252", "cp1250", "cp1251", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
    *("utf_16", "utf_16_le", "utf_16_be", "utf_32"),
)
"""Encodings in which plain text is still saved, the most frequent first; the first wins if several fit equally well."""
NAMES = {
    **{"cp1252": "WINDOWS-1252", "cp1250": "WINDOWS-1250", "cp1251": "WINDOWS-1251", "cp932": "SHIFT_JIS"},
    **{"utf_16_le": "UTF-16LE", "utf_16_be": "UTF-16BE"},
}
"""Python's name -> the name in `iconv` and editors."""
STRAYS = "UTF-8 with letters of WINDOWS-1252"
"""The name for a file that is UTF-8 except for a few bytes; no program converts it."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_STRAY = re.compile("[\udc80-\udcff]")
LEAST_CHAOS = 0.1
"""Share of unlikely neighbours above which bytes are no text."""


def recognised(data: bytes) -> tuple[str, str] | None:
    """Return the text and the name of its encoding; None if it is text in none of the known encodings."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding and (text := _with_strays(data)) is not None:
        return text.removeprefix("\ufeff"), STRAYS
    encoding = encoding or _guessed(data)
    try:
        text = data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None
    if text is None or "\0" in text:
        return None
    return text.removeprefix("\ufeff"), NAMES.get(encoding, encoding.upper().replace("_", "-"))


def first_other(data: bytes, text: str, encoding: str) -> int:
    """Return where the first character is that is not in UTF-8; 0 if there is none."""
    if encoding == STRAYS:
        found = _STRAY.search(data.decode("utf-8", "surrogateescape").removeprefix("\ufeff"))
        return found.start() if found else 0
    return next((at for at, letter in enumerate(text) if letter > "\x7f"), 0)


def _with_strays(data: bytes) -> str | None:
    """Return a text in UTF-8 with a few bytes that another program added; None if the whole file is something else."""
    text = data.decode("utf-8", "surrogateescape")
    strays = set(_STRAY.findall(text))
    if "\0" in text or sum(letter > "\x7f" for letter in text) < 2 * sum(map(text.count, strays)):
        return None
    return _STRAY.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=list(CANDIDATES))
    if not found:
        return "cp1252" if _only_text(data) else ""
    least = min(match.chaos for match in found)
    fitting = {name for match in found if match.chaos == least for name in match.could_be_from_charset}
    return next((name for name in CANDIDATES if name in fitting), "") if least < LEAST_CHAOS else ""


def _only_text(data: bytes) -> bool:
    """Return whether the bytes have no control characters except tabs and line ends."""
    return not any(byte < 32 and byte not in b"\t\n\r\x0c" for byte in data)
