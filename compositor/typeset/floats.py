"""Figures, tables and listings that do not fit on a page -> moved after the text that follows them.

WeasyPrint has no page floats: an unbreakable box goes to the next page, and leaves a gap on this one. With the style
`--placement: float`, the following text fills the page instead, up to the next numbered block; a heading moves too if
the gap is large. The order of the source changes only on paper; `moved` returns where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

SMALLEST_HOLE = 0.05
"""Part of the height of a page that has to be empty before something is moved: about two lines."""
LARGE_HOLE = 0.115
"""From this part on, a heading moves as well: a figure in the next section is better than so much white space. There is
room for a heading and the two lines below it."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
TEXT = frozenset({"p", "ul", "ol", "dl", "pre", "blockquote", "aside", "div", *HEADINGS})
"""Elements that may move before a float, unless they have a number and a caption of their own."""
ATTACHED = frozenset({"output", "annotations"})
"""Classes of what belongs to the listing before it."""
NUMBERED = frozenset({"table", "opener", "panels"})
CAPTIONS = frozenset({"caption", "figcaption"})
LETTER = 0.4
"""Width of a letter in em, for an estimate of the height of a paragraph; a wrong estimate only costs time."""


def allow_floats() -> None:
    """Wrap WeasyPrint's function; called once in a process."""
    from weasyprint.layout import block

    original = block.block_container_layout

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """Lay out a block; lay out a unit again with text before a block that would leave a gap."""
        if named or "unit" not in classes_of(box):
            return original(context, box, bottom_space, *arguments, **named)
        state = State(context, box, arguments)
        result = original(context, box, bottom_space, *arguments)
        while ends := _followers(context, box, bottom_space, result):
            index, count = next(iter(result[1])), ends[-1]
            group = group_of(box.children, index)
            _move(box, index, group, index + count)
            again = original(context, box, bottom_space, *state.restored(result[0]))
            if again[0] is None:
                _move(box, index + count, group, index)
                return original(context, box, bottom_space, *state.restored(box))
            result = again
            reached, inside = next(iter((result[1] or {len(box.children): None}).items()))
            if reached < index + count:
                least = reached + (inside is not None) - index
                _move(box, index + count, group, index + min(end for end in (0, *ends) if end >= least))
                break
        return result

    block.block_container_layout = block_container_layout


class State:
    """The state that a layout changes besides its result, restored before another try."""

    def __init__(self, context: Any, box: Any, arguments: tuple[Any, ...]) -> None:
        self._context, self._box, self._top = context, box, box.position_y
        self._before, self._lists, self._after = arguments[:2], arguments[2:5], arguments[5:]
        self._values = [None if one is None else [*one] for one in self._lists]

    def restored(self, laid: Any) -> tuple[Any, ...]:
        """Restore it, remove the notes and boxes that the layout has placed, and return the arguments of the first
        call."""
        from weasyprint.layout.block import remove_placeholders

        absolute, fixed, margins = self._lists
        remove_placeholders(self._context, laid.children, absolute, fixed)
        self._box.position_y = self._top
        for one, values in zip(self._lists, self._values, strict=True):
            if one is not None:
                one[:] = values
        return (*self._before, absolute, fixed, margins, *self._after)


def _followers(context: Any, box: Any, bottom_space: float, result: Any) -> list[int]:
    """Return the counts of following blocks after which the block that does not fit may stand.

    The last count is that of the blocks that fill the hole. Returns an empty list if nothing is to be moved.
    """
    laid, resume = result[0], result[1]
    if laid is None or not resume or not laid.children:
        return []
    (index, inside), = resume.items()
    children = box.children
    if inside is not None or not is_float(children[index]):
        return []
    last = laid.children[-1]
    hole = context.page_bottom - bottom_space - (last.position_y + last.margin_height())
    if hole < SMALLEST_HOLE * context.page_bottom or announces(last):
        return []
    ends, count, height = [], 0, 0.0
    behind = index + group_of(children, index)

    see(context, behind)
    for chain in _chains(children[behind:], lambda number: see(context, behind + number)):
        if tag_of(chain[0]) in HEADINGS and hole - height < LARGE_HOLE * context.page_bottom:
            break
        count, height = count + len(chain), height + sum(_guess(child, laid.width) for child in chain)
        ends.append(count)
        if height > hole:
            break
    return ends


def see(context: Any, block: int) -> None:
    """Note that a page depends on the blocks of its unit up to this one, which stands after its own last block."""
    context.seen_block = max(getattr(context, "seen_block", -1), block + 1)


def is_float(box: Any) -> bool:
    """Return whether the following text may move before a box for which there is no room."""
    tokens = box.style["__placement"] or ()
    return any(token.type == "ident" and token.value == "float" for token in tokens)


def group_of(children: Sequence[Any], index: int) -> int:
    """Return how many blocks stay together: the float, what is attached to it, and floats directly after it."""
    count = 1
    while index + count < len(children):
        after = children[index + count]
        if not classes_of(after) & ATTACHED and not is_float(after):
            break
        count += 1
    return count


def _chains(children: Sequence[Any], seen: Callable[[int], None]) -> Iterator[list[Any]]:
    """Yield the blocks at the beginning of these that may move, in lists that stay together.

    `seen` is called with the number of each block that is examined; the block after it is examined too.
    """
    chain: list[Any] = []
    for number, (child, after) in enumerate(zip(children, [*children[1:], None], strict=False)):
        seen(number)
        if not _may_go_first(child) or (not chain and _goes_on(child)):
            return
        chain.append(child)
        if after is None or not (_holds(child, after) or _goes_on(after)):
            yield chain
            chain = []


