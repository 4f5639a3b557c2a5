"""A pack and its index -> one object of it, whole or as a delta; each length is limited before anything is unpacked.

Source: gitformat-pack(5).
"""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from compositor.git.files import Unreadable, opened, refused, within

KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
FROM_OFFSET, FROM_ID = 6, 7
CHUNK = 64 * 1024
NUMBER = 10
"""Most bytes of a number of variable length."""
MAGIC = b"\xfftOc"
FAN = 256 * 4


class Unpacked(Exception):
    """The content of a pack is invalid; the message says how."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry at an offset of a pack: an object, or a delta to another."""

    kind: str
    """Empty for a delta."""
    data: bytes
    offset: int | None = None
    """The offset in the same pack of the object that a delta is based on."""
    base: str = ""
    """The id of the object that a delta is based on, in hexadecimal."""


class Pack:
    """One pack of objects, opened when the first is looked for."""

    def __init__(self, index: Path, roots: tuple[str, ...]) -> None:
        self.path = index.with_suffix(".pack")
        self._roots = roots
        self._index_path = index
        self._index: _Index | None = None
        self._descriptor: int | None = None

    def find(self, name: bytes) -> int | None:
        """Return the offset of an object in the pack, if it is there. Raises Unreadable."""
        if self._index is None:
            self._index = _Index(self._open(self._index_path), len(name), self._index_path)
        try:
            return self._index.find(name)
        except struct.error:
            raise Unreadable(self._index_path, "it ends too soon", "`git index-pack` makes it anew") from None

    def entry(self, offset: int, width: int, limit: int) -> Entry:
        """Return the entry at an offset, unpacked. Raises Unreadable, also for more than `limit` bytes.

        `width` is the length of an id in bytes.
        """
        if self._descriptor is None:
            self._descriptor = self._open(self.path)
        try:
            return self._entry(offset, width, limit)
        except (Unpacked, zlib.error, IndexError, OSError) as problem:
            why = str(problem) if isinstance(problem, Unpacked) else "it is damaged"
            raise Unreadable(self.path, why, "`git fsck` reports details; a fresh clone fixes it") from None

    def _entry(self, offset: int, width: int, limit: int) -> Entry:
        assert self._descriptor is not None
        head = os.pread(self._descriptor, 64, offset)
        kind, size, at = _kind_and_size(head)
        start, base = None, ""
        if kind == FROM_OFFSET:
            back, at = distance(head, at)
            start = offset - back
            if not 12 <= start < offset:
                raise Unpacked("a delta is based on something that is not an object")
        elif kind == FROM_ID:
            base = head[at : at + width].hex()
            at += width
            if len(head) < at:
                raise Unpacked("it ends too soon")
        elif kind not in KINDS:
            raise Unpacked("an object has an unknown type")
        if size > limit:
            raise Unpacked("an object is too large to be read")
        return Entry(KINDS.get(kind, ""), self._inflated(offset + at, size), start, base)

    def _inflated(self, offset: int, size: int) -> bytes:
        """Unpack exactly this many bytes; the stream may have neither more nor fewer."""
        assert self._descriptor is not None
        stream = zlib.decompressobj()
        data = bytearray()
        end = offset + size + size // 8 + 2 * CHUNK  # packed data is never much longer
        while not stream.eof and len(data) <= size and offset < end:
            packed = stream.unconsumed_tail or os.pread(self._descriptor, CHUNK, offset)
            if not stream.unconsumed_tail:
                offset += len(packed)
            if not packed:
                break
            data += stream.decompress(packed, size + 1 - len(data))
        if len(data) != size:
            raise Unpacked("the length of an object differs from that in the pack")
        return bytes(data)

    def _open(self, path: Path) -> int:
        try:
            return opened(within(path, self._roots))
        except (OSError, ValueError) as problem:
            raise refused(path, problem) from None

    def close(self) -> None:
        """Close what has been opened; it is opened again when needed."""
        if self._index is not None:
            os.close(self._index.descriptor)
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._index = self._descriptor = None


