"""`<ruby>`: words with their reading; above them on a screen; above or after them, and smaller, on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from compositor.markdown.extension import Rendering, RenderRule
from compositor.markdown.reading import plain_text
from compositor.markdown.text.east_asian import is_wide

SIZE = 0.5
"""Width of a letter of a reading, in letters of its words."""
ROOM = 1.0
"""Letters by which a reading may be wider than its words."""


def ruby_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<ruby>`; on paper, a span that keeps words and reading together."""
    return '<span class="ruby">' if rendering.medium.paged else "<ruby>"


def ruby_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render its end."""
    return "</span>" if rendering.medium.paged else "</ruby>"


def rt_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the reading; above its words if the widths of both are known, as in these scripts."""
    if not rendering.medium.paged:
        return "<rt>"
    base, reading = plain_text(_before(tokens, index)), plain_text(_behind(tokens, index))
    if not all(map(is_wide, base + reading)) or not base or len(reading) * SIZE > len(base) + ROOM:
        return '<span class="rt">'
    back, on = (len(base) + len(reading) * SIZE) / 2 / SIZE, (len(base) - len(reading) * SIZE) / 2 / SIZE
    return f'<span class="rt above" style="margin: 0 {on:.3g}em 0 -{back:.3g}em">'


def _before(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """Return the words that a reading belongs to."""
    start = next(i for i in range(index - 1, -1, -1) if tokens[i].type in ("rt_close", "ruby_open"))
    return tokens[start + 1 : index]


def _behind(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """Return the reading itself."""
    end = next(i for i in range(index, len(tokens)) if tokens[i].type == "rt_close")
    return tokens[index + 1 : end]


def rt_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the end of the reading."""
    return "</span>" if rendering.medium.paged else "</rt>"


RENDER: Mapping[str, RenderRule] = {
    "ruby_open": ruby_open,
    "ruby_close": ruby_close,
    "rt_open": rt_open,
    "rt_close": rt_close,
}
