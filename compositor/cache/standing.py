"""Results that a lasting process keeps in memory from one reading of a book to the next.

A process that makes a single build has no store here, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Standing:
    """Values by name, of this reading and of the previous one; those used in neither are dropped."""

    def __init__(self) -> None:
        self._now: dict[object, Any] = {}
        self._before: dict[object, Any] = {}

    def turn(self) -> None:
        """Begin the next reading."""
        self._before, self._now = self._now, {}

    def get(self, key: object) -> Any:
        """Return the value with this name, or None; the caller has to check whether it is still valid."""
        return self._now.get(key, self._before.get(key))

    def put(self, key: object, value: Any) -> None:
        """Keep this value, for this reading and the next."""
        self._now[key] = value


_current: list[Standing] = []


@contextmanager
def staying(store: Standing) -> Iterator[None]:
    """Keep values in this store inside the block; entering it begins another reading."""
    store.turn()
    _current.append(store)
    try:
        yield
    finally:
        _current.remove(store)


def standing() -> Standing | None:
    """Return the store that lasts from one reading to the next; None in a process that reads a book once."""
    return _current[-1] if _current else None
