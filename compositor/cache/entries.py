"""A folder -> entries by key: each is a file, written whole, with its kind and a checksum.

Any number of builds may read and write at once, on several machines too: a file appears whole under its name or not at
all; if one build deletes a file, another still has it open, or makes it again.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

MARK = b"compositor cache 1\n"
DIGEST = 32
"""Bytes of the checksum after the mark, over the rest of the file."""
LARGEST = 256 << 20
"""Bytes of the largest entry."""
LEFT = 0.8
"""Fraction of its limit to which the cache is reduced when the oldest entries are deleted."""
BLOCK = 4096
"""Bytes that the smallest file takes on a disk."""
DAY = 86400.0
"""Seconds after the newest one at which an unfinished file is considered abandoned."""
NEW = "new-"
"""Prefix of the name of an unfinished file."""
_FOLDER = re.compile("[0-9a-f]{2}")
_NAME = re.compile("[0-9a-f]{62}")
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Cache:
    """Entries below a folder, up to `most` bytes. No call of it fails: if nothing can be kept, nothing is."""

    def __init__(self, folder: Path, most: int) -> None:
        self.folder, self.most = folder, most
        self._has_new = False
        self.recent: dict[str, Any] = {}
        """Entries that were read or kept in this build and are asked for more than once, in memory."""

    def get(self, key: str) -> bytes | None:
        """Return the entry with this key, the hexadecimal digits of a SHA-256; None if there is no valid one."""
        with suppress(OSError):
            if not is_ours(self.folder):
                return None
            with open(os.open(self._file(key), _OPEN), "rb") as file:
                found = os.fstat(file.fileno())
                if not stat.S_ISREG(found.st_mode) or _is_foreign(found) or found.st_size > LARGEST:
                    return None
                data = file.read()
                if (held := _held(key, data)) is not None:
                    os.utime(file.fileno())  # it was useful, and is not among the oldest
                return held
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep this entry."""
        if len(data) > min(LARGEST, self.most) - len(MARK) - DIGEST - len(key):
            return
        with suppress(OSError):
            self._begin()
            file = self._file(key)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            body = key.encode() + data
            descriptor, name = tempfile.mkstemp(prefix=NEW, dir=file.parent)
            try:
                with open(descriptor, "wb") as made:
                    made.write(MARK + sha256(body).digest() + body)
                os.replace(name, file)
                self._has_new = True
            except BaseException:
                with suppress(OSError):
                    os.unlink(name)
                raise

    def _begin(self) -> None:
        """Make the folder, which no other user may read. Raises OSError if it belongs to another user."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_ours(self.folder):
            raise PermissionError(self.folder)
        note = self.folder / "CACHEDIR.TAG"  # backup programs leave such folders out
        if not note.exists():
            note.write_text("Signature: 8a477f597d28d172789f06886806bc55\n", encoding="ascii")

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def tidy(self) -> None:
        """Delete the least recently used entries, if something was kept and the cache is too large."""
        if not self._has_new:
            return
        self._has_new = False
        whole = [*self._files()]
        latest = max((one.used for one in whole), default=0.0)
        for one in whole:
            if one.is_left_over and latest - one.used > DAY:
                _remove(one)
        found = sorted((one for one in whole if not one.is_left_over), key=lambda one: one.used)
        size = sum(max(one.size, BLOCK) for one in found)
        if size > self.most:
            for one in found:
                if size <= self.most * LEFT:
                    break
                _remove(one)
                size -= max(one.size, BLOCK)

    def clear(self) -> tuple[int, int]:
        """Delete all entries, and the folder if nothing else is in it; return how many they were, and their bytes."""
        removed = size = 0
        for one in [*self._files()]:
            if _remove(one) and not one.is_left_over:
                removed, size = removed + 1, size + one.size
        with suppress(OSError):
            for inside in [one for one in os.scandir(self.folder) if _FOLDER.fullmatch(one.name)]:
                with suppress(OSError):
                    os.rmdir(inside.path)
            (self.folder / "CACHEDIR.TAG").unlink(missing_ok=True)
            os.rmdir(self.folder)
        return removed, size

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and their bytes."""
        sizes = [one.size for one in self._files() if not one.is_left_over]
        return len(sizes), sum(sizes)

    def _files(self) -> Iterator[_File]:
        """Yield all entries, and unfinished files, including those of killed builds."""
        with suppress(OSError):
            if not is_ours(self.folder):
                return
            folders = [one for one in os.scandir(self.folder) if _FOLDER.fullmatch(one.name)]
            for inside in (one for one in folders if one.is_dir(follow_symlinks=False)):
                for one in [*os.scandir(inside.path)]:
                    with suppress(OSError):
                        found = one.stat(follow_symlinks=False)
                        if _NAME.fullmatch(one.name) or one.name.startswith(NEW):
                            yield _File(one.path, found.st_size, found.st_mtime, one.name.startswith(NEW))


class _File(NamedTuple):
    path: str
    size: int
    used: float
    is_left_over: bool


def _remove(one: _File) -> bool:
    with suppress(OSError):
        os.unlink(one.path)
        return True
    return False


def is_ours(folder: Path) -> bool:
    """Return whether a folder belongs to this user and only they may write to it. Raises OSError if it is missing."""
    found = os.stat(folder)
    return stat.S_ISDIR(found.st_mode) and not _is_foreign(found)


def _is_foreign(found: os.stat_result) -> bool:
    return found.st_uid != os.geteuid() or bool(found.st_mode & OTHERS)


def _held(key: str, data: bytes) -> bytes | None:
    """Return the content of a file that is whole and was kept for this key."""
    if not data.startswith(MARK):
        return None
    checksum, body = data[len(MARK) : len(MARK) + DIGEST], data[len(MARK) + DIGEST :]
    if sha256(body).digest() != checksum or not body.startswith(key.encode()):
        return None
    return body[len(key) :]
