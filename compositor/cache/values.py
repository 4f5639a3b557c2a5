"""Plain values <-> bytes: numbers, text, bytes, their containers, and frozen values of classes that are listed here.

Reading creates these and nothing else. It calls nothing that the bytes name, as pickle would; a class is an index into
the reader's list. Sets cannot contain bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any

TUPLE, LIST, DICT, SET, BYTES = "t", "l", "d", "s", "b"
_PLAIN = str | int | float | bool | None
_KINDS = (str, int, float, bool, type(None))


def _pairs(parts: Sequence[Any]) -> dict[Any, Any]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


HOLDERS: Mapping[Any, Callable[[list[Any]], Any]] = {TUPLE: tuple, LIST: list, SET: frozenset, DICT: _pairs}


class Damaged(ValueError):
    """These bytes are no value that this reader knows."""


class Values:
    """Writes and reads values, among them those of these classes."""

    def __init__(self, *classes: type) -> None:
        self._classes = classes
        self._numbers = {one: number for number, one in enumerate(classes)}
        self._names = [[field.name for field in fields(one)] if is_dataclass(one) else [] for one in classes]

    def written(self, value: Any) -> bytes:
        """Return the value as bytes, equal for equal values. Raises TypeError for what it cannot convert."""
        blobs: list[bytes] = []
        said = json.dumps(self._said(value, blobs), separators=(",", ":")).encode()
        return b"%d\n" % len(said) + said + b"".join(blobs)

    def read(self, data: bytes) -> Any:
        """Return the value from its bytes. Raises Damaged."""
        try:
            length, _, rest = data.partition(b"\n")
            end = int(length)
            return self._value(json.loads(rest[:end]), memoryview(rest)[end:])
        except (ValueError, TypeError, LookupError, RecursionError, AttributeError) as problem:
            raise Damaged(str(problem)) from None

    def _said(self, value: Any, blobs: list[bytes]) -> Any:
        kind = type(value)
        if kind in _KINDS:
            return value
        if kind is tuple or kind is list:
            return [TUPLE if kind is tuple else LIST, *(self._said(one, blobs) for one in value)]
        if kind is bytes:
            blobs.append(value)
            return [BYTES, len(value)]
        if kind is set or kind is frozenset:
            return [SET, *sorted((self._said(one, []) for one in value), key=json.dumps)]
        if isinstance(value, Mapping):
            return [DICT, *(self._said(one, blobs) for pair in value.items() for one in pair)]
        if kind not in self._numbers:
            raise TypeError(f"no form for {kind.__name__}")
        number = self._numbers[kind]
        parts = [value.value] if isinstance(value, Enum) else [getattr(value, name) for name in self._names[number]]
        return [number, *(self._said(one, blobs) for one in parts)]

    def _value(self, said: Any, blobs: memoryview) -> Any:
        at = 0

        def made(one: Any) -> Any:
            nonlocal at
            if type(one) is not list:
                return one
            kind = one[0]
            if kind == BYTES:
                at += one[1]
                return bytes(blobs[at - one[1] : at])
            parts = [made(part) for part in one[1:]]
            if kind in HOLDERS:
                return HOLDERS[kind](parts)
            if type(kind) is not int or kind < 0:
                raise Damaged("no kind of value")
            return self._classes[kind](*parts)

        return made(said)


def canonical(value: Any) -> str:
    """Return a text that is equal for equal values, in every process. Raises TypeError if a value is not plain."""
    if isinstance(value, _PLAIN | bytes | date | Enum):
        return repr(value)
    if is_dataclass(value):
        shown = (f"{one.name}={canonical(getattr(value, one.name))}" for one in fields(value) if one.repr)
        return f"{type(value).__name__}({','.join(shown)})"
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{canonical(key)}:{canonical(one)}' for key, one in value.items())}}}"
    if isinstance(value, tuple | list):
        return f"({','.join(map(canonical, value))},)"
    if isinstance(value, set | frozenset):
        return f"{{{','.join(sorted(map(canonical, value)))}}}"
    raise TypeError(f"no plain value: {type(value).__name__}")


def digest(*parts: str | bytes | Sequence[str]) -> str:
    """Return a key for these parts, which depends on each of them and on where each ends."""
    whole = sha256()
    for part in parts:
        one = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        one = one if isinstance(one, bytes) else json.dumps([*one]).encode()
        whole.update(b"%d " % len(one) + one)
    return whole.hexdigest()
