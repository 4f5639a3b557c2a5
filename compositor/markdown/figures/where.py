"""The address of a picture in a text -> its file in the book's folder: relative to the text, else to the web page.

An address in HTML is for the browser, which starts from the page: many tools turn `guide/one.md` into `guide/one/`.
Files at the top of a site may have a folder of their own in the source. Obsidian finds a picture by its name in any
folder, and DocC by its name without the ending.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from compositor.folder.paths import KINDS
from compositor.markdown.reading import Reading
from compositor.model import Place

AT_THE_TOP = ("", "static", "public", "docs", "source", "assets", "website/static")
"""Folders whose files tools put at the top of a site."""
ENDINGS = KINDS["picture"]
SCALES = ("", "@2x", "@3x")
"""What DocC has before the ending of a picture for screens with finer dots."""


def picture_path(reading: Reading, place: Place, path: str) -> str:
    """Return the path from the book's folder; in a text of another tool, the first place where the file exists."""
    if path.startswith("/") and not reading.of_guest:
        return posixpath.normpath(path)
    written = reading.path_from(place, path)
    if not reading.of_guest or reading.context.has(written):
        return written
    return next(filter(reading.context.has, _elsewhere(reading, place, path)), "") or _named(reading, path) or written


def _named(reading: Reading, path: str) -> str:
    """Return the picture that ends with this path, where pictures are found by their names; empty if there is none."""
    name = posixpath.normpath(path).casefold()
    if reading.context.called is None or name.startswith((".", "/")):
        return ""
    whole = name.endswith(ENDINGS)
    names = [name] if whole else [f"{name}{scale}{ending}" for scale in SCALES for ending in ENDINGS]
    return next(filter(None, map(reading.context.called, names)), "")


def _elsewhere(reading: Reading, place: Place, path: str) -> Iterator[str]:
    page, inside = posixpath.splitext(reading.source.path)[0], path.lstrip("/")
    if inside == path:
        yield posixpath.normpath(posixpath.join(page, path))
        yield posixpath.normpath(posixpath.join(posixpath.dirname(place.file), path))
        yield posixpath.normpath(posixpath.join(reading.context.sources, path))
    yield from (posixpath.normpath(posixpath.join(above, inside)) for above in AT_THE_TOP)
