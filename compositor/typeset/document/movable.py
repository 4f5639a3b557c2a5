"""A part that was made -> the same as bytes that can be cached, and written at another place of another file.

Every number that depends on the place is written as a long placeholder that occurs nowhere else: random digits, the
kind of the number, and its index. The part is moved to a place by replacing these.
"""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pydyf

from compositor.typeset.document.blocks import Part, block, compress
from compositor.typeset.document.parts import Block, GapAt, KeptMargins, Size, WriteFace, WriteSection

OWN, PAGE, ANNOTATION, FONT, END = 1, 2, 3, 4, 5
"""Kinds of numbers: that of an object of the part; how many pages precede it; the key of an annotation; that of a font
in another part. The last separates two objects."""
_PLAIN = re.compile(rb"<</Filter /FlateDecode/Length \d+>>\nstream\n")
"""The beginning of a content stream that was written by `_compressed`."""
DIGITS = 7
"""Digits of the index of a number within its kind."""


@dataclass(frozen=True, slots=True)
class Movable:
    """The objects of a part, without a place."""

    mark: bytes
    """The digits with which the placeholders begin."""
    size: Size
    plain: bytes
    streams: bytes
    faces: tuple[str, ...] = ()
    """The faces whose fonts the part uses, by their index in it."""
    margins: KeptMargins | None = None
    """What it takes to set the margins of a unit again; None if they cannot be."""

    def filled(self) -> tuple[bytes, ...] | None:
        """Return what each margin contains; None if a content stream is not as this module writes it."""
        contents = self._contents()
        if contents is None or self.margins is None:
            return None
        return tuple(contents[gap.stream][gap.start : gap.end] for gap in self.margins.gaps)

    def refilled(self, gaps: Sequence[bytes], first: int) -> Movable:
        """Return the unit with these margins, in their order, for this first page number."""
        contents, places = self._contents(), list[GapAt]()
        assert contents is not None and self.margins is not None
        moved = dict.fromkeys(contents, 0)
        for gap, new in zip(self.margins.gaps, gaps, strict=True):
            start, end = gap.start + moved[gap.stream], gap.end + moved[gap.stream]
            contents[gap.stream] = contents[gap.stream][:start] + new + contents[gap.stream][end:]
            moved[gap.stream] += len(new) - (end - start)
            places.append(replace(gap, start=start, end=start + len(new)))
        places = [replace(gap, of=len(contents[gap.stream])) for gap in places]
        streams = self._parted(self.streams)
        for index, content in contents.items():
            streams[index] = _compressed(content)
        end_mark = _end(self.mark)
        return replace(
            self,
            streams=b"".join(one + end_mark for one in streams),
            margins=replace(self.margins, first=first, gaps=tuple(places)),
        )

    def _contents(self) -> dict[int, bytes] | None:
        """Return the content of the streams with margins, by their index; None if one has keys of its own."""
        streams, found = self._parted(self.streams), dict[int, bytes]()
        lengths = {gap.stream: gap.of for gap in self.margins.gaps} if self.margins is not None else {}
        for index, length in lengths.items():
            if not _PLAIN.match(streams[index]):
                return None
            found[index] = _content(streams[index])[:length]
        return found

    def section(self, where: WriteSection) -> Block:
        """Return the bytes of a unit at its place."""
        fonts = [where.fonts[face] for face in self.faces]
        starts = {PAGE: where.page, ANNOTATION: where.annotation}
        return self._written(where.first, where.borrowed, starts, fonts)

    def face(self, where: WriteFace) -> Block:
        """Return the bytes of a face at its place."""
        return self._written(where.first, {}, {}, [])

    def _written(self, first: int, borrowed: Mapping[int, int], starts: Mapping[int, int], fonts: list[int]) -> Block:
        own, number = [*range(first, first + self.size.plain)], first + self.size.plain
        for index in range(self.size.streams):
            own.append(borrowed.get(index, number))
            number += index not in borrowed

        def placed(match: re.Match[bytes]) -> bytes:
            kind, index = int(match[1]), int(match[2])
            if kind == OWN:
                return b"%d" % own[index]
            return b"%d" % (fonts[index] if kind == FONT else starts[kind] + index)

        find = re.compile(self.mark + rb"([1-4])(\d{7})")
        plain = self._parted(find.sub(placed, self.plain))
        streams = self._parted(find.sub(placed, self.streams))
        return block(plain, (one for index, one in enumerate(streams) if index not in borrowed), first)

    def _parted(self, objects: bytes) -> list[bytes]:
        return objects.split(_end(self.mark))[:-1]


def movable(part: Part, number: Callable[[WriteSection], None], faces: tuple[str, ...] = ()) -> Movable:
    """Return a part in a form that can be kept; `number` gives its objects all numbers that depend on a place."""
    mark = b"%d" % (10**19 + secrets.randbelow(9 * 10**19))
    own, page, annotation, font = (int(mark) * 10 ** (DIGITS + 1) + kind * 10**DIGITS for kind in range(1, 5))
    number(WriteSection(0, own, page, annotation, {}, {face: font + index for index, face in enumerate(faces)}))
    end, size = _end(mark), Size(len(part.plain), len(part.streams))
    plain, streams = (b"".join(one.data + end for one in objects) for objects in (part.plain, part.streams))
    return Movable(mark, size, plain, streams, faces)


def _content(stream: bytes) -> bytes:
    """Return the content of a stream as it was before it was compressed."""
    return zlib.decompress(stream.partition(b"\nstream\n")[2].removesuffix(b"\nendstream"))


def _compressed(content: bytes) -> bytes:
    """Return a content stream as bytes."""
    return bytes(compress(pydyf.Stream([content], compress=True)).data)


def _end(mark: bytes) -> bytes:
    return b"%b%d%b" % (mark, END, b"0" * DIGITS)
