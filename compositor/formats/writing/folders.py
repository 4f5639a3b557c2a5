"""The zip of a folder -> that folder, whole and at once: unpacked beside its place, then put there for the one before.

A folder is replaced only where it is empty or a site that a build has made, with nothing in it besides; whatever else
somebody keeps there is never removed. Where the system can exchange two names, there is no moment without a site.
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
"""What file managers leave in folders that are looked at."""
HERE, EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE. Source: renameat2(2), Linux."""
REMEDIES = ("name another folder with -o", "or remove your own files from it")


class Folder(bytes):
    """The zip of a folder that is to be put in place unpacked."""


@dataclass(slots=True)
class FolderDraft:
    """A new folder that nobody sees yet, locked as long as its build lives."""

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
        """Close it, and remove what stands under its hidden name: itself, or the one that it has replaced."""
        with suppress(OSError):
            os.close(self.descriptor)
        shutil.rmtree(self.path, ignore_errors=True)

    def keep_permissions(self) -> None:
        """What the folder that is there allows, the new one allows."""
        with suppress(OSError):
            os.fchmod(self.descriptor, stat.S_IMODE(self.target.stat().st_mode))

    def keep(self) -> Path | None:
        """Nothing need be kept: the one before takes the hidden name."""
        return None

    def put(self) -> None:
        """Put it in place; raises OSError, and the one before is where it was."""
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
    """An empty folder under a hidden name."""
    path.mkdir()
    draft = FolderDraft(target, path, os.open(path, os.O_RDONLY | os.O_DIRECTORY))
    with suppress(OSError):  # not every file system has locks
        fcntl.flock(draft.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return draft


def exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders: at once where the system can, else one behind the other."""
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
    """A path inside a folder; what leads out of it is a fault of the press."""
    if posixpath.isabs(name) or ".." in name.split("/"):
        raise ValueError(f"{name} leads out of the site")
    return name


def is_site(folder: Path) -> bool:
    """Whether a folder says that a build has made it."""
    return bool(_listed(folder))


def _listed(folder: Path) -> frozenset[str]:
    """The files that the mark of a site names; none where there is no mark of ours."""
    try:
        said = json.loads((folder / SITE_MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    is_ours = isinstance(said, dict) and said.get("press") == "Compositor" and isinstance(said.get("files"), list)
    return frozenset(map(str, said["files"])) if is_ours else frozenset()


def faults_of_folder(target: Path) -> Iterator[Finding]:
    """Why a folder may not be replaced: it is a file, or it holds something that no build has put there."""
    place = Place(target.as_posix())
    if target.is_dir():
        foreign = next(_foreign(target), None)
        if foreign is not None:
            message = f'the folder for the site holds "{foreign}", which no build has made; nothing in it was changed'
            yield error("F010", message, place, *REMEDIES)
    elif os.path.lexists(target):
        yield error("F010", "the site is a folder, but a file has that name", place, REMEDIES[0])


def _foreign(folder: Path) -> Iterator[str]:
    """What is in a folder and no build has made: by its path in it; links are never ours."""
    known = _listed(folder)
    for above, folders, names in os.walk(folder):
        for name in (*names, *(one for one in folders if os.path.islink(os.path.join(above, one)))):
            path = os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")
            if (path not in known and name not in OF_SYSTEMS) or os.path.islink(os.path.join(above, name)):
                yield path
        for name in folders:  # an empty folder is somebody's too
            path = os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")
            if not any(one.startswith(f"{path}/") for one in known):
                yield f"{path}/"


def remove_site(folder: Path) -> None:
    """Remove a site that a build has made, unless something else has come into it."""
    if is_site(folder) and not any(_foreign(folder)):
        shutil.rmtree(folder, ignore_errors=True)
