"""The bytes of a JPEG or PNG -> the same picture, without data about camera, place, author and program.

Nothing is decoded, so nothing is lost. Source: ITU-T T.81, annex B; PNG (Third Edition), section 5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PRIVATE = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
START, SCAN, END = b"\xff\xd8", 0xDA, 0xD9
KEPT = {0xE0, 0xEE}
"""JFIF, which has the density, and Adobe's segment, which says how colours are stored."""
PROFILE = 0xE2
"""A colour profile, if its identifier says so; this segment has other uses too."""


def without_metadata(data: bytes) -> bytes:
    """Return the bytes of the picture alone; for anything but an intact JPEG or PNG, all bytes."""
    try:
        if data.startswith(PNG_HEAD):
            return PNG_HEAD + b"".join(chunk for name, chunk in _chunks(data) if name not in PRIVATE)
        if data.startswith(START):
            return START + b"".join(_segments(data))
    except (struct.error, IndexError):
        pass
    return data


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_HEAD)
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        yield name, data[at : at + length + 12]
        if name == b"IEND":
            return
        at += length + 12


def _segments(data: bytes) -> Iterator[bytes]:
    """Yield every segment up to the first scan except metadata, and the rest up to the end of the picture."""
    at = len(START)
    while data[at + 1] != SCAN:
        kind = data[at + 1]
        if data[at] != 0xFF or kind in (0xFF, END):
            raise IndexError(at)
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        private = (0xE0 <= kind <= 0xEF and kind not in KEPT) or kind == 0xFE
        if not private or (kind == PROFILE and segment[4:].startswith(b"ICC_PROFILE")):
            yield segment
        at += 2 + length
    yield data[at : _end(data, at)]


def _end(data: bytes, at: int) -> int:
    """Return the position after the mark that ends the picture; cameras put previews and films there."""
    while (at := data.find(b"\xff\xd9", at)) >= 0:
        return at + 2
    return len(data)
