"""What was made before, kept on disk by what it was made from: a folder of the user, bounded, that holds no code.

An entry is plain values and bytes, found by a digest of all that went into it. One that is missing, damaged or
somebody else's is as if it had never been there: it costs time, and nothing else.

place.py      which folder it is, and whether there is one
entries.py    entries in that folder: read, written whole, the oldest thrown away
values.py     plain values <-> bytes, in a form that runs nothing when it is read
graphs.py     the same for values that hold each other
current.py    the cache of this build, for whatever is worth keeping
standing.py   what a process that stays keeps in its memory
identity.py   which press, libraries and Python have made something: part of every key
"""

from __future__ import annotations

from compositor.cache.current import Ledger, current, kept_once, remembered, using
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
    "kept_once",
    "libraries",
    "press",
    "remembered",
    "themes",
    "using",
]