def _may_go_first(box: Any) -> bool:
    """Return whether it is text, or part of the text. Numbered blocks stay in order, and breaks that a style sets are
    kept."""
    breaks = {box.style["break_before"], box.style["break_after"]}
    is_free = breaks <= {"auto", "avoid", "avoid-page"}
    text = tag_of(box) in TEXT and not classes_of(box) & (NUMBERED | ATTACHED) and is_free
    captions = any(tag_of(one) in CAPTIONS for one in box.descendants())
    return text and not is_float(box) and not captions and bool(_words(box) or "equation" in classes_of(box))


def _holds(box: Any, after: Any) -> bool:
    """Return whether nothing may come between the two."""
    held = box.style["break_after"] != "auto" or after.style["break_before"] != "auto"
    return held or announces(box) or bool(classes_of(after) & ATTACHED)


def announces(box: Any) -> bool:
    """Return whether a paragraph belongs to the next block: it ends with a colon, or is all strong, like a title."""
    words = _words(box).strip()
    if words.endswith(":"):
        return True
    strong = (one for one in box.descendants() if tag_of(one) in ("strong", "b") and not hasattr(one, "text"))
    return bool(words) and tag_of(box) == "p" and "".join(map(_words, strong)).strip() == words


def _goes_on(box: Any) -> bool:
    """Return whether a paragraph continues the sentence before it."""
    return tag_of(box) == "p" and _words(box)[:1].islower()


def _guess(box: Any, width: float) -> float:
    size, words = float(box.style["font_size"]), _words(box)
    lines = words.count("\n") if tag_of(box) == "pre" else len(words) * size * LETTER // width
    return (lines + 1) * size


def _words(box: Any) -> str:
    return "".join(getattr(one, "text", "") for one in box.descendants())


def _move(box: Any, start: int, count: int, target: int) -> None:
    """Move blocks so that `target` is their new index, and adjust the indents of paragraphs that have a new neighbour.
    """
    children = list(box.children)
    group = children[start : start + count]
    del children[start : start + count]
    children[target:target] = group
    box.children = children
    _indent(children, range(min(start, target), max(start, target) + count + 1))


def _indent(children: Sequence[Any], places: range) -> None:
    """Indent paragraphs that now follow a paragraph; do not indent those that now follow a float.

    The style sheet knows only the order of the source. The indent is that of the unit's other paragraphs.
    """
    lines = {number: child.children[0] for number, child in enumerate(children) if _is_paragraph(child)}
    indents = [line.style["text_indent"] for line in lines.values()]
    usual = next((one for one in indents if getattr(one, "value", 0)), None)
    if usual is None:
        return
    for number in places:
        line, before = lines.get(number), children[number - 1] if 0 < number <= len(children) else None
        if line is None or before is None:
            continue
        if number - 1 in lines:
            _set_indent(line, usual)
        elif is_float(before) or classes_of(before) & ATTACHED:
            _set_indent(line, usual._replace(value=0))


def _set_indent(line: Any, indent: Any) -> None:
    line.style = line.style.copy()
    line.style["text_indent"] = indent


def _is_paragraph(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox

    return tag_of(box) == "p" and not classes_of(box) and bool(box.children) and isinstance(box.children[0], LineBox)


def tag_of(box: Any) -> str:
    """Return the tag of the element of a box, without its namespace; empty if it has no element."""
    return (box.element_tag or "").rpartition("}")[2]


def classes_of(box: Any) -> frozenset[str]:
    """Return the classes of the element of a box."""
    element = box.element
    return frozenset((element.get("class") or "").split()) if element is not None else frozenset()


def moved(pages: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield the position of each block that comes after text that follows it in the source, and that of the text."""
    painted = dict.fromkeys(element for page in pages for element in _painted(page._page_box))
    for parent in dict.fromkeys(parent for parent, _ in painted):
        source = list(parent)
        place = {id(element): number for number, element in enumerate(source)}
        highest = -1
        for _, element in (pair for pair in painted if pair[0] is parent):
            number = place.get(id(element), highest)
            if number < highest:
                after = next((one.get("data-source") for one in source[number + 1 :] if one.get("data-source")), "")
                yield element.get("data-source") or "", after
            highest = max(highest, number)


def displaced(pages: Sequence[Any]) -> Iterator[set[Any]]:
    """Yield, for each page, the blocks on it that precede in the source something on an earlier page.

    This includes every part but the first of a table that is split by columns.
    """
    highest: dict[Any, int] = {}
    parts = set(_next_parts(pages))
    for page in pages:
        painted = [(parent, list(parent).index(element), element) for parent, element in _painted(page._page_box)]
        yield {one for parent, place, one in painted if place < highest.get(parent, -1)} | parts
        for parent, place, _ in painted:
            highest[parent] = max(place, highest.get(parent, -1))


def _next_parts(pages: Sequence[Any]) -> Iterator[Any]:
    """Yield the elements of those parts."""
    roots = {id(box.element): box.element for page in pages for box in page._page_box.children if tag_of(box) == "html"}
    for root in roots.values():
        yield from (one for one in root.iter() if "next-part" in (one.get("class") or "").split())


def _painted(box: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the elements of a unit's blocks, each after the element around it, in the order of the page."""
    for child in box.children:
        if "unit" in classes_of(child):
            inside = set(child.element)
            yield from ((child.element, block.element) for block in child.children if block.element in inside)
        elif "unit" not in classes_of(box):
            yield from _painted(getattr(child, "_box", child))
