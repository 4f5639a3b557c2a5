"""Book + Theme -> the site as one page in one file that needs no other: everything it shows is embedded.

It has no index: its search reads the page itself.
"""

from __future__ import annotations

import mimetypes
import posixpath
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from compositor.formats import NOTHING, ONE_PAGE, Output
from compositor.formats.epub.resources import Resource
from compositor.formats.web.looks import ICON, SCRIPT, SHEET, looks
from compositor.formats.web.markup import first, html_of, made, named
from compositor.formats.web.shells import START, UNIT, Shells, dress, widen_bands
from compositor.formats.web.site import shown_pictures
from compositor.formats.web.texts import trees_of
from compositor.model import Book, PageMap
from compositor.theme import Theme

KINDS = {".woff2": "font/woff2", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
TEMPLATE = "web-single"


def make(
    book: Book, theme: Theme, pages: PageMap | None = None, others: Mapping[str, bytes] = NOTHING
) -> Output:
    """Return the page, and warnings. Raises BookError if it cannot be made. Other outputs cannot be in it."""
    trees = trees_of(book, theme, ONE_PAGE, pages)
    _, _, findings = shown_pictures(book, theme, trees, (), _inside)
    shells = Shells(book, theme, ONE_PAGE, "")
    page = shells.filled(replace(shells.page(START, book.metadata.title), unit=""), TEMPLATE)
    main, notes = first(page, "main"), 0
    widen_bands(main)
    main.extend(list(first(shells.imprint(), "body")))
    for key, tree in trees.items():
        text = made("div", "\n", **{UNIT: key})
        text.extend(list(first(tree, "body")))
        notes = dress(book, text, notes)
        main.append(text)
    _dress_files(page, looks(book, theme, [html_of(page)]))
    return Output(html_of(page).encode(), findings)


def _inside(picture: Resource) -> str:
    return as_address(picture.data, picture.media_type)


def as_address(data: bytes, kind: str) -> str:
    """Return an address that contains the file itself."""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _kind(name: str) -> str:
    return KINDS.get(posixpath.splitext(name)[1]) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _dress_files(page: etree._Element, files: Mapping[str, bytes]) -> None:
    """Embed style sheet with its fonts, script and icon, where the template names them."""
    sheet = files[SHEET].decode()
    for name in sorted(files, key=len, reverse=True):
        if name not in (SHEET, SCRIPT, ICON) and not name.endswith(".txt"):
            address = posixpath.relpath(name, posixpath.dirname(SHEET))
            sheet = sheet.replace(f"url({address})", f"url({as_address(files[name], _kind(name))})")
    inside = {SHEET: as_address(sheet.encode(), KINDS[".css"])}
    inside |= {name: as_address(files[name], _kind(name)) for name in (SCRIPT, ICON)}
    for element in page.iter(named("link"), named("script")):
        for attribute in ("href", "src"):
            if element.get(attribute) in inside:
                element.set(attribute, inside[str(element.get(attribute))])
