"""Side notes: `::: aside` … `:::`; on paper in the outer margin, next to what follows; on screens a box in the text."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, shown
from compositor.markdown.divs import closing
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.figures.captions import WIDE_INLINE

NAME = "aside"
NARROW = frozenset(("paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close"))
NARROW |= {"ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close", "text"}
"""What fits into a margin; a note with anything else stays in the text."""


def syntax(md: MarkdownIt) -> None:
    """They are found when the attributes of blocks, and their content, are known."""
    md.core.ruler.push("side_notes", find_side_notes)


def find_side_notes(state: StateCore) -> None:
    """Make side notes of blocks with this class; one inside another block, or wide, stays in the text."""
    for start, token in enumerate(state.tokens):
        found: Attributes = token.meta.get("attributes", Attributes())
        if token.type != "div_open" or NAME not in found.classes:
            continue
        end = closing(state.tokens, start)
        token.meta["narrow"] = token.level == 0 and all(map(_is_narrow, state.tokens[start + 1 : end]))
        for one, kind in ((token, "side_note_open"), (state.tokens[end], "side_note_close")):
            one.type, one.tag = kind, "aside"


def _is_narrow(token: Token) -> bool:
    return token.type in NARROW and not any(child.type in WIDE_INLINE for child in token.children or ())


def side_note_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<aside class="side-note aside">`; with `beside` if it goes into the margin.

    It is a note and no landmark: landmarks must be few, each with its own name (WAI-ARIA 1.2, "complementary").
    """
    token = tokens[index]
    found = shown(token.meta["attributes"])
    beside = "beside" if rendering.measure.beside and token.meta["narrow"] else ""
    classes = " ".join(name for name in ("side-note", beside, found["class"]) if name)
    return f"<aside{attributes(found | {'class': classes, 'role': 'note'})}{rendering.position(token)}>"


EXTENSION = Extension("side_notes", syntax, {"side_note_open": side_note_open})
