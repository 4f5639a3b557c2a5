"""Temporary folders for a build: all of a user's in one place, each locked while its build is alive.

A folder whose lock is free belongs to a build that was killed, and the next build that needs a folder removes it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from compositor.machine.locks import locked

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No space on the disk, quota exceeded, or the process's limit on file size reached."""
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY


class Scratch:
    """A new folder for temporary files, which is removed at the end of a `with` statement.

    Raises OSError: one of FULL if there is no space, PermissionError if its parent is somebody else's.
    """

    def __init__(self, kind: str) -> None:
        place = _place()
        with locked(place):
            _remove_left_over(place)
            self.name = tempfile.mkdtemp(prefix=f"{kind}-", dir=place)
            self._lock = os.open(self.name, _OPEN)
            with suppress(OSError):  # not every file system has locks; there, nothing is considered left over either
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def cleanup(self) -> None:
        """Remove the folder and all its content; a second call does nothing."""
        shutil.rmtree(self.name, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, *problem: object) -> None:
        self.cleanup()


def in_use(kind: str) -> list[Path]:
    """Return the folders of this kind that live processes of this user hold now."""
    found = []
    with suppress(OSError):
        for folder in sorted(_place().glob(f"{kind}-*")):
            with suppress(OSError):
                lock = os.open(folder, _OPEN)
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    found.append(folder)
                finally:
                    os.close(lock)
    return found


def is_full(problem: Exception) -> bool:
    """Return whether a temporary file failed for lack of space; Python tries a few bytes in each folder."""
    tried = isinstance(problem, FileNotFoundError) and "No usable temporary directory" in str(problem)
    return tried or (isinstance(problem, OSError) and problem.errno in FULL)


def temporary_folder() -> str:
    """Return the folder for temporary files, whether or not it can be used."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:  # not even the few bytes with which Python tests each folder can be written
        return os.environ.get("TMPDIR") or "/tmp"


def _place() -> Path:
    """Return the folder of this user below that for temporary files; only they may have made it, or may read it."""
    place = Path(temporary_folder(), f"compositor-{os.geteuid()}")
    with suppress(FileExistsError):
        place.mkdir(mode=0o700)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "the folder belongs to another user", str(place))
    if stat.S_IMODE(found.st_mode) != 0o700:
        place.chmod(0o700)
    return place


def _remove_left_over(place: Path) -> None:
    """Remove the folders of killed builds; no link is followed, and nothing but folders is touched."""
    for name in os.listdir(place):
        with suppress(OSError):
            lock = os.open(place / name, _OPEN)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place / name, ignore_errors=True)
            finally:
                os.close(lock)
