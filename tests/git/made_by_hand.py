"""Repositories made by hand, byte for byte, as git would never write them."""

from __future__ import annotations

import struct
import zlib
from binascii import crc32
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha1
from pathlib import Path

from tests.git.repositories import BOOK, write

WHO = "A <a@example.org>"
COMMIT, TREE, BLOB, OFS_DELTA, REF_DELTA = 1, 2, 3, 6, 7
NOTHING = "0" * 40
HEAD = "ref: refs/heads/main\n"


def header(kind: str, body: bytes) -> bytes:
    """Return an object as it is hashed."""
    return b"%s %d\0%s" % (kind.encode(), len(body), body)


def name_of(kind: str, body: bytes) -> str:
    """Return the id of an object."""
    return sha1(header(kind, body)).hexdigest()


def loose(top: Path, kind: str, body: bytes) -> str:
    """Write an object as a file of its own; return its id."""
    name = name_of(kind, body)
    write(top, {f".git/objects/{name[:2]}/{name[2:]}": zlib.compress(header(kind, body))})
    return name


def path_of(top: Path, name: str) -> Path:
    """Return the file of a loose object."""
    return top / ".git/objects" / name[:2] / name[2:]


def tree(entries: Iterable[tuple[bytes, bytes, str]]) -> bytes:
    """Return the body of a tree: mode, name, id."""
    return b"".join(b"%s %s\0%s" % (mode, name, bytes.fromhex(id_)) for mode, name, id_ in entries)


def commit_text(tree_: str, when: str = "1709208000 +0000") -> bytes:
    """Return the body of a commit."""
    return f"tree {tree_}\nauthor {WHO} {when}\ncommitter {WHO} {when}\n\nA commit\n".encode()


def begin(top: Path) -> Path:
    """Make a repository without objects, and a book beside it; return the folder of the book."""
    write(top, {".git/HEAD": HEAD, ".git/objects/info/packs": "", ".git/refs/tags/.keep": "", **BOOK})
    return top / "book"


def book_tree(top: Path) -> str:
    """Write the tree of the files in a work tree, as loose objects."""

    def of(folder: Path) -> str:
        entries = []
        for path in folder.iterdir():
            if path.name != ".git":
                mode = b"40000" if path.is_dir() else b"100644"
                id_ = of(path) if path.is_dir() else loose(top, "blob", path.read_bytes())
                entries.append((mode, path.name.encode(), id_))
        entries.sort(key=lambda entry: entry[1] + b"/" * (entry[0] == b"40000"))
        return loose(top, "tree", tree(entries))

    return of(top)


def point(top: Path, commit: str) -> None:
    """Make the checked-out branch lead to this commit."""
    write(top, {".git/refs/heads/main": f"{commit}\n"})


def whole(top: Path) -> tuple[Path, str]:
    """Make a correct repository by hand; return the book and the commit."""
    book = begin(top)
    commit = loose(top, "commit", commit_text(book_tree(top)))
    point(top, commit)
    return book, commit


def size_of(kind: int, size: int) -> bytes:
    """Return the first bytes of an object in a pack."""
    out, size = [kind << 4 | size & 15], size >> 4
    while size:
        out[-1] |= 128
        out.append(size & 127)
        size >>= 7
    return bytes(out)


def offset_of(distance: int) -> bytes:
    """Return how far before it the base of a delta begins."""
    out = [distance & 127]
    while distance := distance >> 7:
        distance -= 1
        out.insert(0, 128 | distance & 127)
    return bytes(out)


def number(value: int) -> bytes:
    """Return a size in a delta."""
    out = [value & 127]
    while value := value >> 7:
        out[-1] |= 128
        out.append(value & 127)
    return bytes(out)


def copied(offset: int, size: int) -> bytes:
    """Return the instruction of a delta to copy bytes from its base."""
    parts = (*struct.pack("<I", offset), *struct.pack("<I", size)[:3])
    code = 128 | sum(1 << place for place, byte in enumerate(parts) if byte)
    return bytes([code, *(byte for byte in parts if byte)])


def pack(top: Path, entries: Sequence[tuple[str, bytes]], head: bytes | None = None) -> tuple[Path, list[int]]:
    """Write a pack of entries with their ids, and its index; return the pack, and where each entry begins."""
    data = head or b"PACK" + struct.pack(">II", 2, len(entries))
    places = []
    for _, entry in entries:
        places.append(len(data))
        data += entry
    data += sha1(data).digest()
    path = top / f".git/objects/pack/pack-{sha1(data).hexdigest()}.pack"
    rows = [(bytes.fromhex(id_), place, crc32(entry)) for (id_, entry), place in zip(entries, places, strict=True)]
    write(top, {str(path): data, str(path.with_suffix(".idx")): pack_index(rows, data[-20:])})
    return path, places


def pack_index(rows: Sequence[tuple[bytes, int, int]], checksum: bytes, fanout: Sequence[int] | None = None) -> bytes:
    """Return an index of a pack: id, place and checksum of each entry."""
    rows = sorted(rows)
    fanout = fanout or [sum(row[0][0] <= first for row in rows) for first in range(256)]
    data = b"\xfftOc" + struct.pack(">I", 2) + struct.pack(">256I", *fanout)
    data += b"".join(row[0] for row in rows)
    data += b"".join(struct.pack(">I", row[2]) for row in rows)
    data += b"".join(struct.pack(">I", row[1]) for row in rows) + checksum
    return data + sha1(data).digest()


def entry(kind: int, body: bytes, base: bytes = b"", size: int | None = None) -> bytes:
    """Return an object in a pack; a delta also gets the reference to its base."""
    return size_of(kind, len(body) if size is None else size) + base + zlib.compress(body)


@cache
def bomb(kind: str, size: int) -> bytes:
    """Write a loose object of this many spaces, in a thousandth of the size."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"%s %d\0" % (kind.encode(), size))]
    parts += [packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, packer.flush()])
