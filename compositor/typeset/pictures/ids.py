"""An id in a drawing -> its element, from a table; WeasyPrint would read everything before the element each time.

A plot has thousands of letters, each of which is a `use` of an outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

Way = tuple[Any, ...]
"""The elements of the file from below the root down to the one with the id."""


def find_ids_at_once() -> None:
    """Replace WeasyPrint's method; called once in a process."""
    from weasyprint.svg import Node

    original = Node.get_child
    known: WeakKeyDictionary[Any, Mapping[str, Way]] = WeakKeyDictionary()
    children: WeakKeyDictionary[Any, Mapping[Any, Any]] = WeakKeyDictionary()

    def get_child(self: Any, id_: str) -> Any:
        """Return what WeasyPrint's method returns; where the words of a text have become other elements, call that
        method."""
        if self not in known:
            known[self] = dict(_ways(self._etree_node))
        if id_ not in known[self]:
            return None
        node = self
        for element in known[self][id_]:
            if node not in children:
                children[node] = {one._etree_node: one for one in node}
            if element not in children[node]:
                return original(self, id_)
            node = children[node][element]
        return node

    Node.get_child = get_child


def _ways(root: Any) -> Iterator[tuple[str, Way]]:
    """Yield every id with its way, the last first, so that a dictionary keeps the first of two."""
    found: list[tuple[str, Way]] = []
    waiting: list[Way] = [(child,) for child in reversed(root)]
    while waiting:
        way = waiting.pop()
        if name := way[-1].get("id"):
            found.append((name, way))
        waiting += [(*way, child) for child in reversed(way[-1])]
    return reversed(found)
