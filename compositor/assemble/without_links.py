"""The opening of a link that leads nowhere -> what replaces it."""

from __future__ import annotations

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes

ENDS = {"link_open": "link_close", "term_open": "term_close"}
"""Opening token of a link -> its closing token."""


def instead(opening: Token) -> tuple[Token | None, Token | None]:
    """Return what replaces the ends of a link: words with an id or a class stay a span."""
    found: Attributes = opening.meta.get("attributes", Attributes())
    if not (found.id or found.classes):
        return None, None
    span = Token("span_open", "span", 1, level=opening.level, meta={"attributes": found})
    return span, Token("span_close", "span", -1, level=opening.level)
