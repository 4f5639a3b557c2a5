"""Figures, tables and listings that do not fit on a page -> behind the text that follows them.

WeasyPrint has no page floats: what may not be broken goes to the next page, and leaves a hole on this one. Where a
style says `--placement: float`, the paragraphs behind it fill the page instead, up to the next heading. The order of
the source changes on paper only; `moved` says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

SMALLEST_HOLE = 0.15
"""Part of the height of a page that has to be empty before something is moved."""
TEXT = frozenset({"p", "ul", "ol"})
ATTACHED = frozenset({"output", "annotations"})
"""What belongs to the listing before it."""
LETTER = 0.4
"""Width of a letter in em, to guess the height of a paragraph; a wrong guess costs time and nothing else."""


def allow_floats() -> None:
    """Put our function round WeasyPrint's; a second call changes nothing."""
    from weasyprint.layout import block

    original = block.block_container_layout
    if getattr(original, "floats", False):
        return

    def block_container_layout(context: Any, box: Any, bottom_space: float, *arguments: Any, **named: Any) -> Any:
        """WeasyPrint's, and again with text before what would leave a hole."""
        if named or "unit" not in _classes(box):
            return original(context, box, bottom_space, *arguments, **named)
        state = _State(context, box, arguments)
        result = original(context, box, bottom_space, *arguments)
        while count := _followers(context, box, bottom_space, result):
            index = next(iter(result[1]))
            group = _group(box.children, index)
            _move(box, index, group, index + count)
            again = original(context, box, bottom_space, *state.restored(result[0]))
            if again[0] is None:
                _move(box, index + count, group, index)
                return original(context, box, bottom_space, *state.restored(box))
            result = again
            reached, inside = next(iter((result[1] or {len(box.children): None}).items()))
            if reached < index + count:
                _move(box, index + count, group, reached + (inside is not None))
                break
        return result

    block_container_layout.floats = True  # type: ignore[attr-defined]
    block.block_container_layout = block_container_layout


class _State:
    """What a layout changes besides its result, as it was before: to try again."""

    def __init__(self, context: Any, box: Any, arguments: tuple[Any, ...]) -> None:
        self._context, self._box, self._top = context, box, box.position_y
        self._before, self._lists, self._after = arguments[:2], arguments[2:5], arguments[5:]
        self._values = [None if one is None else [*one] for one in self._lists]

    def restored(self, laid: Any) -> tuple[Any, ...]:
        """The arguments of the first call, without the notes and the boxes that it has placed."""
        from weasyprint.layout.block import remove_placeholders

        absolute, fixed, margins = self._lists
        remove_placeholders(self._context, laid.children, absolute, fixed)
        self._box.position_y = self._top
        for one, values in zip(self._lists, self._values, strict=True):
            if one is not None:
                one[:] = values
        return (*self._before, absolute, fixed, margins, *self._after)


def _followers(context: Any, box: Any, bottom_space: float, result: Any) -> int:
    """How many blocks of text are to fill the hole before what does not fit; 0 where nothing is to be moved."""
    laid, resume = result[0], result[1]
    if laid is None or not resume or not laid.children:
        return 0
    (index, inside), = resume.items()
    children = box.children
    if inside is not None or not _is_float(children[index]):
        return 0
    last = laid.children[-1]
    hole = context.page_bottom - bottom_space - (last.position_y + last.margin_height())
    if hole < SMALLEST_HOLE * context.page_bottom or _words(last).rstrip().endswith(":"):
        return 0
    start = index + _group(children, index)
    count, height = 0, 0.0
    for child in _text(children[start:]):
        count, height = count + 1, height + _guess(child, laid.width)
        if height > hole:
            break
    while count and _words(children[start + count - 1]).rstrip().endswith(":"):
        count -= 1
    return count


def _is_float(box: Any) -> bool:
    tokens = box.style["__placement"] or ()
    return any(token.type == "ident" and token.value == "float" for token in tokens)


def _group(children: Sequence[Any], index: int) -> int:
    """How many blocks stay together: what floats, what is attached to it, and what floats right behind it."""
    count = 1
    while index + count < len(children):
        after = children[index + count]
        if not _classes(after) & ATTACHED and not _is_float(after):
            break
        count += 1
    return count


def _text(children: Sequence[Any]) -> Iterator[Any]:
    """The blocks of running text at the beginning of these; none that goes on a sentence, or holds to what follows."""
    for child, after in zip(children, [*children[1:], None], strict=False):
        words = _words(child)
        is_text = _tag(child) in TEXT and not _classes(child) and bool(words) and not words[:1].islower()
        held = child.style["break_after"] != "auto" or (after is not None and after.style["break_before"] != "auto")
        if not is_text or held:
            return
        yield child


def _guess(box: Any, width: float) -> float:
    size = float(box.style["font_size"])
    return (len(_words(box)) * size * LETTER // width + 1) * size


def _words(box: Any) -> str:
    return "".join(getattr(one, "text", "") for one in box.descendants())


def _move(box: Any, start: int, count: int, target: int) -> None:
    """Take blocks out and put them back where `target` is their new index."""
    children = list(box.children)
    group = children[start : start + count]
    del children[start : start + count]
    children[target:target] = group
    box.children = children
    _indent(children, range(min(start, target), max(start, target) + count + 1))


def _indent(children: Sequence[Any], places: range) -> None:
    """Paragraphs that have another neighbor now: indented behind a paragraph and not behind what has floated there.

    The style sheet knows only the order of the source. What it gives as indent is taken from its other paragraphs.
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
        elif _is_float(before) or _classes(before) & ATTACHED:
            _set_indent(line, usual._replace(value=0))


def _set_indent(line: Any, indent: Any) -> None:
    line.style = line.style.copy()
    line.style["text_indent"] = indent


def _is_paragraph(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox

    return _tag(box) == "p" and not _classes(box) and bool(box.children) and isinstance(box.children[0], LineBox)


def _tag(box: Any) -> str:
    return (box.element_tag or "").rpartition("}")[2]


def _classes(box: Any) -> frozenset[str]:
    element = box.element
    return frozenset((element.get("class") or "").split()) if element is not None else frozenset()


def moved(pages: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The position of each block that stands behind text that follows it in the source, and that of what follows it."""
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


def _painted(box: Any) -> Iterator[tuple[Any, Any]]:
    """The elements of a unit's blocks, with the element that they stand in, in the order of the page."""
    for child in box.children:
        if "unit" in _classes(child):
            yield from ((child.element, block.element) for block in child.children if block.element is not None)
        elif "unit" not in _classes(box):
            yield from _painted(getattr(child, "_box", child))
