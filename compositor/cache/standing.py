"""What a process that stays has made, kept in its memory from one reading of a book to the next.

Nothing is kept where nobody stays: a build that is made once finds no store here, and makes everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Standing:
    """Values by name, of this reading and of the one before; what neither has used is forgotten."""

    def __init__(self) -> None:
        self._now: dict[object, Any] = {}
        self._before: dict[object, Any] = {}

    def turn(self) -> None:
        """The next reading begins."""
        self._before, self._now = self._now, {}

    def get(self, key: object) -> Any:
        """What is kept under this name, or None; whoever asks has to see whether it still holds."""
        return self._now.get(key, self._before.get(key))

    def put(self, key: object, value: Any) -> None:
        """Keep this, for this reading and the next."""
        self._now[key] = value


_current: list[Standing] = []


@contextmanager
def staying(store: Standing) -> Iterator[None]:
    """Inside, this is where values are kept; entering it begins another reading."""
    store.turn()
    _current.append(store)
    try:
        yield
    finally:
        _current.remove(store)


def standing() -> Standing | None:
    """Where values are kept from one reading to the next; None in a process that reads a book once."""
    return _current[-1] if _current else None
