"""Links: to the web, inside the file, and between the files of the book (`18.03-endpoints.md#fragment`)."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.model import Reference


def syntax(md: MarkdownIt) -> None:
    """Links are classified when all of them are known."""
    md.core.ruler.after("places", "links", classify_links)


def classify_links(state: StateCore) -> None:
    """Keep a Reference for each link that stays in the book; report those that cannot lead anywhere."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "link_open":
            _classify(reading, token)


def _classify(reading: Reading, token: Token) -> None:
    href = str(token.attrs.get("href", ""))
    parts = urlsplit(href)
    if parts.scheme or href.startswith("//"):
        if parts.scheme not in ("http", "https", "mailto"):
            scheme = parts.scheme or "//"
            reading.error(
                "L132", f'a link of the kind "{scheme}" has no place in a book', place_of(token), "use https:"
            )
        return
    path = unquote(parts.path)
    if path and not path.endswith((".md", ".markdown")):
        reading.error(
            "L131", f'a book has no file "{path}" to link to', place_of(token),
            "link to a chapter (`chapter.md#fragment`), or to a full https: address",
        )  # fmt: skip
        return
    folder = posixpath.dirname(place_of(token).file)
    file = posixpath.normpath(posixpath.join(folder, path)) if path else reading.source.path
    token.meta["target"] = f"{file}#{unquote(parts.fragment)}"
    reading.references.append(Reference(token.meta["target"], place_of(token), "link"))


def link_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<a href>`, to wherever the target lies in this medium."""
    token = tokens[index]
    inside = "target" in token.meta
    href = rendering.href(token.meta["target"]) if inside else str(token.attrs["href"])
    shown = {"href": href, "class": "internal" if inside else "external", "title": token.attrs.get("title")}
    return f"<a{attributes(shown)}>"


EXTENSION = Extension(
    "links",
    syntax,
    {"link_open": link_open},
    {
        "L131": """A link goes to a file that is no chapter of the book. In the finished PDF and EPUB there is no
such file, so the link would be dead. Link to a chapter of the book or to a full address on the web.""",
        "L132": """A link uses a scheme other than http, https or mailto. Such links do nothing in a reader's hands,
and reading systems refuse them.""",
    },
)
