"""Text read from right to left: a paragraph takes the direction of its first letter, as with `dir="auto"` in HTML.

The direction is decided here and set on the token, so that both outputs agree without deciding again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import reading_of

HOLDERS = {"paragraph_open", "heading_open", "td_open", "th_open", "dt_open", "dd_open"}
"""Types of tokens that contain text and have a direction of their own."""
LISTS = {"bullet_list_open", "ordered_list_open"}
BACKWARD = ("R", "AL")


def syntax(md: MarkdownIt) -> None:
    """This runs when the words are known, and before anything is moved."""
    md.core.ruler.after("inline", "directions", set_directions)


def set_directions(state: StateCore) -> None:
    """Set right-to-left on blocks whose first letter is; a list follows its first item.

    In a right-to-left book it is the reverse, and only blocks without any such letter are turned: many sentences there
    begin with a foreign word.
    """
    tokens = state.tokens
    if reading_of(state).context.language.direction == "rtl":
        set_forward(tokens)
        return
    for index, token in enumerate(tokens):
        holder = tokens[index - 1]
        if token.type == "inline" and holder.type in HOLDERS and is_backward(token.children or ()):
            holder.attrs["dir"] = "rtl"
            if holder.hidden:
                tokens[index - 2].attrs["dir"] = "rtl"
            first = [open_.type for open_ in tokens[max(0, index - 3) : index]]
            if first[-2:] == ["list_item_open", "paragraph_open"]:
                tokens[index - 2].attrs["dir"] = "rtl"
                if first[0] in LISTS:
                    tokens[index - 3].attrs["dir"] = "rtl"


def set_forward(tokens: Sequence[Token]) -> None:
    """Set left-to-right on blocks in such letters, in a right-to-left book."""
    for holder, token in pairwise(tokens):
        if token.type == "inline" and holder.type in HOLDERS:
            kinds = {unicodedata.bidirectional(letter) for text in _texts(token.children or ()) for letter in text}
            if "L" in kinds and not kinds & set(BACKWARD):
                holder.attrs["dir"] = "ltr"


def is_backward(tokens: Sequence[Token]) -> bool:
    """Return whether the first letter of a text is right-to-left; code says nothing about the text around it."""
    kinds = (unicodedata.bidirectional(letter) for text in _texts(tokens) for letter in text)
    return next((kind in BACKWARD for kind in kinds if kind in ("L", *BACKWARD)), False)


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "text":
            yield token.content
        yield from _texts(token.children or ())


EXTENSION = Extension("directions", syntax)
