"""Rules of the grid: lines on facing pages stand at the same height."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Line, Setting, Sheet, excerpt

TOLERANCE = 0.5
"""Points."""
OTHERS = (
    *("pre", "table", "figure", "callout", "exercise", "answer", "opener", "equation"),
    *("ul", "ol", "dl", "blockquote"),
)


def off_the_grid(setting: Setting) -> Iterator[Fault]:
    """On two facing pages of text, the lines are not at the same height.

    In the theme, everything that is not running text is a whole number of lines high; a style of the book has changed
    this. Paragraphs that are set half a line apart begin on half lines.
    """
    for page, sheet in enumerate(setting.sheets):
        facing = setting.sheets[page - 1] if page and sheet.side == "right" else None
        if facing is None or not _is_text(sheet) or not _is_text(facing) or sheet.leading <= 0:
            continue
        step = sheet.leading / (2 if _is_set_apart(sheet) or _is_set_apart(facing) else 1)
        for number, one in ((page - 1, facing), (page, sheet)):
            off = next((line for line in _running(one) if _distance(one, line, step) > TOLERANCE), None)
            if off is not None:
                message = f"a line is {_distance(one, off, step):.1f} pt off the baseline grid: {excerpt(off.words)}"
                yield Fault(number, off.node.position, message, "give the element above it a height of whole lines")


def _is_text(sheet: Sheet) -> bool:
    """Return whether a page contains only running text and headings; around lists and quotations there are half lines.
    """
    others = any(line.node.inside(*OTHERS) for line in sheet.of("text"))
    return not sheet.pictures and not sheet.tables and not others


def _running(sheet: Sheet) -> Iterator[Line]:
    return (
        line for line in sheet.of("text") if line.node.tag == "p" and abs(line.faces[0].size - sheet.text_size) < 0.01
    )


def _is_set_apart(sheet: Sheet) -> bool:
    """Return whether paragraphs are set half a line apart."""
    apart = 1.5 * sheet.leading
    pairs = ((one, after) for one, after in pairwise(_running(sheet)) if one.node is not after.node)
    return any(abs(after.baseline - one.baseline - apart) <= TOLERANCE for one, after in pairs)


def _distance(sheet: Sheet, line: Line, step: float) -> float:
    """Return the points between a line and the nearest of the grid; the grid begins with the text block and has this
    step."""
    first = sheet.block.top + (line.baseline - line.edges.top)
    rest = (line.baseline - first) % step
    return min(rest, step - rest)


def spreads(setting: Setting) -> Iterator[tuple[int, float]]:
    """Yield each spread with only text that continues: its left-hand page, and by how much the right-hand one is
    longer.

    A page with notes ends with them, at the foot.
    """
    for page, (left, right) in enumerate(pairwise(setting.sheets[:-1])):
        text = left.side == "left" and all(_is_text(one) and one.of("text") for one in (left, right))
        if text and not (left.ends_by_order or right.ends_by_order):
            yield page, _end(right) - _end(left)


def uneven_spreads(setting: Setting) -> Iterator[tuple[int, float]]:
    """Return those spreads whose pages do not end on the same line."""
    return ((page, more) for page, more in spreads(setting) if abs(more) > TOLERANCE)


def _end(sheet: Sheet) -> float:
    return sheet.block.bottom if sheet.of("notes") else max(line.edges.bottom for line in sheet.of("text"))
