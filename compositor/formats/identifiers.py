"""Book -> the identifiers of its files: from book.toml, an ISBN as a URN; else a UUID from known data."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

from compositor.model import Book

ISBN = re.compile(r"(?:urn:isbn:)?((?:97[89])?\d{9}[\dX])", re.IGNORECASE)


def epub_identifier(book: Book) -> str:
    """Return that of the EPUB; without a given one, all editions share it, as reading systems expect."""
    metadata = book.metadata
    key = "/".join(("compositor", book.slug or metadata.title, *metadata.authors, metadata.language))
    return _given(book, "epub") or f"urn:uuid:{uuid5(NAMESPACE_URL, key)}"


def pdf_identifier(book: Book) -> str:
    """Return that of the PDF; without a given one, it belongs to one build, because its pages do."""
    return _given(book, "pdf") or f"urn:uuid:{uuid5(NAMESPACE_URL, f'compositor/pdf/{book.edition.build_id}')}"


def _given(book: Book, name: str) -> str:
    given = book.metadata.identifiers.get(name, "")
    isbn = ISBN.fullmatch(given.replace("-", "").replace(" ", ""))
    return f"urn:isbn:{isbn[1].upper()}" if isbn else given
