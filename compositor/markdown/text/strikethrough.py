"""Strikethrough: `~~words~~`, as on GitHub."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering


def syntax(md: MarkdownIt) -> None:
    """The rule is markdown-it's own."""
    md.enable("strikethrough")


def open_(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<del>`, which says what happened to the words; `<s>` would only say how they look."""
    return "<del>"


def close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the end."""
    return "</del>"


EXTENSION = Extension("strikethrough", syntax, {"s_open": open_, "s_close": close})
