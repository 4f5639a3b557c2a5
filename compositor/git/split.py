"""A shared index, the index that changes it -> the entries of both, as git has them.

Source: gitformat-index(5), "Split index" and "EWAH bitmap" (gitformat-pack(5) has the layout of a bitmap).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import TypeVar

WORD = 64
One = TypeVar("One")


def merged(
    shared: Sequence[tuple[bytes, One]], own: Sequence[tuple[bytes, One]], link: bytes
) -> Iterator[tuple[bytes, One]]:
    """Yield the entries of the shared index, without deleted ones, with the replacements of others.

    `link` is the extension with that name, without the id in it. An entry of `own` without a path replaces one of the
    shared index; any other is new. Raises struct.error and ValueError for invalid data.
    """
    deleted, at = _bits(link, 0, len(shared))
    replaced, _ = _bits(link, at, len(shared))
    instead = iter([one for path, one in own if not path])
    for place, (path, one) in enumerate(shared):
        new = next(instead, one) if place in replaced else one
        if place not in deleted:
            yield path, new
    yield from (entry for entry in own if entry[0])


def _bits(data: bytes, at: int, count: int) -> tuple[set[int], int]:
    """Return the places of the set bits in a compressed bitmap, and where it ends; none reaches `count`."""
    size, words = struct.unpack_from(">II", data, at)
    if size > count + WORD:
        raise ValueError
    at += 8
    end = at + 8 * words
    found: set[int] = set()
    place = 0
    while at < end:
        (marker,) = struct.unpack_from(">Q", data, at)
        at += 8
        run = (marker >> 1 & 0xFFFFFFFF) * WORD
        found.update(range(place, min(place + run, count)) if marker & 1 else ())
        place += run
        for _ in range(marker >> 33):
            if place >= count:
                raise ValueError
            (word,) = struct.unpack_from(">Q", data, at)
            at += 8
            found.update(place + bit for bit in range(WORD) if word >> bit & 1)
            place += WORD
    return found, end + 4
