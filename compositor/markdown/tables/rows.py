"""Rows of pipe tables that are too long: markdown-it, like GitHub, drops the cells for which the head has no column."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

_BAR = re.compile(r"(?<!\\)\|")


def syntax(md: MarkdownIt) -> None:
    """This is markdown-it's table rule, whose rows keep their lines; they are counted before captions are found."""
    md.block.ruler.at("table", with_lines, {"alt": ["paragraph", "reference"]})
    md.core.ruler.before("table_captions", "rows", check_rows)


def with_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Run markdown-it's rule; only while it runs is it known where a line begins inside lists and quotations."""
    before = len(state.tokens)
    matched = table(state, start, end, silent)
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            token.meta["line"] = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    return matched


def check_rows(state: StateCore) -> None:
    """Report a row with more cells than the head, and a line that became a row for lack of an empty line before it."""
    reading, columns = reading_of(state), 0
    rest, last = "", Token("", "", 0)
    for token in state.tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and "line" in token.meta:
            rest = _check(reading, token.meta["line"], token.map[0] + 1 if token.map else 1, columns)
        elif token.type == "inline":
            last = token
        elif token.type == "tr_close" and rest:
            last.content, rest = f"{last.content} {rest}".strip(), ""


def _check(reading: Reading, line: str, number: int, columns: int) -> str:
    """Check the cells for which the table has no column, as Markdown."""
    outer = int(line.startswith("|"))
    cells = escapedSplit(line)[outer:]
    cells = cells[:-1] if not cells[-1] else cells
    if any(cell.strip() for cell in cells[columns:]):
        has, room = _counted(len(cells), "cell"), _counted(columns, "column")
        message = f"the row has {has}, but the table has {room}; the rest is in its last cell"
        remedy = r"delete the cell, add one to the head, or write \| for a bar within a cell"
        start = reading.after(reading.place_at(number, 1), line).column or 1
        before = "|".join(_BAR.split(line)[: columns + outer]) + "|"
        reading.warning("L257", message, reading.place_at(number, start + len(before)), remedy)
        return " ".join(cell.strip().replace("|", "\\|") for cell in cells[columns:] if cell.strip())
    if len(cells) == 1 and columns > 1 and not outer:
        remedy = "put an empty line before it, or bars around its cells"
        place = reading.after(reading.place_at(number, 1), line)
        reading.warning("L258", "this line has no bar; it becomes a row of the table above", place, remedy)
    return ""


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


EXTENSION = Extension(
    "rows",
    syntax,
    explanations={
        "L257": """A row of a table has more cells than the head. There is no column for the last of them, and Markdown
would silently drop them. Write a bar that belongs to the words of a cell as `\\|`, also between back-ticks.""",
        "L258": """A line without a bar is directly below a table. Markdown makes it one more row, with the line in its
first cell. Put an empty line before a paragraph or a caption.""",
    },
)
