"""Rules of the edges: nothing is outside the text block or the page, and nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterator

from compositor.model import FREE_EDGE
from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Edges, Node, Setting, Sheet, Zone, excerpt
from compositor.typeset.margins.wider import INTO_MARGIN

BREAK_IT = "shorten it, or show where it may break: &shy; in a word, a space or line break in code or a formula"
DIVIDE_IT = "split what cannot continue on the next page, such as a tall table row, or make it smaller"
TOLERANCE = 0.5
"""Points; a smaller distance is not visible."""
BESIDE = ("margin", "beside")
"""The zones outside the text block."""
FREE = FREE_EDGE - 2 * TOLERANCE
"""Points of the outer margin that stay free even beside what may extend into it."""
BLEED = ("band", "field")
"""Classes of what extends to the edge of the paper and past it."""


def past_the_margin(setting: Setting) -> Iterator[Fault]:
    """Words, a picture or a table are outside the text block: in the margin, or cut off by the edge of the paper.

    The remedy depends on the cause. In a long word, write a soft hyphen (`&shy;`) where it may break. In code, a
    formula or an address, add a space or a line break. Give a picture `width=100%`. In a table, remove a column,
    shorten its words, or set `tbl-colwidths`. Words may hang out as far as their style says in `--overhang`.
    """
    for page, sheet in enumerate(setting.sheets):
        for line in sheet.lines:
            outside = _outside(sheet, line.node, line.edges, line.zone) - line.overhang
            if line.zone not in BESIDE and outside > TOLERANCE:
                message = f"words are {outside:.0f} pt outside the text block: {excerpt(line.words)}"
                yield Fault(page, line.node.position, message, BREAK_IT)
        for picture in sheet.pictures:
            free = picture.zone in BESIDE or picture.node.inside(*BLEED) is not None
            outside = _outside(sheet, picture.node, picture.edges, picture.zone) if not free else 0.0
            if outside > TOLERANCE:
                message = f"a picture is {outside:.0f} pt outside the text block"
                yield Fault(page, picture.node.position, message, "make it smaller: {width=100%} fits")
        for table in sheet.tables:
            outside = _outside(sheet, table.node, table.edges)
            if outside > TOLERANCE:
                message = f"a table is {outside:.0f} pt wider than the text block"
                yield Fault(page, table.node.position, message, "remove a column, or shorten the words in its cells")


def _outside(sheet: Sheet, node: Node, edges: Edges, zone: Zone = "text") -> float:
    """Return how far something is outside the text block, in points.

    What is turned on its side has its own left and right, which are the top and the bottom of the block. The notes of a
    turned table stand upright.
    """
    block = sheet.block
    if zone == "notes" or node.inside("turned") is None:
        more = max(0.0, _outer(sheet) - FREE) if node.inside(INTO_MARGIN) else 0.0
        left, right = (0.0, more) if sheet.side == "right" else (more, 0.0)
        return max(block.left - left - edges.left, edges.right - block.right - right)
    along, across = edges.right - block.left, edges.bottom - block.top
    return max(along - (block.bottom - block.top), across - (block.right - block.left))


def _outer(sheet: Sheet) -> float:
    """Return the width of the outer margin, in points."""
    return sheet.size[0] - sheet.block.right if sheet.side == "right" else sheet.block.left


def off_the_page(setting: Setting) -> Iterator[Fault]:
    """Words are below the text block or off the paper altogether, so readers would not see them.

    Something that cannot be broken is higher than a page: a table row, or a box that a style keeps together. Split the
    row in two, or remove the class or the style (`break-inside: avoid`) that keeps the box together.
    """
    for page, sheet in enumerate(setting.sheets):
        limit = sheet.block.bottom + TOLERANCE
        for line in sheet.lines:
            if line.zone in BESIDE:
                lost = line.baseline > sheet.size[1] or line.edges.left < 0 or line.edges.right > sheet.size[0]
                lost = lost or line.edges.top < 0
            else:
                lost = line.baseline > limit or line.edges.top < sheet.block.top - sheet.leading
            if lost:
                message = f"words are cut off, below the text block or off the paper: {excerpt(line.words)}"
                yield Fault(page, line.node.position, message, DIVIDE_IT)
                break
        for picture in sheet.pictures:
            if picture.zone == "text" and picture.edges.bottom > limit:
                yield Fault(page, picture.node.position, "a picture is higher than the page", "make it smaller")
