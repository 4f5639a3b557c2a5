"""The ignore files of a repository, a path -> whether git leaves it out.

Source: gitignore(5).
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from compositor.git.files import MEBIBYTE, Budget, read
from compositor.git.patterns import matches
from compositor.git.places import Places

LIMIT = MEBIBYTE
LONGEST = 2048
"""Bytes of a line; no real pattern is as long."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of an ignore file."""

    text: bytes
    included: bool
    """Whether it re-includes what another has excluded: `!`."""
    folders_only: bool
    anchored: bool
    """Whether it is compared with the path from the file's folder on, and not with a name."""

    def fits(self, path: bytes, is_folder: bool) -> bool:
        """Return whether it matches a path relative to the folder of its file."""
        if self.folders_only and not is_folder:
            return False
        return matches(self.text, path if self.anchored else path.rpartition(b"/")[2])


class Ignores:
    """What git ignores in a work tree; each file is read when the first path below its folder is asked for.

    `users` is the content of the file that a user has for all repositories.
    """

    def __init__(self, places: Places, users: bytes, budget: Budget) -> None:
        self._places, self._budget, self._users = places, budget, users
        self._files: dict[bytes, tuple[Pattern, ...]] = {}
        self._everywhere: tuple[Pattern, ...] | None = None

    def leaves_out(self, path: bytes, is_folder: bool) -> bool:
        """Return whether a path from the top of the work tree is ignored; the folders above it are known not to be."""
        above = path.split(b"/")[:-1]
        for depth in range(len(above), -1, -1):
            folder = b"/".join(above[:depth])
            found = self._last(self._of(folder), path[len(folder) + 1 :] if folder else path, is_folder)
            if found is not None:
                return not found.included
        found = self._last(self._of_all_folders(), path, is_folder)
        return found is not None and not found.included

    def _of(self, folder: bytes) -> tuple[Pattern, ...]:
        if folder not in self._files:
            path = self._places.work / os.fsdecode(folder) / ".gitignore"
            data = b"" if path.is_symlink() else read(path, (str(self._places.work),), LIMIT)
            self._files[folder] = self._patterns(data)
        return self._files[folder]

    def _of_all_folders(self) -> tuple[Pattern, ...]:
        """Return the verdict: `info/exclude` of the repository wins over the user's file; the last match counts."""
        if self._everywhere is None:
            of_user = self._patterns(self._users)
            path = self._places.common / "info" / "exclude"
            self._everywhere = (*of_user, *self._patterns(read(path, self._places.roots, LIMIT)))
        return self._everywhere

    def _last(self, patterns: tuple[Pattern, ...], path: bytes, is_folder: bool) -> Pattern | None:
        for pattern in reversed(patterns):
            self._budget.spend()
            if pattern.fits(path, is_folder):
                return pattern
        return None

    def _patterns(self, data: bytes | None) -> tuple[Pattern, ...]:
        self._budget.spend(text=len(data or b""))
        lines = (data or b"").removeprefix(b"\xef\xbb\xbf").split(b"\n")
        return tuple(pattern for line in lines if (pattern := _pattern(line.removesuffix(b"\r"))) is not None)


def _pattern(line: bytes) -> Pattern | None:
    text = _without_blanks_at_the_end(line.partition(b"\0")[0])
    if not text or text.startswith(b"#") or len(text) > LONGEST:
        return None
    included = text.startswith(b"!")
    text = text[1:] if included else text
    folders_only = text.endswith(b"/")
    text = text[:-1] if folders_only else text
    anchored = b"/" in text
    text = text.removeprefix(b"/")
    return Pattern(text, included, folders_only, anchored) if text else None


def _without_blanks_at_the_end(line: bytes) -> bytes:
    """Remove trailing blanks, except one after a backslash."""
    bare = line.rstrip(b" ")
    slashes = len(bare) - len(bare.rstrip(b"\\"))
    return bare + b" " if len(bare) < len(line) and slashes % 2 else bare
