"""Raw HTML: comments are for authors and are left out; anything else would work in one output only and is reported."""

from __future__ import annotations

import re
from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, place_of, reading_of

_COMMENTS = re.compile(r"(?:\s*<!--.*?-->\s*)+\Z", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)")
MARKDOWN = {
    "a": "[words](address), or [words]{#id} for a place",
    "b": "**words**",
    "blockquote": "lines that begin with >",
    "code": "`code`",
    "del": "~~words~~",
    "div": "::: {.class} and :::",
    "figure": "![Caption](image.svg)",
    "hr": "a line of three hyphens",
    "i": "*words*",
    "img": "![Caption](image.svg)",
    "ins": "[words]{.ins}",
    "li": "lines that begin with - or 1.",
    "ol": "lines that begin with 1.",
    "p": "a paragraph",
    "pre": "a fence of back-ticks",
    "s": "~~words~~",
    "small": "[words]{.class}",
    "table": "a table of bars",
    "u": "[words]{.ins}",
    "ul": "lines that begin with -",
}
"""Tag -> what stands for it."""


def syntax(md: MarkdownIt) -> None:
    """Raw HTML is recognised, so that it can be reported where it stands rather than printed as text."""
    md.options["html"] = True
    md.core.ruler.after("places", "comments", drop_comments)


def drop_comments(state: StateCore) -> None:
    """Take comments out of the stream, and report every other tag, an end only where its beginning is not reported."""
    reading, open_ = reading_of(state), Counter[str]()
    state.tokens = [token for token in state.tokens if not _is_html(reading, token, open_)]
    for token in state.tokens:
        if token.children:
            token.children = [child for child in token.children if not _is_html(reading, child, open_)]


def _is_html(reading: Reading, token: Token, open_: Counter[str]) -> bool:
    if token.type not in ("html_block", "html_inline"):
        return False
    if not _COMMENTS.match(token.content):
        first = _TAG.search(token.content)
        name = first["name"].lower() if first else ""
        if first is None or not first["end"] or not open_[name]:
            place = reading.line_place(token) if token.type == "html_block" else place_of(token)
            remedy = f"write {MARKDOWN[name]}" if name in MARKDOWN else "write it in Markdown"
            tag = token.content.strip().split("\n")[0][:40]
            reading.error("L171", f"raw HTML: {tag}", place, f"{remedy}, or as `code` if it is an example")
        for tag_found in _TAG.finditer(token.content):
            open_[tag_found["name"].lower()] += -1 if tag_found["end"] else 1
    return True


EXTENSION = Extension(
    "comments",
    syntax,
    explanations={
        "L171": """Raw HTML stands in the text. A PDF and an EPUB understand different parts of it, so the book
would not be the same in both. Use Markdown; put HTML that is an example between back-ticks.""",
    },
)
