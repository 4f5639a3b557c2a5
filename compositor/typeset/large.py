"""Boxes that a style keeps whole, and that would leave a large gap when they move to the next page -> broken.

This module also prevents a page that ends with a heading and one line below it.

WeasyPrint only knows "keep whole if it fits on a page". A long table, row, callout or exercise is better broken than
preceded by a page that is a third empty. Short ones stay whole, and so do figures and code. A callout that can be
broken with three lines on either side may leave even less white. A paragraph is separated from the code after it if a
fifth of a page would stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compositor.typeset.floats import HEADINGS, State, announces, classes_of, group_of, is_float, see, tag_of

HOLE = 0.32
"""Part of the height of a page that may stay empty; a rule reports pages with more white (P207)."""
LONG = 0.5
"""Part of the height of a page from which on a box of text is long."""
TEXT = frozenset({"callout", "exercise", "epigraph", "annotations"})
"""Classes of boxes that are broken if they are long; tables and their rows are broken in any case."""
SMALL_HOLE = 0.13
"""Part that may stay empty before a callout or exercise with at least `LINES` lines, and before a paragraph that is
kept with the code after it: that paragraph may end the page alone."""
LINES = {"callout": 6, "exercise": 4}
"""Lines of the first text of a callout, and lines of an exercise; half of them stand on either side of a break."""
LITTLE_HOLE = 0.1
"""Part that may stay empty before the end of such a paragraph."""
MIDDLE_HOLE = 0.2
"""Part that may stay empty before such a paragraph that ends with a colon."""
TOGETHER = "keep-together"
"""The class of boxes that the author wants whole: they are broken only if they fit on no page."""
AVOID = frozenset({"avoid", "avoid-page"})
FORCED = frozenset({"page", "left", "right", "recto", "verso"})


def break_large_boxes() -> None:
    """Wrap WeasyPrint's function, over the one that moves text before figures; called once in a process."""
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; lay out a unit again with a box broken that would have left a hole."""
        if named or "unit" not in classes_of(box):
            return original(context, box, bottom_space, *arguments, **named)
        state = State(context, box, arguments)
        context.across = box.width
        result = original(context, box, bottom_space, *arguments)
        while result[0] is not None:
            held, alone = _held(context, box, bottom_space, result), _alone_below_a_heading(box, result)
            if not held and alone is None:
                break
            for one in held:
                loosen(one)
            if alone is not None and not held:
                _hold(alone)
            result = original(context, box, bottom_space, *state.restored(result[0]))
        return result

    block.block_container_layout = block_container_layout


def loosen(box: Any) -> None:
    """Let a box be broken; if it has a picture or may be broken already, let the next box be separated from it."""
    is_parted = box.style["break_after"] in AVOID and has_picture(box)
    name = "break_inside" if box.style["break_inside"] in AVOID and not is_parted else "break_after"
    box.style = box.style.copy()
    box.style[name] = "auto"


def _alone_below_a_heading(box: Any, result: Any) -> Any:
    """Return the block of one line that ends a page below its heading: one more line is to follow."""
    from weasyprint.formatting_structure import boxes

    laid, resume = result[:2]
    (index, inside), = (resume or {0: None}).items()
    if inside is not None or index < 2 or len(laid.children) < 3:
        return None
    heading, last = box.children[index - 2 : index]
    if tag_of(heading) not in HEADINGS or last.style["break_after"] != "auto":
        return None
    parts = [one for one in laid.children[-1].descendants() if isinstance(one, (boxes.LineBox, boxes.ReplacedBox))]
    return last if len(parts) == 1 and isinstance(parts[0], boxes.LineBox) else None


def _hold(box: Any) -> None:
    box.style = box.style.copy()
    box.style["break_after"] = "avoid"


def _held(context: Any, unit: Any, bottom_space: float, result: Any) -> list[Any]:
    """Return what is to be broken, so that less of the page is empty; an empty list if the page is full enough."""
    resume = result[1]
    hole, room = hole_of(context, unit, bottom_space, result)
    if hole < LITTLE_HOLE * room:
        return []
    parted = _of_text(context, unit, resume) if hole >= SMALL_HOLE * room else None
    if parted is None:
        parted = _before_code(context, unit, resume, hole / room)
    if parted is not None or hole < HOLE * room:
        return [] if parted is None else [parted]
    for parent, box in (*_next(unit, resume), *_held_to(unit, resume)):
        if tag_of(box) == "tr":
            return best_broken(rows_held(parent, parent.children.index(box)))
        if box.style["break_inside"] in AVOID and _may_be_broken(context, parent, box, room):
            return [box]
    return []


def hole_of(context: Any, unit: Any, bottom_space: float, result: Any) -> tuple[float, float]:
    """Return how many pixels of a page are empty at its foot, and its height; no hole if the page is to end there."""
    laid, resume, next_page = result[:3]
    if laid is None or not resume or not laid.children or next_page["break"] in FORCED:
        return 0.0, 1.0
    room = context.page_bottom - bottom_space - unit.position_y
    last = laid.children[-1]
    if "turned" in classes_of(last):
        return last.position_y + context.across - _bottom(last), context.across
    return room + unit.position_y - _bottom(last), room


def holds(unit: Any, index: int) -> bool:
    """Whether a block is a heading or a paragraph that stays with what is behind it."""
    if index >= len(unit.children):
        return False
    box = unit.children[index]
    return tag_of(box) in HEADINGS or (tag_of(box) == "p" and box.style["break_after"] in AVOID)


def _of_text(context: Any, unit: Any, resume: Any) -> Any:
    """Return the callout or exercise that begins the next page, after floats or below a heading too, if it is long."""
    (index, inside), = resume.items()
    if inside is None and index < len(unit.children) and is_float(unit.children[index]):
        index += group_of(unit.children, index)
    while inside is None and index + 1 < len(unit.children) and tag_of(unit.children[index]) in HEADINGS:
        index += 1
    see(context, index)
    box = unit.children[index] if inside is None and index < len(unit.children) else None
    kind = next(iter(classes_of(box) & LINES.keys()), "") if box is not None else ""
    if box is None or not kind or box.style["break_inside"] not in AVOID:
        return None
    lines = [*_lines_of_text(laid_whole(context, unit, box), kind)]
    return box if len(lines) >= LINES[kind] else None


def _before_code(context: Any, unit: Any, resume: Any, hole: float) -> Any:
    """Return the paragraph of two or more lines, kept with the code after it, that begins or continues the next page.

    `hole` is the empty part of the page; a paragraph that ends with a colon is separated only if it is large.
    """
    (index, inside), = resume.items()
    while inside is None and index + 1 < len(unit.children) and tag_of(unit.children[index]) in HEADINGS:
        index += 1
    see(context, index + 1)
    if index + 1 >= len(unit.children):
        return None
    box, after = unit.children[index : index + 2]
    if tag_of(box) != "p" or tag_of(after) != "pre" or box.style["break_after"] not in AVOID:
        return None
    if hole < (MIDDLE_HOLE if announces(box) else SMALL_HOLE if inside is None else LITTLE_HOLE):
        return None
    return box if inside is not None or len(getattr(laid_whole(context, unit, box), "children", ())) > 1 else None


def _lines_of_text(laid: Any, kind: str) -> Iterator[Any]:
    """Yield the lines of the text with which a callout begins, or those of all paragraphs of an exercise."""
    from weasyprint.formatting_structure import boxes

    blocks = getattr(laid, "children", ())
    texts = [one for one in blocks if tag_of(one) == "p" and f"{kind}-title" not in classes_of(one)]
    for text in texts if kind == "exercise" else texts[:1]:
        yield from (line for line in text.children if isinstance(line, boxes.LineBox))


def _held_to(unit: Any, resume: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the block that must not be separated from the one that begins the next page, and so has moved with it."""
    index = next(iter(resume))
    for box in unit.children[index + 1 : index + 2]:
        if box.style["break_before"] in AVOID:
            yield unit, box


