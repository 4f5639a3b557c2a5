"""Two trees of one unit -> the elements whose figures differ; None if anything else differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

NUMBER = re.compile("[0-9]+")
SHOWN = "data-folio"
"""The attribute whose value a style sheet shows as a page number."""
_OPEN = re.compile(rf'{SHOWN}="|class="folio"|[\u00a0 ]0+<|>00+[<\u2013]')
"""Page numbers that are unknown, as our templates print them."""
_FIGURES = str.maketrans("123456789", "000000000")
Node = tuple[str, tuple[tuple[str, str], ...], str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """An element with other numbers, before and now: those in its own text, or that of the attribute."""

    element: Any
    before: tuple[str, ...]
    now: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    """The texts around the numbers, before and now."""
    is_attribute: bool = False

    @property
    def gone(self) -> tuple[str, ...]:
        """Return the old numbers that have changed."""
        return tuple(one for one, other in zip(self.before, self.now, strict=True) if one != other)


def may_change(xhtml: str) -> bool:
    """Whether a unit seems to print page numbers that are not known yet, which stand there as zeros.

    A wrong guess costs time, and nothing else.
    """
    return _OPEN.search(xhtml) is not None


class Tree:
    """A tree as it was before layout changed it, with its elements in their order."""

    def __init__(self, root: Any) -> None:
        self.elements = [*root.iter()]
        self.nodes = [*map(_node, self.elements)]

    def renumbered(self, now: Tree) -> Tree:
        """Return the same elements with the texts of another tree."""
        for element, old, new in zip(self.elements, self.nodes, now.nodes, strict=True):
            if old != new:
                element.text, element.tail = new[2], new[3]
                for name, value in new[1]:
                    if name == SHOWN:
                        element.set(name, value)
        now.elements = self.elements
        return now


def _node(element: Any) -> Node:
    return str(element.tag), tuple(element.items()), element.text or "", element.tail or ""


def differences(tree: Tree, now: Tree) -> tuple[Difference, ...] | None:
    """Return the elements that have other figures in another tree; None if anything else differs."""
    if len(now.nodes) != len(tree.nodes):
        return None
    pairs = [*zip(tree.nodes, now.nodes, strict=True)]
    if any(one != other and _without_figures(one) != _without_figures(other) for one, other in pairs):
        return None
    return tuple(_differences(tree, now))


def _without_figures(node: Node) -> Node:
    tag, attributes, *texts = node
    shown = tuple((name, _same(value) if name == SHOWN else value) for name, value in attributes)
    return (tag, shown, *map(_same, texts))  # type: ignore[return-value]  # of two texts


def _same(text: str) -> str:
    return text.translate(_FIGURES)


def _differences(tree: Tree, now: Tree) -> Iterator[Difference]:
    """Yield the differences. The text of an element is what stands in it, and what stands after the elements in it."""
    places = {element: number for number, element in enumerate(tree.elements)}
    above = {child: parent for parent in tree.elements for child in parent}
    owners: dict[int, None] = {}
    for number, (one, other) in enumerate(zip(tree.nodes, now.nodes, strict=True)):
        if one[2] != other[2]:
            owners[number] = None
        if one[3] != other[3] and tree.elements[number] in above:
            owners[places[above[tree.elements[number]]]] = None
        if one[1] != other[1]:
            values = [(dict(one[1])[SHOWN], dict(other[1])[SHOWN])]
            yield Difference(tree.elements[number], *_numbers(values), tuple(values), is_attribute=True)
    for owner in owners:
        children = [places[child] for child in tree.elements[owner]]
        pairs = [(tree.nodes[owner][2], now.nodes[owner][2])]
        pairs += [(tree.nodes[child][3], now.nodes[child][3]) for child in children]
        yield Difference(tree.elements[owner], *_numbers(pairs), tuple(pairs))


def _numbers(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all numbers of some texts, before and now."""
    before, now = ([number for text in texts for number in NUMBER.findall(text)] for texts in zip(*pairs, strict=True))
    return tuple(before), tuple(now)
