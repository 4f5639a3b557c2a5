"""Links: to the web, inside the file, and between the files of the book (`18.03-endpoints.md#fragment`)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import SplitResult, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.figures.figures import alternative
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.model import Place, Reference

LINKING = ("link_open", "reference", "reference_group", "citation")
"""What would be a link of its own."""
_NO_SLASHES = re.compile(r"\A(https?):(?:/(?!/)|(?!/))(?=[^/\s])", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto", "tel")
"""Schemes of addresses that a reader's device can open."""


def syntax(md: MarkdownIt) -> None:
    """Links are classified when all of them are known; their words may contain our constructs in brackets."""
    helpers = {"parseLinkDestination": parseLinkDestination, "parseLinkTitle": parseLinkTitle}
    cast(Any, md).helpers = SimpleNamespace(**helpers, parseLinkLabel=link_label)
    md.core.ruler.after("places", "links", classify_links)
    md.core.ruler.after("links", "nested_links", unnest_all)


def link_label(state: StateInline, start: int, disableNested: bool = False) -> int:
    """Return the end of the words of a link, or -1, like markdown-it's function with this name, with one difference.

    CommonMark allows no link within a link, and markdown-it takes everything in brackets for one: notes, spans,
    citations and references in brackets would leave `](address)` in the text.
    """
    before, level, end = state.pos, 1, -1
    state.pos = start + 1
    while state.pos < state.posMax:
        marker, here = state.src[state.pos], state.pos
        level -= marker == "]"
        if level == 0:
            end = state.pos
            break
        state.md.inline.skipToken(state)
        if marker == "[" and state.pos == here + 1:
            level += 1
        elif marker == "[" and disableNested and _is_link(state, here):
            break
    state.pos = before
    return end


def _is_link(state: StateInline, start: int) -> bool:
    """Return whether what was skipped is a link, and no other construct in brackets."""
    end, state.pos = state.pos, start
    state.level += 1
    matched = state.level < state.md.options.maxNesting and link(state, True) and state.pos == end
    state.level -= 1
    state.pos = end
    return matched


