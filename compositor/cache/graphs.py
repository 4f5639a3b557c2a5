"""Values with shared or cyclic references <-> bytes: like values.py, and as safe.

Values of the classes that are called nodes keep their identity: each is written once, and created before its content.
The others are plain; equal ones may become one value or two when they are read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from compositor.cache.values import Damaged

TUPLE, LIST, SET, CHANGING, PAIRS, NODE, NUMBER, DAY = "t", "l", "s", "c", "d", "n", "f", "y"
HOLDERS: Mapping[Any, Callable[[list[Any]], Any]] = {
    TUPLE: tuple,
    LIST: lambda parts: parts,
    SET: frozenset,
    CHANGING: set,
    PAIRS: lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
}
SAID_AS_WORDS: Mapping[Any, Callable[[str], Any]] = {NUMBER: float.fromhex, DAY: date.fromisoformat}
_PLAIN = (str, int, bool, type(None))
_SAID: Mapping[type, str] = {tuple: TUPLE, list: LIST}


class Graphs:
    """Writes and reads values made of these classes, all of them dataclasses and enumerations."""

    def __init__(
        self, nodes: tuple[type, ...], others: tuple[type, ...], known: Mapping[type, Mapping[Any, Any]] | None = None
    ) -> None:
        """Read with `known`: existing values of some classes, each used as it is."""
        self._nodes, self._others, self._known = nodes, others, known or {}
        self._numbers = {one: number for number, one in enumerate((*nodes, *others))}
        self._names = [tuple(one.name for one in _fields(kind)) for kind in nodes]
        self._parts = [tuple(one.name for one in _fields(kind)) for kind in others]
        self._makers = [self._maker(one, names) for one, names in zip(others, self._parts, strict=True)]

    def _maker(self, kind: type, names: tuple[str, ...]) -> Callable[..., Any]:
        """Return what makes a value of a class from its parts, in order."""
        by_name = any(one.kw_only for one in _fields(kind))
        known = self._known.get(kind)
        if known is None and not by_name:
            return kind

        def made(*parts: Any) -> Any:
            one = kind(**dict(zip(names, parts, strict=True))) if by_name else kind(*parts)
            return one if known is None else known.get(one, one)

        return made

    def written(self, value: Any) -> bytes:
        """Return the value as bytes. Raises TypeError for what it cannot convert."""
        return json.dumps(_Writer(self._numbers, self._names, self._parts).whole(value), separators=(",", ":")).encode()

    def read(self, data: bytes) -> Any:
        """Return the value from its bytes. Raises Damaged."""
        try:
            value, rows = json.loads(data)
            nodes = [self._nodes[row[0]].__new__(self._nodes[row[0]]) for row in rows]
            read = _reader(nodes, self._makers, len(self._nodes))
            for node, row in zip(nodes, rows, strict=True):
                names = self._names[row[0]]
                if len(row) != len(names) + 1:
                    raise Damaged("a node of another shape")
                for name, part in zip(names, row[1:], strict=True):
                    setattr(node, name, read(part) if type(part) is list or type(part) is dict else part)
            return read(value)
        except (ValueError, TypeError, LookupError, RecursionError, AttributeError) as problem:
            raise Damaged(str(problem)) from None


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    """Return the fields of a dataclass; none for an enumeration."""
    return fields(kind) if is_dataclass(kind) else ()


class _Writer:
    """One value while it becomes bytes."""

    def __init__(
        self, numbers: Mapping[type, int], names: list[tuple[str, ...]], parts: list[tuple[str, ...]]
    ) -> None:
        self._numbers, self._names, self._parts = numbers, names, parts
        self._places: dict[int, int] = {}
        self._waiting: list[Any] = []

    def whole(self, value: Any) -> list[Any]:
        """Return the value, and the nodes that it leads to, in the order in which they were met."""
        said, rows, at = self._said(value), [], 0
        while at < len(self._waiting):
            node = self._waiting[at]
            number = self._numbers[type(node)]
            rows.append([number, *(self._said(getattr(node, name)) for name in self._names[number])])
            at += 1
        return [said, rows]

    def _said(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is float:
            return [NUMBER, value.hex()]
        if kind is date:
            return [DAY, value.isoformat()]
        if kind in _SAID:
            return [_SAID[kind], *map(self._said, value)]
        if kind is frozenset or kind is set:
            return [SET if kind is frozenset else CHANGING, *sorted(map(self._said, value), key=json.dumps)]
        return self._pairs(value) if kind is dict else self._thing(value, kind)

    def _pairs(self, value: Mapping[Any, Any]) -> Any:
        if all(type(name) is str for name in value):
            return {name: self._said(one) for name, one in value.items()}
        return [PAIRS, *(self._said(one) for pair in value.items() for one in pair)]

    def _thing(self, value: Any, kind: type) -> Any:
        number = self._numbers.get(kind)
        if number is None:
            raise TypeError(f"no form for {kind.__name__}")
        if number >= len(self._names):
            parts = [value.value] if isinstance(value, Enum) else self._values(value, number)
            return [number, *map(self._said, parts)]
        if id(value) not in self._places:  # the list keeps it alive, so that no other object gets its id
            self._places[id(value)] = len(self._waiting)
            self._waiting.append(value)
        return [NODE, self._places[id(value)]]

    def _values(self, value: Any, number: int) -> list[Any]:
        return [getattr(value, name) for name in self._parts[number - len(self._names)]]


def _reader(nodes: list[Any], makers: list[Callable[..., Any]], first: int) -> Callable[[Any], Any]:
    """Return what makes a value of the form it has in the bytes."""

    def read(said: Any) -> Any:
        if type(said) is dict:
            return {name: read(one) if type(one) is list or type(one) is dict else one for name, one in said.items()}
        if type(said) is not list:
            return said
        kind = said[0]
        if kind == NODE:
            return nodes[_index(said[1])]
        if kind in SAID_AS_WORDS:
            return SAID_AS_WORDS[kind](said[1])
        parts = [read(one) if type(one) is list or type(one) is dict else one for one in said[1:]]
        if kind in HOLDERS:
            return HOLDERS[kind](parts)
        return makers[_index(kind - first)](*parts)

    return read


def _index(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise Damaged("no number of a thing")
    return number