class _Index:
    """The index of a pack, version 1 or 2: the names in order, and the offset of each."""

    def __init__(self, descriptor: int, width: int, path: Path) -> None:
        self.descriptor, self.width = descriptor, width
        start = os.pread(descriptor, 8 + FAN, 0)
        self._second = start.startswith(MAGIC)
        if self._second and start[4:8] != b"\0\0\0\2":
            raise Unreadable(path, "its version is unknown", "`git index-pack` makes it anew")
        begin = 8 if self._second else 0
        self._names = begin + FAN
        try:
            self._fan = struct.unpack_from(">256I", start, begin)
        except struct.error:
            raise Unreadable(path, "it ends too soon", "`git index-pack` makes it anew") from None
        self._count = self._fan[255]

    def find(self, name: bytes) -> int | None:
        """Return the offset of a name, by bisection. Raises struct.error if the file ends too soon."""
        low = self._fan[name[0] - 1] if name[0] else 0
        high = min(self._fan[name[0]], self._count)
        step, skip = (self.width, 0) if self._second else (self.width + 4, 4)
        while low < high:
            middle = (low + high) // 2
            found = os.pread(self.descriptor, self.width, self._names + middle * step + skip)
            if found == name:
                return self._offset(middle)
            low, high = (middle + 1, high) if found < name else (low, middle)
        return None

    def _offset(self, at: int) -> int:
        if not self._second:
            return self._number(">I", self._names + at * (self.width + 4))
        offsets = self._names + self._count * (self.width + 4)
        offset = self._number(">I", offsets + at * 4)
        if offset < 1 << 31:
            return offset
        return self._number(">Q", offsets + self._count * 4 + (offset & 0x7FFFFFFF) * 8) & ((1 << 62) - 1)

    def _number(self, form: str, at: int) -> int:
        return int(struct.unpack(form, os.pread(self.descriptor, struct.calcsize(form), at))[0])


def _kind_and_size(head: bytes) -> tuple[int, int, int]:
    """Return kind, unpacked length, and the bytes that encode them. Raises IndexError at the end of the pack."""
    kind, size, shift, at = head[0] >> 4 & 7, head[0] & 15, 4, 1
    while head[at - 1] & 0x80:
        size |= (head[at] & 0x7F) << shift
        shift += 7
        at += 1
    return kind, size, at


def distance(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length, such as the distance to a delta's base, and where its bytes end.

    Raises IndexError for one that is longer than any number.
    """
    number = -1
    for place in range(at, at + NUMBER):
        number = number + 1 << 7 | data[place] & 0x7F
        if not data[place] & 0x80:
            return number, place + 1
    raise IndexError


def applied(base: bytes, delta: bytes, limit: int) -> bytes:
    """Return the object that a delta makes of another. Raises Unpacked."""
    try:
        expected, at = _length(delta, 0)
        size, at = _length(delta, at)
        if expected != len(base) or size > limit:
            raise Unpacked("a delta does not fit the object that it is based on")
        data = _followed(base, delta, at, size)
    except IndexError:
        raise Unpacked("a delta ends too soon") from None
    if len(data) != size:
        raise Unpacked("the length of a delta's result differs from the stated one")
    return data


def _followed(base: bytes, delta: bytes, at: int, size: int) -> bytes:
    """Return the pieces for a delta's instructions, one after the other, up to the given size."""
    out = bytearray()
    while at < len(delta) and len(out) <= size:
        code = delta[at]
        at += 1
        if code & 0x80:
            start, at = _little(delta, at, code & 0x0F, 4)
            length, at = _little(delta, at, code >> 4 & 7, 3)
            end = start + (length or 0x10000)
            if end > len(base):
                raise Unpacked("a delta copies from beyond the end of its object")
            out += base[start:end]
        elif code:
            out += delta[at : at + code]
            at += code
        else:
            raise Unpacked("a delta contains an unknown instruction")
    return bytes(out)


def _little(delta: bytes, at: int, bits: int, count: int) -> tuple[int, int]:
    """Return a number of which only the non-zero bytes are written."""
    number = 0
    for place in range(count):
        if bits >> place & 1:
            number |= delta[at] << 8 * place
            at += 1
    return number, at


def _length(delta: bytes, at: int) -> tuple[int, int]:
    """Return a length before the instructions of a delta, and where its bytes end. Raises IndexError."""
    length = 0
    for place, byte in enumerate(delta[at : at + NUMBER]):
        length |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return length, at + place + 1
    raise IndexError
