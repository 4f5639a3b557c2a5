"""Theme -> the look of the site: one style sheet, the fonts of the book as WOFF2, the script, an icon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from compositor.formats.epub.faces import IN_EPUB, ON_WEB, with_faces
from compositor.formats.epub.resources import Resource, theme_files
from compositor.model import Book
from compositor.theme import Theme
from compositor.theme.drawn.fields import Field, band
from compositor.theme.drawn.hues import as_hex
from compositor.theme.layers import our_file

SHEET, SCRIPT, ICON = ON_WEB.sheet, "styles/web.js", "icon.svg"
SQUARES = Field(6, 6)
"""Size of the icon."""


def looks(book: Book, theme: Theme, texts: Iterable[str]) -> Mapping[str, bytes]:
    """Return all of it, by file name; `texts`: the pages, whose letters the fonts must have."""
    shared, more = theme_files(theme, "epub.css"), theme_files(theme, "web.css")
    parts = {one.name: one for one in (*shared, *more)}
    sheet = "\n".join(parts.pop(name).data.decode() for name in (IN_EPUB.sheet, SHEET))
    whole = (Resource(SHEET, "text/css", sheet.encode()), *parts.values())
    made = {one.name: one.data for one in with_faces(theme, book.manuscript.style, whole, texts, ON_WEB)}
    return {**made, SCRIPT: our_file(SCRIPT), ICON: icon(book, theme)}


def icon(book: Book, theme: Theme) -> bytes:
    """Return a small field of squares in the colour of the cover, from the title, as SVG."""
    ground = as_hex(theme.value("accent", book.manuscript.style, ""))
    drawn = str(band(book.metadata.title, replace(SQUARES), ground))
    opening, ending = drawn[: drawn.index(">") + 1], drawn[drawn.index(">") + 1 :]
    opening = opening.replace('viewBox="-1 0 8 6"', 'viewBox="0 0 6 6"')
    return f'{opening}<path fill="{ground}" d="M0 0h6v6h-6z"/>{ending}\n'.encode()
