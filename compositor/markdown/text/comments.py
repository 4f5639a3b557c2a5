"""Raw HTML: comments are for authors and are left out; of anything else the words stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.model import Place

_COMMENTS = re.compile(r"(?:\s*<!--.*?-->\s*)+\Z", re.DOTALL)
_PARTS = re.compile(r"(<[^>]*>)")
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_SAID = re.compile(r"""\b(alt|src)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
LONGEST = 80
"""Letters of an address that are shown."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)")
ALONE = "the words alone"
ELSEWHERE = "a link to it, [words](address)"
DEFINITION = "the term in a line, and below it `: what it means`"
MARKDOWN = {
    "a": "[words](address), or [words]{#id} for a place",
    "audio": ELSEWHERE,
    "b": "**words**",
    "big": ALONE,
    "blockquote": "lines that begin with >",
    "center": ALONE,
    "code": "`code`",
    "dd": DEFINITION,
    "del": "~~words~~",
    "div": "::: {.class} and :::",
    "dl": DEFINITION,
    "dt": DEFINITION,
    "embed": ELSEWHERE,
    "figure": "![Caption](image.svg)",
    "font": ALONE,
    **{f"h{level}": "#" * level + " Words" for level in range(1, 7)},
    "hr": "a line of three hyphens",
    "i": "*words*",
    "iframe": ELSEWHERE,
    "img": "![Caption](image.svg)",
    "ins": "[words]{.ins}",
    "li": "lines that begin with - or 1.",
    "object": ELSEWHERE,
    "ol": "lines that begin with 1.",
    "p": "a paragraph",
    "pagebreak": "::: {.page-break} and :::",
    "pre": "a fence of back-ticks",
    "s": "~~words~~",
    "section": "::: {.class} and :::",
    "small": ALONE,
    **dict.fromkeys(("table", "tbody", "td", "th", "thead", "tr"), "a table of bars"),
    "tt": "`code`",
    "u": "[words]{.ins}",
    "ul": "lines that begin with -",
    "video": ELSEWHERE,
}
"""Tag -> what stands for it."""


def syntax(md: MarkdownIt) -> None:
    """Raw HTML is recognised, so that it can be reported where it stands rather than printed as text."""
    md.options["html"] = True
    md.core.ruler.after("places", "comments", drop_comments)


def drop_comments(state: StateCore) -> None:
    """Take comments out of the stream, and other tags, of which the words stay; each is told, an end with its start."""
    reading, open_ = reading_of(state), Counter[str]()
    made: list[Token] = []
    for token in state.tokens:
        if token.type == "html_block":
            _tell(reading, token, reading.line_place(token), open_)
            made += _paragraph(token)
        else:
            made.append(token)
    state.tokens = made
    for token in walk(made):
        if any(child.type == "html_inline" for child in token.children or ()):
            token.children = list(_words_of_line(reading, token.children or (), open_))


def _words_of_line(reading: Reading, line: Sequence[Token], open_: Counter[str]) -> Iterator[Token]:
    for token in line:
        if token.type == "html_inline":
            _tell(reading, token, place_of(token), open_)
            yield from _picture(token.content, token.level)
        else:
            yield token


def _tell(reading: Reading, token: Token, place: Place, open_: Counter[str]) -> None:
    if _COMMENTS.match(token.content):
        return
    first = _TAG.search(token.content)
    name = first["name"].lower() if first else ""
    if first is None or not first["end"] or not open_[name]:
        remedy = f"write {MARKDOWN[name]}" if name in MARKDOWN else r"take the tag out, write \< for the sign itself"
        if name == "img":
            said = _said(token.content)
            remedy = f"write ![{said.get('alt', '')}]({said.get('src', '')})"
        tag = token.content.strip().split("\n")[0][:40]
        message = f"raw HTML, of which the words alone are printed: {tag}"
        reading.warning("L171", message, place, f"{remedy}, or put it between back-ticks if it is an example")
    for tag_found in _TAG.finditer(token.content):
        open_[tag_found["name"].lower()] += -1 if tag_found["end"] else 1


def _paragraph(block: Token) -> Iterator[Token]:
    """The words of a block of HTML."""
    line: list[Token] = []
    for part in _PARTS.split(_UNSEEN.sub("", block.content)):
        words = " ".join(unescape(part).split()) if not part.startswith("<") else ""
        if words:
            line += [Token("text", "", 0, content=" ")] if line else []
            line.append(Token("text", "", 0, content=words))
        line += _picture(part, 0)
    if line:
        meta: dict[str, Any] = {"map": block.map, "level": block.level, "block": True}
        yield Token("paragraph_open", "p", 1, **meta)
        yield Token("inline", "", 0, children=line, **(meta | {"level": block.level + 1}))
        yield Token("paragraph_close", "p", -1, **meta)


def _said(tag: str) -> dict[str, str]:
    """What a tag says of its picture: words and address."""
    return {name.lower(): unescape(double or single) for name, double, single in _SAID.findall(tag)}


def _picture(tag: str, level: int) -> Iterator[Token]:
    """What is said of a picture: its words and its address."""
    if _IMAGE.match(tag):
        said = _said(tag)
        if words := said.get("alt", "").strip():
            yield Token("text", "", 0, content=f"{words} ", level=level)
        if address := said.get("src", "").strip():
            yield Token("code_inline", "code", 0, content=address[:LONGEST], level=level)


EXTENSION = Extension(
    "comments",
    syntax,
    explanations={
        "L171": """Raw HTML stands in the text. A PDF and an EPUB understand different parts of it, so the book
would not be the same in both, and its words alone are printed, and the address of a picture. Use
Markdown; put HTML that is an example between back-ticks.""",
    },
)
