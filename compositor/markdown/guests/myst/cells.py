"""The list of a `{list-table}` -> rows of cells, with all blocks of a cell as lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

BREAK = "\\\n"
"""A line end that is kept."""
LISTS = ("bullet_list_open", "ordered_list_open")
HOLDERS = {"paragraph", "blockquote", "dl", "dt", "dd"}
"""Blocks that may be in a cell: their content becomes lines."""
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell, as Markdown, and their lines (from 0)."""

    words: str
    lines: tuple[int, int]


class _NoCell(ValueError):
    """A block that cannot be in a cell."""


def rows_of_list(tokens: Sequence[Token]) -> list[list[Cell]] | None:
    """Return the rows; None if the tokens are no list of lists, or contain what cannot be a line."""
    if not tokens or tokens[0].type not in LISTS or _end(tokens, 0) != len(tokens) - 1:
        return None
    try:
        rows = [list(_cells(item)) for item in _items(tokens[1:-1])]
    except _NoCell:
        return None
    return rows if rows and all(rows) else None


def _cells(item: Sequence[Token]) -> Iterator[Cell]:
    inner = item[1:-1]
    if not inner or inner[0].type not in LISTS or _end(inner, 0) != len(inner) - 1:
        raise _NoCell
    for cell in _items(inner[1:-1]):
        lines = cell[0].map or [0, 1]
        yield Cell(BREAK.join(_lines(cell[1:-1])), (lines[0], lines[1]))


def _items(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the items of a list, each with the tokens at its ends."""
    start = 0
    while start < len(tokens):
        end = _end(tokens, start)
        yield tokens[start : end + 1]
        start = end + 1


def _end(tokens: Sequence[Token], start: int) -> int:
    """Return where the block that opens at an index closes."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def _lines(tokens: Sequence[Token], mark: str = "") -> Iterator[str]:
    """Yield the lines of the blocks in a cell; the first line of a list item has its mark."""
    lists: list[int] = []
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type in LISTS:
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else -1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            mark = "• " if lists[-1] < 0 else f"{lists[-1]}\\. "
            lists[-1] += lists[-1] >= 0
        elif token.type == "inline" and token.content:
            yield mark + token.content
            mark = ""
        elif token.type in ("fence", "code_block"):
            yield from map(_code, token.content.removesuffix("\n").split("\n"))
        elif token.type == "html_block" and "\n" not in (html := token.content.strip()):
            yield html
        elif name not in (*HOLDERS, "list_item", "inline"):
            raise _NoCell


def _code(line: str) -> str:
    """Return a line of code as inline code; an empty one is left out."""
    ticks = "`" * (max((len(run) for run in _TICKS.findall(line)), default=0) + 1)
    bare = line.strip()
    indent = "\u00a0" * (len(line) - len(line.lstrip()))
    pad = " " if bare.startswith("`") or bare.endswith("`") else ""
    return f"{ticks}{indent}{pad}{bare}{pad}{ticks}" if bare else ""