def _bottom(box: Any) -> float:
    """Return where a layout ends; a table keeps its old height when rows are removed, so its last row is measured."""
    from weasyprint.formatting_structure import boxes

    while not isinstance(box, (boxes.LineBox, boxes.TableRowBox, boxes.FlexContainerBox, boxes.GridContainerBox)):
        flowing = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        if not flowing:
            break
        box = flowing[-1]
    return float(box.position_y + box.margin_height())


def _next(box: Any, resume: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the boxes with which the next page begins, each after its parent, from the outside in.

    Headings at its beginning are skipped, and so are captions and heads of tables.
    """
    from weasyprint.formatting_structure import boxes

    parent, index = box, 0
    while resume and not isinstance(box, (boxes.LineBox, boxes.TableRowBox)):
        (index, resume), *_ = resume.items()
        if index >= len(box.children):
            return
        parent, box = box, box.children[index]
    while tag_of(box) in HEADINGS and index + 1 < len(parent.children):
        index += 1
        box = parent.children[index]
    while True:
        yield parent, box
        if isinstance(box, (boxes.LineBox, boxes.TableRowBox)) or not (children := _contents(box)):
            return
        parent, box = box, children[0]


def _contents(box: Any) -> list[Any]:
    """Return the boxes inside, without the marks of items, and without captions and heads of tables."""
    from weasyprint.formatting_structure import boxes

    children = getattr(box, "children", ())
    return [
        child
        for child in children
        if child.is_in_normal_flow()
        and not isinstance(child, boxes.TableCaptionBox)
        and not getattr(child, "is_header", False)
    ]


def best_broken(rows: list[Any]) -> list[Any]:
    """Return the rows without those that have a picture and need not stay with the next row."""
    return [row for row in rows if row.style["break_after"] in AVOID or not has_picture(row)]


def has_picture(row: Any) -> bool:
    """Return whether a row contains a picture: a part of the row would stand without it."""
    from weasyprint.formatting_structure import boxes

    return any(isinstance(one, boxes.ReplacedBox) and "math" not in classes_of(one) for one in row.descendants())


def rows_held(group: Any, index: int) -> list[Any]:
    """Return those of a row and the rows kept with it that are kept whole; if none are, those kept with the next."""
    held = [group.children[index]]
    for row in group.children[index + 1 :]:
        if held[-1].style["break_after"] not in AVOID:
            break
        held.append(row)
    whole = [row for row in held if row.style["break_inside"] in AVOID]
    return whole or [row for row in held if row.style["break_after"] in AVOID]


def _may_be_broken(context: Any, parent: Any, box: Any, room: float) -> bool:
    """Return whether it is a table, or a long box of text."""
    classes = classes_of(box)
    if "table" in classes or not classes & {*TEXT, TOGETHER}:
        return "table" in classes
    return _height(context, parent, box) > room * (1 if TOGETHER in classes else LONG)


def _height(context: Any, parent: Any, box: Any) -> float:
    """Return the height of a box that no page ends, in pixels."""
    laid = laid_whole(context, parent, box)
    return 0.0 if laid is None else float(laid.margin_height())


def laid_whole(context: Any, parent: Any, box: Any) -> Any:
    """Return the layout of a box that no page ends."""
    from weasyprint.layout.block import block_level_layout, remove_placeholders

    notes = context.footnotes, context.current_page_footnotes, context.reported_footnotes
    before = [[*some] for some in notes]
    box.position_x, box.position_y = parent.position_x, parent.position_y
    laid = block_level_layout(context, box, float("-inf"), None, parent)[0]
    if laid is None:
        return None
    remove_placeholders(context, [laid], [], [])
    for some, kept in zip(notes, before, strict=True):
        some[:] = kept
    context._update_footnote_area()
    return laid
