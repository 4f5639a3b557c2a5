"""Checks of the cover that an author gives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image as Picture
from PIL import UnidentifiedImageError

from compositor.errors import warning
from compositor.model import Book, Finding, Place
from compositor.pictures import open_picture

SHORT, SMALLEST, LARGEST = 1400, 1000, 10_000
"""Pixels: the least that Apple Books asks for on the shorter side; Kindle's limits for the longer one."""
HEAVY = 5_000_000
"""Bytes: the largest file that Kobo accepts."""
RATIOS = (1.25, 1.8)
"""Height to width: between the widest trade books and the tallest; shops show 1.6."""
REMEDY = "use a JPEG of 1600 by 2560 pixels, or delete the line to get a cover from the theme"


def drawn_cover(book: Book) -> Iterable[Finding]:
    """The cover is a drawing (SVG).

    This is allowed, but many shops and reading systems show only JPEG and PNG. Use a JPEG of 1600 by 2560 pixels, or
    none: then a cover is made from the theme.
    """
    if book.metadata.cover.lower().endswith(".svg"):
        message = "many shops and reading systems cannot show a drawing (SVG) as a cover"
        yield warning("E009", message, Place("book.toml"), REMEDY)


def unsuitable_cover(book: Book) -> Iterable[Finding]:
    """The picture of the cover has a size or shape that shops and reading systems do not show well.

    They ask for an upright picture, preferably 1600 by 2560 pixels: Apple Books wants at least 1400 pixels on the
    shorter side, Kindle 1000 to 10,000 on the longer, Kobo at most 5 MB. On paper, a picture with another shape than
    the page has bars at its sides.
    """
    file = book.manuscript.folder / book.metadata.cover
    if book.metadata.cover and os.path.isfile(file):
        for fault in _faults(file):
            yield warning("C104", f'the cover "{book.metadata.cover}" {fault}', Place("book.toml"), REMEDY)


def _faults(file: Path) -> Iterator[str]:
    """Yield what is wrong with a picture; nothing for one that cannot be read, which is an error with its own code."""
    try:
        with open_picture(file) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, Picture.DecompressionBombError):
        return
    size = f"{width} × {height} pixels"
    if min(width, height) < SHORT or max(width, height) < SMALLEST:
        yield f"is small: {size}; the shorter side should have {SHORT}"
    elif max(width, height) > LARGEST:
        yield f"is large: {size}; no side should have more than {LARGEST}"
    if not RATIOS[0] <= height / width <= RATIOS[1]:
        yield f"does not have the shape of a book: {size}"
    if file.stat().st_size > HEAVY:
        yield f"takes {file.stat().st_size / 1e6:.1f} MB, and should take no more than {HEAVY // 10**6}"
