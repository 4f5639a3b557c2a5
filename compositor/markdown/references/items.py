"""Items of numbered lists that can be referred to: `1. {#item-backup} Back up.`, and `@item-backup` is "item 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import IDENTIFIER
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.model import Anchor, Place

_ID = re.compile(r"\{#(?P<id>[^\s{}]+)\}[ \t]*")


def syntax(md: MarkdownIt) -> None:
    """Braces with an id at the beginning of an item are removed before its text is parsed."""
    md.core.ruler.before("inline", "items", take_ids)


def take_ids(state: StateCore) -> None:
    """Give such an item its anchor, with the number that the page shows."""
    reading = reading_of(state)
    for item, number, inline in _items(state.tokens):
        match = _ID.match(inline.content)
        if match is None or not IDENTIFIER.match(match["id"]):
            continue
        place = reading.inline_place(inline, 1, len(match["id"]) + 1)
        inline.content = inline.content[match.end() :]
        if number:
            item.attrs["id"] = identifier = reading.own_id(match["id"], place)
            reading.add_anchor(Anchor(identifier, "item", place, "", given=True, number=number), inline)
        else:
            _unnumbered(reading, place)


def _unnumbered(reading: Reading, place: Place) -> None:
    remedy = "begin the items with 1. 2. 3., or refer to the section"
    reading.warning("L303", "this item has no number to refer to; its id is ignored", place, remedy)


def _items(tokens: list[Token]) -> Iterator[tuple[Token, str, Token]]:
    """Yield items that begin with text, and the number of each as in "2.1"; empty in lists without numbers."""
    lists: list[int | None] = []
    for i, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(int(token.attrs.get("start", 1)) - 1 if token.type.startswith("ordered") else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1] = None if lists[-1] is None else lists[-1] + 1
            if [t.type for t in tokens[i + 1 : i + 3]] == ["paragraph_open", "inline"]:
                numbers = [str(number) for number in lists if number is not None]
                yield token, ".".join(numbers) if lists[-1] is not None else "", tokens[i + 2]


EXTENSION = Extension(
    "items",
    syntax,
    explanations={
        "L303": """An item of a list without numbers has an id. A reference could not say which of the bullets it
means. Number the list, or refer to the section.""",
    },
)
