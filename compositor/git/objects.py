"""An object's id -> its kind and bytes, loose or from a pack; limited in size, and verified by the id.

Nothing is ever fetched: what a partial clone lacks is missing. Source: gitrepository-layout(5), gitformat-pack(5).
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from compositor.git.files import MEBIBYTE, Budget, Unreadable, read, refused, within
from compositor.git.packs import Entry, Pack, Unpacked, applied
from compositor.git.places import Places

LIMIT = 8 * MEBIBYTE
"""Bytes of one commit, tree or pointer, and of an intermediate step; only `diff` reads the blobs of files."""
CHAIN = 4096
"""Deltas in the chain of one object; git writes 4,095 at most."""
OPEN = 32
"""Packs that are open at once, each with its index."""
FOLDERS = 16
"""Folders of objects, with those that `alternates` name."""
HEADER = re.compile(rb"(commit|tree|blob|tag) (\d{1,12})\0")
FSCK = "`git fsck` reports details; a fresh clone fixes it"


class Missing(Unreadable):
    """An object is not here: the clone is partial, or damaged."""


class Objects:
    """The objects of a repository. Use it in a `with` statement: packs are kept open."""

    def __init__(self, places: Places, budget: Budget) -> None:
        self._places, self._budget = places, budget
        self._folders, self._borrows = _folders(places, budget)
        self._packs: list[Pack] | None = None
        self._open: list[Pack] = []

    def read(self, name: str, kind: str) -> bytes:
        """Return the bytes of an object, which must be of this kind. Raises Unreadable, and Missing if it is absent."""
        found, data = self._loose(name) or self._packed(name) or (None, b"")
        path = self._places.common / "objects"
        if found is None:
            raise self._missing(path, f"the {kind} {name[:12]}")
        if found != kind or digest(name, kind, data) != name:
            raise Unreadable(path, f"the {kind} {name[:12]} is damaged", FSCK)
        return data

    def _missing(self, path: Path, what: str) -> Missing:
        if self._borrows:
            remedy = "`git repack -a -d` there brings in what is borrowed; `git clone --dissociate` borrows nothing"
            return Missing(path, f"{what} is borrowed from outside the repository, which is not read", remedy)
        remedy = "`git fetch --refetch --no-filter` brings all objects; so does a full clone"
        return Missing(path, f"{what} is not there", remedy)

    def _loose(self, name: str) -> tuple[str, bytes] | None:
        for folder in self._folders:
            path = folder / name[:2] / name[2:]
            packed = read(path, self._places.roots, LIMIT)
            if packed is not None:
                self._budget.spend(objects=len(packed), entries=1)
                return self._inflated(path, packed)
        return None

    def _inflated(self, path: Path, packed: bytes) -> tuple[str, bytes]:
        stream = zlib.decompressobj()
        try:
            start = stream.decompress(packed, 64)
            header = HEADER.match(start)
            size = int(header[2]) if header else LIMIT + 1
            self._budget.spend(objects=min(size, LIMIT))
            data = start + stream.decompress(stream.unconsumed_tail, max(1, min(size, LIMIT)))
        except zlib.error:
            header, size, data = None, 0, b""
        if header is None or size > LIMIT or len(data) != header.end() + size:
            raise Unreadable(path, "it is damaged, or too large to be read", FSCK)
        return header[1].decode(), data[header.end() :]

    def _packed(self, name: str) -> tuple[str, bytes] | None:
        """Return an object from a pack: the last delta comes first, down to a whole object."""
        found = self._find(name)
        deltas: list[bytes] = []
        while found is not None:
            pack, offset = found
            entry = self._entry(pack, offset, len(name) // 2)
            if entry.kind:
                return entry.kind, self._built(pack, entry.data, deltas)
            deltas.append(entry.data)
            if len(deltas) > CHAIN:
                raise Unreadable(pack.path, "a chain of deltas is endless", FSCK)
            found = (pack, entry.offset) if entry.offset is not None else self._find(entry.base, pack)
        if deltas:
            raise self._missing(self._places.common / "objects", f"what {name[:12]} is based on")
        return None

    def _entry(self, pack: Pack, offset: int, width: int) -> Entry:
        self._budget.spend(entries=1)
        self._keep_open(pack)
        entry = pack.entry(offset, width, LIMIT)
        self._budget.spend(objects=len(entry.data))
        return entry

    def _built(self, pack: Pack, data: bytes, deltas: list[bytes]) -> bytes:
        for delta in reversed(deltas):
            try:
                data = applied(data, delta, LIMIT)
            except Unpacked as problem:
                raise Unreadable(pack.path, str(problem), FSCK) from None
            self._budget.spend(objects=len(data))
        return data

    def _find(self, name: str, first: Pack | None = None) -> tuple[Pack, int] | None:
        """Return the pack with an object, and its offset; the pack that had the previous one comes first."""
        if self._packs is None:
            roots = self._places.roots
            self._packs = [Pack(path, roots) for folder in self._folders for path in _indexes(folder, roots)]
        packs = self._packs if first is None else [first, *(pack for pack in self._packs if pack is not first)]
        for pack in packs:
            self._budget.spend()
            self._keep_open(pack)
            offset = pack.find(bytes.fromhex(name))
            if offset is not None:
                self._packs.remove(pack)
                self._packs.insert(0, pack)
                return pack, offset
        return None

    def _keep_open(self, pack: Pack) -> None:
        """Limit the open packs: a system allows some hundreds of open files, and a repository may have more packs."""
        if pack not in self._open:
            self._open.append(pack)
        if len(self._open) > OPEN:
            self._open.pop(0).close()

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        for pack in self._open:
            pack.close()


def digest(like: str, kind: str, data: bytes) -> str:
    """Return the id of an object, by SHA-1 or SHA-256, like the id that it is compared with."""
    return algorithm(like)(f"{kind} {len(data)}\0".encode() + data).hexdigest()


def algorithm(name: str) -> Callable[[bytes], hashlib._Hash]:
    """Return the hash function of an id, by its length."""
    return hashlib.sha256 if len(name) == 64 else partial(hashlib.sha1, usedforsecurity=False)


def _folders(places: Places, budget: Budget) -> tuple[tuple[Path, ...], bool]:
    """Return the folder of objects, those in its `alternates` within the repository, and whether there are others."""
    waiting = [places.common / "objects"]
    found: dict[str, Path] = {}
    borrows = False
    while waiting and len(found) < FOLDERS:
        folder = waiting.pop(0)
        budget.spend()
        try:
            real = within(folder, places.roots)
        except (Unreadable, OSError, ValueError):
            borrows = True
            continue
        if real not in found:
            found[real] = folder
            listed = read(folder / "info" / "alternates", places.roots, MEBIBYTE) or b""
            budget.spend(text=len(listed))
            lines = [line for line in listed.splitlines() if line and not line.startswith(b"#")]
            waiting += [folder / os.fsdecode(line) for line in lines[:FOLDERS]]
    return tuple(found.values()), borrows


def _indexes(folder: Path, roots: tuple[str, ...]) -> list[Path]:
    try:
        names = set(os.listdir(within(folder / "pack", roots)))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError) as problem:
        raise refused(folder / "pack", problem) from None
    return [folder / "pack" / name for name in sorted(names) if name.endswith(".idx") and f"{name[:-4]}.pack" in names]
