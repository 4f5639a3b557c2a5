"""A file of the book -> its text: UTF-8, with line feeds only, without characters that a book cannot contain."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from compositor.errors import BookError, error, warning
from compositor.folder.encodings import STRAYS, first_other, recognised
from compositor.folder.paths import list_files, locate
from compositor.model import Finding, Place

SEPARATORS = "\u2028\u2029\x85\x0b\x0c"
"""Line ends of other systems."""
UNFIT = re.compile(
    "\x1b\\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Terminal colours, control characters except tab and line feed, separators that are no line ends in XML, lone
surrogates and noncharacters."""
NULLS = 4
"""If one byte in so many is zero, the file has two or four bytes per character, or is not text."""
SHOWN = 5
"""How many unfit characters of one file are reported one by one."""


def read_text(file: Path, path: str, asked: Place) -> tuple[str | None, list[Finding]]:
    """Return the text, without byte order mark and with line feeds only; None if it cannot be read.

    A file in another encoding is read in the most likely one, and characters that a book cannot contain are removed:
    both are warnings.
    """
    try:
        data = file.read_bytes()
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        remedy = f"make it readable: chmod u+r {shlex.quote(str(file))}"
        return None, [error("M005", f'"{path}" cannot be read: {reason}', asked, remedy)]
    findings = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None or len(data) < NULLS * data.count(0):
        found = recognised(data)
        if found is None:
            remedy = "save it as plain text in UTF-8"
            return None, [error("M006", "this is not a text file", Place(path), remedy)]
        text, encoding = found
        findings.append(_other_encoding(data, text, file, path, encoding))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if UNFIT.search("".join(set(text))) is None:  # the usual case, and much faster than to search a long text
        return text, findings
    return fit(text), [*findings, *_unfit(text, path)]


def read_loosely(file: Path, path: str, asked: Place) -> tuple[str | None, list[Finding]]:
    """Return the text of a file that the book can do without; all findings are warnings."""
    text, findings = read_text(file, path, asked)
    return text, [replace(finding, severity="warning") for finding in findings]


def fit(text: str) -> str:
    """Return the text without characters that a book cannot contain; line separators of other systems become spaces."""
    return UNFIT.sub(lambda match: " " if match[0] in SEPARATORS else "", text)


def reader(folder: Path, told: list[Finding]) -> Callable[[str], str]:
    """Return a function that gives the text of a file in the folder, by its path from there.

    It raises BookError, without a useful place, if the file is missing, outside the folder or unreadable. Changes to a
    text are added to the findings.
    """
    names = list_files(folder)

    def read(path: str) -> str:
        file, findings = locate(folder, path, Place(path), names)
        text, more = read_text(file, path, Place(path)) if file is not None else (None, [])
        if text is None:
            raise BookError([*findings, *more])
        told.extend(more)
        return text

    return read


def _other_encoding(data: bytes, text: str, file: Path, path: str, encoding: str) -> Finding:
    """Return the first character that is not UTF-8, and how to convert the file."""
    at = first_other(data, text, encoding)
    place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    seen = f', where this letter is "{text[at]}"' if text[at : at + 1] > "\x7f" else ""
    message = f"the file is not in UTF-8; it is read as {encoding}{seen}"
    old, new = (shlex.quote(str(name)) for name in (file, file.with_name(f"{file.name}.new")))
    remedy = f"save it as UTF-8, for instance with: iconv -f {encoding} -t UTF-8 {old} > {new} && mv {new} {old}"
    if encoding == STRAYS:
        remedy = "type this letter and others like it again, and save the file as UTF-8"
    return replace(warning("M006", message, place, remedy), excerpt=text.split("\n")[text.count("\n", 0, at)])


def _unfit(text: str, path: str) -> list[Finding]:
    found = list(UNFIT.finditer(text))
    findings = [_unfit_finding(text, path, match) for match in found[:SHOWN]]
    if len(found) > SHOWN:
        more = f"{len(found) - SHOWN} more characters in this file cannot be in a book"
        findings.append(warning("M007", more, findings[-1].place, "they come after this one"))
    return findings


def _unfit_finding(text: str, path: str, match: re.Match[str]) -> Finding:
    at = match.start()
    place = Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    letter = match[0]
    if letter in SEPARATORS:
        message = f"{_described(letter)} cannot be in a book, and becomes a space"
        return warning("M007", message, place, "replace it with an ordinary line end")
    what = "a colour code of a terminal" if len(letter) > 1 else _described(letter)
    return warning("M007", f"{what} cannot be in a book, and is removed", place, "delete it")


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
        "The file is not UTF-8, so its letters are not certain. It is read in its most likely encoding, which the "
        "message names; a file that is not text in any encoding is an error. Save the file as UTF-8 in your editor, "
        "or convert it. Example: iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md"
    ),
    "M007": (
        "The file has a character that cannot be in a PDF or an EPUB: a control character, a colour code of a "
        "terminal, a Unicode line separator, or a noncharacter. It often comes with copied text. It is removed, or "
        "becomes a space. Go to the place and delete it."
    ),
}
