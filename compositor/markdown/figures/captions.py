"""The caption of a figure: its label, and whether it stands in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from compositor.markdown.extension import Rendering

WIDE_INLINE = frozenset(("image", "math_inline", "footnote_ref"))
"""What no margin has room for."""


def figcaption_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<figcaption>` with the label, "Figure 18.3", in front; `class="beside"` where it is to stand in the margin."""
    beside = ' class="beside"' if rendering.measure.captions and _fits_beside(tokens, index) else ""
    return f"<figcaption{beside}>{caption_label(tokens[index].meta['of'], rendering)}"


def _fits_beside(tokens: Sequence[Token], index: int) -> bool:
    """Whether it is the caption of one picture, which stands in nothing else, and words alone."""
    figure = tokens[index - 2] if index > 1 else None
    if figure is None or figure.type != "figure_open" or figure.meta.get("kind") != "figure" or figure.level:
        return False
    return not any(child.type in WIDE_INLINE for child in tokens[index + 1].children or ())


def caption_label(anchor: str, rendering: Rendering) -> str:
    """The label that stands before a caption, (a) for a panel; nothing where nothing is numbered."""
    within = rendering.book.targets[anchor].anchor.within
    if within:
        letter = rendering.number(anchor).removeprefix(rendering.number(within))
        return f'<span class="label">({letter})</span> '
    label = rendering.label(anchor).replace(" ", "\u00a0")
    return f'<span class="label">{label}</span> ' if rendering.number(anchor) else ""
