"""A file with a picture -> Pillow, which reads it by the formats that the press supports and by no other.

Pillow goes by what is in a file and not by its name, and knows dozens of formats; for EPS it starts Ghostscript.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile

PLUGINS = {"PNG": "Png", "JPEG": "Jpeg", "GIF": "Gif", "WEBP": "WebP", "AVIF": "Avif"}
"""Format, in Pillow's names, -> how the name of the module begins that reads it; SVG is no picture in its sense."""
FORMATS = tuple(PLUGINS)
IMPORTED, EVERYTHING = "_initialized", 2
"""Where Pillow notes which of its formats it has imported, and what it says there when it has all."""


def open_picture(file: Path | BytesIO) -> ImageFile.ImageFile:
    """The picture, of which no more than the head has been read; raises UnidentifiedImageError for all other files."""
    return Image.open(file, formats=FORMATS)


def forget_other_formats() -> None:
    """Have Pillow know no other formats in this process, also where a library opens pictures with it.

    Those of the others, which take long to import, are not imported where Pillow can be told that it has all.
    """
    if isinstance(getattr(Image, IMPORTED, None), int):
        for name in FORMATS:
            import_module(f"PIL.{PLUGINS[name]}ImagePlugin")
        setattr(Image, IMPORTED, EVERYTHING)
    else:
        Image.init()
    Image.ID[:] = FORMATS
