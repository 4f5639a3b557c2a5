"""Sources of quotations: the last paragraph of a block quote or of `::: {.epigraph}` that begins with `--` or `—`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering

_DASH = re.compile(r"(?:--[ \t]+|[—–―][ \t]*)(?=[^\s\-—–―])")


def syntax(md: MarkdownIt) -> None:
    """Sources are found while the dash is still the first letter of its paragraph."""
    md.core.ruler.before("inline", "quotations", find_sources)


def find_sources(state: StateCore) -> None:
    """Make the paragraph the source of its container, without the dash, which Compositor prints itself."""
    for paragraph, inline, end in _last_paragraphs(state.tokens):
        match = _DASH.match(inline.content)
        if match is not None:
            paragraph.type, end.type = "source_open", "source_close"
            inline.content = inline.content[match.end() :]


def _last_paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token, Token]]:
    """Yield the last paragraph of every quotation that has something before it."""
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.nesting > 0:
            opened.append(i)
        elif token.nesting < 0:
            start = opened.pop()
            if _quotes(tokens[start]) and i - start > 4 and tokens[i - 3].type == "paragraph_open":
                yield tokens[i - 3], tokens[i - 2], tokens[i - 1]


def _quotes(token: Token) -> bool:
    is_epigraph = token.type == "div_open" and "epigraph" in token.meta["attributes"].classes
    return token.type == "blockquote_open" or is_epigraph


def source_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<p class="source">`, a dash, `<cite>`: a `<footer>` would be a landmark, and two would share a name."""
    return f'<p class="source"{rendering.position(tokens[index])}>— <cite>'


def source_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the end of both."""
    return "</cite></p>\n"


EXTENSION = Extension("quotations", syntax, {"source_open": source_open, "source_close": source_close})
