"""The attribute files of a repository, a path -> how git turns the file into what it keeps.

Of all attributes, those are read that change bytes on their way into the repository.
Source: gitattributes(5).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from compositor.git.files import MEBIBYTE, Budget, Unreadable, read
from compositor.git.patterns import matches
from compositor.git.places import Places

LIMIT = 4 * MEBIBYTE
LINES = 10_000
"""Lines of one file; more are made to keep a machine busy."""
MACRO = b"[attr]"
QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"')
ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
READ = frozenset({"text", "crlf", "eol", "ident", "filter", "working-tree-encoding"})

Value = str | bool | None
"""What an attribute is: set, unset, a text, or None where it is taken back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an attribute file: a pattern and what it gives to the paths that match."""

    pattern: bytes
    anchored: bool
    values: tuple[tuple[str, Value], ...]


class Attributes:
    """The attributes of the files of a work tree; each attribute file is read when it is needed."""

    def __init__(self, places: Places, budget: Budget) -> None:
        self._places, self._budget = places, budget
        self._files: dict[bytes, tuple[Line, ...]] = {}
        self._macros: dict[str, tuple[tuple[str, Value], ...]] = {"binary": (("text", False),)}
        self._info = self._lines(places.common / "info" / "attributes", places.roots, macros=True)
        self._of(b"")

    def of(self, path: bytes) -> Mapping[str, Value]:
        """The attributes of a path from the top of the work tree; the lines that stand later, or deeper, win."""
        self._budget.spend()
        found: dict[str, Value] = {}
        parts = path.split(b"/")
        for depth in range(len(parts)):
            folder = b"/".join(parts[:depth])
            self._add(found, self._of(folder), path[len(folder) + 1 :] if folder else path)
        self._add(found, self._info, path)
        return {name: value for name, value in found.items() if value is not None}

    def _add(self, found: dict[str, Value], lines: tuple[Line, ...], path: bytes) -> None:
        name = path.rpartition(b"/")[2]
        for line in lines:
            if matches(line.pattern, path if line.anchored else name):
                found.update(line.values)

    def _of(self, folder: bytes) -> tuple[Line, ...]:
        if folder not in self._files:
            path = self._places.work / os.fsdecode(folder) / ".gitattributes"
            roots = () if path.is_symlink() else (str(self._places.work),)
            self._files[folder] = self._lines(path, roots, macros=not folder) if roots else ()
        return self._files[folder]

    def _lines(self, path: Path, roots: tuple[str, ...], macros: bool) -> tuple[Line, ...]:
        lines = (read(path, roots, LIMIT) or b"").removeprefix(b"\xef\xbb\xbf").split(b"\n")
        if len(lines) > LINES:
            raise Unreadable(path, f"it has more than {LINES} lines", "fewer lines say the same")
        for line in lines:
            words = line.removesuffix(b"\r").removeprefix(MACRO).split()
            if macros and line.startswith(MACRO) and words:
                self._macros[words[0].decode("utf-8", "replace")] = tuple(self._values(words[1:]))
        return tuple(found for line in lines if (found := self._line(line.strip(b" \t\r\n"))) is not None)

    def _line(self, line: bytes) -> Line | None:
        if not line or line.startswith((b"#", MACRO)):
            return None
        quoted = QUOTED.match(line)
        pattern, rest = (_plain(quoted[1]), line[quoted.end() :]) if quoted else _divided(line)
        values = tuple(self._values(rest.split()))
        if not values or pattern.startswith(b"!") or pattern.endswith(b"/"):
            return None  # no file is called so, or nothing is said of it
        return Line(pattern.removeprefix(b"/"), b"/" in pattern, values)

    def _values(self, words: list[bytes]) -> Iterator[tuple[str, Value]]:
        """What words such as `text`, `-text`, `!text`, `eol=lf` give; a macro gives what it stands for."""
        for word in words:
            name, equals, given = word.decode("utf-8", "replace").partition("=")
            bare = name.lstrip("-!")
            value: Value = given if equals else None if name.startswith("!") else not name.startswith("-")
            if bare in self._macros and value is True:
                yield from self._macros[bare]
            elif bare in READ:
                yield bare, value


def _divided(line: bytes) -> tuple[bytes, bytes]:
    pattern, _, rest = line.replace(b"\t", b" ").partition(b" ")
    return pattern, rest


def _plain(text: bytes) -> bytes:
    """What stands between quotation marks, without its backslashes."""

    def letter(found: re.Match[bytes]) -> bytes:
        if len(found[1]) == 3:
            return bytes([int(found[1], 8) & 0xFF])
        return ESCAPES.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{3}|.)", letter, text, flags=re.DOTALL)
