"""Documents and style sheets -> the files they use: pictures from the book's folder, fonts from the theme."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote

from lxml import etree
from PIL import Image, UnidentifiedImageError

from compositor.errors import BookError, stop, warning
from compositor.folder.paths import is_inside
from compositor.machine.steps import step
from compositor.model import Book, Finding, Place
from compositor.pictures import open_picture
from compositor.pictures.preparing import for_screens
from compositor.pictures.svg import drawing
from compositor.pictures.svg.values import XLINK
from compositor.theme import Theme

XHTML, SVG = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"
SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"GIF8", "image/gif", (".gif",)),
)
"""First bytes of the picture formats of every reading system. Source: EPUB 3.3, section 3.2 (core media types)."""
FONTS = {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2"}
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
MOST_PIXELS = 5_600_000
"""Most pixels of a picture inside a book. Source: Apple Books Asset Guide, "Interior images"."""
OPENINGS = (b"<svg", "<svg".encode("utf-16-le"), b":svg")
"""Found in every drawing; the text may be UTF-16, or have a prefix."""
LARGEST = 50_000_000
"""Bytes; a larger picture is a mistake, and no shop would take the book."""
ADDRESS = re.compile(r"""(?:@import\s+url\(|url\(|@import)\s*["']?([^"')\s;]+)""")
UNSAFE = re.compile(r"[^A-Za-z0-9._/-]+")
"""All other characters: epub.js 0.3.93 loses a picture whose address has to be percent-encoded."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the package other than a document."""

    name: str
    """Its path in the package; safe in an archive."""
    media_type: str
    data: bytes

    @property
    def href(self) -> str:
        """Its address, from the top of the package."""
        return quote(self.name, safe="/-._~")


def pictures(
    book: Book, used: Iterable[str], taken: Iterable[str]
) -> tuple[Mapping[str, Resource], tuple[Finding, ...]]:
    """Return paths in the book's folder -> the pictures there, each under a free name."""
    found: dict[str, Resource] = {}
    findings: list[Finding] = []
    names = set(taken)
    for path in sorted(set(used)):
        try:
            resource = _picture(book.manuscript.folder, path, _first_use(book, path))
        except BookError as problem:
            findings += problem.findings
            continue
        found[path] = replace(resource, name=_free_name(resource.name, names))
    return found, tuple(findings)


def _picture(folder: Path, path: str, place: Place) -> Resource:
    file = Path(os.path.realpath(folder / path))
    if not is_inside(folder, file) or not file.is_file():
        remedy = "put it there, or correct the name"
        stop("E003", f'there is no picture "{path}" in the book\'s folder', place, remedy)
    if file.stat().st_size > LARGEST:
        stop("E004", f'the picture "{path}" is larger than {LARGEST // 10**6} MB', place, "make it smaller")
    data = file.read_bytes()
    media_type, endings = _kind(data)
    if not media_type:
        remedy = "save it as SVG, PNG or JPEG"
        stop("E004", f'"{path}" is not a picture that every reading system shows', place, remedy)
    with step("preparing it", path):
        if media_type == PICTURES[".svg"]:
            data = _drawing(data, path, place)
        else:
            data, media_type, endings = _for_screens(data, path, place)
    stem, ending = posixpath.splitext(posixpath.normpath(path))
    return Resource(stem + (ending if ending.lower() in endings else endings[0]), media_type, data)


def _for_screens(data: bytes, path: str, place: Place) -> tuple[bytes, str, tuple[str, ...]]:
    """Return the picture for every reading system, upright and without data about camera and place."""
    try:
        made = for_screens(data).data
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        stop("E004", f'the picture "{path}" is broken', place, "save it again, as SVG, PNG or JPEG")
    return made, *_kind(made)


def _kind(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return media type and usual endings, by the content of the file and not by its name."""
    for signature, media_type, endings in SIGNATURES:
        if data.startswith(signature):
            return media_type, endings
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp", (".webp",)
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif", (".avif",)
    return (PICTURES[".svg"], (".svg",)) if any(opening in data for opening in OPENINGS) else ("", ())


def _drawing(data: bytes, path: str, place: Place) -> bytes:
    """Return the drawing as a book may contain it."""
    found = drawing(data)
    if found.fault:
        stop("E005", f'the drawing "{path}" {found.fault}', place, "save it again as plain SVG")
    return found.data


def strict_parser() -> etree.XMLParser:
    """Return a parser that fetches and expands nothing, and takes documents of any depth and length."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def large_pictures(book: Book, found: Mapping[str, Resource]) -> Iterator[Finding]:
    """Yield pictures with more pixels than Apple Books accepts."""
    for path, resource in found.items():
        if resource.media_type == PICTURES[".svg"]:
            continue
        try:
            with open_picture(BytesIO(resource.data)) as picture:
                width, height = picture.size
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            continue  # C102 reports it
        if width * height > MOST_PIXELS:
            message = f'the picture "{path}" has {width} × {height} pixels, more than Apple Books takes'
            yield warning("E012", message, _first_use(book, path), "make it smaller than 5.6 million pixels")


def _free_name(path: str, taken: set[str]) -> str:
    """Return the path in plain letters, without accents; unique also if case does not count."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", path))
    stem, ending = posixpath.splitext(UNSAFE.sub("-", plain))
    name, number = stem + ending, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{ending}"
    taken.add(name.casefold())
    return name


def _first_use(book: Book, path: str) -> Place:
    uses = (image.place for unit in book.units for image in unit.chapter.images if image.path == path)
    return next(uses, Place("book.toml" if path == book.metadata.cover else path))


def picture_addresses(document: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield the pictures that a document shows: element, attribute with its name, and path in the book's folder."""
    for element in document.iter(f"{{{XHTML}}}img", f"{{{SVG}}}image"):
        for attribute in ("src", "href", f"{{{XLINK}}}href"):
            address = element.get(attribute, "data:")
            if not address.startswith("data:"):
                yield element, attribute, unquote(address)


def theme_files(theme: Theme, stylesheet: str) -> tuple[Resource, ...]:
    """Return a style sheet of the theme, the files it names, and the licences of the fonts among them."""
    found: dict[str, Resource] = {}
    waiting = [f"styles/{stylesheet}"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _theme_file(theme, name)
            waiting += _named_in(found[name])
    for name in [name for name, resource in found.items() if resource.media_type.startswith("font/")]:
        found |= {licence.name: licence for licence in licences(theme, name)}
    return tuple(found[name] for name in sorted(found))


def _theme_file(theme: Theme, name: str) -> Resource:
    ending = posixpath.splitext(name)[1].lower()
    if ending == ".css":
        return Resource(name, "text/css", theme.stylesheet(name.removeprefix("styles/")).encode())
    return Resource(name, (FONTS | PICTURES)[ending], theme.read(name))


def _named_in(resource: Resource) -> Iterator[str]:
    if resource.media_type != "text/css":
        return
    text = re.sub(r"/\*.*?\*/|@namespace[^;]*;", "", resource.data.decode(), flags=re.DOTALL)
    for match in ADDRESS.finditer(text):
        address = unquote(re.split("[?#]", match[1])[0])
        if address and not address.startswith("data:"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(resource.name), address))


def licences(theme: Theme, font: str) -> Iterator[Resource]:
    """Yield the licences: `OFL-Iosevka.txt` belongs to every font in its folder whose name begins with `Iosevka`."""
    folder, file = posixpath.split(font)
    for name in sorted({name.partition("/")[2] for name in theme.files()}):
        family = posixpath.basename(name).removeprefix("OFL-").removesuffix(".txt")
        if name == f"{folder}/OFL-{family}.txt" and file.startswith(family):
            yield Resource(name, "text/plain", theme.read(name))
