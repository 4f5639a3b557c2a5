"""A file of JavaScript or TypeScript -> the lists and tables that are written in it, read as text.

Nothing is run. Anything but a list, table, text, number or name of one of these is None: a call, a function, an import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LONGEST = 500_000
"""Letters of a file that are read."""
DEEPEST = 40
MOST = 1_000_000
"""Most tokens of a file; values that are referred to again count each time."""
_TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<text>'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`)"
    r"|(?P<name>[A-Za-z_$][\w$]*|-?\d[\w.]*)|(?P<sign>\.\.\.|=>|[^\s\w])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NAMED = ("const", "let", "var")
OPENS, CLOSES = "([{", ")]}"
CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None}


class _Broken(ValueError):
    """The text is not a list and no table, or does not end."""


def literals(text: str) -> dict[str, object]:
    """Return the lists and tables at the top level of a file by name; an unnamed export is called `default`.

    Empty if the file cannot be read; limited in length, depth and number of values.
    """
    tokens = list(_tokens(text[:LONGEST]))
    reader = _Reader(tokens)
    for at, (kind, word) in enumerate(tokens):
        if kind != "sign" or word not in ("=", "{", "["):
            continue
        name = _name(tokens, at)
        if name and (word == "=" or tokens[at - 1][1] == "default"):
            reader.at = at + (word == "=")
            try:
                reader.named[name] = reader.value(0)
            except (_Broken, IndexError):
                continue
    return reader.named


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield str(match.lastgroup), match[0]


def _name(tokens: Sequence[tuple[str, str]], at: int) -> str:
    """Return the name that gets a value here: `const x: T =`, `module.exports =`, `export default`."""
    words = [word for _, word in tokens[max(0, at - 12) : at]]
    if words[-2:] == ["export", "default"] or words[-3:] == ["module", ".", "exports"]:
        return "default"
    begins = next((n for n in range(len(words) - 1, -1, -1) if words[n] in _NAMED), None)
    if begins is None or begins + 1 >= len(words) or not all(_is_type(word) for word in words[begins + 2 :]):
        return ""
    return words[begins + 1]


def _is_type(word: str) -> bool:
    return word.isidentifier() or word in (":", ".", "<", ">", "[", "]", "|", ",")


class _Reader:
    """Reads values from a position on, and knows the named ones."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.named: dict[str, object] = {}
        self.left = MOST

    def value(self, depth: int) -> object:
        """Return the value that begins here, up to the comma or the bracket after it."""
        self.left -= 1
        if depth > DEEPEST or self.left < 0:
            raise _Broken
        kind, word = self.tokens[self.at]
        made: object = None
        if kind == "text":
            made, self.at = _ESCAPE.sub(r"\1", word[1:-1]), self.at + 1
        elif word == "[":
            made = self._list(depth)
        elif word == "{":
            made = self._table(depth)
        elif kind == "name" and self.tokens[self.at + 1][1] in (",", "]", "}", ";"):
            made = CONSTANTS.get(word, self._known(word))
            self.at += 1
        self._rest()
        return made

    def _known(self, word: str) -> object:
        """Return what a name stands for, or a number."""
        if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", word):
            return float(word)
        self.left -= _size(self.named.get(word), self.left)
        return self.named.get(word)

    def _rest(self) -> None:
        """Skip the rest of an expression, such as `as const`; at the top level, a file may end there."""
        depth = 0
        while self.at < len(self.tokens):
            self.left -= 1
            if self.left < 0:
                raise _Broken
            kind, word = self.tokens[self.at]
            if kind == "sign" and not depth and word in (",", ";", *CLOSES):
                return
            if not depth and word in (*_NAMED, "export", "module"):
                return
            depth += kind == "sign" and word in OPENS
            depth -= kind == "sign" and word in CLOSES
            self.at += 1

    def _list(self, depth: int) -> list[object]:
        self.at += 1
        made: list[object] = []
        while self.tokens[self.at][1] != "]":
            spread = self.tokens[self.at][1] == "..."
            self.at += spread
            value = self.value(depth + 1)
            made += value if spread and isinstance(value, list) else [] if spread else [value]
            self._comma("]")
        self.at += 1
        return made

    def _table(self, depth: int) -> dict[str, object]:
        self.at += 1
        made: dict[str, object] = {}
        while self.tokens[self.at][1] != "}":
            kind, word = self.tokens[self.at]
            self.at += 1
            if kind in ("text", "name") and self.tokens[self.at][1] == ":":
                self.at += 1
                made[word[1:-1] if kind == "text" else word] = self.value(depth + 1)
            elif kind == "name" and self.tokens[self.at][1] in (",", "}"):
                made[word] = self._known(word)
            else:
                self._rest()
            self._comma("}")
        self.at += 1
        return made

    def _comma(self, end: str) -> None:
        if self.tokens[self.at][1] == ",":
            self.at += 1
        elif self.tokens[self.at][1] != end:
            raise _Broken


def _size(value: object, most: int) -> int:
    """Count the values in one, up to this number."""
    count, waiting = 0, [value]
    while waiting and count <= most:
        one = waiting.pop()
        count += 1
        waiting += one if isinstance(one, list) else list(one.values()) if isinstance(one, dict) else []
    return count
