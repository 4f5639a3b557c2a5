"""Book -> the metadata of its EPUB: title, authors, dates, rights, and claims about its accessibility."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from ebooklib import epub

from compositor.formats.identifiers import epub_identifier
from compositor.language import Language
from compositor.model import Book


def add_metadata(ebook: epub.EpubBook, book: Book, words: Language, claims: Iterable[tuple[str, str]]) -> None:
    """Add the title and similar data with EbookLib's functions, the rest as Dublin Core and `meta` elements.

    `claims`: claims about its accessibility, property and value.
    """
    metadata, claims = book.metadata, tuple(claims)
    ebook.set_identifier(epub_identifier(book))
    ebook.set_title(metadata.title)
    ebook.set_language(words.tag)
    if words.direction == "rtl":
        ebook.set_direction("rtl")
    for number, author in enumerate(metadata.authors, 1):
        ebook.add_author(author, role="aut", uid=f"author-{number}")
    for number, name in enumerate(metadata.file_as[: len(metadata.authors)], 1):
        ebook.add_metadata(None, "meta", name, {"refines": f"#author-{number}", "property": "file-as"})
    committed = book.edition.date.astimezone(UTC).date().isoformat() if book.edition.dated else ""
    dublin_core = [("date", metadata.date or committed)]
    dublin_core += [("publisher", metadata.publisher), ("description", metadata.description)]
    dublin_core += [("rights", metadata.rights)]
    dublin_core += [("source", value) for name, value in claims if name == "pageBreakSource"]
    dublin_core += [("subject", keyword) for keyword in metadata.keywords]
    for name, value in dublin_core:
        if value:
            ebook.add_metadata("DC", name, value)
    if metadata.subtitle:
        ebook.add_metadata("DC", "title", metadata.subtitle, {"id": "subtitle"})
        refined = {"refines": "#subtitle", "property": "title-type"}
        ebook.add_metadata(None, "meta", "subtitle", refined)
    if metadata.series:
        collection = {"property": "belongs-to-collection", "id": "series"}
        ebook.add_metadata(None, "meta", metadata.series, collection)
        ebook.add_metadata(None, "meta", "series", {"refines": "#series", "property": "collection-type"})
    if metadata.series and metadata.series_index is not None:
        place = {"refines": "#series", "property": "group-position"}
        ebook.add_metadata(None, "meta", f"{metadata.series_index:g}", place)
    for name, value in claims:
        ebook.add_metadata(None, "meta", value, {"property": name})
    for name, content in (("cover", "cover-image"), ("compositor-build", book.edition.build_id)):
        ebook.add_metadata(None, "meta", "", {"name": name, "content": content})
