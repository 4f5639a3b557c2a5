"""TOML text -> the place of every key and value, which tomllib knows while it reads and does not report.

Paths are written with dots, places in arrays count from 0: `order.parts.1.chapters.0.file`. The text must be valid;
tomllib has read it before. Source of the grammar: https://toml.io/en/v1.0.0.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from compositor.model import Place

SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?""""{0,2}' + r"|'''[\s\S]*?''''{0,2}" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
)
PLAIN = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True, slots=True)
class TomlPlaces:
    """The places of the keys and values of one file."""

    file: str
    keys: dict[str, Place]
    values: dict[str, Place]

    def key(self, path: str) -> Place:
        """Return where this key is written; if it does not exist, its nearest ancestor, else the file."""
        return self._nearest(path, self.keys, self.values)

    def value(self, path: str) -> Place:
        """Return where the value of this key is written; if it does not exist, the same as `key`."""
        return self._nearest(path, self.values, self.keys)

    def below(self, table: str) -> dict[str, Place]:
        """Return every key in a table, by its path from there, and the place of its value, else of the key itself."""
        found = {**self.keys, **self.values}
        return {path.removeprefix(f"{table}."): place for path, place in found.items() if path.startswith(f"{table}.")}

    def _nearest(self, path: str, *tables: dict[str, Place]) -> Place:
        while path:
            for table in tables:
                if path in table:
                    return table[path]
            path = path.rpartition(".")[0]
        return Place(self.file)


def find_places(text: str, file: str) -> TomlPlaces:
    """Read the text once more, only for the places."""
    scanner = _Scanner(text, file)
    scanner.document()
    return TomlPlaces(file, scanner.keys, scanner.values)


@dataclass(slots=True)
class _Scanner:
    text: str
    file: str
    at: int = 0
    keys: dict[str, Place] = field(default_factory=dict)
    values: dict[str, Place] = field(default_factory=dict)
    arrays: dict[str, int] = field(default_factory=dict)
    """Array of tables -> how many of its tables have begun."""
    ends: list[int] = field(init=False)
    """The positions of the line ends."""

    def __post_init__(self) -> None:
        self.ends = [match.start() for match in re.finditer("\n", self.text)]

    def document(self) -> None:
        table = ""
        while self._next():
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)

    def _next(self) -> str:
        """Go to the next character that is not a space or comment, and return it; empty at the end."""
        self.at = self._match(SPACE).end()
        return self.text[self.at : self.at + 1]

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not valid TOML at character {self.at}")
        return match

    def _place(self, start: int, end: int) -> Place:
        """Return a place in one line: a value of several lines is marked on its first."""
        line = bisect_left(self.ends, start) + 1
        column = start - (self.ends[line - 2] if line > 1 else -1)
        length = len(self.text[start:end].partition("\n")[0].rstrip())
        return Place(self.file, line, column, max(1, length))

    def _header(self) -> str:
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        *parents, last = self._key()
        path = ""
        for name, place in parents:
            path = _below(path, name)
            self.keys.setdefault(path, place)
            path = self._last_table(path)
        name, place = last
        path = _below(path, name)
        self.keys.setdefault(path, place)
        if is_array:
            self.arrays[path] = self.arrays.get(path, 0) + 1
            path = self._last_table(path)
            self.keys[path] = place
        self._next()
        self.at += 2 if is_array else 1
        return path

    def _last_table(self, path: str) -> str:
        return f"{path}.{self.arrays[path] - 1}" if path in self.arrays else path

    def _key(self) -> list[tuple[str, Place]]:
        """Return the parts of a dotted key, each with its place."""
        parts: list[tuple[str, Place]] = []
        while True:
            letter = self._next()
            match = self._match(STRING if letter in "\"'" else BARE_KEY)
            name = tomllib.loads(f"key = {match[0]}")["key"] if letter in "\"'" else match[0]
            parts.append((name, self._place(match.start(), match.end())))
            self.at = match.end()
            if self._next() != ".":
                return parts
            self.at += 1

    def _pair(self, path: str) -> None:
        for name, place in self._key():
            path = _below(path, name)
            self.keys.setdefault(path, place)
        self._next()
        self.at += 1  # the equals sign
        self._value(path)

    def _value(self, path: str) -> None:
        letter = self._next()
        start = self.at
        if letter == "[":
            self._members("]", lambda number: self._value(_below(path, str(number))))
        elif letter == "{":
            self._members("}", lambda _: self._pair(path))
        else:
            self.at = self._match(STRING if letter in "\"'" else PLAIN).end()
        self.values[path] = self._place(start, self.at)

    def _members(self, end: str, read: Callable[[int], None]) -> None:
        """Read the members between brackets, separated by commas."""
        self.at += 1
        number = 0
        while self._next() != end:
            read(number)
            number += 1
            if self._next() == ",":
                self.at += 1
        self.at += 1


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
