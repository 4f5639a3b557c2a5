"""The zip of a folder -> that folder, in one step: unpacked beside its place, then exchanged with the previous one.

A folder is replaced only if it is empty, or a site that a build has made, with no other files in it; anything else is
never removed. If the system can exchange two names, there is no moment without a site.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import posixpath
import shutil
import stat
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from compositor.errors import error
from compositor.folder.paths import SITE_MARK
from compositor.model import Finding, Place

OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers create in folders."""
HERE, EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE. Source: renameat2(2), Linux."""
REMEDIES = ("name another folder with -o", "or remove your own files from it")


class Folder(bytes):
    """The zip of a folder that is to be unpacked in place."""


@dataclass(slots=True)
class FolderDraft:
    """A new, hidden folder, locked while its build is alive."""

    target: Path
    path: Path
    descriptor: int
    _moved: str = field(default="", init=False)
    """How it was put in place: `new`, or `exchanged`."""

    def fill(self, data: bytes) -> None:
        """Unpack these files; they are on the disk when this returns."""
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                file = self.path / _safe(name)
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("xb") as opened:
                    opened.write(archive.read(name))
                    opened.flush()
                    os.fsync(opened.fileno())

    def discard(self) -> None:
        """Close it, and remove what has its hidden name: itself, or the folder that it has replaced."""
        with suppress(OSError):
            os.close(self.descriptor)
        shutil.rmtree(self.path, ignore_errors=True)

    def keep_permissions(self) -> None:
        """Copy the permissions of the existing folder."""
        with suppress(OSError):
            os.fchmod(self.descriptor, stat.S_IMODE(self.target.stat().st_mode))

    def keep(self) -> Path | None:
        """Keep nothing: the previous folder takes the hidden name."""
        return None

    def put(self) -> None:
        """Put it in place. Raises OSError, and then the previous one is unchanged."""
        if self.target.exists():
            exchange(self.path, self.target)
            self._moved = "exchanged"
        else:
            os.rename(self.path, self.target)
            self._moved = "new"

    def put_back(self, kept: Path | None) -> None:
        """Take it back."""
        if self._moved == "exchanged":
            exchange(self.path, self.target)
        elif self._moved == "new":
            os.rename(self.target, self.path)


def begun(target: Path, path: Path) -> FolderDraft:
    """Begin an empty folder under a hidden name."""
    path.mkdir()
    draft = FolderDraft(target, path, os.open(path, os.O_RDONLY | os.O_DIRECTORY))
    with suppress(OSError):  # not every file system has locks
        fcntl.flock(draft.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return draft


def exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders: in one step if the system can, else one after the other."""
    if _exchanged_at_once(one, other):
        return
    between = one.with_name(f"{one.name}-before.tmp")
    os.rename(other, between)
    try:
        os.rename(one, other)
    except BaseException:
        os.rename(between, other)
        raise
    os.rename(between, one)


def _exchanged_at_once(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0)
    return False


def _safe(name: str) -> str:
    """Return a path inside a folder; one that leads out of it is a bug."""
    if posixpath.isabs(name) or ".." in name.split("/"):
        raise ValueError(f"{name} leads out of the site")
    return name


def is_site(folder: Path) -> bool:
    """Return whether a folder is marked as made by a build."""
    return bool(_listed(folder))


def _listed(folder: Path) -> frozenset[str]:
    """Return the files that the mark of a site lists; None without our mark."""
    try:
        said = json.loads((folder / SITE_MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    is_ours = isinstance(said, dict) and said.get("press") == "Compositor" and isinstance(said.get("files"), list)
    return frozenset(map(str, said["files"])) if is_ours else frozenset()


def faults_of_folder(target: Path) -> Iterator[Finding]:
    """Yield why a folder may not be replaced: it is a file, or contains something that no build has put there."""
    place = Place(target.as_posix())
    if target.is_dir():
        foreign = next(_foreign(target), None)
        if foreign is not None:
            message = f'the folder for the site holds "{foreign}", which no build has made; nothing in it was changed'
            yield error("F010", message, place, *REMEDIES)
    elif os.path.lexists(target):
        yield error("F010", "the site is a folder, but a file has that name", place, REMEDIES[0])


def _foreign(folder: Path) -> Iterator[str]:
    """Yield what is in a folder that no build has made, by its path in it; links are never ours."""
    known = _listed(folder)
    for above, folders, names in os.walk(folder):
        for name in (*names, *(one for one in folders if os.path.islink(os.path.join(above, one)))):
            path = os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")
            if (path not in known and name not in OF_SYSTEMS) or os.path.islink(os.path.join(above, name)):
                yield path
        for name in folders:  # an empty folder may be a user's too
            path = os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")
            if not any(one.startswith(f"{path}/") for one in known):
                yield f"{path}/"


def remove_site(folder: Path) -> None:
    """Remove a site that a build has made, unless something else has been added to it."""
    if is_site(folder) and not any(_foreign(folder)):
        shutil.rmtree(folder, ignore_errors=True)
