"""Hostile fonts: one of ours with a table that is truncated, damaged or empty; false heads; endless collections."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from random import Random

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

from tests.finished import ROOT
from tests.hostile.inputs import Hostile, book

OURS = ("SourceSans3-Regular.ttf", "Iosevka-Italic.ttf")


def fonts(chance: Random) -> Hostile:
    """Return a book with a hostile font, for its text, its code or as a fallback."""
    name, data = chance.choice((_spoilt, _spoilt, _spoilt, _lying))(chance)
    use = chance.choice(("text", "code", "display", "fallback"))
    return book("Text, **bold**, *slanted*, `code` and \u4e2d.", f'[fonts]\n{use} = ["{name}"]\n', {name: data})


def _spoilt(chance: Random) -> tuple[str, bytes]:
    reader = SFNTReader(BytesIO((ROOT / "styles" / "fonts" / chance.choice(OURS)).read_bytes()))
    tables = {tag: bytes(reader[tag]) for tag in reader.keys()}  # noqa: SIM118 - it is not a dict
    spoilt = chance.choice(sorted(tables))
    tables[spoilt] = _damaged(tables[spoilt], chance)
    target = BytesIO()
    writer = SFNTWriter(target, len(tables), reader.sfntVersion)
    for tag, data in tables.items():
        writer[tag] = data
    writer.close()
    return "f.ttf", target.getvalue()


def _damaged(data: bytes, chance: Random) -> bytes:
    """Return a table that is truncated or has some other bytes, usually at its beginning."""
    kind = chance.randrange(4)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        return bytes(len(data))
    other = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        other[chance.randrange(min(len(other), 400 if kind == 2 else len(other)))] = chance.randrange(256)
    return bytes(other)


def _lying(chance: Random) -> tuple[str, bytes]:
    most = 2**32 - 1
    return chance.choice(
        (
            ("f.ttf", b""),
            ("f.ttf", b"\0\1\0\0\xff\xff" + b"\0" * 6 + b"cmap\0\0\0\0\0\0\0\x10\xff\xff\xff\xff" * 16),
            ("f.ttc", b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0\0\0\x0c" * 100),
            ("f.ttc", b"ttcf\0\1\0\0\0\0\0\1\0\0\0\0"),
            ("f.woff2", b"wOF2\0\1\0\0" + struct.pack(">IHHIIHHIIIII", 100, 1, 0, most, most, 0, 0, 0, 0, 0, 0, 0)),
            (
                "f.woff",
                b"wOFF\0\1\0\0"
                + struct.pack(">IHHIHHIIIII", 200, 1, 0, 2**31, 0, 0, 0, 0, 0, 0, 0)
                + b"cmap"
                + struct.pack(">IIII", 64, 100, 2**31 - 1, 0)
                + zlib.compress(bytes(10_000_000)),
            ),
            ("f.otf", b"OTTO" + bytes(range(256)) * 20),
        )
    )
