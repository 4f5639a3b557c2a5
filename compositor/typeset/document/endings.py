"""A PDF none of whose streams ends in a carriage return: with the line feed of the end mark behind it, it is in doubt.

A reader may take the two for one line end and find the stream a byte too short. Source: ISO 19005-2, 6.1.7.1. One
compressed stream in 256 ends so.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import IO, Any

IN_DOUBT = b"\r\nendstream"
TRIES = 16
"""Each fails once in 128 times."""


def avoid_carriage_returns(pdf: Any) -> None:
    """See to the streams that the PDF has, and to those that pydyf makes while it writes: objects and their places."""
    import pydyf

    for made in pdf.objects:
        if isinstance(made, pydyf.Stream) and made.compress:
            _lengthen(made)
    _write_until_sure(pdf)


def _lengthen(stream: Any) -> None:
    """The last byte is that of the checksum of what is compressed; a line feed more, without meaning, changes it."""
    from pydyf import _to_bytes

    while zlib.adler32(b"\n".join(map(_to_bytes, stream.stream))) & 0xFF == ord("\r"):
        stream.stream = [*stream.stream, b""]
        if "Length1" in stream.extra:
            stream.extra["Length1"] += 1


def _write_until_sure(pdf: Any) -> None:
    """Let `pdf.write` write again, with an empty object more, while a stream is in doubt."""
    import pydyf

    once, objects = pdf.write, list(pdf.objects)

    def write(output: IO[bytes], *arguments: Any, **options: Any) -> None:
        for _ in range(TRIES):
            pdf.objects, pdf.current_position = list(objects), 0
            target = BytesIO()
            once(target, *arguments, **options)
            if IN_DOUBT not in target.getvalue():
                break
            pdf.objects = objects
            pdf.add_object(pydyf.Dictionary())
        output.write(target.getvalue())

    pdf.write = write
