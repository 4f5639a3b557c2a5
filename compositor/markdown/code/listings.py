"""Listings: fences with a language, and `{#lst-id lst-cap="Caption"}` after it; highlighted by Pygments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, AttributeSyntaxError, instead, meant, parse_attributes
from compositor.markdown.code.code import (
    COLUMNS,
    Code,
    code_of,
    columns_of,
    line_place,
    lines_of,
    room,
    width,
)
from compositor.markdown.code.languages import CodeLanguage, code_language, nearest
from compositor.markdown.code.shown import listing, listing_open
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.markdown.slugs import slugify
from compositor.model import Anchor, Measure, Place

KEYS = {
    *("lst-cap", "caption", "include", "anchor", "lines", "dedent"),
    *("code-line-numbers", "startFrom", "code-annotations"),
    *("nocheck", "norun", "source", "source-file", "varies"),
}
NUMBERED = ("number-lines", "numberLines")
"""Pandoc's class names for numbered lines."""
NARROWER = {"list_item_open": 4, "dd_open": 4, "blockquote_open": 7}
"""Columns by which the measure is narrower in each of these."""
_NO_FENCE = re.compile(r"^`{3,}[ \t]*[\w.+#-]*[ \t]*\{[^}\n`]*(?P<tick>`)", re.MULTILINE)
_INFO = re.compile(r"\s*(?P<language>[^\s{]*)\s*(?:\{(?P<inside>.*)\})?\s*\Z", re.DOTALL)
_WORD = re.compile(r"\w+(?=[,\s]|\Z)")
_JOINED = re.compile(r"[,:;]")
"""What other tools write between a language and their own words: `rust,ignore`."""


def syntax(md: MarkdownIt) -> None:
    """Fences and indented code are CommonMark's; the words after the fence are read before captions are parsed."""
    md.core.ruler.before("inline", "listings", read_listings)
    md.core.ruler.after("places", "listing_anchors", add_anchors)
    md.core.ruler.after("places", "listing_widths", check_widths)


def read_listings(state: StateCore) -> None:
    """Read language, attributes and caption of every fence; report unknown languages."""
    reading = reading_of(state)
    made: list[Token] = []
    inside: list[str] = []
    for token in state.tokens:
        if token.nesting:
            inside = [*inside, token.type] if token.nesting > 0 else inside[:-1]
        if token.type == "inline":
            _check_no_fence(reading, token)
        if token.type in ("fence", "code_block"):
            _read(reading, token, COLUMNS - sum(NARROWER.get(type_, 0) for type_ in inside))
        made += _with_caption(token) if "id" in token.meta else [token]
    state.tokens = made


def _check_no_fence(reading: Reading, inline: Token) -> None:
    """Report back-ticks among the words after the back-ticks of a fence (CommonMark 0.31, section 4.5)."""
    for match in _NO_FENCE.finditer(inline.content):
        place = reading.inline_place(inline, match.start("tick"))
        message = "a back-tick in the braces turns this fence into a line of text"
        reading.warning("L156", message, place, "write ~~~ for ```, where it begins and where it ends")


def _read(reading: Reading, token: Token, columns: int) -> None:
    match = _INFO.match(token.info)
    found = Attributes()
    name = match["language"] if match else token.info.split()[0]
    if match is None:
        place = reading.line_place(token, token.info.split()[1])
        remedy = 'attributes after the language go in braces: {lst-cap="..."}'
        reading.warning("L101", "this is not an attribute, and is ignored", place, remedy)
    elif match["inside"] is not None:
        found = _attributes(reading, token, match["inside"])
    if not name and found.classes and _names_language(token, found.classes[0]):
        name, found = found.classes[0], Attributes(found.id, found.classes[1:], found.pairs)
    first = token.map[0] + (2 if token.type == "fence" else 1) if token.map else 1
    numbers = tuple(range(first, first + len(lines_of(token))))
    token.meta["code"] = Code(_language(reading, token, name), name.lower(), found, columns, "", numbers)
    token.meta["named"] = bool(name)
    told = token.meta.get("tag", {})
    caption = found.pairs.get("lst-cap") or found.pairs.get("caption", "") or told.get("caption", "")
    if caption or found.id or told.get("number"):
        token.meta |= {"id": found.id, "caption": caption}
        if not caption and found.id:
            message = "this listing has an id but no caption; the page shows only its number"
            reading.warning("L154", message, _place(reading, token), 'add lst-cap="..."')


def _names_language(token: Token, class_: str) -> bool:
    """Return whether the first class is a language: in Pandoc's `{.python .wide}`, but not in `{.number-lines}`."""
    return code_language(class_.lower()) is not None or (
        token.info.lstrip().startswith("{.") and class_ not in NUMBERED
    )


def _place(reading: Reading, token: Token) -> Place:
    identifier = code_of(token).attributes.id
    return reading.line_place(token, f"#{identifier}" if identifier else "")


