"""A page of a PDF -> a picture, and the words around a point of it; by pdfium, which the checks of files use too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pypdfium2

from compositor.model import plain_letters

WIDEST = 4000
"""Most pixels of a picture."""
QUICK = 1
"""Compression level of a picture, which is only passed between processes."""
NEAR = 24
"""Letters on either side of a point by which its place in the source is found."""
REACH = 40.0
"""Most points from a click to the letter that is meant."""


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """Return the opened document."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def painted(pdf: bytes, page: int, width: int) -> bytes:
    """Return the page as a PNG with a width of so many pixels."""
    with opened(pdf) as document:
        shown = document[page]
        scale = max(1, min(width, WIDEST)) / shown.get_width()
        picture = shown.render(scale=scale).to_pil()
        target = BytesIO()
        picture.convert("RGB").save(target, "PNG", compress_level=QUICK)
        return target.getvalue()


def words_at(pdf: bytes, page: int, across: float, down: float) -> tuple[str, str]:
    """Return letters and digits before and after a point, in one case and without spaces; empty if no word is near."""
    with opened(pdf) as document:
        shown = document[page]
        width, height = shown.get_size()
        text = shown.get_textpage()
        at = text.get_index(across * width, (1 - down) * height, REACH, REACH)
        if at is None:
            return "", ""
        first = max(0, at - 2 * NEAR)
        before = text.get_text_range(first, at - first) if at > first else ""
        behind = text.get_text_range(at, 2 * NEAR)
        return plain_letters(before)[-NEAR:], plain_letters(behind)[:NEAR]
