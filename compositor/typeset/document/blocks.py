"""Objects -> the bytes of a part: each stream compressed once, all other objects together in compressed streams.

No stream ends in a carriage return: with the line feed before the end mark, its end would be ambiguous. A reader may
take the two for one line end and find the stream a byte too short. Source: ISO 19005-2, 6.1.7.1. One compressed stream
in 256 would end like that.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pydyf

from compositor.typeset.document.parts import TOGETHER, Block

LEVEL = 9
_bytes = pydyf._to_bytes


class Part:
    """The objects of a part, in the order of their numbers."""

    def __init__(self, plain: Sequence[Any], streams: Sequence[Any]) -> None:
        self.plain, self.streams = plain, streams
        for stream in streams:
            compress(stream)

    def number(self, first: int, borrowed: Mapping[int, int]) -> None:
        """Number all objects; streams that another part contains get the numbers that they have there."""
        for number, made in enumerate(self.plain, first):
            made.number = number
        number = first + len(self.plain)
        for index, stream in enumerate(self.streams):
            stream.number = borrowed.get(index, number)
            number += index not in borrowed

    def written(self, first: int, borrowed: Mapping[int, int], fixed: Iterable[Any] = ()) -> Block:
        """Return the bytes, when all objects have their numbers; the numbers of `fixed` objects were known before."""
        streams = [stream.data for index, stream in enumerate(self.streams) if index not in borrowed]
        return block([made.data for made in self.plain], streams, first, fixed)


def block(plain: Sequence[bytes], streams: Iterable[bytes], first: int, fixed: Iterable[Any] = ()) -> Block:
    """Return the bytes of a part from the bytes of its objects, which already refer to each other by number."""
    data, offsets, places = bytearray(), list[int](), dict[int, int]()
    for made in fixed:
        places[made.number] = len(data)
        data += made.indirect + b"\n"
    for number, said in enumerate((*streams, *_together(plain, first)), first + len(plain)):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, said)
    return Block(bytes(data), first, len(plain), first + len(plain), tuple(offsets), places)


def _together(plain: Sequence[bytes], first: int) -> Iterable[bytes]:
    """Yield the objects that are not streams, in compressed streams (ISO 32000-1, 7.5.7)."""
    for start in range(0, len(plain), TOGETHER):
        objects = plain[start : start + TOGETHER]
        head, at = [], 0
        for number, data in enumerate(objects, first + start):
            head.append(b"%d %d" % (number, at))
            at += len(data) + 1
        index = b" ".join(head)
        extra = {"Type": "/ObjStm", "N": len(objects), "First": len(index) + 1}
        yield compress(pydyf.Stream([index, *objects], extra, compress=True)).data


def content(stream: Any) -> bytes:
    """Return the content of a stream."""
    return b"\n".join(map(_bytes, stream.stream))


def compress(stream: Any) -> Any:
    """Compress a stream that asks for it, once; return the stream.

    A compressed picture may end in a carriage return: no reader reads a line feed after its checksum.
    """
    if not stream.compress:
        if "Filter" in stream.extra and content(stream).endswith(b"\r"):
            stream.stream = [content(stream) + b"\n"]
        return stream
    data = content(stream)
    while zlib.adler32(data) & 0xFF == ord("\r"):  # a compressed stream ends with this checksum
        data += b"\n"
        if "Length1" in stream.extra:
            stream.extra["Length1"] += 1
    extra = pydyf.Dictionary(dict(stream.extra))
    extra["Filter"] = "/FlateDecode"
    stream.stream, stream.extra, stream.compress = [zlib.compress(data, LEVEL)], extra, False
    return stream
