"""A path in a book's folder -> the picture there, or what is wrong with it, whatever is to be made of it."""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path

from lxml import etree
from PIL import Image as Picture
from PIL import UnidentifiedImageError

from compositor.folder.paths import is_inside
from compositor.pictures import open_picture

ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
LARGEST = 100_000_000
"""Pixels; more than any page can show, and enough to exhaust a reader's memory."""
LARGEST_FILE = 50_000_000
"""Bytes; a picture beyond that is a mistake, and no shop would take the book."""
XLINK = "http://www.w3.org/1999/xlink"


def picture_file(folder: Path, path: str) -> Path | None:
    """The picture's file, when it is a plain file inside the book's folder."""
    try:
        file = (folder.resolve() / path).resolve()
        return file if is_inside(folder.resolve(), file) and file.is_file() else None
    except (ValueError, OSError):
        return None


def picture_fault(file: Path) -> str:
    """What is wrong with a picture, as the end of a sentence; empty where nothing is."""
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        return f"is of a kind ({ending or 'no ending'}) that readers do not have"
    state = file.stat()
    if state.st_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE // 10**6} MB"
    return _fault_inside(file, (state.st_ino, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=4096)
def _fault_inside(file: Path, state: tuple[int, int, int]) -> str:
    """What is wrong with the file in this state: a picture is read through once, however often it is asked for."""
    return _svg_fault(file) if file.suffix.lower() == ".svg" else _raster_fault(file)


def _svg_fault(file: Path) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except (etree.XMLSyntaxError, OSError) as problem:
        return f"is no well-formed SVG: {problem}"
    return _drawing_fault(root) if etree.QName(root).localname == "svg" else "is no SVG"


def _drawing_fault(root: etree._Element) -> str:
    """A drawing may not run programs, fetch anything, or define entities, which can grow without end."""
    if "<!ENTITY" in etree.tostring(root.getroottree(), encoding="unicode"):
        return "defines entities; save it without a DOCTYPE"
    faults = ((element, forbidden_in_drawing(element)) for element in root.iter("{*}*"))
    return next((f"{fault} in its line {element.sourceline}" for element, fault in faults if fault), "")


def forbidden_in_drawing(element: etree._Element) -> str:
    """What an element of a drawing does that no book may do, as the end of a sentence."""
    kind = etree.QName(element).localname
    names = [etree.QName(name).localname for name in map(str, element.attrib)]
    if kind == "script" or any(name.startswith("on") for name in names):
        return "runs a program"
    addresses = (element.get(name, "#") for name in ("href", f"{{{XLINK}}}href"))
    outside = any(not address.startswith(("#", "data:image/")) for address in addresses)
    return "uses a file outside itself" if outside and kind != "a" else ""


def _raster_fault(file: Path) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)  # the finding says it
            with open_picture(file) as picture:
                width, height = picture.size
                if width * height > LARGEST:
                    return f"is too large: {width} × {height} pixels"
                picture.verify()
    except UnidentifiedImageError:
        return "is broken: what is in it is no PNG, JPEG, GIF, WebP or AVIF"
    except (OSError, SyntaxError, ValueError, Picture.DecompressionBombError) as problem:
        return f"is broken: {str(problem).splitlines()[0][:80]}"
    return ""