def classify_links(state: StateCore) -> None:
    """Keep a Reference for each link within the book; a link that cannot lead anywhere is replaced by its words."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.children and any(child.type == "link_open" for child in token.children):
            token.children = list(_classified(reading, token.children))


def _classified(reading: Reading, line: Sequence[Token]) -> Iterator[Token]:
    """Yield a line without links that a book cannot have, and with words for those that have none."""
    leads = [True]
    told = _said_again(line) if reading.of_guest else frozenset[int]()
    for number, (token, after) in enumerate(zip_longest(line, line[1:])):
        if number in told:
            continue
        if token.type == "link_open":
            leads.append(_classify(reading, token))
        if leads[-1] or token.type not in ("link_open", "link_close"):
            yield token
        if token.type == "link_open" and after is not None and after.type == "link_close":
            yield _words_for(reading, token)
        if token.type == "link_close":
            leads.pop()


def _said_again(line: Sequence[Token]) -> frozenset[int]:
    """Return where links without words follow one to the same address: no web page shows anything of them."""
    found: set[int] = set()
    last = ""
    for number, token in enumerate(line):
        if token.type == "link_open":
            href, before = str(token.attrs.get("href", "")), line[number - 1].type if number else ""
            is_empty = number + 1 < len(line) and line[number + 1].type == "link_close"
            if is_empty and href == last and before == "link_close":
                found |= {number, number + 1}
            last = href
    return frozenset(found)


def _words_for(reading: Reading, token: Token) -> Token:
    """Return what is printed for a link without words: its address; in a book of another tool, the title of a target
    within the book, as in MyST and Sphinx.
    """
    href = str(token.attrs.get("href", ""))
    inside = reading.of_guest and "target" in token.meta
    if not inside:
        remedy = "write the words between the brackets"
        message = f'this link has no words; "{href}" is printed'
        reading.warning("L136", message, token.meta.get("place", Place(reading.source.path)), remedy)
    meta = {"number_of" if token.meta.get("by_number") else "title_of": token.meta["target"]} if inside else {}
    return Token("text", "", 0, content=href.removeprefix("#") if inside else href, level=token.level + 1, meta=meta)


def _chapter(path: str) -> str:
    """Return the chapter to link to: a page of the web was probably made from a chapter."""
    stem, ending = posixpath.splitext(path)
    return f'the chapter itself, "{stem}.md"' if ending in (".html", ".htm") else "a chapter (`chapter.md#fragment`)"


def _classify(reading: Reading, token: Token) -> bool:
    """Return whether a link can lead somewhere; one without slashes, or with a second `#`, is read as browsers do."""
    page, mark, place_in_it = _NO_SLASHES.sub(r"\1://", str(token.attrs.get("href", ""))).partition("#")
    href = token.attrs["href"] = page + mark + place_in_it.replace("#", "%23")
    place = token.meta.get("place", Place(reading.source.path))
    parts = _parts(href)
    if parts is None:
        message = f'"{href}" is not an address; the words are printed without a link'
        reading.warning("L132", message, place, "correct it")
        return False
    if reading.of_guest:
        return _classify_of_guest(reading, token, parts, place)
    if parts.scheme or href.startswith("//"):
        known = parts.scheme in SCHEMES
        if not known:
            kind = f'"{parts.scheme or "//"}"'
            message = f"a link of the kind {kind} does not work in a book; its words are printed without a link"
            reading.warning("L132", message, place, "use https:")
        return known
    path = unquote(parts.path)
    if path and not path.endswith((".md", ".markdown")):
        message = f'the book has no file "{path}" to link to; the words are printed without a link'
        remedy = f"link to {_chapter(path)}, or to a full https: address"
        reading.warning("L131", message, place, remedy)
        return False
    file = reading.path_from(place, path) if path else reading.source.path
    token.meta["target"] = f"{file}#{unquote(parts.fragment)}"
    reading.references.append(Reference(token.meta["target"], place, "link"))
    return True


def _parts(href: str) -> SplitResult | None:
    """Return the parts of an address; None for none: one of the web names a host, and a port only as a number."""
    try:
        parts = urlsplit(href)
        is_sound = parts.scheme not in ("http", "https") or (parts.hostname and (parts.port is None or parts.port >= 0))
    except ValueError:
        return None
    return parts if is_sound else None


def _classify_of_guest(reading: Reading, token: Token, parts: SplitResult, place: Place) -> bool:
    """Treat a link to anything but the web as one to a file of the book, or to nothing; the dialect decides which."""
    href = str(token.attrs["href"])
    if parts.scheme in SCHEMES or href.startswith("//"):
        return not href.startswith("//")
    path = unquote(parts.path)
    if parts.scheme or not (path or parts.fragment):
        token.meta["target"] = f"{unquote(href)}#"
    else:
        file = reading.path_from(place, path) if path else reading.source.path
        token.meta["target"] = f"{file}#{unquote(parts.fragment)}"
    reading.references.append(Reference(token.meta["target"], place, "link"))
    return True


def unnest_all(state: StateCore) -> None:
    """Remove links within links, which no format allows: the outer one stays, and notes are called after it."""
    reading = reading_of(state)
    for block in list(walk(state.tokens)):
        if block.children and any(token.type == "link_open" for token in block.children):
            block.children = list(_unnested(reading, block.children))


def _unnested(reading: Reading, line: Sequence[Token]) -> Iterator[Token]:
    depth, calls = 0, list[Token]()
    for token in line:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        inner = depth - (token.type == "link_open") > 0
        if inner and token.type == "footnote_ref":
            calls.append(token)
            continue
        if inner and token.type in LINKING:
            _report(reading, token)
            token.meta["linked"] = False
        if not inner or token.type not in ("link_open", "link_close"):
            yield token
        if token.type == "link_close" and not depth:
            yield from calls
            calls = []


def _report(reading: Reading, token: Token) -> None:
    written = token.attrs["href"] if token.type == "link_open" else token.markup
    message = f'"{written}" is inside the words of a link, and is not a link itself'
    remedy = "end the link before it, or remove it"
    reading.warning("L133", message, place_of(token), remedy)


def link_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<a href>`, to wherever the target is in this medium."""
    token = tokens[index]
    inside = "target" in token.meta
    href = rendering.href(token.meta["target"]) if inside else str(token.attrs["href"])
    shown = {"href": href, "class": "internal" if inside else "external", "title": token.attrs.get("title")}
    if not rendering.medium.paged and not shown["title"]:
        shown["aria-label"] = _formulas(tokens, index) or (href if not inside and _is_unnamed(tokens, index) else None)
    return f"<a{attributes(shown)}>"


def _within(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    """Yield the tokens of a link, without its end."""
    depth = 0
    for token in tokens[index:]:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if not depth:
            return
        yield token


def _formulas(tokens: Sequence[Token], index: int) -> str:
    """Return a name for a link with only formulas: screen readers do not use MathML as the name of a link."""
    shown = [token for token in _within(tokens, index) if token.content.strip() or token.type == "image"]
    return " ".join(token.content for token in shown if all(one.type == "math_inline" for one in shown))


def _is_unnamed(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a link has only pictures without a description: only its address can be read aloud."""
    pictures = 0
    for token in _within(tokens, index):
        pictures += token.type == "image"
        if token.type == "image" and (token.meta.get("alternative") or alternative(token)):
            return False
        if token.type != "image" and token.content.strip():
            return False
    return pictures > 0


EXTENSION = Extension(
    "links",
    syntax,
    {"link_open": link_open},
    {
        "L131": """A link goes to a file that is not a chapter of the book. The finished PDF and EPUB have no such
file, so the words are printed without the link. Link to a chapter of the book or to a full address on the web.""",
        "L132": """A link uses a scheme other than http, https, mailto or tel. Such links do nothing for a reader, and
reading systems refuse them, so the words are printed without a link.""",
        "L133": """A reference, a citation or an address is inside the words of a link. Neither a PDF nor an EPUB can
have a link within a link, so it is printed as plain words. A note may be called there.""",
        "L136": """A link has no words between its brackets, so there is nothing to see and nothing to click. Its
address is printed.""",
    },
)