def add_anchors(state: StateCore) -> None:
    """Give captioned listings an anchor, from their id or their caption."""
    reading = reading_of(state)
    for i, opening in enumerate(state.tokens):
        if opening.type == "listing_open":
            caption, token = state.tokens[i + 2], state.tokens[i + 4]
            title = " ".join(plain_text(caption.children).split())
            given = token.meta["id"]
            place = _place(reading, token)
            automatic = f"{reading.source.key}-lst-{slugify(title)[:40]}"
            identifier = reading.own_id(given, place) or reading.free_id(automatic)
            opening.attrs["id"] = state.tokens[i + 1].meta["of"] = identifier
            number = token.meta.get("tag", {}).get("number", "")
            numbered = "tag" not in token.meta
            anchor = Anchor(identifier, "listing", place, title, given=bool(given), numbered=numbered, number=number)
            reading.add_anchor(anchor, caption)


def _attributes(reading: Reading, token: Token, inside: str) -> Attributes:
    try:
        found = parse_attributes(inside)
    except AttributeSyntaxError as problem:
        place = reading.line_place(token, inside)
        column = place.column + problem.offset if place.column else None
        where = replace(place, column=column, length=1)
        word = _WORD.match(inside)
        bare = word is not None and not problem.offset and code_language(word[0].lower()) is not None
        remedy = f"write the language before the braces: {token.markup}{word[0]}" if word and bare else str(problem)
        reading.warning("L101", "this is not an attribute; the braces are ignored", where, remedy)
        return Attributes()
    for unknown in sorted(set(found.pairs) - KEYS):
        message = f'a listing has no attribute "{unknown}"; it is ignored'
        place, better = reading.line_place(token, unknown), meant(unknown, KEYS)
        reading.warning("L151", message, place, instead(unknown, KEYS), meant=better)
    return found


def _language(reading: Reading, token: Token, name: str) -> CodeLanguage:
    known = code_language(name.lower())
    if known is not None:
        return known
    first = _JOINED.split(name)[0]
    known = code_language(first.lower())
    near = first if known else nearest(name.lower())
    remedy = f'did you mean "{near}"?' if near else "write `text` if it has no language"
    if "drawing" not in token.meta:
        message, better = f'there is no highlighting for "{name}"', (name, near) if near else ("", "")
        reading.warning("L152", message, reading.line_place(token, name), remedy, meant=better)
    return known or CodeLanguage(name.lower())


def check_widths(state: StateCore) -> None:
    """Report lines that are too long for the page, where they are wrapped."""
    reading = reading_of(state)
    for token in state.tokens:
        if token.type not in ("fence", "code_block"):
            continue
        for line, text in enumerate(lines_of(token)):
            wide, fits = width(text), room(code_of(token), line)
            if wide > fits:
                place = line_place(reading, token, line, fits, wide - fits)
                message = f"a line of this listing has {wide} columns and is wrapped after {fits}"
                reading.warning("L153", message, place, "break it yourself")
                token.meta.setdefault("wrapped", []).append((line, place))


def not_wrapped(tokens: Sequence[Token], measure: Measure) -> Iterator[Place]:
    """Yield the places of reported lines that fit on a page, because their listing extends into the margin."""
    for token in tokens:
        for line, place in token.meta.get("wrapped", ()):
            wide = columns_of(token, measure.columns, measure.wide_columns)
            if width(lines_of(token)[line]) <= room(code_of(token), line, wide):
                yield place


def _with_caption(token: Token) -> list[Token]:
    """Make a captioned listing a figure; its caption is Markdown like any other line."""
    opening = Token("listing_open", "figure", 1, map=token.map, level=token.level, block=True)
    head = Token("figcaption_open", "figcaption", 1, map=token.map, level=token.level, block=True)
    caption = Token(
        "inline", "", 0, content=token.meta["caption"], children=[], map=token.map, level=token.level, block=True
    )
    foot = Token("figcaption_close", "figcaption", -1, level=token.level, block=True)
    closing = Token("listing_close", "figure", -1, level=token.level, block=True)
    return [opening, head, caption, foot, token, closing]


EXTENSION = Extension(
    "listings",
    syntax,
    {"listing_open": listing_open, "fence": listing, "code_block": listing},
    {
        "L151": """A fence has an unknown attribute. `lst-cap="Caption"` gives a listing its caption, `#lst-id` lets
you refer to it.""",
        "L152": """There is no highlighting for the language of a fence. The code is printed plain. The manual lists
the names; `text` is for code without a language.""",
        "L153": """A line of code has more columns than fit on the page: 80, or more where a listing may use the outer
margin, and fewer inside lists and quotations. It is wrapped, so nothing is lost, but you know better than a program
where to break it.""",
        "L156": """A fence of back-ticks has a back-tick in its braces, for instance in a caption that names some code.
Markdown then treats the line as text. Write the fence with `~~~`, which may have back-ticks after it.""",
        "L154": """A listing has an id, so you can refer to it, but no caption, so readers cannot find it.""",
    },
)
