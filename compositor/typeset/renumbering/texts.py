"""Pages and elements that have other figures -> the boxes that show these, and their new texts, if these fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from compositor.typeset.renumbering.trees import NUMBER, Difference

Replacement = tuple[Any, str, str]
"""A box, its new text, and the text as it is drawn."""


def replacements(pages: Sequence[Any], found: Sequence[Difference]) -> list[Replacement] | None:
    """Return what is to be shown where; None if it could change what stands around it."""
    wanted = {(one.element, one.is_attribute): one for one in found}
    shown: dict[tuple[Any, bool], list[Any]] = {place: [] for place in wanted}
    for page in pages:
        for box, said in _texts(page._page_box, ()):
            place = box.element, _is_made(box)
            if place not in wanted or not NUMBER.search(box.text):
                continue
            if any(box.text.strip() in words for words in said):  # a running head may repeat this text
                return None
            shown[place].append(box)
    made: list[Replacement] = []
    for place, boxes in shown.items():
        new = _replaced(boxes, wanted[place])
        if new is None:
            return None
        made += new
    return made


def _texts(box: Any, said: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield all boxes of text, each with the words that running heads take from the blocks around it."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TextBox):
        yield box, said
        return
    if box.string_set and box.string_set != "none":
        said = (*said, *(str(words) for _, words in box.string_set))
    for child in getattr(box, "children", ()):
        yield from _texts(child, said)


def _is_made(box: Any) -> bool:
    """Return whether a style sheet has generated the text."""
    return "::" in str(box.element_tag)


def _replaced(boxes: Sequence[Any], one: Difference) -> list[Replacement] | None:
    """Return the boxes with the new numbers, if they show all old ones exactly once; else None."""
    if tuple(number for box in boxes for number in NUMBER.findall(box.text)) != one.before:
        return None
    numbers, made = iter(one.now), []
    for box in boxes:
        drawn = getattr(getattr(box, "pango_layout", None), "text", "")
        if NUMBER.findall(drawn) != NUMBER.findall(box.text):
            return None
        own = [next(numbers) for _ in NUMBER.findall(drawn)]
        text, shaped = _with(box.text, own), _with(drawn, own)
        pairs = (*one.words, (box.text, text), (drawn, shaped))
        if not all(_are_alike(before, now, box.style) for before, now in pairs):
            return None
        if text != box.text:
            made.append((box, text, shaped))
    return made


def _with(text: str, numbers: Sequence[str]) -> str:
    """Return a text with other numbers in it."""
    given = iter(numbers)
    return NUMBER.sub(lambda _: next(given), text)


def _are_alike(before: str, now: str, style: Any) -> bool:
    """Return whether two texts have glyphs of the same widths, from the same faces."""
    if before == now:
        return True
    return _shaped(" ".join(before.split("\n")), style) == _shaped(" ".join(now.split("\n")), style)


def _shaped(text: str, style: Any) -> list[tuple[int, int, int, int]]:
    """Return, for each glyph, its face, its cluster, its width and its offset."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import create_layout

    layout = create_layout(text, style, None, None, 0)
    line, _ = layout.get_first_line()
    run, made = line.runs[0], []
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        face = int(ffi.cast("intptr_t", item.analysis.font))
        for number in range(glyphs.num_glyphs):
            place = glyphs.glyphs[number].geometry
            made.append((face, item.offset + glyphs.log_clusters[number], place.width, place.x_offset))
        run = run.next
    layout.deactivate()
    return made
