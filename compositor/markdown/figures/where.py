"""The address of a picture in a text -> its file in the book's folder: relative to the text, else to the web page.

An address in HTML is for the browser, which starts from the page: many tools turn `guide/one.md` into `guide/one/`.
Files at the top of a site may have a folder of their own in the source.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from compositor.markdown.reading import Reading
from compositor.model import Place

AT_THE_TOP = ("", "static", "public", "docs", "source", "assets", "website/static")
"""Folders whose files tools put at the top of a site."""


def picture_path(reading: Reading, place: Place, path: str) -> str:
    """Return the path from the book's folder; in a text of another tool, the first place where the file exists."""
    if path.startswith("/") and not reading.of_guest:
        return posixpath.normpath(path)
    written = reading.path_from(place, path)
    if not reading.of_guest or reading.context.has(written):
        return written
    return next(filter(reading.context.has, _elsewhere(reading, place, path)), written)


def _elsewhere(reading: Reading, place: Place, path: str) -> Iterator[str]:
    page, inside = posixpath.splitext(reading.source.path)[0], path.lstrip("/")
    if inside == path:
        yield posixpath.normpath(posixpath.join(page, path))
        yield posixpath.normpath(posixpath.join(posixpath.dirname(place.file), path))
        yield posixpath.normpath(posixpath.join(reading.context.sources, path))
    yield from (posixpath.normpath(posixpath.join(above, inside)) for above in AT_THE_TOP)
