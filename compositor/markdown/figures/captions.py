"""The caption of a figure: its label, and whether it is in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from compositor.markdown.extension import Rendering

WIDE_INLINE = frozenset(("image", "math_inline", "footnote_ref"))
"""Tokens that do not fit into a margin."""


def figcaption_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<figcaption>` with the label, "Figure 18.3", first; `class="beside"` if it goes into the margin."""
    beside = ' class="beside"' if rendering.measure.captions and _fits_beside(tokens, index) else ""
    return f"<figcaption{beside}>{caption_label(tokens[index].meta['of'], rendering)}"


def _fits_beside(tokens: Sequence[Token], index: int) -> bool:
    """Return whether it is the caption of a single picture at the top level, and consists of words."""
    figure = tokens[index - 2] if index > 1 else None
    if figure is None or figure.type != "figure_open" or figure.meta.get("kind") != "figure" or figure.level:
        return False
    return not any(child.type in WIDE_INLINE for child in tokens[index + 1].children or ())


def caption_label(anchor: str, rendering: Rendering) -> str:
    """Return the label before a caption, (a) for a panel; empty if nothing is numbered."""
    within = rendering.book.targets[anchor].anchor.within
    if within:
        letter = rendering.number(anchor).removeprefix(rendering.number(within))
        return f'<span class="label">({letter})</span> '
    label = rendering.label(anchor).replace(" ", "\u00a0")
    return f'<span class="label">{label}</span> ' if rendering.number(anchor) else ""
