"""The attribute files of a repository, a path -> how git converts the file to what it stores.

As in git, the lines are read from the last to the first, and the first value counts. Source: gitattributes(5).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from compositor.git.files import MEBIBYTE, Budget, read
from compositor.git.patterns import matches
from compositor.git.places import Places

LIMIT = MEBIBYTE
MACRO = b"[attr]"
LONGEST = 2048
"""Bytes of a line; git ignores a longer one."""
QUOTED = re.compile(rb'"((?:[^"\\]|\\[abfnrtv"\\]|\\[0-3][0-7]{2})*)"')
ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
NAME = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]*")

Value = str | bool | None
"""The value of an attribute: set, unset, a text, or None if it is unspecified again."""
Values = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an attribute file: a pattern, and its attributes for matching paths."""

    pattern: bytes
    anchored: bool
    values: Values


class Attributes:
    """The attributes of the files of a work tree; each attribute file is read when it is needed.

    `users` is the content of the file that a user has for all repositories.
    """

    def __init__(self, places: Places, users: bytes, budget: Budget) -> None:
        self._places, self._budget = places, budget
        self._files: dict[bytes, tuple[Line, ...]] = {}
        self._macros: dict[str, Values] = {"binary": (("diff", False), ("merge", False), ("text", False))}
        top = self._lines(self._of_folder(b""))
        info = self._lines(read(places.common / "info" / "attributes", places.roots, LIMIT))
        last = self._lines(users)
        for line in (*last, *top, *info):
            self._define(line)
        self._files[b""] = _parsed(top)
        self._info = _parsed(info)
        self._users = _parsed(last)

    def of(self, path: bytes) -> Mapping[str, Value]:
        """Return the attributes of a path from the top of the work tree; later and deeper lines win."""
        self._budget.spend()
        found: dict[str, Value] = {}
        parts = path.split(b"/")
        self._add(found, self._info, path)
        for depth in range(len(parts) - 1, -1, -1):
            folder = b"/".join(parts[:depth])
            self._add(found, self._of(folder), path[len(folder) + 1 :] if folder else path)
        self._add(found, self._users, path)
        return {name: value for name, value in found.items() if value is not None}

    def _add(self, found: dict[str, Value], lines: tuple[Line, ...], path: bytes) -> None:
        name = path.rpartition(b"/")[2]
        for line in reversed(lines):
            self._budget.spend()
            if matches(line.pattern, path if line.anchored else name):
                self._give(found, line.values)

    def _give(self, found: dict[str, Value], values: Values) -> None:
        """Add attributes that are not set yet, since the last line is read first; a set macro adds its attributes."""
        waiting = list(values)
        while waiting:
            name, value = waiting.pop()
            if name not in found:
                found[name] = value
                waiting += self._macros.get(name, ()) if value is True else ()

    def _of(self, folder: bytes) -> tuple[Line, ...]:
        if folder not in self._files:
            self._files[folder] = _parsed(self._lines(self._of_folder(folder)))
        return self._files[folder]

    def _of_folder(self, folder: bytes) -> bytes | None:
        """Return the lines of the file in one folder; a link counts as none, as in git."""
        path = self._places.work / os.fsdecode(folder) / ".gitattributes"
        return None if path.is_symlink() else read(path, (str(self._places.work),), LIMIT)

    def _lines(self, data: bytes | None) -> list[bytes]:
        self._budget.spend(text=len(data or b""))
        text = (data or b"").removeprefix(b"\xef\xbb\xbf")
        lines = [line.partition(b"\0")[0].strip(b" \t\r") for line in text.split(b"\n")]
        return [line for line in lines if line and not line.startswith(b"#") and len(line) < LONGEST]

    def _define(self, line: bytes) -> None:
        if _is_macro(line):
            name, *words = line.removeprefix(MACRO).split()
            values = _values(words)
            if values is not None:
                self._macros[name.decode("utf-8", "replace")] = values


def _is_macro(line: bytes) -> bool:
    return line.startswith(MACRO) and line[len(MACRO) :][:1].strip() != b""


def _parsed(lines: list[bytes]) -> tuple[Line, ...]:
    return tuple(found for line in lines if not _is_macro(line) and (found := _line(line)) is not None)


def _line(line: bytes) -> Line | None:
    quoted = QUOTED.match(line)
    pattern, rest = (_plain(quoted[1]), line[quoted.end() :]) if quoted else _divided(line)
    values = _values(rest.split())
    if not values or pattern.startswith(b"!") or pattern.endswith(b"/"):
        return None  # no file has that name, or the line is empty
    return Line(pattern.removeprefix(b"/"), b"/" in pattern, values)


def _values(words: list[bytes]) -> Values | None:
    """Return the values of words such as `text`, `-text`, `!text`, `eol=lf`; None if one of them is invalid."""
    found: list[tuple[str, Value]] = []
    for word in words:
        name, equals, given = word.decode("utf-8", "replace").partition("=")
        bare = name[1:] if name.startswith(("-", "!")) else name
        if not NAME.fullmatch(bare):
            return None
        sign = None if name.startswith("!") else not name.startswith("-")
        found.append((bare, given if equals and sign is True else sign))
    return tuple(found)


def _divided(line: bytes) -> tuple[bytes, bytes]:
    pattern, _, rest = line.replace(b"\t", b" ").partition(b" ")
    return pattern, rest


def _plain(text: bytes) -> bytes:
    """Return the text between quotation marks, without its backslashes."""

    def letter(found: re.Match[bytes]) -> bytes:
        if len(found[1]) == 3:
            return bytes([int(found[1], 8) & 0xFF])
        return ESCAPES.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{3}|.)", letter, text, flags=re.DOTALL)
