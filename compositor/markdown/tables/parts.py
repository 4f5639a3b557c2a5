"""A table that fits no page -> tables with some of its columns each, and the first column in every one.

Only paper needs them, and only if the page is known: the screen keeps the whole. What is repeated in a part, the first
column and cells that began in the previous part, is a token without words: it is printed, and is no part of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.tables.column_widths import TURNED, Step, allowed_steps, fit, is_unreadable, with_gap
from compositor.markdown.tables.grid import Cell, Grid, grid_again, write_grid
from compositor.markdown.tables.needs import Extent, Need
from compositor.model import Measure

AGAIN, NEXT = "again", "next-part"
"""The class of what is repeated, and of the parts after the first."""
MOST = 0.6
"""Fraction of the room that the repeated columns may take."""
NARROW = 8.0
"""Em of room for each column of a table below which most words would be broken more than once."""
_LINKS = re.compile(r'</?a\b[^>]*>| id="[^"]*"')
NOT_AGAIN = ("footnote_ref", "image", "picture", "term_open", "term_close")
"""Tokens that must not be repeated: calls of notes, pictures, terms of the index."""


def with_parts(tokens: Sequence[Token], measure: Measure, key: str) -> tuple[Token, ...]:
    """Return tokens with each table that would be unreadable on paper twice: in parts for paper, whole for others.

    `key` distinguishes the tables of different chapters.
    """
    made: list[Token] = []
    rest = iter(tokens)
    for token in rest:
        name = f"{key}-{len(made)}"
        if token.type == "table_open":
            whole = [token, *_until_closed(rest)]
            parts = list(_parts(whole, measure, name))
            made += [_only(parts, whole, False), _only(whole, whole, True)] if parts else whole
        elif token.type == "conditional":
            made.append(token.copy(children=list(with_parts(token.children or (), measure, name))))
        else:
            made.append(token)
    return tuple(made)


def _until_closed(tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.type == "table_close":
            return


def _only(shown: Sequence[Token], whole: Sequence[Token], on_screens: bool) -> Token:
    """Return what one kind of medium shows; `whole` is the table as its author wrote it."""
    table = whole[0]
    meta = {"hidden": on_screens, "when": ("pdf",), "unless": (), "attributes": Attributes()}
    meta |= {} if on_screens else {
        "parted": table,
        "parts": sum(token.type == "table_open" for token in shown),
        "whole": list(whole),
    }
    return Token("conditional", "", 0, map=table.map, level=table.level, block=True, children=list(shown), meta=meta)


def _parts(tokens: Sequence[Token], measure: Measure, key: str) -> Iterator[Token]:
    """Yield the tokens of all parts; nothing if the table is readable as it is, or cannot be split."""
    table, grid = tokens[0], grid_again(tokens, tokens[0].meta["grid"])
    found = fit(table, measure)
    if not found.is_too_wide or not is_unreadable(table, found):
        return
    repeated = max(1, _head_columns(grid))
    step, ends = _ends(table, measure, repeated, found.room <= NARROW * grid.columns)
    starts = [0, *ends[:-1]]
    columns = [[*range(repeated if start else 0), *range(start, end)] for start, end in zip(starts, ends, strict=False)]
    grids = [_grid(grid, chosen, start) for chosen, start in zip(columns, starts, strict=False)]
    if len(ends) < 2 or not all(any(one.begins_at(row)) for one in grids for row in range(len(one.slots))):
        return
    for number, (one, chosen) in enumerate(zip(grids, columns, strict=True)):
        one.table = _opening(table, one, need_of_columns(table.meta["need"], chosen), step, number)
        one.table.meta["whole"] = key
        one.caption = _caption(grid, number, table)
        *inside, closing = write_grid(one, Token("table_close", "table", -1, level=table.level, block=True))
        yield from _marked(inside, key)
        yield from _end(tokens) if number == len(grids) - 1 else [closing]


def _end(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the notes of a table, below its last part, and its end."""
    names = [token.type for token in tokens]
    return tokens[names.index("table_notes_open") if tokens[-1].meta.get("notes") else -1 :]


def _head_columns(grid: Grid) -> int:
    """Return how many columns at the left are heads in every row."""
    body = grid.slots[grid.heads :]
    return next((c for c in range(grid.columns) if any(r[c].opening.type != "th_open" for r in body)), 0)


def _ends(table: Token, measure: Measure, repeated: int, is_narrow: bool) -> tuple[Step, list[int]]:
    """Return the step at which the parts are set, and the column after the last of each part."""
    asked, allowed = allowed_steps(table, measure)
    steps = [step for step in allowed if TURNED in asked or TURNED not in step.classes]
    found = [(step, _packed(table.meta["need"], step, repeated, is_narrow)) for step in steps]
    return min(found, key=lambda pair: len(pair[1]) or table.meta["grid"].columns)


def _packed(need: Need, step: Step, repeated: int, is_narrow: bool) -> list[int]:
    """Return as few parts as possible, about equally wide; nothing if the repeated columns take too much of the room.

    If the columns of the whole are narrow, the repeated ones get half of the room, and the others the rest: then a word
    is broken here and there, and not all of them at every syllable.
    """
    widths, room = with_gap(need.words, step), step.room
    if repeated >= len(widths):
        return []
    if sum(widths[:repeated]) > MOST * room:
        if not is_narrow:
            return []
        widths = (*[room / 2 / repeated] * repeated, *(min(width, room / 2) for width in widths[repeated:]))
    fewest = _filled(widths, room, repeated)
    tried = (_filled(widths, room * share / 20, repeated) for share in range(10, 20))
    return next((ends for ends in tried if len(ends) == len(fewest)), fewest)


