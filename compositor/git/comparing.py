"""A commit's tree, the files of a work tree -> whether they are the same, by the ids that git would give them.

The comparison ends at the first difference. Links are compared and never followed, so that nothing outside the work
tree is read; nothing is written, not even the index.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from compositor.git import places as repositories
from compositor.git.attributes import Attributes
from compositor.git.files import MEBIBYTE, Budget, Spent, Unreadable, refused
from compositor.git.ignores import Ignores
from compositor.git.index import Index, read_index
from compositor.git.objects import Objects
from compositor.git.places import Places
from compositor.git.references import head
from compositor.git.settings import is_true, settings_of_all, user_file, user_settings
from compositor.git.stored import Rules, Untold, is_stored_as, link_is_stored_as
from compositor.git.trees import FOLDER, LINK, SUBMODULE, Entry, entries

NOTE = "in a clone of your own, `git status` notes that the file is unchanged; never run it in a stranger's clone"
ENOUGH = 256 * MEBIBYTE
"""Bytes of files outside the book's folder that are read in any case."""
A_FILE = 16 * 1024
"""The cost of looking at a file at all, in bytes that could be read instead."""
DOUBTS = 3
"""Number of files that are named because their state cannot be determined."""


@dataclass(slots=True)
class Comparison:
    """A comparison of a work tree with a commit. Files whose state cannot be determined are in `doubts`."""

    places: Places
    objects: Objects
    budget: Budget
    index: Index
    rules: Rules
    ignores: Ignores
    doubts: list[Unreadable] = field(default_factory=list)
    committed: dict[bytes, set[bytes]] = field(default_factory=dict)
    """Folder -> the names in it that the commit has, folders among them; paths are from the top of the work tree."""
    read: int = 0
    """Bytes read so far of files outside the book's folder."""

    def is_changed(self, tree: str, book: bytes) -> bool:
        """Return whether anything differs from the tree: a file of it, a file that git knows, or a new one of the book.

        `book` is the path of the book's folder, empty for the top of the work tree. Raises Unreadable.
        """
        within = book + b"/" if book else b""
        if any(self._differs(entry, entry.path.startswith(within)) for entry in self._entries(tree)):
            return True
        if self.index.unmerged or any(not self._is_committed(path.removesuffix(b"/")) for path in self.index.noted):
            return True
        return book not in self.committed or any(True for _ in self._new_files(book))

    def changed(self, tree: str, paths: Collection[bytes]) -> Iterator[bytes]:
        """Yield those of these files, by their paths from the top, that differ from the tree, or are not in it."""
        left = set(paths)
        for entry in self._entries(tree):
            if entry.path in left:
                left.discard(entry.path)
                if self._differs(entry, True):
                    yield entry.path
        yield from left

    def _entries(self, tree: str) -> Iterator[Entry]:
        """Yield everything in a tree and the trees below it; a folder only if something else is in its place."""
        waiting = [(tree, b"")]
        while waiting:
            name, above = waiting.pop()
            for entry in entries(name, above, self.objects, self.places):
                self.budget.spend(entries=1)
                self.committed.setdefault(above[:-1], set()).add(entry.path[len(above) :])
                if entry.kind != FOLDER or not self._is_a_folder_or_gone(entry.path):
                    yield entry
                elif os.path.lexists(self._file(entry.path)) or not self.index.leaves_out(entry.path + b"/"):
                    waiting.append((entry.name, entry.path + b"/"))

    def _is_a_folder_or_gone(self, path: bytes) -> bool:
        try:
            return stat.S_ISDIR(os.lstat(self._file(path)).st_mode)
        except OSError:
            return True  # its content is then missed file by file

    def _differs(self, entry: Entry, of_book: bool) -> bool:
        """Return whether something else is in the place of the entry; `of_book`: in the folder of the book."""
        try:
            found = os.lstat(self._file(entry.path))
            seen = self.index.unchanged(entry.path, bytes.fromhex(entry.name), found)
            return not (seen and self._has_read_enough(of_book, found.st_size)) and self._is_other(entry, found)
        except (FileNotFoundError, NotADirectoryError):
            return not self.index.leaves_out(entry.path)
        except ValueError:
            return True  # no file can have that name
        except Spent:
            raise
        except Unreadable as problem:
            self._doubt(problem)
        except Untold as problem:
            if not seen:
                self._doubt(Unreadable(self._path(entry.path), str(problem), NOTE))
        except OSError as problem:
            if problem.errno == errno.ENAMETOOLONG:
                return True
            self._doubt(refused(self._path(entry.path), problem))
        return False

    def _has_read_enough(self, of_book: bool, size: int) -> bool:
        """Return whether git's own note on a file is enough: so large a repository is not read again for each build."""
        self.read += 0 if of_book else size + A_FILE
        return self.read > ENOUGH and not of_book

    def _is_other(self, entry: Entry, found: os.stat_result) -> bool:
        file = self._file(entry.path)
        if entry.kind == FOLDER:
            return True
        if entry.kind == SUBMODULE:
            return not stat.S_ISDIR(found.st_mode) or self._is_at_another_commit(entry.path, entry.name)
        if stat.S_ISLNK(found.st_mode):
            return entry.kind != LINK or not link_is_stored_as(file, entry.name)
        if entry.kind == LINK and self.rules.symlinks:
            return True
        return not stat.S_ISREG(found.st_mode) or not is_stored_as(file, entry.path, entry.name, self.rules)

    def _is_at_another_commit(self, folder: bytes, name: str) -> bool:
        """Return whether a submodule is at another commit; one that has not been cloned yet is at none."""
        inner = repositories.at(self._path(folder))
        return inner is not None and head(inner) != name

    def _doubt(self, problem: Unreadable) -> None:
        if len(self.doubts) < DOUBTS:
            self.doubts.append(problem)

    def _is_committed(self, path: bytes) -> bool:
        folder, _, name = path.rpartition(b"/")
        return name in self.committed.get(folder, ())

    def _new_files(self, book: bytes) -> Iterator[bytes]:
        """Yield every file, link and nested repository in the book's folder that is new and not ignored."""
        parts = book.split(b"/")
        above = [b"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)] if book else []
        waiting = [] if any(self.ignores.leaves_out(folder, True) for folder in above) else [book]
        while waiting:
            folder = waiting.pop()
            listed = self._listed(folder)
            names = self.committed.get(folder, set())
            inodes = self._by_other_names(folder, names - {entry.name for entry in listed})
            for entry in listed:
                path = folder + b"/" + entry.name if folder else entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                is_tree = is_folder and path in self.committed
                is_known = entry.name in names or entry.inode() in inodes
                if entry.name == b".git" or (is_known and not is_tree) or self.ignores.leaves_out(path, is_folder):
                    continue
                if is_tree or (is_folder and not self._is_a_repository(path)):
                    waiting.append(path)
                elif is_folder or entry.is_symlink() or entry.is_file():
                    yield path

    def _by_other_names(self, folder: bytes, names: set[bytes]) -> set[int]:
        """Return the inodes of files that exist under names that are not listed: some systems fold case or accents."""
        found = set()
        for name in names:
            with suppress(OSError, ValueError):
                found.add(os.lstat(self._file(folder + b"/" + name if folder else name)).st_ino)
        return found

    def _is_a_repository(self, folder: bytes) -> bool:
        try:
            return repositories.at(self._path(folder)) is not None
        except Unreadable:
            return True

    def _listed(self, folder: bytes) -> list[os.DirEntry[bytes]]:
        try:
            with os.scandir(self._file(folder)) as found:
                listed = []
                for entry in found:
                    self.budget.spend(entries=1)
                    listed.append(entry)
                return listed
        except OSError as problem:
            raise refused(self._path(folder), problem) from None

    def _file(self, path: bytes) -> bytes:
        return os.path.join(os.fsencode(self.places.work), path)

    def _path(self, path: bytes) -> Path:
        return Path(os.fsdecode(self._file(path)))


def comparison(places: Places, objects: Objects, budget: Budget, width: int) -> Comparison:
    """Return what is needed to look at a work tree. Raises Unreadable. `width` is the length of an id in bytes."""
    own = settings_of_all(places.common, places.git, places.roots)
    user = user_settings()
    autocrlf = own.get("core.autocrlf", user.get("core.autocrlf", "")).lower()
    attributes = Attributes(places, user_file(user.get("core.attributesfile", ""), "attributes"), budget)
    symlinks = "core.symlinks" not in own or is_true(own, "core.symlinks")
    rules = Rules(attributes.of, autocrlf, symlinks, lambda name: objects.read(name, "blob"), budget)
    ignores = Ignores(places, user_file(user.get("core.excludesfile", ""), "ignore"), budget)
    try:
        return Comparison(places, objects, budget, read_index(places, width), rules, ignores)
    except Unreadable as problem:
        return Comparison(places, objects, budget, Index(), rules, ignores, [problem])
