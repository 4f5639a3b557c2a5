"""Units that were set -> one PDF: each unit is painted and written by the process that has set it.

The parts may be made in this process or in many others: this module knows only `Workers`. The bytes are the same, since
no part depends on which process makes the others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Protocol

from compositor.typeset.document.bleed import Trim
from compositor.typeset.document.cuts import Fonts
from compositor.typeset.document.parts import (
    CATALOG,
    FIRST,
    TOGETHER,
    Block,
    Face,
    Paint,
    Painted,
    Placed,
    Task,
    WriteFace,
    WriteFrame,
    WriteSection,
)
from compositor.typeset.values import LaidOut, UnitText, Volume

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
FREE, PLAIN, COMPRESSED = 0, 1, 2
"""Kinds of entries in a cross-reference stream (ISO 32000-1, table 18)."""


class Workers(Protocol):
    """What does the work on parts."""

    def typeset(self, unit: UnitText) -> LaidOut:
        """Return what is known of a unit that was set."""

    def do(self, tasks: Sequence[Task]) -> list[Any]:
        """Return the results of these tasks, in their order."""


def join(volume: Volume, workers: Workers, resample: bool, trim: Trim) -> tuple[bytes, tuple[str, ...]]:
    """Return one tagged PDF of all units in their order, and WeasyPrint's messages about it.

    A missing anchor raises nothing: the checks of the finished file find it.
    """
    painted: list[Painted] = workers.do(list(_paints(volume, workers, resample, trim)))
    plan = _plan(painted, workers)
    blocks: list[Block] = workers.do([*plan.sections, *plan.faces])
    placed = tuple(Placed(one.first, made) for one, made in zip(plan.sections, painted, strict=True))
    blocks += workers.do([WriteFrame(volume, placed, plan.end)])
    machine = sorted({family for one in painted for family in one.families})
    messages = [message for one in painted for message in one.messages]
    messages += [f'the font "{family}" is declared by no style sheet' for family in machine]
    return _file(blocks), tuple(messages)


def _paints(volume: Volume, workers: Workers, resample: bool, trim: Trim) -> Iterator[Paint]:
    """Yield what is to be painted, each with the anchors of its links that no unit has."""
    laid = [workers.typeset(unit) for unit in volume.units]
    known = volume.elsewhere.union(anchor for one in laid for page in one.pages for anchor in page.anchors)
    for number, one in enumerate(laid):
        targets = dict.fromkeys(target for page in one.pages for target in page.refers_to)
        lost = tuple(one for one in targets if one not in known)
        yield Paint(number, volume.units[number], lost, resample, trim)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The numbers of each part; `end` is the first free one."""

    sections: list[WriteSection]
    faces: list[WriteFace]
    end: int


def _plan(painted: Sequence[Painted], workers: Workers) -> _Plan:
    fonts = Fonts(painted)
    cuts = fonts.cuts()
    made: list[Face] = workers.do(cuts)
    number, faces, of_faces = FIRST, list[WriteFace](), dict[str, tuple[int, ...]]()
    for cut, face in zip(cuts, made, strict=True):
        faces.append(WriteFace(cut.section, cut.face, number))
        of_faces[cut.face] = tuple(number + one for one in face.fonts)
        number += face.size.numbers()
    sections, page = list[WriteSection](), 0
    annotation = sum(one.pages for one in painted)
    pictures: dict[str, int] = {}
    for index, one in enumerate(painted):
        chosen = {name: of_faces[name][which] for name, which in fonts.of[index].items()}
        borrowed = {stream: pictures[digest] for digest, stream in one.pictures if digest in pictures}
        sections.append(WriteSection(index, number, page, annotation, borrowed, chosen))
        own = number + one.size.plain
        for digest, stream in one.pictures:
            pictures.setdefault(digest, own + stream)
            own -= stream in borrowed
        number += one.size.numbers(len(borrowed))
        page, annotation = page + one.pages, annotation + one.annotations
    return _Plan(sections, faces, number)


def _file(blocks: Iterable[Block]) -> bytes:
    """Return header, all parts, and the stream that says where each object is (ISO 32000-1, 7.5.8)."""
    blocks = tuple(blocks)
    data, places = bytearray(HEADER), dict[int, bytes]()
    for block in blocks:
        start, behind = len(data), block.streams + len(block.offsets)
        for number, offset in (*zip(range(block.streams, behind), block.offsets, strict=True), *block.fixed.items()):
            places[number] = _entry(PLAIN, start + offset, 0)
        together = range(behind - -(-block.plain // TOGETHER), behind)
        for index in range(block.plain):
            places[block.first + index] = _entry(COMPRESSED, together[index // TOGETHER], index % TOGETHER)
        data += block.data
    identifier = md5(data, usedforsecurity=False).hexdigest()
    info = next(block.info for block in blocks if block.info)
    return bytes(data) + _cross_references(places, len(data), info, identifier)


def _entry(kind: int, where: int, index: int) -> bytes:
    return bytes((kind,)) + where.to_bytes(5, "big") + index.to_bytes(2, "big")


def _cross_references(places: dict[int, bytes], start: int, info: int, identifier: str) -> bytes:
    number = max(places) + 1
    numbers = {0: _entry(FREE, 0, 65535), number: _entry(PLAIN, start, 0)}
    places = {one: _entry(FREE, 0, 0) for one in range(number)} | places | numbers
    while zlib.adler32(rows := b"".join(places[one] for one in range(len(places)))) & 0xFF == ord("\r"):
        places[len(places)] = _entry(FREE, 0, 1)  # no stream ends in a carriage return; zeros would not do
    content = zlib.compress(rows, 9)
    said = f"/Type /XRef/Index [0 {len(places)}]/W [1 5 2]/Size {len(places)}/Root {CATALOG} 0 R/Info {info} 0 R"
    said += f"/ID [({identifier}) ({identifier})]/Filter /FlateDecode/Length {len(content)}"
    head = f"{number} 0 obj\n<<{said}>>\nstream\n".encode()
    return head + content + f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode()
