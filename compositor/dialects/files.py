"""Path in the book's folder -> text: what may be read, and what bytes may stand in it.

Every way out of the folder (`..`, an absolute path, a symbolic link) ends here with an error.
"""

from __future__ import annotations

import difflib
import os
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from compositor.errors import BookError, error
from compositor.model import Finding, Place

NOT_SEARCHED = frozenset({"dist", "node_modules", "styles", "templates"})
"""Folders that hold no chapters; nor do those that begin with a dot or an underscore, or have a book.toml."""

UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Control characters but tab and line feed, separators that are no line ends in XML, and noncharacters."""

OF_GIT = "belongs to git and not to the book"
SHOWN = 5
"""How many unfit characters of one file are reported one by one."""


def list_files(folder: Path) -> list[str]:
    """All files of the book, as sorted paths, without other books and linked folders in its folder."""
    return sorted(_walk(folder, ""))


def _walk(folder: Path, above: str) -> Iterator[str]:
    for name in os.listdir(folder):
        path = folder / name
        if name.startswith((".", "_")):
            continue
        if not path.is_dir():
            yield above + name
        elif name not in NOT_SEARCHED and not path.is_symlink() and not (path / "book.toml").exists():
            yield from _walk_if_allowed(path, f"{above}{name}/")


def _walk_if_allowed(folder: Path, above: str) -> Iterator[str]:
    """A folder that cannot be listed has no chapters; a listed file in it is reported when it is opened."""
    try:
        yield from list(_walk(folder, above))
    except OSError:
        return


def locate(folder: Path, path: str, asked: Place, names: Sequence[str]) -> tuple[Path | None, list[Finding]]:
    """The file on disk if it is a readable part of the book; `asked` is where the book asks for it."""
    if (fault := _way_out(folder, path)) is not None:
        remedy = "put the file into the book's folder: a build reads nothing outside it"
        if fault == OF_GIT:
            remedy = "name a file of the book; what is to be printed can be copied, without passwords"
        return None, [error("M003", f'"{path}" {fault}', asked, remedy)]
    file = folder / path
    if not os.path.exists(file) or _other_case(path, names):
        return None, [_missing(path, asked, names, os.path.islink(file))]
    if not os.path.isfile(file):
        kind = "a folder" if os.path.isdir(file) else "not a file that can be read to its end"
        return None, [error("M004", f'"{path}" is {kind}', asked, "name a file")]
    return file, []


def _other_case(path: str, names: Sequence[str]) -> bool:
    """Whether only this file system takes the name for that of an existing file; others would not find it."""
    return path not in names and path.casefold() in (name.casefold() for name in names)


def _way_out(folder: Path, path: str) -> str | None:
    if posixpath.isabs(path) or re.match(r"[A-Za-z]:|\\\\", path):
        return "is an absolute path"
    if posixpath.normpath(path).split("/")[0] == "..":
        return "leads out of the book's folder"
    root, real = os.path.realpath(folder), os.path.realpath(folder / path)
    if real != root and not real.startswith(root + os.sep):
        return "is a link that leads out of the book's folder"
    return OF_GIT if is_of_git(real[len(root) :]) else None


def is_inside(folder: Path, file: Path) -> bool:
    """Whether a file may be read for a book: it lies in the book's folder, links followed, and in no repository."""
    real, root = file.resolve(), folder.resolve()
    return real.is_relative_to(root) and not is_of_git(str(real.relative_to(root)))


def is_of_git(path: str) -> bool:
    """Whether a path below the book's folder leads into a repository, whose configuration may hold a password."""
    return ".git" in path.casefold().split(os.sep)


def _missing(path: str, asked: Place, names: Sequence[str], is_link: bool) -> Finding:
    if is_link:
        return error("M002", f'"{path}" is a link to a file that does not exist', asked, "mend the link")
    near = _nearest(path, names)
    if near.casefold() == path.casefold() and near != path:
        remedy = f'write "{near}": upper and lower case are different files'
    else:
        remedy = f'did you mean "{near}"?' if near else "write the file, or take it out of the list"
    return error("M002", f'there is no file "{path}"', asked, remedy)


def _nearest(path: str, names: Sequence[str]) -> str:
    """The existing name that is most likely meant; empty when none is like it."""
    wanted = path.replace("\\", "/").casefold()
    folded = {name.casefold(): name for name in names}
    same = [name for key, name in folded.items() if key == wanted or key.split("/")[-1] == wanted.split("/")[-1]]
    if same:
        return min(same, key=lambda name: (name.casefold() != wanted, name))
    near = difflib.get_close_matches(wanted, list(folded), 1, 0.6)
    return folded[near[0]] if near else ""


def as_on_disk(path: str, names: Iterable[str]) -> str:
    """The path in the shortest form, and with accents composed as the file system has them."""
    short = posixpath.normpath(path)
    composed = unicodedata.normalize("NFC", short)
    same = (name for name in names if unicodedata.normalize("NFC", name) == composed)
    return short if short in names else next(same, short)


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
