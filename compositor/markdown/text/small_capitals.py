"""Small capitals: `[Ada]{.smallcaps}`; an abbreviation, `[NASA]{.smallcaps}`, is set in slightly smaller capitals."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension
from compositor.markdown.reading import plain_text, walk
from compositor.markdown.spans import closing


def syntax(md: MarkdownIt) -> None:
    """Words without a small letter are distinguished when all words are known."""
    md.core.ruler.after("places", "small_capitals", mark_capitals)


def mark_capitals(state: StateCore) -> None:
    """Add the class `caps` to `smallcaps` for words that are already in capitals.

    A font's small capitals replace only small letters: used for capitals, "A" and "a" would be one glyph, and copying
    the words from the PDF would change them.
    """
    for token in walk(state.tokens):
        children = token.children or []
        for i, child in enumerate(children):
            if child.type != "span_open" or "smallcaps" not in child.meta["attributes"].classes:
                continue
            if plain_text(children[i : closing(children, i)]).isupper():
                found = child.meta["attributes"]
                child.meta["attributes"] = replace(found, classes=(*found.classes, "caps"))


EXTENSION = Extension("small_capitals", syntax)
