"""Listings: fences with a language, and `{#lst-id lst-cap="Caption"}` behind it; highlighted by Pygments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Operator, String
from pygments.token import _TokenType as TokenType
from pygments.util import ClassNotFound

from compositor.markdown.attributes import Attributes, AttributeSyntaxError, parse_attributes
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.headings import slugify
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.model import Anchor, Place

COLUMNS = 80
"""What fits into the measure at the size of listings (typography, rule C1)."""
PLAIN = ("", "text", "plain", "output")
KEYS = {"lst-cap", "caption"}
_INFO = re.compile(r"(?P<language>[^\s{]*)\s*(?:\{(?P<inside>.*)\})?\s*\Z", re.DOTALL)
CLASSES: tuple[tuple[TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword.Type, "f"),
    (Keyword, "k"),
    (String, "s"),
    (Operator.Word, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Builtin, "f"),
    (Name.Tag, "k"),
    (Name.Decorator, "f"),
    (Name.Variable, "v"),
    (Literal.Number, "n"),
    (Generic.Prompt, "p"),
    (Generic.Output, "o"),
    (Generic.Inserted, "i"),
    (Generic.Deleted, "d"),
    (Generic.Heading, "k"),
    (Generic.Subheading, "k"),
)
"""Pygments' token type -> our class; the first that holds; whatever is not here stays plain."""


def syntax(md: MarkdownIt) -> None:
    """Fences and indented code are CommonMark's; the words behind the fence are read before captions are parsed."""
    md.core.ruler.before("inline", "listings", read_listings)
    md.core.ruler.after("places", "listing_anchors", add_anchors)


def read_listings(state: StateCore) -> None:
    """Language, attributes and caption of every fence; long lines and unknown languages are reported."""
    reading = reading_of(state)
    made: list[Token] = []
    for token in state.tokens:
        if token.type in ("fence", "code_block"):
            _read(reading, token)
        made += _with_caption(token) if "id" in token.meta else [token]
    state.tokens = made


def _read(reading: Reading, token: Token) -> None:
    match = _INFO.match(token.info)
    found = Attributes()
    language = match["language"] if match else token.info.split()[0]
    if match is None or match["inside"] is not None:
        found = _attributes(reading, token, match["inside"] if match else "?")
    if not language and found.classes:
        language, found = found.classes[0], Attributes(found.id, found.classes[1:], found.pairs)
    token.meta |= {"language": language.lower(), "attributes": found}
    _check_language(reading, token)
    _check_width(reading, token)
    caption = found.pairs.get("lst-cap") or found.pairs.get("caption", "")
    if caption or found.id:
        token.meta |= {"id": found.id, "caption": caption}
        if not caption:
            reading.error("L154", "a listing with an id and no caption", _place(reading, token), 'add lst-cap="..."')


def _place(reading: Reading, token: Token) -> Place:
    identifier = token.meta["attributes"].id
    return reading.line_place(token, f"#{identifier}" if identifier else "")


def add_anchors(state: StateCore) -> None:
    """Captioned listings can be referred to, by the id given or one made from the caption."""
    reading = reading_of(state)
    for i, opening in enumerate(state.tokens):
        if opening.type == "listing_open":
            caption, token = state.tokens[i + 2], state.tokens[i + 4]
            title = " ".join(plain_text(caption.children).split())
            given = token.meta["id"]
            identifier = given or reading.free_id(f"{reading.source.key}-lst-{slugify(title)[:40]}")
            opening.attrs["id"] = state.tokens[i + 1].meta["of"] = identifier
            place = _place(reading, token)
            reading.add_anchor(Anchor(identifier, "listing", place, title, given=bool(given)), caption)


def _attributes(reading: Reading, token: Token, inside: str) -> Attributes:
    try:
        found = parse_attributes(inside)
    except AttributeSyntaxError as problem:
        place = reading.line_place(token, inside)
        column = place.column + problem.offset if place.column else None
        reading.error("L101", "this is no attribute", Place(place.file, place.line, column), str(problem))
        return Attributes()
    for unknown in sorted(set(found.pairs) - KEYS):
        near = get_close_matches(unknown, KEYS, 1)
        remedy = f'did you mean "{near[0]}"?' if near else 'a caption is written lst-cap="..."'
        reading.error("L151", f'a listing has no attribute "{unknown}"', reading.line_place(token, unknown), remedy)
    return found


