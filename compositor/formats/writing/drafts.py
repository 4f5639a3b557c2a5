"""Drafts: new files, and folders, under hidden names beside their targets, locked while their build is alive.

A draft whose lock is free belongs to a build that was killed, and the next build removes it. The lock of a folder is
held for moments: while drafts are begun, and while they are renamed, so that two builds do not mix their files.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from compositor.formats.writing.folders import FolderDraft, begun
from compositor.machine.interruption import uninterrupted
from compositor.machine.locks import locked

PIECE = 1 << 20
"""Bytes per write."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new, hidden file, open and locked."""

    target: Path
    path: Path
    descriptor: int

    def fill(self, data: bytes) -> None:
        """Write these bytes; they are on the disk when this returns."""
        left = memoryview(data)
        while left:
            left = left[os.write(self.descriptor, left[:PIECE]) :]
        os.fsync(self.descriptor)

    def discard(self) -> None:
        """Close the file, and remove it if it was not put in place."""
        with suppress(OSError):
            os.close(self.descriptor)
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def keep_permissions(self) -> None:
        """Copy the permissions of the existing file, so that a private book stays private."""
        with suppress(OSError):
            os.fchmod(self.descriptor, stat.S_IMODE(self.target.stat().st_mode))

    def keep(self) -> Path | None:
        """Link the existing file to a second name, from which it can be restored; None if there is none."""
        second = _hidden(self.target)
        try:
            os.link(self.target, second)
        except FileNotFoundError:
            return None
        except OSError:  # a file system without hard links
            shutil.copy2(self.target, second)
        return second

    def put(self) -> None:
        """Rename it over its target. Raises OSError."""
        os.replace(self.path, self.target)

    def put_back(self, kept: Path | None) -> None:
        """Restore the target: the file that was kept, or none."""
        if kept is None:
            self.target.unlink()
        else:
            os.replace(kept, self.target)


AnyDraft = Draft | FolderDraft


def begin(target: Path, is_folder: bool = False) -> AnyDraft:
    """Begin an empty draft for a target; remove those that killed builds have left for it."""
    path, draft = _hidden(target), None
    try:
        with locked(target.parent), uninterrupted():
            remove_stale(target)
            draft = begun(target, path) if is_folder else _begun(target, path)
            draft.keep_permissions()
    except BaseException:  # a signal that arrives inside is handled after it
        if draft is not None:
            draft.discard()
        raise
    return draft


def _begun(target: Path, path: Path) -> Draft:
    draft = Draft(target, path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    with suppress(OSError):  # not every file system has locks; there, nothing is considered stale either
        fcntl.flock(draft.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return draft


def put_in_place(drafts: Sequence[AnyDraft]) -> None:
    """Rename all drafts over their targets. Raises OSError if one fails; then all targets are as before."""
    kept: list[Path | None] = []
    with uninterrupted():
        try:
            for draft in drafts[:-1]:
                kept.append(draft.keep())
            for number, draft in enumerate(drafts):
                draft.keep_permissions()
                try:
                    draft.put()
                except BaseException:
                    _put_back(drafts[:number], kept)
                    raise
        finally:
            for old in filter(None, kept):
                with suppress(OSError):
                    old.unlink(missing_ok=True)


def _put_back(drafts: Sequence[AnyDraft], kept: Sequence[Path | None]) -> None:
    for draft, old in zip(drafts, kept, strict=False):
        with suppress(OSError):
            draft.put_back(old)


def _hidden(target: Path) -> Path:
    return target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix}.tmp")


def remove_stale(target: Path) -> None:
    """Remove what killed builds have left of a file."""
    name = re.compile(rf"\.{re.escape(target.stem)}-[0-9a-f]{{8}}{re.escape(target.suffix)}\.tmp")
    with suppress(OSError):  # a folder may be writable and yet not readable
        for path in [path for path in target.parent.iterdir() if name.fullmatch(path.name)]:
            with suppress(OSError):
                _remove_unlocked(path)


def _remove_unlocked(path: Path) -> None:
    """Remove a draft that is not locked. Raises OSError if it is locked, or if there are no locks."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISREG(mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        elif stat.S_ISDIR(mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(descriptor)
