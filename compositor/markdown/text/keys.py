"""Keys: `[Ctrl]{.kbd}`, and `[Ctrl+C]{.kbd}` for several at once; the quotes on a key stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import walk
from compositor.markdown.spans import closing

_PLUS = re.compile(r"(?<=[^+\s])\s*\+\s*(?=\S)")


def syntax(md: MarkdownIt) -> None:
    """Spans of only letters become keys, before typography changes the letters."""
    md.core.ruler.after("places", "keys", make_keys)


def make_keys(state: StateCore) -> None:
    """Replace every text that contains such a span."""
    for token in walk(state.tokens):
        if any(child.tag == "kbd" for child in token.children or ()):
            token.children = list(_with_keys(token.children or []))


def _with_keys(children: list[Token]) -> Iterator[Token]:
    position = 0
    while position < len(children):
        end = _end(children, position)
        yield _key(children[position:end]) if end else children[position]
        position = end or position + 1


def _end(children: list[Token], start: int) -> int:
    """Return the position after a span of keys that begins here; 0 if there is none, or it contains more."""
    if children[start].type != "span_open" or children[start].tag != "kbd":
        return 0
    if children[start].meta["attributes"] != Attributes(classes=("kbd",)):
        return 0
    end = closing(children, start)
    return end + 1 if all(child.type in ("text", "text_special") for child in children[start + 1 : end]) else 0


def _key(tokens: list[Token]) -> Token:
    return Token("keys", "kbd", 0, content="".join(token.content for token in tokens[1:-1]), meta=tokens[0].meta)


def keys(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<kbd>Ctrl</kbd>+<kbd>C</kbd>`, without a line break."""
    names = _PLUS.split(tokens[index].content)
    shown = "+".join(f"<kbd>{escape(name, quote=False)}</kbd>" for name in names)
    return f'<span class="keys">{shown}</span>' if len(names) > 1 else shown


EXTENSION = Extension("keys", syntax, {"keys": keys})
