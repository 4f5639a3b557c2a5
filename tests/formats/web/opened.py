"""Sites made in memory and unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from compositor.formats import NOTHING, WEB, Format
from compositor.model import Book, PageMap
from compositor.theme import load_theme

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Opened:
    """The bytes of a site, its files, and its pages as trees."""

    data: bytes
    files: dict[str, bytes]
    pages: dict[str, etree._Element]

    def main(self, page: str) -> etree._Element:
        """Return the text of a page."""
        return next(self.pages[page].iter(f"{XHTML}main"))


def opened(
    book: Book, pages: PageMap | None = None, others: Mapping[str, bytes] = NOTHING, shape: Format = WEB
) -> Opened:
    """Return the site of a book."""
    data = shape.make(book, load_theme(book.manuscript.folder), pages, others).data
    if not data.startswith(b"PK"):
        return Opened(data, {"one.html": data}, {"one.html": etree.fromstring(data)})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return Opened(data, files, {name: etree.fromstring(files[name]) for name in files if name.endswith(".html")})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()
