"""PDF objects as bytes: no stream ends in a carriage return, whatever bytes a book has."""

from __future__ import annotations

import re
import zlib

import pydyf
import pytest

from compositor.typeset.document.blocks import Part, compress
from compositor.typeset.document.join import _cross_references, _entry
from compositor.typeset.document.parts import TOGETHER, Size

IN_DOUBT = b"\r\nendstream"
TEXTS = [chr(97 + number % 26) * (number // 26 + 1) for number in range(1300)]


@pytest.fixture(scope="module")
def in_doubt() -> list[str]:
    """Return texts whose compressed streams would end in one without the fix."""
    return [text for text in TEXTS if IN_DOUBT in pydyf.Stream([text], compress=True).data]


def test_such_streams_are_not_rare(in_doubt: list[str]) -> None:
    """Without the fix, one stream in 256 ends so."""
    assert len(in_doubt) >= 3


def test_no_stream_is_left_in_doubt(in_doubt: list[str]) -> None:
    """With the fix none does, and the text is unchanged, except for an additional line feed."""
    for text in in_doubt:
        stream = compress(pydyf.Stream([text], {"Length1": len(text)}, compress=True))
        assert IN_DOUBT not in stream.data
        content = zlib.decompress(stream.stream[0]).decode()
        assert content.rstrip("\n") == text and stream.extra["Length1"] == len(content)


def test_objects_that_are_compressed_together_are_not_in_doubt() -> None:
    """An object stream is lengthened like any other."""
    for text in TEXTS:
        part = Part([pydyf.Dictionary({"Title": pydyf.String(text)})], [])
        part.number(7, {})
        assert IN_DOUBT not in part.written(7, {}).data


def test_the_list_of_all_places_is_not_in_doubt() -> None:
    """If the cross-reference stream would end so, it gets an additional entry for no object."""
    for start in range(600):
        data = _cross_references({7: _entry(1, 15, 0)}, start, 7, "0")
        rows = zlib.decompress(data.partition(b"stream\n")[2])
        assert IN_DOUBT not in data
        assert int(re.search(rb"/Size (\d+)", data)[1]) * 8 == len(rows)


def test_a_part_takes_as_many_numbers_as_it_says() -> None:
    """Object streams are counted in advance, and objects of another part are not written."""
    plain = [pydyf.Dictionary() for _ in range(TOGETHER + 1)]
    streams = [pydyf.Stream([letter], compress=True) for letter in "abc"]
    part = Part(plain, streams)
    part.number(100, {1: 9})
    block = part.written(100, {1: 9})
    assert [stream.number for stream in streams] == [100 + len(plain), 9, 101 + len(plain)]
    assert len(plain) + len(block.offsets) == Size(len(plain), 3).numbers(borrowed=1)
    assert block.data.count(b"/ObjStm") == 2


def test_a_picture_that_was_compressed_before_is_not_in_doubt(in_doubt: list[str]) -> None:
    """It gets a line feed after its checksum, and is read as before."""
    for text in in_doubt:
        ready = zlib.compress(text.encode(), 9)
        stream = compress(pydyf.Stream([ready], {"Filter": "/FlateDecode"}))
        assert IN_DOUBT in pydyf.Stream([ready]).data and IN_DOUBT not in stream.data
        assert zlib.decompressobj().decompress(pydyf._to_bytes(stream.stream[0])) == text.encode()
