"""Raw HTML that means the same in every output: `<kbd>`, `<br>`, `<sub>` … become tokens like Markdown's.

Whatever is not in the tables here, and is no comment, is reported by `comments.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import instead
from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import Reading, place_of, reading_of, walk

TAGS = {
    "kbd": frozenset[str](),
    "sub": frozenset[str](),
    "sup": frozenset[str](),
    "em": frozenset[str](),
    "strong": frozenset[str](),
    "mark": frozenset[str](),
    "abbr": frozenset({"title"}),
    "span": frozenset({"lang"}),
}
"""Tag -> the attributes that it may have."""
_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[a-z]+)(?P<attributes>(?:\s+[^<>]*?)?)\s*(?P<void>/?)>\Z", re.IGNORECASE | re.S)
_ATTRIBUTE = re.compile(r"""\s*([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_DETAILS = re.compile(
    r"\s*<details(?:\s+open(?:=\"\w*\")?)?\s*>\s*(?:<summary>(?P<summary>[^\n]*?)</summary>\s*)?\Z", re.IGNORECASE
)
_SUMMARY = re.compile(r"\s*<summary>(?P<summary>[^\n]*?)</summary>\s*\Z", re.IGNORECASE)
_END = re.compile(r"\s*</details>\s*\Z", re.IGNORECASE)


def syntax(md: MarkdownIt) -> None:
    """Before what is left is reported; blocks before the text inside them is read."""
    md.core.ruler.before("inline", "details", make_details)
    md.core.ruler.before("comments", "raw_html", make_tokens)


def make_details(state: StateCore) -> None:
    """`<details>` and `<summary>` around blocks, each tag in a paragraph of its own, as GitHub wants them."""
    pairs = dict(_pairs(state.tokens))
    made: list[Token] = []
    for position, token in enumerate(state.tokens):
        if position in pairs:
            made += _opening(token)
        elif position in pairs.values():
            made.append(_block("details_close", "div", -1, token))
        elif token.type == "html_block" and made and made[-1].type == "details_open":
            found = _SUMMARY.match(token.content)
            made += _summary(token, found["summary"]) if found else [token]
        else:
            made.append(token)
    state.tokens = made


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a `<details>` begins and where it ends, on the same level."""
    open_: list[int] = []
    for position, token in enumerate(tokens):
        if token.type == "html_block" and _DETAILS.match(token.content):
            open_.append(position)
        elif token.type == "html_block" and _END.match(token.content) and open_:
            start = open_.pop()
            if tokens[start].level == token.level:
                yield start, position


def _opening(token: Token) -> list[Token]:
    found = _DETAILS.match(token.content)
    summary = found["summary"] if found else None
    opening = _block("details_open", "div", 1, token)
    return [opening, *(_summary(token, summary) if summary else [])]


def _summary(token: Token, text: str) -> list[Token]:
    inline = _block("inline", "", 0, token)
    inline.content, inline.children = text.strip(), []
    return [_block("summary_open", "p", 1, token), inline, _block("summary_close", "p", -1, token)]


def _block(type_: str, tag: str, nesting: int, like: Token) -> Token:
    return Token(type_, tag, nesting, map=like.map, level=like.level, block=True)  # type: ignore[arg-type]


def make_tokens(state: StateCore) -> None:
    """The tags inside lines, and inside the caption of a picture, which is a line of its own."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if any(child.type == "html_inline" for child in token.children or ()):
            _replace(reading, token.children or [])


def _replace(reading: Reading, children: list[Token]) -> None:
    """Pairs of tags that we know become tokens; a tag without its partner is reported."""
    open_: list[tuple[int, str]] = []
    for position, token in enumerate(children):
        match = _TAG.match(token.content) if token.type == "html_inline" else None
        tag = match["tag"].lower() if match else ""
        if match is None or (tag != "br" and tag not in TAGS):
            continue
        if tag == "br":
            children[position] = Token("hardbreak", "br", 0)
        elif not match["end"] and not match["void"]:
            open_.append((position, tag))
        elif open_ and open_[-1][1] == tag:
            start = open_.pop()[0]
            children[start] = _open(reading, children[start], tag)
            children[position] = _inline(f"html_{tag}_close", tag, -1, token)
        else:
            _alone(reading, token, tag, "closes nothing")
            children[position] = _inline("text", "", 0, token)
    for position, tag in open_:
        _alone(reading, children[position], tag, "is never closed")
        children[position] = _inline("text", "", 0, children[position])


def _alone(reading: Reading, token: Token, tag: str, fault: str) -> None:
    remedy = f"write <{tag}>…</{tag}> within one paragraph"
    reading.warning("L345", f"{token.content} {fault}, and is left out", place_of(token), remedy)


def _inline(type_: str, tag: str, nesting: int, like: Token) -> Token:
    return Token(type_, tag, nesting, level=like.level, meta=dict(like.meta))  # type: ignore[arg-type]


def _open(reading: Reading, token: Token, tag: str) -> Token:
    made = _inline(f"html_{tag}_open", tag, 1, token)
    match = _TAG.match(token.content)
    written = match["attributes"] if match else ""
    for name, *values in _ATTRIBUTE.findall(written):
        if name.lower() in TAGS[tag]:
            made.attrs[name.lower()] = unescape("".join(values))
    if "lang" in made.attrs:
        made.attrs["xml:lang"] = made.attrs["lang"]
    others = [name for name, *_ in _ATTRIBUTE.findall(written) if name.lower() not in TAGS[tag]]
    if others or _ATTRIBUTE.sub("", written).strip():
        what = others[0] if others else _ATTRIBUTE.sub("", written).strip()
        place = reading.after(place_of(token), what)
        message = f'<{tag}> has no attribute "{what}" in a book, and it is left out'
        reading.warning("L346", message, place, instead(what, TAGS[tag]))
    return made


def details_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Open, and no more than a box: paper cannot unfold, and a search must find what lies inside."""
    return f'<div class="details"{rendering.position(tokens[index])}>'


def summary_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """The line that would be clicked."""
    return f'<p class="summary"{rendering.position(tokens[index])}>'


EXTENSION = Extension(
    "raw_html",
    syntax,
    {"details_open": details_open, "summary_open": summary_open},
    {
        "L345": """An HTML tag stands alone. In Markdown it would run on to the end of the book. Write its partner
in the same paragraph.""",
        "L346": """An HTML tag has an attribute that would work in one output only. `<abbr>` may have a title,
`<span>` a lang, the others none.""",
    },
)
