"""The cache of this build, for results that take long to make and depend only on their arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol, TypeVar

from compositor.cache.entries import Cache
from compositor.cache.identity import press
from compositor.cache.standing import standing
from compositor.cache.values import Damaged, Values, digest

PLAIN = Values()
Made = TypeVar("Made")
_current: list[Cache] = []


@contextmanager
def using(cache: Cache | None) -> Iterator[None]:
    """Use this cache inside the block; at the end, delete the oldest entries if it is too large."""
    if cache is None:
        yield
        return
    _current.append(cache)
    try:
        yield
    finally:
        _current.remove(cache)
        cache.tidy()


def current() -> Cache | None:
    """Return the cache of this build, if it has one."""
    return _current[-1] if _current else None


def kept_once(cache: Cache, data: bytes) -> str:
    """Return a key for bytes that several entries name and that are kept once."""
    key = digest("bytes", data)
    if cache.get(key) is None:
        cache.put(key, data)
    return key


class Ledger:
    """Many small values, kept as one entry: each by the digest of its input.

    Used in `with`: what was asked for inside is kept at the end, and nothing else. Values are plain.
    """

    def __init__(self, *name: str) -> None:
        self._cache = current()
        self._key = digest("ledger", press(), *name)
        self._before: dict[str, Any] = {}
        self._now: dict[str, Any] = {}

    def __enter__(self) -> Ledger:
        data = self._cache.get(self._key) if self._cache is not None else None
        with suppress(Damaged):
            found = PLAIN.read(data) if data is not None else {}
            self._before = found if type(found) is dict else {}
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._cache is not None and kind is None and self._now.keys() != self._before.keys():
            self._cache.put(self._key, PLAIN.written(self._now))

    def of(self, known: str, make: Callable[[], Made]) -> Made:
        """Return the result of `make`, or an earlier one for the same digest; an empty digest is unknown."""
        if self._cache is None or not known:
            return make()
        if known not in self._now:
            self._now[known] = self._before[known] if known in self._before else make()
        made: Made = self._now[known]
        return made


class Form(Protocol):
    """How values are converted to bytes and back."""

    def written(self, value: Any) -> bytes:
        """Return the value as bytes. Raises TypeError if it cannot be converted."""

    def read(self, data: bytes) -> Any:
        """Return the value from its bytes. Raises Damaged."""


def is_remembered(*parts: str | bytes) -> bool:
    """Return whether `remembered` has a result for these parts."""
    cache, store, key = current(), standing(), digest("value", press(), *parts)
    return any(one is not None and one.get(key) is not None for one in (store, cache))


def remembered(make: Callable[[], Made], *parts: str | bytes, form: Form = PLAIN) -> Made:
    """Return the result of `make`, or that of an earlier build for these parts, which are its only inputs.

    It consists of plain values (text, numbers, bytes, and containers of these), or of others that have a form.
    """
    cache, store = current(), standing()
    if cache is None and store is None:
        return make()
    key = digest("value", press(), *parts)
    data = (store.get(key) if store is not None else None) or (cache.get(key) if cache is not None else None)
    if data is not None:
        with suppress(Damaged):
            made: Made = form.read(data)
            if store is not None:
                store.put(key, data)
            return made
    made = make()
    with suppress(TypeError, RecursionError):  # what cannot be converted is made each time
        written = form.written(made)
        for kept in (cache, store):
            if kept is not None:
                kept.put(key, written)
    return made
