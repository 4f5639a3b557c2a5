"""Checks of the images a book uses."""

from __future__ import annotations

import posixpath
import warnings
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from lxml import etree
from PIL import Image as Picture
from PIL import UnidentifiedImageError

from compositor.errors import error
from compositor.folder.paths import OF_GIT, is_inside, is_of_git
from compositor.model import Book, Finding, Image, Place
from compositor.pictures import open_picture

ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
LARGEST = 100_000_000
"""Pixels; more than any page can show, and enough to exhaust a reader's memory."""


def _images(book: Book) -> Iterator[Image]:
    for unit in book.units:
        yield from unit.chapter.images


def cover_image(book: Book) -> Iterator[Image]:
    """The author's own cover, if there is one."""
    if book.metadata.cover:
        yield Image(book.metadata.cover, Place("book.toml"))


def _file(book: Book, image: Image) -> Path | None:
    """The image's file, when it is a plain file inside the book's folder."""
    folder = book.manuscript.folder.resolve()
    file = (folder / image.path).resolve()
    return file if is_inside(folder, file) and file.is_file() else None


def missing_image(book: Book) -> Iterable[Finding]:
    """An image names a file that is not there, or that lies outside the book's folder.

    The path is relative to the chapter that names it, and upper and lower case count even where your file system
    does not care. A build reads no file outside the book's folder, so that the book can be built anywhere.
    """
    for image in _images(book):
        if _file(book, image) is None:
            outside = image.path.startswith(("../", "/"))
            message = f'there is no image "{image.path}"'
            if outside or (book.manuscript.folder / image.path).exists():
                message = f'the image "{image.path}" {_why_not(book, image)}'
            yield error("C101", message, image.place, _nearest(book, image.path))


def _why_not(book: Book, image: Image) -> str:
    folder = book.manuscript.folder.resolve()
    file = (folder / image.path).resolve()
    inside = file.is_relative_to(folder) and is_of_git(str(file.relative_to(folder)))
    return OF_GIT if inside else "lies outside the book's folder"


def _nearest(book: Book, path: str) -> str:
    folder = book.manuscript.folder / posixpath.dirname(path)
    inside = is_inside(book.manuscript.folder, folder) and folder.is_dir()
    names = sorted(f.name for f in folder.iterdir()) if inside else []
    near = get_close_matches(posixpath.basename(path), names, 1)
    return f'did you mean "{near[0]}"?' if near else "put the file there, or correct the path"


def unreadable_image(book: Book) -> Iterable[Finding]:
    """An image cannot be used: it is broken, empty, of a kind that readers do not have, or too large.

    A book takes SVG, PNG, JPEG, GIF, WebP and AVIF. Colours of a printing machine (CMYK) become RGB: a PDF made to
    last has one kind of colour (ISO 19005-2, 6.2.4). What counts is what is in the file, not its name. A broken image
    would be left out of the PDF in silence and be a fault in the EPUB.
    """
    for image in (*_images(book), *cover_image(book)):
        file = _file(book, image)
        fault = _fault(file) if file is not None else ""
        if fault:
            yield error(
                "C102", f'the image "{image.path}" {fault}', image.place, "export it again, as SVG, PNG or JPEG"
            )


def _fault(file: Path) -> str:
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        return f"is of a kind ({ending or 'no ending'}) that readers do not have"
    return _svg_fault(file) if ending == ".svg" else _raster_fault(file)


def _svg_fault(file: Path) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except (etree.XMLSyntaxError, OSError) as problem:
        return f"is no well-formed SVG: {problem}"
    return "" if etree.QName(root).localname == "svg" else "is no SVG"


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
