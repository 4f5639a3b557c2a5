"""The cache -> an empty one, and how much was in it."""

from __future__ import annotations

from compositor.cache import Cache, folder_of_the_user


def cleaned() -> str:
    """Delete all entries of the cache; return how many there were and their size, in words."""
    folder = folder_of_the_user()
    if folder is None:
        return "there is no cache"
    entries, size = Cache(folder, 0).clear()
    return f"{entries} entr{'y' if entries == 1 else 'ies'}, {size / (1 << 20):.1f} MB deleted from {folder}"