def _filled(widths: Sequence[float], room: float, repeated: int) -> list[int]:
    """Return the ends of the parts if each takes as many columns as fit."""
    first = sum(widths[:repeated])
    ends, taken, begun = list[int](), first, False
    for column in range(repeated, len(widths)):
        if begun and taken + widths[column] > room:
            ends.append(column)
            taken = first
        taken, begun = taken + widths[column], True
    return [*ends, len(widths)]


def need_of_columns(need: Need, chosen: Sequence[int]) -> Need:
    """Return what some columns of a table need."""
    rows = [tuple(_of_columns(row, chosen)) for row in need.rows]
    least, most, words = (tuple(of[c] for c in chosen) for of in (need.least, need.most, need.words))
    return Need(least, most, words, tuple(rows), need.wraps)


def _of_columns(row: Sequence[Extent], chosen: Sequence[int]) -> Iterator[Extent]:
    """Yield the cells in these columns, in order; those that a part does not have are skipped."""
    place = 0
    while place < len(chosen):
        at = bisect_right(row, chosen[place], key=lambda one: one.column + one.width)
        if at == len(row):
            return
        behind = bisect_left(chosen, row[at].column + row[at].width)
        first = bisect_left(chosen, row[at].column)
        if behind > first:
            yield Extent(first, behind - first, row[at].lines)
        place = max(behind, place + 1)


def _grid(grid: Grid, chosen: Sequence[int], start: int) -> Grid:
    """Return some columns of a table; a cell that begins before the first of them is repeated there."""
    opened = [token.copy(meta={k: v for k, v in token.meta.items() if k != "ends"}) for token in grid.opened]
    made = Grid(grid.table, [], [], opened, grid.heads)
    cells: dict[tuple[Cell, int], Cell] = {}
    for number, row in enumerate(grid.slots):
        taken: list[Cell] = []
        for cell, slots in groupby((row[column] for column in chosen), key=lambda one: one):
            width = len(list(slots))
            if (cell, width) not in cells:
                cells[cell, width] = _cell(cell, width, len(taken), cell.column < start, number)
            taken += [cells[cell, width]] * width
        made.slots.append(taken)
    return made


def _cell(cell: Cell, width: int, column: int, is_again: bool, row: int) -> Cell:
    meta = {**cell.opening.meta, "colspan": width if width > 1 else None}
    opening, inline, closing = cell.opening.copy(meta=meta), cell.inline, cell.closing
    if width < cell.width:
        opening.meta["whole-span"] = cell.width
    if is_again:
        opening.type, opening.tag = "again_open", cell.opening.tag
        inline = Token("again_words", "", 0, meta={"inline": cell.inline.children or []})
        closing = cell.closing.copy(type="again_close")
    return Cell(opening, inline, closing, row, column, cell.height, width)


def _opening(table: Token, grid: Grid, need: Need, step: Step, number: int) -> Token:
    """Return the opening of a part, which stays in place, and is as small as the others."""
    found: Attributes = table.meta.get("attributes", Attributes())
    classes = tuple(dict.fromkeys((*found.classes, *step.classes, "here", *((NEXT,) if number else ()))))
    given = replace(found, id="" if number else found.id, classes=classes)
    meta = {**table.meta, "attributes": given, "given": False, "grid": grid, "need": need}
    meta["of"] = str(table.attrs.get("id", ""))
    return table.copy(attrs={} if number else dict(table.attrs), meta=meta)


def _caption(grid: Grid, number: int, table: Token) -> list[Token]:
    """Return the caption of the table above its first part; above the others, that it continues."""
    if not number or not grid.caption:
        return list(grid.caption)
    meta = {"of": str(table.attrs.get("id", ""))}
    return [Token("caption_again", "caption", 0, level=table.level + 1, block=True, meta=meta)]


def _marked(tokens: Sequence[Token], key: str) -> Iterator[Token]:
    """Yield the rows and groups of rows, each with a name that its other parts share."""
    row = 0
    for token in tokens:
        if token.type in ("thead_open", "tbody_open", "tr_open"):
            token.meta = {**token.meta, "whole": f"{key}-{token.tag}{row if token.tag == 'tr' else ''}"}
            row += token.tag == "tr"
        yield token


def again_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Return a cell that is in the previous part."""
    token = tokens[index]
    classes = [name for name in (token.meta.get("align"), *token.meta.get("classes", ()), AGAIN) if name]
    spans = {"colspan": token.meta.get("colspan"), "rowspan": token.meta.get("rowspan")}
    return f"<{token.tag}{attributes({'class': ' '.join(classes), **spans, 'dir': token.attrs.get('dir')})}>"


def again(cell: Token) -> list[Token]:
    """Return the repeated content of a cell."""
    return [token for token in cell.meta["inline"] if token.type not in NOT_AGAIN]


def again_words(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the words of such a cell, without links and link targets."""
    return _LINKS.sub("", rendering.inline(again(tokens[index])))


def caption_again(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render "Table 3.1 (continued)"."""
    label = rendering.label(tokens[index].meta["of"])
    return f'<caption class="{AGAIN}">{label} ({rendering.words.continued})</caption>'


EXTENSION = Extension(
    "parts", render={"again_open": again_open, "again_words": again_words, "caption_again": caption_again}
)
