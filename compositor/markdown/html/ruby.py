"""`<ruby>`: words with their reading; above them on a screen, behind them and smaller on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from compositor.markdown.extension import Rendering, RenderRule


def ruby_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<ruby>`; paper has no ruby, and a span that keeps words and reading together."""
    return '<span class="ruby">' if rendering.medium.paged else "<ruby>"


def ruby_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """The end of it."""
    return "</span>" if rendering.medium.paged else "</ruby>"


def rt_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """The reading."""
    return '<span class="rt">' if rendering.medium.paged else "<rt>"


def rt_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """The end of the reading."""
    return "</span>" if rendering.medium.paged else "</rt>"


RENDER: Mapping[str, RenderRule] = {
    "ruby_open": ruby_open,
    "ruby_close": ruby_close,
    "rt_open": rt_open,
    "rt_close": rt_close,
}
