"""Environment -> the folder of the cache, if any: of the user, and never inside a book."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from compositor.cache.entries import Cache
from compositor.machine.variables import CACHE, CACHE_SIZE, OFF

MEGABYTES = 500
"""The default size of the cache."""


def folder_of_the_user() -> Path | None:
    """Return the folder of the cache; None if there is to be none."""
    told = os.environ.get(CACHE, "")
    if told:
        return None if told == OFF else Path(told).absolute()
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # the specification says to ignore others
        return Path(base, "compositor")
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "compositor"


def cache_for(book: Path) -> Cache | None:
    """Return the cache for the book in a folder.

    None if it is switched off, and if it would be inside the book: whoever has sent the book could have filled it.
    """
    folder = folder_of_the_user()
    if folder is None or folder.resolve().is_relative_to(book.resolve()):
        return None
    return Cache(folder, most() << 20)


def most() -> int:
    """Return the megabytes that the cache may have."""
    told = os.environ.get(CACHE_SIZE, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 8 else MEGABYTES
