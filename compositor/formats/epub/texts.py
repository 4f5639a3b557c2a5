"""Rendered text -> characters that XML does not allow, and why it is not XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from compositor.errors import error
from compositor.formats.epub.resources import strict_parser
from compositor.model import Book, Finding, Place

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not allow. Source: XML 1.0, section 2.2."""


def forbidden_character(character: str, place: Place) -> Finding:
    """Return a finding for a character that XML does not allow."""
    message = f"an EPUB cannot contain the character U+{ord(character):04X}"
    return error("E002", message, place, "delete it; it is invisible")


def faults_of_text(book: Book, name: str, text: str) -> Iterator[Finding]:
    """Yield why the rendered text of a unit, or of a generated page, is not XHTML, with its place."""
    source = next((unit.chapter.source for unit in book.units if unit.key == name), None)
    place = Place(source.path) if source else Place("book.toml")
    character = NO_XML.search(text)
    if character is not None:
        if source is not None and (at := source.text.find(character[0])) >= 0:
            line_start = source.text.rfind("\n", 0, at)
            place = Place(source.path, source.text.count("\n", 0, at) + 1, at - line_start)
        yield forbidden_character(character[0], place)
        return
    try:
        etree.fromstring(text.encode(), strict_parser())
    except etree.XMLSyntaxError as problem:
        line = text.split("\n")[(problem.lineno or 1) - 1].strip()[:60]
        remedy = f'check the template near "{line}"'
        yield error("E007", f"the templates did not make XHTML of this file: {problem.msg}", place, remedy)


EXPLANATIONS: dict[str, str] = {
    "E002": "A text has a character that no XML document may contain, such as a control character or half of a "
    "surrogate pair. It is invisible on a page too. Delete it; `check` shows where it is.",
    "E007": "A document is not well-formed XHTML, so reading systems would cut it off or refuse the book. "
    "The text of a book is always well-formed; look into the book's own templates.",
}
"""Code -> what it means and how to fix it."""
