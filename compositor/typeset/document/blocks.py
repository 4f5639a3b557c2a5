"""Objects -> the bytes of a part: each stream compressed once, all other objects in compressed streams together.

None of the streams ends in a carriage return: with the line feed of the end mark behind it, it is in doubt. A reader
may take the two for one line end and find the stream a byte too short. Source: ISO 19005-2, 6.1.7.1. One compressed
stream in 256 ends so.
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
        """Give all objects their numbers; streams that another part has get those that they have there."""
        for number, made in enumerate(self.plain, first):
            made.number = number
        number = first + len(self.plain)
        for index, stream in enumerate(self.streams):
            stream.number = borrowed.get(index, number)
            number += index not in borrowed

    def written(self, first: int, borrowed: Mapping[int, int], fixed: Iterable[Any] = ()) -> Block:
        """The bytes, when all objects have their numbers; `fixed` have some that were known before."""
        data, offsets, places = bytearray(), list[int](), dict[int, int]()
        for made in fixed:
            places[made.number] = len(data)
            data += made.indirect + b"\n"
        streams = [stream for index, stream in enumerate(self.streams) if index not in borrowed]
        for number, stream in enumerate((*streams, *self._together()), first + len(self.plain)):
            stream.number = number
            offsets.append(len(data))
            data += stream.indirect + b"\n"
        return Block(bytes(data), first, len(self.plain), first + len(self.plain), tuple(offsets), places)

    def _together(self) -> Iterable[Any]:
        """The objects that are no streams, in compressed streams (ISO 32000-1, 7.5.7)."""
        for start in range(0, len(self.plain), TOGETHER):
            objects = self.plain[start : start + TOGETHER]
            said = [made.data for made in objects]
            head, at = [], 0
            for made, data in zip(objects, said, strict=True):
                head.append(b"%d %d" % (made.number, at))
                at += len(data) + 1
            index = b" ".join(head)
            extra = {"Type": "/ObjStm", "N": len(objects), "First": len(index) + 1}
            yield compress(pydyf.Stream([index, *said], extra, compress=True))


def content(stream: Any) -> bytes:
    """What stands in a stream."""
    return b"\n".join(map(_bytes, stream.stream))


def compress(stream: Any) -> Any:
    """Compress what a stream holds, if it wants to be, once and for all; returns the stream."""
    if not stream.compress:
        return stream
    data = content(stream)
    while zlib.adler32(data) & 0xFF == ord("\r"):  # the checksum is what a compressed stream ends with
        data += b"\n"
        if "Length1" in stream.extra:
            stream.extra["Length1"] += 1
    extra = pydyf.Dictionary(dict(stream.extra))
    extra["Filter"] = "/FlateDecode"
    stream.stream, stream.extra, stream.compress = [zlib.compress(data, LEVEL)], extra, False
    return stream
