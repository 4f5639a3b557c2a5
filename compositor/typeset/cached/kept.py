"""Keys -> values of the cache that still hold: of the right kind, and of files that are as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compositor.cache import Cache, Damaged
from compositor.typeset.cached.keys import PLAIN
from compositor.typeset.files import FilesNow


@dataclass(frozen=True, slots=True)
class Kept:
    """Where entries are kept, and what is in the files that they depend on."""

    cache: Cache
    files: FilesNow

    def value(self, key: str) -> Any:
        """What is kept for this key; None where nothing of use is."""
        data = self.cache.get(key)
        try:
            return None if data is None else PLAIN.read(data)
        except Damaged:
            return None

    def keep(self, key: str, value: Any) -> None:
        """Keep this."""
        self.cache.put(key, PLAIN.written(value))
