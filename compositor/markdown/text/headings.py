"""Headings: `## Title {#sec-id .unnumbered}`; ids that stay the same between editions, and an outline without gaps."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import (
    EXPLANATIONS,
    TRAILING,
    Attributes,
    AttributeSyntaxError,
    instead,
    meant,
    parse_attributes,
    shown,
)
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.markdown.slugs import github_slugs, guest_slugs, slugify
from compositor.markdown.text.heading_levels import put_in_order
from compositor.model import Anchor


def syntax(md: MarkdownIt) -> None:
    """Attributes are removed before the text of the heading is parsed; the anchor is made afterwards."""
    md.core.ruler.before("inline", "heading_attributes", take_attributes)
    md.core.ruler.after("inline", "heading_anchors", add_anchors)


def take_attributes(state: StateCore) -> None:
    """Move `{#id .class}` at the end of a heading from the text to the token."""
    for token, inline in _headings(state.tokens):
        match = TRAILING.search(inline.content)
        if match is None or inline.content[: match.start() + 1].endswith("]{"):
            continue
        reading = reading_of(state)
        try:
            found = parse_attributes(match["inside"])
        except AttributeSyntaxError as problem:
            place = reading.inline_place(inline, match.start("inside") + problem.offset)
            reading.warning("L101", "this is not an attribute; the braces are printed", place, str(problem))
            continue
        for unknown in [] if reading.of_guest else sorted(set(found.pairs) - {"lang"}):
            place = reading.after(reading.inline_place(inline, match.start("inside")), unknown)
            message = f'a heading has no attribute "{unknown}"; it is ignored'
            reading.warning("L274", message, place, instead(unknown, ("lang",)), meant=meant(unknown, ("lang",)))
        inline.content = inline.content[: match.start()].rstrip()
        token.meta["attributes"] = found


def _headings(tokens: list[Token]) -> list[tuple[Token, Token]]:
    return [(token, tokens[i + 1]) for i, token in enumerate(tokens) if token.type == "heading_open"]


def add_anchors(state: StateCore) -> None:
    """Give every heading its id, and report an outline that a reader could not follow."""
    reading = reading_of(state)
    state.tokens = put_in_order(reading, state.tokens)
    headings = _headings(state.tokens)
    titles = [" ".join(plain_text(inline.children).split()) for _, inline in headings]
    slugs = guest_slugs(titles) if reading.of_guest else [(slug,) if slug else () for slug in github_slugs(titles)]
    for (token, inline), title, aliases in zip(headings, titles, slugs, strict=True):
        here = int(token.tag[1])
        found = token.meta.get("attributes", Attributes())
        place = reading.line_place(token, f"#{found.id}" if found.id else "")
        identifier = reading.own_id(found.id, place) or reading.free_id(_automatic_id(reading, here, title))
        token.attrs["id"] = identifier
        numbered = "unnumbered" not in found.classes
        reading.add_anchor(
            Anchor(identifier, "section", place, title, here, aliases, numbered, bool(found.id)),
            inline,
        )


def _automatic_id(reading: Reading, level: int, title: str) -> str:
    key = reading.source.key
    return key if level == 1 else f"{key}-{slugify(title) or 'section'}"


def heading_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<h2 id>` with the number in a span; on paper also with its words for running heads, without notes."""
    token = tokens[index]
    identifier = str(token.attrs["id"])
    number = rendering.number(identifier)
    span = f'<span class="number">{number}</span> ' if number else ""
    found = token.meta.get("attributes", Attributes())
    title = rendering.book.targets[identifier].anchor.title
    head = f"{number}\u2002{title}".strip() if rendering.medium.paged and token.tag == "h2" else ""
    given = shown(found) | {"id": identifier, "data-head": head, "dir": str(token.attrs.get("dir", ""))}
    return f"<{token.tag}{attributes(given)}{rendering.position(token)}>{span}"


EXTENSION = Extension(
    "headings",
    syntax,
    {"heading_open": heading_open},
    EXPLANATIONS
    | {
        "L102": """An id is used twice. References would go to the first in one output and to either in another, so the
second gets a number at its end. Give each its own; the message names the other place.""",
        "L121": """A heading has no text: it would be an empty line in the contents and a dead stop for a screen
reader. An empty heading is left out, and a picture alone in a heading becomes a paragraph.""",
        "L122": """A file should begin with its title, a single `#`: running heads, contents and the EPUB's navigation
use it. Otherwise its title is the `title` in its front matter, or a first heading of another level that begins the
file, or is made from the name of the file. Text before the title is printed below it.""",
        "L123": """A file has two titles. A source file is one unit of the book, a chapter or a section of one, so that
its place and number are known. Use `##` for sections inside it, or a file of its own. The second title looks as you
wrote it, and is in the contents as a heading below the first.""",
        "L124": """A heading is two or more levels below the one before it. Screen readers and the contents would show
a gap. Use the next level down. Until then it looks as you wrote it, but tags, contents and outline have it one level
below the heading above.""",
        "L191": """A file has front matter or comments but no text, so the book has a page with only its title: write
the text, mark the file `draft: true`, or remove it from the order.""",
        "L274": """A heading has an unknown attribute. It can have an id, classes such as `.unnumbered`, and `lang`, the
language of its words.""",
    },
)
