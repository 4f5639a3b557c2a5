"""Ids, languages and unknown keys of spans and blocks: `[words]{#here}`, `::: {lang=de}`; ids can be linked to."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.language import TAG
from compositor.markdown.attributes import Attributes, instead, meant
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.slugs import slugify
from compositor.markdown.spans import closing
from compositor.model import Anchor, Place

KEYS = ("lang",)
"""Keys of every span and block. A rule that reads more keys of a token names them in `meta["keys"]`; one that has read
its id and checked its keys sets `meta["claimed"]`."""
CLAIMED = frozenset({"content-visible", "content-hidden", "refs", "index", "glossary", "answers"})
"""Classes and ids of blocks and spans whose own rules read their keys, some of them after this one."""

KINDS = {
    "eq": "write the id of a formula after its dollars: $$ {#eq-x}",
    "exr": "an exercise is a block with the class: ::: {#exr-x .exercise}",
    "fig": "write the id of a figure after the image: ![Caption](image.svg){#fig-x}",
    "item": "an item has its id before its words: 1. {#item-x} Words",
    "lst": 'write the id of a listing after the back-ticks: {#lst-x lst-cap="..."}',
    "tbl": "write the id of a table after its caption, below the table: `: Caption {#tbl-x}`",
}
"""Prefix of an id -> where such a thing has its id."""


def syntax(md: MarkdownIt) -> None:
    """This is the last rule: by now, only plain spans and blocks are left."""
    md.core.ruler.push("anchors", check_attributes)


def check_attributes(state: StateCore) -> None:
    """Check every span and block, in the text and in the notes."""
    reading = reading_of(state)
    for tokens in (state.tokens, *(note.tokens for note in reading.notes)):
        for token, words in zip(tokens, _first_words(tokens), strict=True):
            if token.type == "div_open":
                _check(reading, token, reading.line_place(token), words)
            _check_spans(reading, token.children or [])


def _check_spans(reading: Reading, children: list[Token]) -> None:
    for i, child in enumerate(children):
        if child.type == "span_open":
            title = Token("inline", "", 0, children=children[i + 1 : closing(children, i)])
            _check(reading, child, child.meta.get("braces_place") or Place(reading.source.path), title)


def _first_words(tokens: Sequence[Token]) -> list[Token]:
    """Return for each token the next one with words; found from the end, so that each is visited once."""
    words, found = Token("inline", "", 0, children=[]), []
    for token in reversed(tokens):
        words = token if token.type == "inline" else words
        found.append(words)
    return found[::-1]


def _check(reading: Reading, token: Token, place: Place, title: Token) -> None:
    found: Attributes = token.meta["attributes"]
    if "alias" in token.meta:
        _add_place(reading, token, token.meta.get("place", place), title)
        return
    if token.meta.get("claimed") or CLAIMED & {found.id, *found.classes}:
        return
    for unknown in sorted(set(found.pairs) - {*KEYS, *token.meta.get("keys", ())}):
        message = f'there is no attribute "{unknown}"; it is ignored'
        where, better = reading.after(place, unknown), meant(unknown, KEYS)
        reading.warning("L272", message, where, instead(unknown, KEYS), meant=better)
    language = found.pairs.get("lang")
    if language is not None and TAG.fullmatch(language) is None:
        where = reading.after(place, language) if language else place
        message = f'"{language}" is not a language tag; the words have the language of the text around them'
        reading.warning("L273", message, where, _tag(language))
        pairs = {key: value for key, value in found.pairs.items() if key != "lang"}
        token.meta["attributes"] = found = Attributes(found.id, found.classes, pairs)
    if found.id:
        where = reading.after(place, f"#{found.id}")
        kind = found.id.partition("-")[0]
        if kind in KINDS and "-" in found.id:
            message = f'"{found.id}" looks like the id of something numbered, but has no number'
            reading.warning("L275", message, where, KINDS[kind])
        identifier = reading.own_id(found.id, where)
        token.meta["attributes"] = Attributes(identifier, found.classes, found.pairs)
        reading.add_anchor(Anchor(identifier, "place", where, "", numbered=False, given=True), title)


def _add_place(reading: Reading, token: Token, place: Place, title: Token) -> None:
    """Add a place with the name in HTML: files share such names, so it gets an id of its own, and links find it.

    GitHub puts `user-content-` before such names, and some links have it.
    """
    name = token.meta["alias"]
    identifier = reading.free_id(f"{reading.source.key}-{slugify(name) or 'place'}")
    token.meta["attributes"] = Attributes(identifier)
    aliases = (name, f"user-content-{name}")
    reading.add_anchor(Anchor(identifier, "place", place, "", aliases=aliases, numbered=False), title)


def _tag(language: str) -> str:
    """Return the tag of the language that is probably meant."""
    better = language.replace("_", "-")
    return f"write lang={better}" if TAG.fullmatch(better) else "write it as in BCP 47: de, en-GB, grc"


EXTENSION = Extension(
    "anchors",
    syntax,
    {},
    {
        "L272": """A span or a block has an unknown attribute, which would do nothing. `#id` makes it something to link
to, `.class` is for style sheets, `lang` names the language of its words.""",
        "L275": """A block or a span has an id that begins like the id of a figure, table, listing, exercise, item or
formula but is none of these. A reference to it prints its first words instead of a number.""",
        "L273": """The value of `lang` is not a language tag: two or three letters, and a region after a hyphen if it
matters, as in `de` and `en-GB`. Hyphenation and screen readers use it.""",
    },
)
