"""A file of the book -> its text: UTF-8, with line feeds only, and nothing in it that cannot stand in a book."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from compositor.errors import BookError, error
from compositor.folder.paths import list_files, locate
from compositor.model import Finding, Place

UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Control characters but tab and line feed, separators that are no line ends in XML, and noncharacters."""
SHOWN = 5
"""How many unfit characters of one file are reported one by one."""


def read_text(file: Path, path: str, asked: Place) -> tuple[str | None, list[Finding]]:
    """The text, without byte order mark and with line feeds only; None when it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        return None, [error("M005", f'"{path}" cannot be read: {reason}', asked, "look at its permissions")]
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return None, [_not_utf8(data, path, fault.start)]
    return text, _unfit(text, path)


def reader(folder: Path) -> Callable[[str], str]:
    """What a text may draw on: the text of a file in the folder, by its path from there.

    The function raises BookError, without a useful place, for what is missing, lies outside or cannot be read.
    """
    names = list_files(folder)

    def read(path: str) -> str:
        file, findings = locate(folder, path, Place(path), names)
        text, more = read_text(file, path, Place(path)) if file is not None else (None, [])
        if text is None or findings or more:
            raise BookError([*findings, *more])
        return text

    return read


def _not_utf8(data: bytes, path: str, start: int) -> Finding:
    """Where the first byte stands that is not UTF-8, and which encoding it probably is."""
    line_start = data.rfind(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8")) + 1
    place = Place(path, data.count(b"\n", 0, start) + 1, column)
    name, sign = _guess(data, start)
    if not name:
        return error("M006", "this is not a text file", place, "save the chapter as plain text in UTF-8")
    seen = f', which is "{sign}" in {name}' if sign else f"; the file seems to be in {name}"
    remedy = f'save it as UTF-8, for instance with: iconv -f {name} -t UTF-8 "{path}" > new.md'
    excerpt = data[line_start:].split(b"\n", 1)[0].decode("cp1252", "replace") if sign else ""
    message = f"the byte 0x{data[start]:02X} is not UTF-8{seen}"
    return Finding("M006", message, place, "error", (remedy,), excerpt)


def _guess(data: bytes, start: int) -> tuple[str, str]:
    """Name of the encoding and the sign that the bad byte is in it; no name for what is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16", ""
    if b"\x00" in data:
        return "", ""
    sign = data[start : start + 1].decode("cp1252", "replace")
    return ("ISO-8859-1", "") if sign == "\ufffd" else ("WINDOWS-1252", sign)


def _unfit(text: str, path: str) -> list[Finding]:
    found = list(UNFIT.finditer(text))
    findings = [_unfit_finding(text, path, match) for match in found[:SHOWN]]
    if len(found) > SHOWN:
        more = f"{len(found) - SHOWN} more characters in this file cannot stand in a book"
        findings.append(error("M007", more, findings[-1].place, "they follow this one"))
    return findings


def _unfit_finding(text: str, path: str, match: re.Match[str]) -> Finding:
    at = match.start()
    place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    letter = match[0]
    remedy = "replace it with an ordinary line end" if letter in "\u2028\u2029\x85\x0b\x0c" else "take it out"
    return error("M007", f"{_described(letter)} cannot stand in a book", place, remedy)


def _described(letter: str) -> str:
    names = {
        "\x00": "null",
        "\x0b": "vertical tab",
        "\x0c": "form feed",
        "\x1b": "escape",
        "\x85": "next line",
    }
    name = names.get(letter) or unicodedata.name(letter, "control character").lower()
    if unicodedata.category(letter) == "Cn":
        name = "noncharacter"
    return f"the character U+{ord(letter):04X} ({name})"


EXPLANATIONS: dict[str, str] = {
    "M006": (
        "The bytes of the file are not UTF-8, so that its letters cannot be known for certain; the "
        "message names the encoding that is likely. Save the file as UTF-8 in your editor, or convert "
        "it. Example: iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md"
    ),
    "M007": (
        "The file has a character that cannot stand in a PDF or an EPUB: a control character, a line "
        "separator of Unicode, or a noncharacter. It often comes with text that was copied from "
        "elsewhere. Go to the place and take it out."
    ),
}
