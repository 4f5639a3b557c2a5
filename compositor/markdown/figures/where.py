"""What a text calls a picture by -> its file in the folder of the book: as the text says, else as the page has it.

An address in HTML is for the browser, which starts from the page: many tools make `guide/one.md` the page `guide/one/`.
What stands at the top of a site may lie in a folder of its own.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from compositor.markdown.reading import Reading
from compositor.model import Place

AT_THE_TOP = ("", "static", "public", "docs", "source", "assets", "website/static")
"""Folders whose files tools put at the top of a site."""


def picture_path(reading: Reading, place: Place, path: str) -> str:
    """The path from the book's folder; for a text of another tool the first place that has such a file, if any has."""
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
