"""A path in a book's folder -> the picture there, or what is wrong with it, for any output."""

from __future__ import annotations

import os
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image as Picture
from PIL import UnidentifiedImageError

from compositor.folder.paths import is_inside
from compositor.machine.steps import step
from compositor.pictures import open_picture
from compositor.pictures.svg import drawing

ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
LARGEST = 100_000_000
"""Pixels: more than any page can show, and enough to exhaust a reader's memory."""
LARGEST_FILE = 50_000_000
"""Bytes; a larger picture is a mistake, and no shop would take the book."""
DRAWING = ".svg"


def picture_file(folder: Path, path: str) -> Path | None:
    """Return the picture's file, if it is a plain file inside the book's folder."""
    try:
        file = Path(os.path.realpath(folder / path))
        return file if is_inside(folder.resolve(), file) and file.is_file() else None
    except (ValueError, OSError):
        return None


def picture_fault(file: Path) -> str:
    """Return what is wrong with a picture, as the end of a sentence; empty if nothing is."""
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        return f"is of a kind ({ending or 'no ending'}) that readers do not have"
    state = file.stat()
    if state.st_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE // 10**6} MB"
    return _fault_inside(file, (state.st_ino, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=4096)
def _fault_inside(file: Path, state: tuple[int, int, int]) -> str:
    """Return what is wrong with the file in this state: each picture is read once, however often it is asked for."""
    with step("reading it", file.as_posix()):
        return _drawing_fault(file) if file.suffix.lower() == DRAWING else _raster_fault(file)


def _drawing_fault(file: Path) -> str:
    try:
        return drawing(file.read_bytes()).fault
    except OSError as problem:
        return f"cannot be read: {problem.strerror}"


def _raster_fault(file: Path) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)  # the finding reports it
            with open_picture(file) as picture:
                width, height = picture.size
                if width * height > LARGEST:
                    return f"is too large: {width} × {height} pixels"
                picture.verify()
    except UnidentifiedImageError:
        return "is broken: it does not contain a PNG, JPEG, GIF, WebP or AVIF picture"
    except (OSError, SyntaxError, ValueError, Picture.DecompressionBombError) as problem:
        return f"is broken: {str(problem).splitlines()[0][:80]}"
    return ""
