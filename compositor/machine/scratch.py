"""Folders for what a build needs for a while: all of a user's in one place, each locked as long as its build lives.

A folder whose lock can be had belongs to a build that was killed, and the next one that wants a folder removes it.
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
"""No room on the disk, none in somebody's share of it, none by the limit of the process on files."""
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY


class Scratch:
    """A new folder for temporary files, which is removed at the end of a `with` statement.

    Raises OSError: one of FULL where there is no room, PermissionError where the place for it is somebody else's.
    """

    def __init__(self, kind: str) -> None:
        place = _place()
        with locked(place):
            _remove_left_over(place)
            self.name = tempfile.mkdtemp(prefix=f"{kind}-", dir=place)
            self._lock = os.open(self.name, _OPEN)
            with suppress(OSError):  # not every file system has locks; there, nothing is taken for left over either
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def cleanup(self) -> None:
        """Remove the folder with all that is in it; once more does nothing."""
        shutil.rmtree(self.name, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, *problem: object) -> None:
        self.cleanup()


def in_use(kind: str) -> list[Path]:
    """The folders of this kind that live processes of this user hold now."""
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
    """Whether a temporary file could not be written for want of room; Python tries a few bytes in each folder first."""
    tried = isinstance(problem, FileNotFoundError) and "No usable temporary directory" in str(problem)
    return tried or (isinstance(problem, OSError) and problem.errno in FULL)


def temporary_folder() -> str:
    """The folder for temporary files, whether it can be used or not."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:  # not even the few bytes with which Python tries each folder can be written
        return os.environ.get("TMPDIR") or "/tmp"


def _place() -> Path:
    """The folder of this user below that for temporary files; nobody else may have made it, or may look into it."""
    place = Path(temporary_folder(), f"compositor-{os.geteuid()}")
    with suppress(FileExistsError):
        place.mkdir(mode=0o700)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "it is not a folder of this user", str(place))
    if stat.S_IMODE(found.st_mode) != 0o700:
        place.chmod(0o700)
    return place


def _remove_left_over(place: Path) -> None:
    """Remove the folders of killed builds; no link is followed, and nothing is touched that is not a folder."""
    for name in os.listdir(place):
        with suppress(OSError):
            lock = os.open(place / name, _OPEN)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place / name, ignore_errors=True)
            finally:
                os.close(lock)
