"""Content for one format only: `::: {.content-visible when-format="pdf"}`, `.content-hidden`, and words alike.

Source of the syntax: Quarto, https://quarto.org/docs/authoring/conditional.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import Reading, reading_of, walk
from compositor.model import Medium, Place
from compositor.settings.rules import FORMATS

SHOWN, HIDDEN = "content-visible", "content-hidden"
CONDITIONS = ("when-format", "unless-format")


def syntax(md: MarkdownIt) -> None:
    """When everything else has been read, the content becomes one token that contains the others."""
    md.core.ruler.push("conditional", fold_all)


def fold_all(state: StateCore) -> None:
    """Fold blocks and words with one of the two classes, wherever they are."""
    reading = reading_of(state)
    state.tokens = _folded(reading, state.tokens, None)
    before = Token("", "", 0)
    for token in walk(state.tokens):
        if token.type == "inline" and token.children:
            token.children = _folded(reading, token.children, token)
            token.children = _of_heading(reading, before, token.children)
        before = token


def _of_heading(reading: Reading, before: Token, children: list[Token]) -> list[Token]:
    """Report such words in a heading: contents, running heads and references are the same in every format."""
    if before.type == "heading_open" and any(child.type == "conditional" for child in children):
        remedy = "use the same heading in both"
        message = "a heading has words for one format; all of them are in both"
        reading.warning("L363", message, reading.line_place(before), remedy)
        return [token for child in children for token in _opened(child)]
    return children


def _opened(token: Token) -> Iterator[Token]:
    """Yield a token, or the tokens inside one that is for one format."""
    if token.type == "conditional":
        for child in token.children or ():
            yield from _opened(child)
    else:
        yield token


def _folded(reading: Reading, tokens: list[Token], inline: Token | None) -> list[Token]:
    made: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        found: Attributes = token.meta.get("attributes", Attributes())
        if token.type not in ("div_open", "span_open") or not {SHOWN, HIDDEN} & set(found.classes):
            made.append(token)
            position += 1
            continue
        last = _partner(tokens, position)
        inside = _folded(reading, tokens[position + 1 : last], inline)
        made += _fold(reading, token, found, inside, inline)
        position = last + 1
    return made


def _partner(tokens: Sequence[Token], start: int) -> int:
    """Return the token that closes the one at this place."""
    depth = 0
    closing = tokens[start].type.replace("_open", "_close")
    for position in range(start, len(tokens)):
        depth += (tokens[position].type == tokens[start].type) - (tokens[position].type == closing)
        if depth == 0:
            return position
    return len(tokens)


def _fold(
    reading: Reading, opening: Token, found: Attributes, inside: list[Token], inline: Token | None
) -> list[Token]:
    """Make one token of the content; the same for neighbouring blocks if both formats must have it."""
    place = opening.meta["place"] if inline is not None else reading.line_place(opening)
    token = Token("conditional", "", 0, map=opening.map, level=opening.level, block=inline is None, children=inside)
    token.meta = {
        "hidden": HIDDEN in found.classes,
        "when": _names(reading, found, "when-format", place),
        "unless": _names(reading, found, "unless-format", place),
        "attributes": found,
    }
    both = not set(CONDITIONS) & set(found.pairs)
    if both:
        remedy = f'write when-format="{FORMATS[0]}" or unless-format="{FORMATS[0]}"'
        reading.warning("L362", "content for one format does not say which one; it is in both", place, remedy)
    for what, where, so in _numbered(reading, inside, place):
        remedy = "move it outside, or put the same content into the other format"
        message = f"{what} is in content for one format, so {so}; both formats have it"
        reading.warning("L363", message, where, remedy)
        both = True
    return inside if both else [token]


def _names(reading: Reading, found: Attributes, key: str, place: Place) -> tuple[str, ...]:
    names = tuple(found.pairs.get(key, "").replace(",", " ").split())
    for name in names:
        if name not in FORMATS:
            near = get_close_matches(name, FORMATS, 1)
            remedy = f'did you mean "{near[0]}"?' if near else f"write {' or '.join(FORMATS)}"
            message = f'there is no format "{name}"; no such file is made'
            meant = (name, near[0]) if near else ("", "")
            reading.warning("L361", message, reading.after(place, name), remedy, meant=meant)
    return names


def _numbered(reading: Reading, inside: Iterable[Token], place: Place) -> Iterable[tuple[str, Place, str]]:
    """Return what both formats must have, because the book uses its number or id; where, and what would go wrong."""
    anchors = {anchor.id: anchor for anchor in reading.anchors}
    numbers, nowhere = "the formats would number differently", "links to it would lead nowhere in the other"
    for token in walk(inside):
        anchor = anchors.get(_identifier(token))
        if anchor is not None:
            what = {"term": "an index term", "place": "a word with an id"}.get(anchor.kind, f"the {anchor.kind}")
            yield what, anchor.place, numbers if anchor.numbered else nowhere
        elif token.type in ("footnote_ref", "citation"):
            what = "a note" if token.type == "footnote_ref" else "a citation"
            yield what, token.meta.get("place", place), numbers


def _identifier(token: Token) -> str:
    """Return the id of a token; that of words with attributes is in their attributes until they are rendered."""
    if token.type == "math_block" and token.meta.get("rows"):
        return str(token.meta["rows"][0].id)
    given = token.meta.get("attributes") if token.type == "span_open" else None
    return str(token.attrs.get("id", "")) or (given.id if isinstance(given, Attributes) else "")


def is_shown(token: Token, medium: Medium) -> bool:
    """Return whether a medium shows the content: by its name, inverted for `.content-hidden`; a medium that is not
    named counts as the one it is like.
    """
    when, unless = token.meta["when"], token.meta["unless"]
    name = medium.name if medium.name in (*when, *unless) or not medium.like else medium.like
    applies = (not when or name in when) and name not in unless
    return applies is not token.meta["hidden"]


def render_conditional(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the content, or nothing; other classes stay on the block or the words."""
    token = tokens[index]
    return rendering.blocks(token.children or ()) if is_shown(token, rendering.medium) else ""


EXTENSION = Extension(
    "conditional",
    syntax,
    {"conditional": render_conditional},
    {
        "L361": """Content is marked for a format that Compositor does not make, so no reader would ever see it. The
names are those of the commands: `pdf`, `epub` and `web`.""",
        "L362": """Content is marked as visible or hidden, but not for which format. Write `when-format="pdf"` or
`unless-format="pdf"`.""",
        "L363": """Something that has a number (a heading, figure, table, listing, equation, note or citation), an index
term or a word with an id is in content that only one format has. All numbers after it would differ between the formats,
and references to it, and the index, would lead nowhere in the other. The words of a heading are the same in both
formats as well: contents and references have them too.""",
    },
)
