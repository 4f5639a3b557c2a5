"""Earlier results, kept on disk by their inputs: a folder of the user with a limited size, and without code.

An entry is plain values and bytes, found by a digest of all its inputs. If it is missing, damaged or somebody else's,
the result is made again: that costs only time.

place.py      which folder it is, and whether there is one
entries.py    entries in that folder: read, written whole, the oldest deleted
values.py     plain values <-> bytes, in a form that runs nothing when it is read
graphs.py     the same for values that refer to each other
current.py    the cache of this build, for anything worth keeping
standing.py   what a lasting process keeps in memory
identity.py   the program, libraries and Python that made something: part of every key
"""

from __future__ import annotations

from compositor.cache.current import Ledger, current, is_remembered, kept_once, remembered, using
from compositor.cache.entries import Cache
from compositor.cache.identity import libraries, press, themes
from compositor.cache.place import cache_for, folder_of_the_user
from compositor.cache.values import Damaged, Values, canonical, digest

__all__ = [
    "Cache",
    "Damaged",
    "Ledger",
    "Values",
    "cache_for",
    "canonical",
    "current",
    "digest",
    "folder_of_the_user",
    "is_remembered",
    "kept_once",
    "libraries",
    "press",
    "remembered",
    "themes",
    "using",
]
