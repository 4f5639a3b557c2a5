"""A folder -> everything in it, whatever it is: to tell whether something has changed, and not what the book is."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from compositor.folder.paths import NOT_SEARCHED

MOST = 20_000
"""Names that are looked at; a folder that has more is no book alone."""
MOST_INSTALLED = 400_000
"""Names that are read in all environments together."""
GIT = ".git"
MARK = "pyvenv.cfg"
"""The file by which an environment of Python is known."""
PACKAGES = "node_modules"
"""The folder in which npm installs."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands under a name: its kind and rights, its size, where it leads as a link, and when it was changed.

    Of an environment with installed programs: how many names are in it, and a digest of all of them.
    """

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

    Of environments the names alone: thousands of files, of which a chapter seldom names one. Raises OSError where
    something cannot be looked at, or there is too much of it.
    """
    found: dict[str, Listed] = {}
    waiting, installed = [""], 0
    while waiting:
        above = waiting.pop()
        entries = _entries(root, above)
        if _is_environment(above, entries):
            found[above] = _names(root, above, MOST_INSTALLED - installed)
            installed += found[above].size
            continue
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


def environments(listed: Iterable[str]) -> tuple[str, ...]:
    """The folders, with a stroke at their end, of which `everything` has read the names alone."""
    return tuple(name for name in listed if name.endswith(os.sep))


def _entries(root: str, above: str) -> list[os.DirEntry[str]]:
    with os.scandir(os.path.join(root, above)) as entries:
        return [*entries]


def _is_environment(above: str, entries: list[os.DirEntry[str]]) -> bool:
    """Whether somebody installs programs in a folder, where no chapters are looked for."""
    name = os.path.basename(above.rstrip(os.sep))
    if name == PACKAGES:
        return True
    is_searched = not name.startswith((".", "_")) and name not in NOT_SEARCHED
    return bool(name) and not is_searched and any(entry.name == MARK for entry in entries)


def _names(root: str, above: str, most: int) -> Listed:
    """How many names there are below a folder, and their digest; nothing is asked of the files themselves."""
    whole, number = sha256(), 0
    for name in _walked(root, above):
        whole.update(os.fsencode(name) + b"\0")
        number += 1
        if number > most:
            raise OSError("too many files")
    return Listed(stat.S_IFDIR, number, whole.hexdigest(), (0, 0, 0))


def _walked(root: str, top: str) -> Iterator[str]:
    """All names below a folder, those of folders with a stroke at their end, in an order that depends on them alone."""
    waiting = [top]
    while waiting:
        above = waiting.pop()
        for entry in sorted(_entries(root, above), key=lambda one: one.name):
            is_folder = entry.is_dir(follow_symlinks=False)
            name = f"{above}{entry.name}{os.sep if is_folder else ''}"
            yield name
            if is_folder:
                waiting.append(name)


def _listed(entry: os.DirEntry[str]) -> Listed:
    seen = entry.stat(follow_symlinks=False)
    if stat.S_ISDIR(seen.st_mode):
        return Listed(seen.st_mode, 0, "", (0, 0, 0))
    leads = os.readlink(entry.path) if stat.S_ISLNK(seen.st_mode) else ""
    return Listed(seen.st_mode, seen.st_size, leads, (seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns))