def _check_language(reading: Reading, token: Token) -> None:
    language = token.meta["language"]
    if language in PLAIN or lexer_known(language):
        return
    near = get_close_matches(language, _aliases(), 1)
    remedy = f'did you mean "{near[0]}"?' if near else "write `text` for what has no language"
    reading.warning("L152", f'no highlighting is known for "{language}"', reading.line_place(token, language), remedy)


def _check_width(reading: Reading, token: Token) -> None:
    first = token.map[0] + (2 if token.type == "fence" else 1) if token.map else 1
    for number, line in enumerate(token.content.split("\n"), first):
        width = len(line.expandtabs(4))
        if width > COLUMNS:
            indent = max(0, reading.lines[number - 1].find(line[:20]))
            place = reading.place_at(number, indent + COLUMNS + 1, width - COLUMNS)
            remedy = f"break it where a reader would; it is wrapped after {COLUMNS}"
            reading.warning("L153", f"a line of {width} characters in a listing", place, remedy)


def _with_caption(token: Token) -> list[Token]:
    """A captioned listing is a figure; its caption is Markdown like any other line."""
    opening = Token("listing_open", "figure", 1, map=token.map, level=token.level, block=True)
    head = Token("figcaption_open", "figcaption", 1, map=token.map, level=token.level, block=True)
    caption = Token(
        "inline", "", 0, content=token.meta["caption"], children=[], map=token.map, level=token.level, block=True
    )
    foot = Token("figcaption_close", "figcaption", -1, level=token.level, block=True)
    closing = Token("listing_close", "figure", -1, level=token.level, block=True)
    return [opening, head, caption, foot, token, closing]


@cache
def lexer_known(language: str) -> bool:
    """Whether Pygments highlights this language."""
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return False
    return True


@cache
def _aliases() -> tuple[str, ...]:
    return tuple(sorted(alias for _, aliases, _, _ in get_all_lexers() for alias in aliases))


def highlight(code: str, language: str) -> str:
    """Code as XHTML: spans for what is told apart, neighbours of one class in one span, letters unchanged."""
    if language in PLAIN or not lexer_known(language):
        return escape(code, quote=False)
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False, stripall=False)
    pieces = [(_class(kind), text) for kind, text in _pieces(lexer.get_tokens(code))]
    if "".join(text for _, text in pieces) != code:
        return escape(code, quote=False)
    return "".join(_span(name, "".join(text for _, text in group)) for name, group in groupby(pieces, lambda p: p[0]))


def _pieces(tokens: Iterator[tuple[TokenType, str]]) -> Iterator[tuple[TokenType, str]]:
    return ((kind, text) for kind, text in tokens if text)


def _class(kind: TokenType) -> str:
    return next((name for wanted, name in CLASSES if wanted in kind.split()), "")


def _span(name: str, text: str) -> str:
    shown = escape(text, quote=False)
    return f'<span class="{name}">{shown}</span>' if name and text.strip() else shown


def listing_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<figure class="listing">`: the caption, then the code."""
    token = tokens[index]
    return f"<figure{attributes({'id': token.attrs['id'], 'class': 'listing'})}{rendering.position(token)}>"


def listing(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<pre><code>`, highlighted; the letters are those of the source."""
    token = tokens[index]
    found: Attributes = token.meta["attributes"]
    language = token.meta["language"]
    code = highlight(token.content.removesuffix("\n"), language)
    pre = attributes({"class": " ".join(("listing", *found.classes))})
    kind = attributes({"class": f"language-{language}" if language else None})
    return f"<pre{pre}{rendering.position(token)}><code{kind}>{code}</code></pre>\n"


EXTENSION = Extension(
    "listings",
    syntax,
    {"listing_open": listing_open, "fence": listing, "code_block": listing},
    {
        "L151": """A fence has an attribute that the press does not know. `lst-cap="Caption"` gives a listing its
caption, `#lst-id` makes it something to refer to.""",
        "L152": """No highlighting is known for the language of a fence. The code is printed plain. The names are
those of Pygments; `text` is for what has no language.""",
        "L153": """A line of code is longer than the 80 columns that the page has room for. It is wrapped, so nothing
is lost, but you know better than a program where it may be broken.""",
        "L154": """A listing has an id, so it can be referred to, and no caption, so nobody could find it.""",
    },
)
