"""A repository's index -> what git has noted of each file: its id and dates, and whether it need not be there.

The index is a cache: one that cannot be read costs time, and what it says is believed only where the dates of the file
agree to the nanosecond. Source: gitformat-index(5).
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, field

from compositor.git.files import MEBIBYTE, Unreadable, read
from compositor.git.packs import distance
from compositor.git.places import Places

LIMIT = 64 * MEBIBYTE
ENTRIES = 500_000
LONGEST = 4096
"""Bytes of a path; no system allows more."""
STAT = struct.Struct(">10I")
STAGE, EXTENDED = 0x3000, 0x4000
SKIP, INTENDED = 0x4000, 0x2000
FOLDER = 0o040000


@dataclass(frozen=True, slots=True)
class Noted:
    """What the index says of one path."""

    id: bytes
    stat: bytes
    """Seconds and nanoseconds of change, of modification; device, inode, mode, user, group, size, each in 32 bits."""
    skipped: bool
    """Whether a sparse checkout has left the file out."""
    unmerged: bool

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a whole folder that a sparse checkout has left out."""
        return int.from_bytes(self.stat[24:28], "big") & 0o170000 == FOLDER


@dataclass(frozen=True, slots=True)
class Index:
    """What git has noted of the files of one work tree."""

    noted: dict[bytes, Noted] = field(default_factory=dict)
    written: int = 0
    """When the index was written, in nanoseconds: a file as young as that may have changed behind its back."""
    whole: bool = False
    """Whether every file that git knows is listed here."""

    def unchanged(self, path: bytes, name: bytes, found: os.stat_result) -> bool:
        """Whether git has seen this very file, by its dates and inode, as the object of this name."""
        noted = self.noted.get(path)
        if noted is None or noted.id != name or found.st_mtime_ns >= self.written:
            return False
        stat = STAT.unpack(noted.stat)
        times = (*divmod(found.st_ctime_ns, 10**9), *divmod(found.st_mtime_ns, 10**9))
        seen = tuple(part & 0xFFFFFFFF for part in (*times, found.st_ino, found.st_size))
        return seen == (*stat[:4], stat[5], stat[9])

    def leaves_out(self, path: bytes) -> bool:
        """Whether a file, or a folder with a slash behind it, need not be there, since the checkout is sparse."""
        noted = self.noted.get(path)
        if noted is not None:
            return noted.skipped
        parts = path.split(b"/")
        above = (self.noted.get(b"/".join(parts[:depth]) + b"/") for depth in range(1, len(parts)))
        return any(one is not None and one.skipped and one.is_folder for one in above)


def read_index(places: Places, width: int) -> Index:
    """The index of a work tree; an empty one where there is none that can be read. `width`: bytes of an id."""
    path = places.git / "index"
    try:
        data = read(path, places.roots, LIMIT) or b""
        return _parsed(data, os.stat(path).st_mtime_ns, width)
    except (Unreadable, OSError, struct.error, IndexError, ValueError):
        return Index()


def _parsed(data: bytes, written: int, width: int) -> Index:
    mark, version, count = struct.unpack_from(">4sII", data)
    if mark != b"DIRC" or version not in (2, 3, 4) or count > ENTRIES:
        return Index()
    noted: dict[bytes, Noted] = {}
    at, before = 12, b""
    for _ in range(count):
        path, one, at = _entry(data, at, width, before if version == 4 else None)
        noted[path] = one
        before = path
    extensions = _extensions(data, at, len(data) - width)
    return Index(noted, written, whole=b"link" not in extensions)


def _entry(data: bytes, start: int, width: int, before: bytes | None) -> tuple[bytes, Noted, int]:
    """One entry, and where the next begins; `before` is the path of the last, where paths are shortened by it."""
    stat = data[start : start + STAT.size]
    at = start + STAT.size
    name = data[at : at + width]
    (flags,) = struct.unpack_from(">H", data, at + width)
    at += width + 2
    more = 0
    if flags & EXTENDED:
        (more,) = struct.unpack_from(">H", data, at)
        at += 2
    kept = b""
    if before is not None:
        cut, at = distance(data, at)
        kept = before[: len(before) - cut]
    end = data.index(b"\0", at)
    path = kept + data[at:end]
    if len(path) > LONGEST:
        raise ValueError("an index with a path that no system allows")
    after = end + 1 if before is not None else start + ((end - start + 8) & ~7)
    unmerged = bool(flags & STAGE)
    return path, Noted(name, stat, bool(more & SKIP), unmerged), after


def _extensions(data: bytes, at: int, end: int) -> set[bytes]:
    found = set()
    while at + 8 <= end:
        name, size = struct.unpack_from(">4sI", data, at)
        found.add(name)
        at += 8 + size
    return found
