"""PDF -> a key for each run of pages: a digest of the bytes, as stored in the file, of all that they show.

Object numbers, and the position of the pages in the book, do not count. A run is the pages that share their resources,
that is, those of a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from typing import Any

import pikepdf

PLACED = frozenset({"/StructParents", "/StructParent", "/Length"})
"""Keys of an object that depend on its position in the file."""


class Circle(ValueError):
    """An object contains itself, so that no key can be made from its content."""


def keys_of(data: bytes) -> list[tuple[range, str]] | None:
    """Return the numbers of the pages of each run, from 0, and its key; None for a file without such keys."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return list(_keys(pdf))
    except (pikepdf.PdfError, Circle, ValueError, TypeError, AttributeError):
        return None


def _keys(pdf: pikepdf.Pdf) -> Iterator[tuple[range, str]]:
    known: dict[tuple[int, int], bytes] = {}
    for _, group in groupby(enumerate(pdf.pages), key=lambda one: one[1].obj.Resources.objgen):
        numbers, whole = [], sha256()
        for number, page in group:
            numbers.append(number)
            parts = page.obj.get("/Contents"), page.obj.Resources, page.mediabox, page.cropbox, page.obj.get("/Rotate")
            for part in parts:
                whole.update(_digest(part, known))
        yield range(numbers[0], numbers[-1] + 1), whole.hexdigest()


def _digest(value: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    """Add a value, and all objects that it refers to, to the digest."""
    name = getattr(value, "objgen", (0, 0))
    if name != (0, 0):
        if name not in known:
            known[name] = b""
            known[name] = _made(value, known)
        if not known[name]:
            raise Circle
        return known[name]
    return _made(value, known)


def _made(value: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    whole = sha256(type(value).__name__.encode())
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(set(value.keys()) - PLACED):
            whole.update(key.encode() + b" " + _digest(value[key], known))
        if isinstance(value, pikepdf.Stream):
            whole.update(value.read_raw_bytes())
    elif isinstance(value, pikepdf.Array):
        for one in value:
            whole.update(_digest(one, known))
    else:
        whole.update(repr(value).encode("utf-8", "surrogatepass"))
    return whole.digest()
