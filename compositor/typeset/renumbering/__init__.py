"""A unit that was set -> the same with other page numbers in its text, without setting it again.

This is done only where nothing else changes: the texts differ only in their figures, each number has as many digits as
before, and each new figure is exactly as wide as the one that it replaces. Then no line ends elsewhere. If any of this
is not certain, the unit is set again.

trees.py   which figures of two texts differ
texts.py   the boxes that show them, and whether others fit there
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from compositor.typeset.renumbering.texts import replacements
from compositor.typeset.renumbering.trees import NUMBER, Tree, differences, may_change

__all__ = ["NUMBER", "Tree", "may_change", "renumber"]


def renumber(document: Any, tree: Tree, root: Any, told: AbstractSet[str]) -> Tree | None:
    """Let WeasyPrint's document of a tree show the numbers of another root; return the tree with these numbers.

    Returns None and changes nothing if the unit has to be set again, or if a number changes that is among those `told`.
    """
    now = Tree(root)
    found = differences(tree, now)
    if found is None or any(told & set(one.gone) for one in found):
        return None
    places = replacements(document.pages, found)
    if places is None:
        return None
    for box, text, drawn in places:
        box.text, box.pango_layout.text = text, drawn
    return tree.renumbered(now)
