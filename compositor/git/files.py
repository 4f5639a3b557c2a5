"""A path in a repository -> its bytes: only ordinary files, limited in size, inside the folders that belong to it.

Whoever sends a book may have written every file that is read here. So nothing is opened that could block (a pipe, a
device), nothing is followed out of the repository, and no message quotes the content of a file. A budget limits it all.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1 << 20
LONGEST_PATH = 4096
"""Bytes of a path; no system allows more."""


class Unreadable(Exception):
    """A repository, or a part of it, cannot be read: which file, why, and what to do about it.

    `why` and `remedy` are sentences without a full stop; neither contains anything from a file.
    """

    def __init__(self, path: Path, why: str, remedy: str = "") -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why, self.remedy = path, why, remedy


class Spent(Unreadable):
    """The budget for a repository is used up: nothing more is read."""


@dataclass(slots=True)
class Budget:
    """The limits of one reading of a repository. Raises Spent when they are used up."""

    path: Path
    """The repository, for the message."""
    seconds: float = 20
    objects: int = 256 * MEBIBYTE
    """Bytes of git's objects, unpacked, with the intermediate steps."""
    files: int = 4096 * MEBIBYTE
    """Bytes of files in the work tree that are read."""
    entries: int = 500_000
    """Names in trees and folders."""
    text: int = 4 * MEBIBYTE
    """Bytes of settings, ignore files and attribute files."""
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.seconds

    def spend(self, *, objects: int = 0, files: int = 0, entries: int = 0, text: int = 0) -> None:
        """Subtract this amount; without an amount, only check the time."""
        self.objects -= objects
        self.files -= files
        self.entries -= entries
        self.text -= text
        if min(self.objects, self.files, self.entries, self.text) < 0:
            raise self._spent("it is too large to be compared file by file")
        if time.monotonic() > self._end:
            raise self._spent(f"comparing it took more than {self.seconds:g} s")

    def _spent(self, why: str) -> Spent:
        return Spent(self.path, why, "build from a clone of the book alone, or from a sparse checkout")


def read(path: Path, roots: Sequence[str], limit: int) -> bytes | None:
    """Return the bytes of a file below one of the roots (real paths); None if it does not exist.

    Raises Unreadable for anything but an ordinary file, a path that leads elsewhere, a file without permission, or one
    with more than `limit` bytes.
    """
    try:
        return _ordinary(path, within(path, roots), limit)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as problem:
        raise refused(path, problem) from None


def within(path: Path, roots: Sequence[str]) -> str:
    """Return the real path, if it is below one of the roots. Raises Unreadable, OSError, ValueError."""
    real = real_path(path)
    if not any(inside(real, root) for root in roots):
        raise Unreadable(path, "a link leads out of the repository", "replace it with its target")
    return real


def real_path(path: Path) -> str:
    """Return the path without links. Raises OSError if it does not exist, and ValueError for what is not a path."""
    os.stat(path)  # gives up on a long chain of links, which realpath would follow to its end
    return os.path.realpath(path, strict=True)


def refused(path: Path, problem: OSError | ValueError) -> Unreadable:
    """Return the error for a file that the system does not give, without anything from a file."""
    if isinstance(problem, PermissionError):
        return Unreadable(path, "permission denied", "make it readable for the user who builds")
    said = problem.strerror if isinstance(problem, OSError) else ""
    return Unreadable(path, (said or "a name is not a valid file name").lower(), "a fresh clone fixes it")


def inside(real: str, root: str) -> bool:
    """Return whether one real path is the other or is below it."""
    return real == root or real.startswith(root.rstrip("/") + "/")


def _ordinary(path: Path, real: str, limit: int) -> bytes:
    if not stat.S_ISREG(os.lstat(real).st_mode):
        raise Unreadable(path, "it is not an ordinary file", "restore it from another clone")
    with open(opened(real), "rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise Unreadable(path, f"it has more than {limit // 1024} KiB", "make it smaller, or make a fresh clone")
        data = bytearray()
        while chunk := file.read(min(MEBIBYTE, limit + 1 - len(data))):
            data += chunk
    return bytes(data)


def opened(real: str | bytes) -> int:
    """Return a descriptor of an ordinary file. Raises OSError for a link or anything else."""
    descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    return descriptor
