"""A repository's index -> git's data about each file: its id and dates, and whether it may be absent.

A file counts as unchanged only if its dates agree to the nanosecond, and never in the book's folder. Source:
gitformat-index(5).
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, field

from compositor.git.files import LONGEST_PATH, MEBIBYTE, Unreadable, read
from compositor.git.packs import distance
from compositor.git.places import Places
from compositor.git.split import merged

LIMIT = 64 * MEBIBYTE
ENTRIES = 500_000
PATHS = 128 * MEBIBYTE
"""Bytes of all paths together, which version 4 abbreviates."""
EXTENSIONS = 32
REMEDY = "delete it; `git reset` makes it again"
STAT = struct.Struct(">10I")
STAGE, EXTENDED = 0x3000, 0x4000
SKIP = 0x4000
FOLDER = 0o040000


@dataclass(frozen=True, slots=True)
class Noted:
    """The index entry of one path."""

    id: bytes
    stat: bytes
    """Seconds and nanoseconds of change, of modification; device, inode, mode, user, group, size, each in 32 bits."""
    skipped: bool
    """Whether a sparse checkout has left the file out."""
    unmerged: bool

    @property
    def is_folder(self) -> bool:
        """Whether the entry is a whole folder that a sparse checkout has left out."""
        return int.from_bytes(self.stat[24:28], "big") & 0o170000 == FOLDER


@dataclass(frozen=True, slots=True)
class Index:
    """Git's data about the files of one work tree."""

    noted: dict[bytes, Noted] = field(default_factory=dict)
    written: int = 0
    """When the index was written, in nanoseconds: a file as recent as that may have changed unnoticed."""

    @property
    def unmerged(self) -> bool:
        """Whether a merge has left conflicts."""
        return any(noted.unmerged for noted in self.noted.values())

    def unchanged(self, path: bytes, name: bytes, found: os.stat_result) -> bool:
        """Return whether git has seen this very file, by its dates and inode, as the object with this name."""
        noted = self.noted.get(path)
        if noted is None or noted.id != name or found.st_mtime_ns >= self.written:
            return False
        stat = STAT.unpack(noted.stat)
        times = (*divmod(found.st_ctime_ns, 10**9), *divmod(found.st_mtime_ns, 10**9))
        seen = tuple(part & 0xFFFFFFFF for part in (*times, found.st_ino, found.st_size))
        return seen == (*stat[:4], stat[5], stat[9])

    def leaves_out(self, path: bytes) -> bool:
        """Return whether a file, or a folder with a slash at the end, may be absent, because the checkout is sparse."""
        noted = self.noted.get(path)
        if noted is not None:
            return noted.skipped
        parts = path.split(b"/")
        above = (self.noted.get(b"/".join(parts[:depth]) + b"/") for depth in range(1, len(parts)))
        return any(one is not None and one.skipped and one.is_folder for one in above)


def read_index(places: Places, width: int) -> Index:
    """Return the index of a work tree; an empty one if there is none. Raises Unreadable. `width`: bytes of an id."""
    path = places.git / "index"
    data = read(path, places.roots, LIMIT)
    if data is None:
        return Index()
    try:
        entries, link = _parsed(data, width)
        if link[:width].strip(b"\0"):
            shared = read(places.git / f"sharedindex.{link[:width].hex()}", places.roots, LIMIT) or b""
            entries = list(merged(_parsed(shared, width)[0], entries, link[width:]))
        return Index(dict(entries), os.stat(path).st_mtime_ns)
    except (OSError, struct.error, IndexError, ValueError):
        raise Unreadable(path, "it is damaged", REMEDY) from None


def _parsed(data: bytes, width: int) -> tuple[list[tuple[bytes, Noted]], bytes]:
    """Return the entry of each path, and the reference to a shared index."""
    mark, version, count = struct.unpack_from(">4sII", data)
    if mark != b"DIRC" or version not in (2, 3, 4) or count > ENTRIES:
        raise ValueError
    entries: list[tuple[bytes, Noted]] = []
    at, before, room = 12, b"", PATHS
    for _ in range(count):
        before, one, at = _entry(data, at, width, before if version == 4 else None)
        room -= len(before)
        if room < 0:
            raise ValueError
        entries.append((before, one))
    return entries, _link(data, at, len(data) - width)


def _entry(data: bytes, start: int, width: int, before: bytes | None) -> tuple[bytes, Noted, int]:
    """Return one entry, and where the next begins; `before` is the previous path, if paths are abbreviated by it."""
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
    if len(path) > LONGEST_PATH:
        raise ValueError
    after = end + 1 if before is not None else start + ((end - start + 8) & ~7)
    unmerged = bool(flags & STAGE)
    return path, Noted(name, stat, bool(more & SKIP), unmerged), after


def _link(data: bytes, at: int, end: int) -> bytes:
    """Return the extension `link`, one of a few at most; nothing if it is missing."""
    for _ in range(EXTENSIONS):
        if at + 8 > end:
            break
        name, size = struct.unpack_from(">4sI", data, at)
        if name == b"link":
            return data[at + 8 : at + 8 + size]
        at += 8 + size
    return b""
