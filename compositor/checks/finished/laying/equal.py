"""Blocks with equal text, as they were found -> each next to its neighbours, else in the order of the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compositor.checks.finished.block import Block
from compositor.checks.finished.sheet import Sheet


def put_equal_ones_in_order(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Reorder blocks with equal text, which cannot be told apart: the first of them gets the first place.

    A block is not moved if that would take it away from its neighbours: the cells of a table that was moved to a later
    page.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for number in sorted(sheet.lies):
        block = blocks[number]
        groups.setdefault((block.wanted, block.letters if block.exact else "", block.note), []).append(number)
    for group in groups.values():
        found = sorted((sheet.lies[number], number) for number in group)
        places = {here: place for (place, _), here in zip(found, group, strict=True)}
        are_cells = all(blocks[number].cell for number in group)
        if are_cells and _in_place(sheet, places) < _in_place(sheet, {}, group):
            continue
        if [number for _, number in found] != group:
            sheet.rename({there: here for (_, there), here in zip(found, group, strict=True)})


def _in_place(sheet: Sheet, places: Mapping[int, tuple[int, int]], group: Sequence[int] = ()) -> int:
    """Return how many blocks are between their neighbours if they are put at these places."""
    count = 0
    for number in places or group:
        (_, before), (start, end), (behind, _) = (
            places.get(one, sheet.lies.get(one, other))
            for one, other in ((number - 1, (0, 0)), (number, (0, 0)), (number + 1, (len(sheet.text), 0)))
        )
        count += before <= start and end <= behind
    return count
