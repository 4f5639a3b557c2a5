"""A file with a picture -> Pillow, which reads it by the formats that the press supports and by no other.

Pillow goes by what is in a file and not by its name, and knows dozens of formats; for EPS it starts Ghostscript.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
"""In Pillow's names; SVG is no picture in its sense."""


def open_picture(file: Path | BytesIO) -> ImageFile.ImageFile:
    """The picture, of which no more than the head has been read; raises UnidentifiedImageError for all other files."""
    return Image.open(file, formats=FORMATS)


def forget_other_formats() -> None:
    """Have Pillow know no other formats in this process, also where a library opens pictures with it."""
    Image.init()
    Image.ID[:] = FORMATS
