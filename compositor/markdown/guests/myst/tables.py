"""`{list-table}`, `{csv-table}` and `{table}` -> the tokens of a table.

Sources: https://docutils.sourceforge.io/docs/ref/rst/directives.html#list-table, https://mystmd.org/guide/tables.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.book.includes import text_for_code
from compositor.markdown.guests.blocks import inside
from compositor.markdown.guests.myst.cells import Cell, rows_of_list
from compositor.markdown.guests.myst.forms import Directive, place_of_argument, put_words, warn
from compositor.markdown.reading import reading_of
from compositor.markdown.tables import column_widths

_WIDTH = re.compile(r"\d+(?:\.\d+)?")
_SPACES = re.compile(r"\s*\n\s*")
DELIMITERS = {"tab": "\t", "space": " "}
MOST = 10_000
"""Cells of a table."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of cells, and how many rows and first cells are heads."""

    rows: Sequence[Sequence[Cell]]
    heads: int
    stubs: int = 0


def table(state: StateBlock, found: Directive) -> None:
    """Put the content, with its caption as that of a table."""
    inside(state, found.first, found.last)
    if found.argument and state.tokens[-1].type == "table_close":
        put_words(state, f": {found.argument}", (found.start, max(found.first, found.start + 1)))
    elif found.argument:
        put_words(state, found.argument, (found.start, max(found.first, found.start + 1)))


def list_table(state: StateBlock, found: Directive) -> None:
    """Make a table of a list of rows, each a list of cells; if a table cannot have its cells, it stays a list."""
    before = len(state.tokens)
    inside(state, found.first, found.last)
    made = state.tokens[before:]
    rows = rows_of_list(made)
    if rows is None or sum(map(len, rows)) > MOST:
        message = "the cells of this table contain more than a cell can; the table is printed as a list"
        warn(state, found, message, "keep paragraphs, lists and code in the cells, and one list for each row")
        del state.tokens[before:]
        if found.argument:
            put_words(state, found.argument, (found.start, found.start + 1))
        state.tokens += made
        return
    del state.tokens[before:]
    heads, stubs = (_count(found.options.get(key, "")) for key in ("header-rows", "stub-columns"))
    _put(state, found, _Grid(rows, min(heads, len(rows)), stubs))


def csv_table(state: StateBlock, found: Directive) -> None:
    """Make a table of comma-separated values, in the text or in a file; if it cannot be read, it is a listing."""
    text = _text(state, found)
    if text is None:
        return
    delimiter = DELIMITERS.get(found.options.get("delim", "").lower(), found.options.get("delim", "")[:1] or ",")
    heads = _count(found.options.get("header-rows", ""))
    try:
        head = list(_read(found.options.get("header", ""), delimiter, found.start))
        rows = [*head, *_read(text, delimiter, found.start if found.options.get("file") else found.first)]
    except (csv.Error, TypeError) as problem:
        message = f"this table cannot be read as CSV ({problem}), and is printed as it is"
        warn(state, found, message, "put a cell with a comma into quotation marks, and double those inside it")
        rows = []
    if rows and sum(map(len, rows)) <= MOST:
        stubs = _count(found.options.get("stub-columns", ""))
        _put(state, found, _Grid(rows, min(len(head) + heads, len(rows)), stubs))
    elif text.strip():
        token = state.push("fence", "code", 0)
        token.markup, token.map, token.info = "```", [found.start, max(found.last, found.start + 1)], ""
        token.content, token.meta["made"] = text.strip("\n") + "\n", True


def _text(state: StateBlock, found: Directive) -> str | None:
    """Return the rows as they are written; None if they are elsewhere, and then their address is printed."""
    if found.options.get("file"):
        reading, place = reading_of(state), place_of_argument(state, found)  # type: ignore[arg-type]
        text = text_for_code(reading, reading.path_from(place, found.options["file"]), place)
        if text is None:
            put_words(state, f"`{found.options['file']}`", (found.start, found.start + 1))
        return text
    if found.options.get("url"):
        address = found.options["url"]
        put_words(state, f"[{found.argument or address}](<{address}>)", (found.start, found.start + 1))
        return None
    return "\n".join(found.lines(state))


def _read(text: str, delimiter: str, first: int) -> Iterator[list[Cell]]:
    """Yield the rows, each cell with the lines (from 0) of its row."""
    lines = io.StringIO(text, newline="")
    reader, line = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True), 0
    for row in reader:
        if any(cell.strip() for cell in row):
            yield [Cell(_SPACES.sub(" ", cell.strip()), (first + line, first + reader.line_num)) for cell in row]
        line = reader.line_num


def _count(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 4 else 0


def _put(state: StateBlock, found: Directive, grid: _Grid) -> None:
    """Put the tokens of a pipe table, with its caption."""
    lines = (found.start, max(found.last, found.start + 1))
    columns = max(map(len, grid.rows))
    opening = _push(state, "table_open", "table", 1, lines)
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(opening)
    attributes = Attributes("", (), _pairs(found, grid, columns))
    opening.meta = {"attributes": attributes, "braces_place": place, "headless": not grid.heads}
    if found.argument:
        _push(state, "caption_open", "caption", 1, lines)
        opening.meta["caption"] = _inline(state, Cell(found.argument, (found.start, found.start + 1)))
        _push(state, "caption_close", "caption", -1, lines)
    _push(state, "thead_open", "thead", 1, lines)
    for number, row in enumerate(grid.rows):
        if number == grid.heads:
            _push(state, "thead_close", "thead", -1, lines)
            _push(state, "tbody_open", "tbody", 1, lines)
        _row(state, [*row, *[Cell("", lines)] * (columns - len(row))], "th" if number < grid.heads else "td")
    end = "tbody" if grid.heads < len(grid.rows) else "thead"
    _push(state, f"{end}_close", end, -1, lines)
    _push(state, "table_close", "table", -1, lines)


def _pairs(found: Directive, grid: _Grid, columns: int) -> dict[str, str]:
    pairs = {"header-rows": str(grid.heads)} if grid.heads > 1 else {}
    if 0 < grid.stubs < columns:
        pairs["header-cols"] = str(grid.stubs)
    widths = _WIDTH.findall(found.options.get("widths", ""))
    if len(widths) == columns and all(map(float, widths)):
        pairs[column_widths.KEY] = f"[{','.join(widths)}]"
    return pairs


def _row(state: StateBlock, cells: Sequence[Cell], tag: str) -> None:
    _push(state, "tr_open", "tr", 1, cells[0].lines)
    for cell in cells:
        _push(state, f"{tag}_open", tag, 1, cell.lines)
        _inline(state, cell)
        _push(state, f"{tag}_close", tag, -1, cell.lines)
    _push(state, "tr_close", "tr", -1, cells[0].lines)


def _inline(state: StateBlock, cell: Cell) -> Token:
    inline = _push(state, "inline", "", 0, cell.lines)
    inline.content, inline.children = cell.words, []
    return inline


def _push(state: StateBlock, type_: str, tag: str, nesting: int, lines: tuple[int, int]) -> Token:
    token = state.push(type_, tag, nesting)  # type: ignore[arg-type]
    token.map = list(lines) if nesting >= 0 else None
    return token
