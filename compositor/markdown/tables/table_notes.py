"""Notes of a table: `::: {.table-notes}` directly after it; they are printed below the table and stay with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import reading_of


def syntax(md: MarkdownIt) -> None:
    """Notes are moved into the table when captions are removed and the cells have been written back."""
    md.core.ruler.after("cells", "table_notes", move_notes)


def move_notes(state: StateCore) -> None:
    """Move the block before the end of the table; elsewhere, report it."""
    made: list[Token] = []
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type != "div_open" or "table-notes" not in token.meta["attributes"].classes:
            made.append(token)
            continue
        inside = [token, *_until_closed(tokens, token)]
        if made and made[-1].type == "table_close":
            inside[0].type, inside[-1].type = "table_notes_open", "table_notes_close"
            made[-1].meta = {"notes": True}
            made[-1:-1] = inside
        else:
            reading = reading_of(state)
            place, remedy = reading.line_place(token), "move them directly after the table and its caption"
            message = "these table notes follow no table, and are printed where they are"
            reading.warning("L256", message, place, remedy)
            made += inside
    state.tokens = made


def _until_closed(tokens: Iterator[Token], opening: Token) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.type == "div_close" and token.level == opening.level:
            return


def table_notes_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the end of the table's rows, not of its box."""
    return f'</table><div class="table-notes"{rendering.position(tokens[index])}>'


EXTENSION = Extension(
    "table_notes",
    syntax,
    {"table_notes_open": table_notes_open},
    {
        "L256": """A block `::: {.table-notes}` follows something that is not a table. The notes of a table are printed
below it and kept with it: write them directly after the table or its caption.""",
    },
)
