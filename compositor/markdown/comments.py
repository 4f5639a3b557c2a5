"""Raw HTML: comments are for authors and are left out; anything else would work in one output only and is reported."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, place_of, reading_of

_COMMENTS = re.compile(r"(?:\s*<!--.*?-->\s*)+\Z", re.DOTALL)


def syntax(md: MarkdownIt) -> None:
    """Raw HTML is recognised, so that it can be reported where it stands rather than printed as text."""
    md.options["html"] = True
    md.core.ruler.after("places", "comments", drop_comments)


def drop_comments(state: StateCore) -> None:
    """Take comments out of the stream, and report every other tag."""
    reading = reading_of(state)
    state.tokens = [token for token in state.tokens if not _is_html(reading, token)]
    for token in state.tokens:
        if token.children:
            token.children = [child for child in token.children if not _is_html(reading, child)]


def _is_html(reading: Reading, token: Token) -> bool:
    if token.type not in ("html_block", "html_inline"):
        return False
    if not _COMMENTS.match(token.content):
        place = reading.line_place(token) if token.type == "html_block" else place_of(token)
        tag = token.content.strip().split("\n")[0][:40]
        reading.error("L171", f"raw HTML: {tag}", place, "write it in Markdown, or as `code` if it is an example")
    return True


EXTENSION = Extension(
    "comments",
    syntax,
    explanations={
        "L171": """Raw HTML stands in the text. A PDF and an EPUB understand different parts of it, so the book
would not be the same in both. Use Markdown; put HTML that is an example between back-ticks.""",
    },
)
