"""Wide tables on narrow screens: each row a card, each cell with the words of its head (typography, rule E7).

A style sheet makes the cards, and by that takes from the table what it means to a screen reader; so such a table says
with ARIA roles what it is (Roselli, "Tables, CSS Display Properties, and ARIA"; WAI-ARIA 1.2, section 5.3).
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.grid import Grid
from compositor.markdown.reading import plain_text

MOST_COLUMNS = 4
"""What a phone has room for."""
ROLES = {"thead_open": "rowgroup", "tbody_open": "rowgroup", "tr_open": "row", "td_open": "cell"}


def syntax(md: MarkdownIt) -> None:
    """Made when the text of the heads is known."""
    md.core.ruler.after("places", "cards", make_cards)


def make_cards(state: StateCore) -> None:
    """Tables of more columns get labels and roles; where cells span rows of the body, the table can only scroll."""
    inside = False
    for token in state.tokens:
        if token.type == "table_open":
            grid: Grid = token.meta["grid"]
            inside = grid.columns > MOST_COLUMNS and _rows_are_whole(grid)
            token.meta |= {"cards": inside, "scrolls": grid.columns > MOST_COLUMNS and not inside}
            _label(grid)
        if inside:
            token.meta |= {"role": _role(token)}
        inside = inside and token.type != "table_close"


def _rows_are_whole(grid: Grid) -> bool:
    return all(cell.width == cell.height == 1 for cell in grid.cells() if cell.row >= grid.heads)


def _label(grid: Grid) -> None:
    """What stands above a cell in the head, from the widest head to the narrowest."""
    for cell in grid.cells():
        if cell.row >= grid.heads:
            heads = dict.fromkeys(row[cell.column] for row in grid.slots[: grid.heads])
            texts = (" ".join(plain_text(head.inline.children).split()) for head in heads)
            cell.opening.meta["label"] = ", ".join(text for text in texts if text)


def _role(token: Token) -> str:
    if token.type == "th_open":
        return "columnheader" if token.meta.get("scope") == "col" else "rowheader"
    return ROLES.get(token.type, "")


EXTENSION = Extension("cards", syntax)
