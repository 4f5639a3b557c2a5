"""A folder -> everything in it, of any kind: to tell whether something has changed, not what the book is."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from compositor.folder.paths import NOT_SEARCHED

MOST = 20_000
"""Names that are looked at; a folder with more is not only a book."""
MOST_INSTALLED = 400_000
"""Names that are read in all environments together."""
GIT = ".git"
MARK = "pyvenv.cfg"
"""The file that marks a Python environment."""
PACKAGES = "node_modules"
"""The folder in which npm installs."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The state of a path: type and permissions, size, target of a link, and time of the last change.

    For an environment with installed programs: how many names it has, and a digest of all of them.
    """

    mode: int
    size: int
    leads: str
    stamp: tuple[int, int, int]
    """Changes with every write, even of the same content."""

    @property
    def kind(self) -> tuple[int, int, str]:
        """The part that is the same for a copy of the folder."""
        return self.mode, self.size, self.leads


def everything(root: str, leave_out: Callable[[str], bool]) -> dict[str, Listed]:
    """List all files and links below a folder, except those of a repository; of hidden folders only their names.

    For environments, only names are read: thousands of files, of which a chapter rarely names one. Raises OSError if
    something cannot be read, or there is too much of it.
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
    """Return the folders, with a slash at the end, of which `everything` has read only the names."""
    return tuple(name for name in listed if name.endswith(os.sep))


def _entries(root: str, above: str) -> list[os.DirEntry[str]]:
    with os.scandir(os.path.join(root, above)) as entries:
        return [*entries]


def _is_environment(above: str, entries: list[os.DirEntry[str]]) -> bool:
    """Return whether programs are installed in a folder, so that it has no chapters."""
    name = os.path.basename(above.rstrip(os.sep))
    if name == PACKAGES:
        return True
    is_searched = not name.startswith((".", "_")) and name not in NOT_SEARCHED
    return bool(name) and not is_searched and any(entry.name == MARK for entry in entries)


def _names(root: str, above: str, most: int) -> Listed:
    """Return how many names there are below a folder, and their digest; the files themselves are not read."""
    whole, number = sha256(), 0
    for name in _walked(root, above):
        whole.update(os.fsencode(name) + b"\0")
        number += 1
        if number > most:
            raise OSError("too many files")
    return Listed(stat.S_IFDIR, number, whole.hexdigest(), (0, 0, 0))


def _walked(root: str, top: str) -> Iterator[str]:
    """Yield all names below a folder, folders with a slash at the end, in an order that depends only on them."""
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
