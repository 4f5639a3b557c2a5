"""Tables over several pages: each part has its head, turned tables continue on the next page, and rows break if needed.

WeasyPrint drops the head of a table if head and row do not fit on a page together. It breaks a turned table by the
height of the page, but the room of that table is the width. A cell that has begun, and does not fit on the next page,
is set from its beginning again on the page after that.
"""

from __future__ import annotations

from typing import Any

from compositor.typeset.floats import classes_of
from compositor.typeset.large import best_broken, loosen, rows_held


def break_rows() -> None:
    """Wrap WeasyPrint's functions; called once in a process."""
    _remember_where_cells_stopped()
    _keep_heads()
    _break_what_is_turned()


def _remember_where_cells_stopped() -> None:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block

    contain, lay_out = block.block_container_layout, block.table_layout

    def block_container_layout(context: Any, box: Any, bottom: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; let a cell that does not fit on a page remember where it was to continue."""
        result = contain(context, box, bottom, *arguments, **named)
        if isinstance(box, boxes.TableCellBox):
            box.waits_at = arguments[0] if arguments and result[0] is None else None
        return result

    def table_layout(context: Any, table: Any, *arguments: Any) -> Any:
        """Lay out a table; a cell that did not fit continues on the next page where it was to continue here."""
        result = lay_out(context, table, *arguments)
        for group, rows in (result[1] or {}).items():
            for row, cells in (rows or {}).items():
                for cell, at in (cells or {}).items():
                    waits_at = getattr(table.children[group].children[row].children[cell], "waits_at", None)
                    cells[cell] = waits_at if at == {0: None} and waits_at else at
        return result

    block.block_container_layout, block.table_layout = block_container_layout, table_layout


def _keep_heads() -> None:
    from weasyprint.layout import block

    original = block.table_layout

    def table_layout(context: Any, table: Any, bottom_space: float, skip: Any, *arguments: Any) -> Any:
        """Break a row that does not fit below the head, so that the head stays.

        A head that does not fit on a page at all is set once, as the first rows, and continues on the next page.
        """
        result = original(context, table, bottom_space, skip, *arguments)
        while _has_lost_its_head(table, result[0]) and (held := _row_below_the_head(table, skip)):
            for row in best_broken(held) or held:
                loosen(row)
            block.remove_placeholders(context, [result[0]], *arguments[2:])
            result = original(context, table, bottom_space, skip, *arguments)
        if skip is None and _has_lost_its_head(table, result[0]):
            table.children[0].is_header = False
            for row in table.children[0].children:
                loosen(row)
            block.remove_placeholders(context, [result[0]], *arguments[2:])
            result = original(context, table, bottom_space, skip, *arguments)
        return result

    block.table_layout = table_layout


def _has_lost_its_head(table: Any, laid: Any) -> bool:
    has_head = bool(table.children) and table.children[0].is_header
    return laid is not None and has_head and bool(laid.children) and not laid.children[0].is_header


def _row_below_the_head(table: Any, skip: Any) -> list[Any]:
    """Return the row with which a part of a table begins, and those that are kept with it."""
    group, rows = next(iter(skip.items())) if skip else (1, None)
    bodies = table.children[max(1, group) :]
    return rows_held(bodies[0], next(iter(rows)) if rows else 0) if bodies else []


def _break_what_is_turned() -> None:
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; end a turned table where the page ends at its side."""
        across = getattr(context, "across", None)
        if not named and across is not None and "turned" in classes_of(box):
            bottom_space = context.page_bottom - box.position_y - across
        return original(context, box, bottom_space, *arguments, **named)

    block.block_container_layout = block_container_layout
