"""A picture file -> Pillow, which reads it only in the formats that Compositor supports.

Pillow goes by the content of a file and not by its name, and knows dozens of formats; for EPS it starts Ghostscript.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile

PLUGINS = {"PNG": "Png", "JPEG": "Jpeg", "GIF": "Gif", "WEBP": "WebP", "AVIF": "Avif"}
"""Format, in Pillow's names -> the beginning of the name of the module that reads it; Pillow has no SVG."""
FORMATS = tuple(PLUGINS)
IMPORTED, EVERYTHING = "_initialized", 2
"""Where Pillow records which of its formats it has imported, and the value for all of them."""


def open_picture(file: Path | BytesIO) -> ImageFile.ImageFile:
    """Return the picture, with only its header read. Raises UnidentifiedImageError for all other files."""
    return Image.open(file, formats=FORMATS)


def forget_other_formats() -> None:
    """Make Pillow know no other formats in this process, even if a library opens pictures with it.

    The other formats, which are slow to import, are not imported if Pillow can be told that it has all.
    """
    if isinstance(getattr(Image, IMPORTED, None), int):
        for name in FORMATS:
            import_module(f"PIL.{PLUGINS[name]}ImagePlugin")
        setattr(Image, IMPORTED, EVERYTHING)
    else:
        Image.init()
    Image.ID[:] = FORMATS
