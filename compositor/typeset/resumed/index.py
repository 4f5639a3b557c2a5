"""The boxes of a unit before they are laid out: a number for each, and a digest of each block of the unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from compositor.typeset.floats import classes_of

NUMBER = "compositor_number"
"""The attribute of a box with its block and its number there; copies of the box have it too."""
FRAME = -1
"""The block number of all boxes outside the blocks: those of the root, the body and the unit itself."""
PLACE = "data-source"
Rules = Mapping[Any, Sequence[Any]]
"""Element -> the rules of the style sheets that matched it."""


class NoBlocksError(Exception):
    """The document is not a unit with blocks; the message says why."""


@dataclass(slots=True)
class Index:
    """All boxes of a unit, as they were before the layout."""

    unit: Any
    blocks: Sequence[Any]
    frame: str
    """A digest of everything outside the blocks."""
    prints: tuple[str, ...]
    """A digest of each block: its boxes, its elements, and the rules that matched these."""
    before: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    """The attributes of each box, by its number."""
    boxes: dict[tuple[int, int], Any] = field(default_factory=dict)
    of_block: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def indexed(root: Any, rules: Rules, styles: str) -> Index:
    """Return the index of a tree of boxes; raises NoBlocksError."""
    unit = _unit(root)
    blocks = list(unit.children)
    elements = {block.element for block in blocks}
    if None in elements or unit.element in elements or len(elements) < len(blocks):
        raise NoBlocksError("text that stands in no block")
    frame = sha256(styles.encode())
    for element in _outside(root.element, elements):
        frame.update(_said(element, rules))
    index = Index(unit, blocks, "", ())
    known = {id(block) for block in blocks}
    _number(index, FRAME, _boxes(root, known), frame)
    prints = []
    for number, block in enumerate(blocks):
        digest = sha256()
        for element in block.element.iter():
            digest.update(_said(element, rules))
        _number(index, number, _boxes(block, set()), digest)
        prints.append(digest.hexdigest())
    index.frame, index.prints = frame.hexdigest(), tuple(prints)
    return index


def _unit(root: Any) -> Any:
    """Return the box of the unit: the first in the body, which is the first in the root."""
    box = root
    for _ in range(2):
        if not getattr(box, "children", ()):
            raise NoBlocksError("no section of a unit")
        box = box.children[0]
    if "unit" not in classes_of(box) or not box.children:
        raise NoBlocksError("no section of a unit")
    return box


def _outside(element: Any, blocks: set[Any]) -> Iterator[Any]:
    yield element
    for child in element:
        if child not in blocks:
            yield from _outside(child, blocks)


def _boxes(box: Any, others: set[int]) -> Iterator[Any]:
    """Yield a box and everything in it, notes after their calls, without the boxes of `others`."""
    yield box
    footnote = box.__dict__.get("footnote")
    if footnote is not None:
        yield from _boxes(footnote, others)
    for child in (*getattr(box, "children", ()), *box.__dict__.get("column_groups", ())):
        if id(child) not in others:
            yield from _boxes(child, others)


def _number(index: Index, block: int, boxes: Iterator[Any], digest: Any) -> None:
    numbers = index.of_block[block] = []
    for number, box in enumerate(boxes):
        place = block, number
        index.boxes[place], index.before[place] = box, dict(box.__dict__)
        numbers.append(place)
        box.__dict__[NUMBER] = place
        said = type(box).__name__, box.element_tag, getattr(box, "text", None), box.__dict__.get("string_set")
        children = len(getattr(box, "children", ())) if box is not index.unit else 0
        digest.update(repr((said, children)).encode("utf-8", "surrogatepass"))


def _said(element: Any, rules: Rules) -> bytes:
    """Return the content of an element, without its place in the source, and the rules that matched it."""
    attributes = [pair for pair in element.items() if pair[0] != PLACE]
    tag = element.tag if isinstance(element.tag, str) else ""
    said = tag, attributes, element.text, element.tail, rules.get(element, ())
    return repr(said).encode("utf-8", "surrogatepass")
