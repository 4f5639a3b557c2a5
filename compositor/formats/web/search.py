"""Pages -> the index for the search of the site: the address, title and words of each section.

It is a script and not data, so that it can be loaded from a folder without a server too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from lxml import etree

from compositor.formats.epub.letters import MATHML
from compositor.formats.epub.resources import SVG
from compositor.formats.web.headings import HEADINGS, LINK
from compositor.formats.web.markup import named

NAME = "search.js"
SKIPPED = (f"{{{MATHML}}}math", f"{{{SVG}}}svg")
CALLS = ("doc-noteref", "doc-backlink")
PARTS = ("p", "div", "li", "dt", "dd", "td", "th", "tr", "caption", "figcaption", "pre", "br", "blockquote")
BLOCKS = frozenset((*map(named, PARTS), *HEADINGS))
"""Elements whose words are separate from those of the next."""
Section = tuple[str, str, str]
"""Anchor, title, words."""


def search_index(texts: Mapping[str, tuple[str, etree._Element]]) -> bytes:
    """Return file of each page -> its title and its text, as one line for each section."""
    lines = [
        json.dumps([file, *section, title], ensure_ascii=False, separators=(",", ":"))
        for file, (title, text) in texts.items()
        for section in sections(text)
    ]
    whole = ",\n".join(lines).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.compositorIndex=[\n{whole}\n];\n".encode()


def sections(text: etree._Element) -> Iterator[Section]:
    """Yield what is under each heading of a text."""
    anchor = title = ""
    words: list[str] = []
    for heading, piece in _pieces(text):
        if heading is None:
            words.append(piece)
            continue
        if anchor or "".join(words).strip():
            yield anchor, title, _plain(words)
        anchor, title, words = str(heading.get("id", "")), _plain(_texts(heading)), []
    if anchor or "".join(words).strip():
        yield anchor, title, _plain(words)


def _plain(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _texts(element: etree._Element) -> list[str]:
    return [str(piece) for piece in element.itertext()]


def _pieces(text: etree._Element) -> Iterator[tuple[etree._Element | None, str]]:
    """Yield texts in order, and headings, with a stack of its own, since documents may be deep."""
    stack: list[tuple[etree._Element, bool]] = [(text, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            yield None, (" " if element.tag in BLOCKS else "") + (element.tail or "")
            continue
        if element is not text:
            stack.append((element, True))
        if element.tag in HEADINGS:
            yield element, ""
        elif element.tag not in SKIPPED and element.get("role") not in CALLS and element.get("class") != LINK:
            yield None, element.text or ""
            stack.extend((child, False) for child in reversed(element))
