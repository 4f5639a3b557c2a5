"""A unit that was set -> the same with other page numbers in its text, without setting it again.

That is done where it makes no difference: where the texts differ in figures alone, as many as before, and where each
figure that is new is exactly as wide as the one that it takes the place of. Then no line ends elsewhere. Whatever is
not seen to be so is set again.

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
    """Have WeasyPrint's document of a tree show the numbers of another root; returns the tree as it is then.

    None, with nothing changed, where the unit has to be set again, or where a number was told of that becomes another.
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
