"""Book -> the source line of a place: in a chapter, in an included file, in a file that code comes from."""

from __future__ import annotations

from compositor.errors import BookError
from compositor.folder.text import reader
from compositor.model import Book, Place


class Lines:
    """The lines of all files of a book, each file read once."""

    def __init__(self, book: Book) -> None:
        self._read = reader(book.manuscript.folder, [])
        self._lines = {unit.chapter.source.path: unit.chapter.source.text.split("\n") for unit in book.units}

    def at(self, place: Place) -> str:
        """Return the line of a place; empty if it does not exist."""
        lines = self._of(place.file)
        return lines[place.line - 1] if place.line is not None and 0 < place.line <= len(lines) else ""

    def _of(self, file: str) -> list[str]:
        if file not in self._lines:
            try:
                self._lines[file] = self._read(file).split("\n")
            except (BookError, OSError):
                self._lines[file] = []
        return self._lines[file]
