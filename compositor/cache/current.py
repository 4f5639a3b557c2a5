"""The cache of this build, for whatever is worth keeping: what takes long, and depends on its arguments alone."""

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
    """Inside, this is the cache; at the end the oldest entries are thrown away, if it has become too large."""
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
    """The cache of this build, if it has one."""
    return _current[-1] if _current else None


def kept_once(cache: Cache, data: bytes) -> str:
    """The key of bytes that several entries name, which are kept once; the cache gives them back for it."""
    key = digest("bytes", data)
    if cache.get(key) is None:
        cache.put(key, data)
    return key


class Ledger:
    """Values that are small and many, kept as one: each by the digest of what it was made from.

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
        """What `make` gives, or has given for the same digest; one that is empty is not known."""
        if self._cache is None or not known:
            return make()
        if known not in self._now:
            self._now[known] = self._before[known] if known in self._before else make()
        made: Made = self._now[known]
        return made


class Form(Protocol):
    """How values are written as bytes, and read again."""

    def written(self, value: Any) -> bytes:
        """The value as bytes; raises TypeError for what has no form."""

    def read(self, data: bytes) -> Any:
        """The value again; raises Damaged."""


def remembered(make: Callable[[], Made], *parts: str | bytes, form: Form = PLAIN) -> Made:
    """What `make` gives, or has given in an earlier build for these parts, which are all that it depends on.

    It is made of plain values, words, numbers, bytes, and what holds them, or of others that have a form.
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
    with suppress(TypeError, RecursionError):  # what has no form is made each time
        written = form.written(made)
        for kept in (cache, store):
            if kept is not None:
                kept.put(key, written)
    return made
