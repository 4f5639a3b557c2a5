"""Keys -> cached values that are still valid: of the right kind, and from unchanged files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compositor.cache import Cache, Damaged
from compositor.typeset.cached.keys import PLAIN
from compositor.typeset.files import FilesNow


@dataclass(frozen=True, slots=True)
class Kept:
    """The cache, and the content of the files that its entries depend on."""

    cache: Cache
    files: FilesNow

    def value(self, key: str) -> Any:
        """Return the value for this key; None if there is no valid one."""
        data = self.cache.get(key)
        try:
            return None if data is None else PLAIN.read(data)
        except Damaged:
            return None

    def keep(self, key: str, value: Any) -> None:
        """Keep a value under this key."""
        self.cache.put(key, PLAIN.written(value))
