"""A folder -> everything in it, whatever it is: to tell whether something has changed, and not what the book is."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass

MOST = 20_000
"""Names that are looked at; a folder that has more is no book alone."""
GIT = ".git"


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands under a name: its kind and rights, its size, where it leads as a link, and when it was changed."""

    mode: int
    size: int
    leads: str
    stamp: tuple[int, int, int]
    """Another where somebody has written to it, even the same."""

    @property
    def kind(self) -> tuple[int, int, str]:
        """What is the same for a copy of the folder."""
        return self.mode, self.size, self.leads


def everything(root: str, leave_out: Callable[[str], bool]) -> dict[str, Listed]:
    """All files and links below a folder, but for what is in a repository; of folders those whose name is hidden.

    Raises OSError where something cannot be looked at, or there is too much of it.
    """
    found: dict[str, Listed] = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(os.path.join(root, above)) as entries:
            for entry in entries:
                name = above + entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and entry.name.casefold() != GIT:
                    waiting.append(name + os.sep)
                if not leave_out(entry.path) and (not is_folder or entry.name.startswith(".")):
                    found[name] = _listed(entry)
                if len(found) + len(waiting) > MOST:
                    raise OSError("too many files")
    return found


def _listed(entry: os.DirEntry[str]) -> Listed:
    seen = entry.stat(follow_symlinks=False)
    if stat.S_ISDIR(seen.st_mode):
        return Listed(seen.st_mode, 0, "", (0, 0, 0))
    leads = os.readlink(entry.path) if stat.S_ISLNK(seen.st_mode) else ""
    return Listed(seen.st_mode, seen.st_size, leads, (seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns))
