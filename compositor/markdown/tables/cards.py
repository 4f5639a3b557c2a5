"""Wide tables on narrow screens: each row a card, each cell labelled with its head.

A style sheet makes the cards, and thereby removes the table's meaning for screen readers; so such a table has ARIA
roles (Roselli, "Tables, CSS Display Properties, and ARIA"; WAI-ARIA 1.2, section 5.3).
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import plain_text
from compositor.markdown.tables.grid import Grid
from compositor.markdown.tables.needs import Need

MOST_COLUMNS = 4
"""As many columns as one can follow on a phone."""
ROOM = 19.0
"""Width in em of a table's type: a page of 320 CSS pixels (WCAG 2.2, 1.4.10) minus the margins of a reading system."""
WIDEST = 32.0
"""Em above which even a small tablet shows cards; the style sheet has the two widths, 34 and 60 em."""
WORDS = {"text", "softbreak", "hardbreak", "code_inline", "em_open", "em_close", "strong_open", "strong_close"}
"""Tokens of a caption that give a browser neither a role nor a keyboard target."""
ROLES = {"thead_open": "rowgroup", "tbody_open": "rowgroup", "tr_open": "row", "td_open": "cell"}


def syntax(md: MarkdownIt) -> None:
    """Cards are made when the text of the heads, and the space that the words need, is known."""
    md.core.ruler.after("column_widths", "cards", make_cards)


def make_cards(state: StateCore) -> None:
    """Give tables too wide for a phone labels and roles; a table with spanning cells in its body can only scroll."""
    inside = False
    for token in state.tokens:
        if token.type == "table_open":
            grid: Grid = token.meta["grid"]
            is_wide = _is_wide(grid, token.meta["need"])
            inside = is_wide and _rows_are_whole(grid)
            is_widest = inside and sum(token.meta["need"].least) > WIDEST
            token.meta |= {"cards": inside, "wide": is_widest, "scrolls": is_wide and not inside}
            _label(grid)
        if inside:
            token.meta |= {"role": _role(token)}
        inside = inside and token.type != "table_close"


def _is_wide(grid: Grid, need: Need) -> bool:
    """Return whether a phone would break its words anywhere; a table of one column gains nothing as cards."""
    return grid.columns > MOST_COLUMNS or (grid.columns > 1 and sum(need.least) > ROOM)


def _rows_are_whole(grid: Grid) -> bool:
    return all(cell.width == cell.height == 1 for cell in grid.cells() if cell.row >= grid.heads)


def _label(grid: Grid) -> None:
    """Set the label of a cell: the heads above it, from the widest to the narrowest."""
    for cell in grid.cells():
        if cell.row >= grid.heads:
            heads = dict.fromkeys(row[cell.column] for row in grid.slots[: grid.heads])
            texts = (" ".join(plain_text(head.inline.children).split()) for head in heads)
            cell.opening.meta["label"] = ", ".join(text for text in texts if text)


def role_of_table(table: Token) -> str | None:
    """Return `table`, unless the caption has a link, a picture or a formula: in ARIA, a table can own only rows.

    A browser still recognises such a table by its display, which the style sheet leaves unchanged.
    """
    caption = table.meta.get("caption")
    plain = caption is None or all(token.type in WORDS for token in caption.children or ())
    return "table" if plain else None


def _role(token: Token) -> str:
    if token.type == "th_open":
        return "columnheader" if token.meta.get("scope") == "col" else "rowheader"
    return ROLES.get(token.type, "")


EXTENSION = Extension("cards", syntax)
