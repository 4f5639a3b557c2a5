"""An id in a drawing -> its element, by a table; WeasyPrint would read all that stands before it each time.

A plot has thousands of letters that are each a `use` of an outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

Way = tuple[Any, ...]
"""The elements of the file, from below the root to the one that is meant."""


def find_ids_at_once() -> None:
    """Put it in place; called once in a process."""
    from weasyprint.svg import Node

    original = Node.get_child
    known: WeakKeyDictionary[Any, Mapping[str, Way]] = WeakKeyDictionary()
    children: WeakKeyDictionary[Any, Mapping[Any, Any]] = WeakKeyDictionary()

    def get_child(self: Any, id_: str) -> Any:
        """As WeasyPrint's; where the words of a text have become other elements, it is WeasyPrint's."""
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
    """Every id with its way, the last first, so that the first of two is kept."""
    found: list[tuple[str, Way]] = []
    waiting: list[Way] = [(child,) for child in reversed(root)]
    while waiting:
        way = waiting.pop()
        if name := way[-1].get("id"):
            found.append((name, way))
        waiting += [(*way, child) for child in reversed(way[-1])]
    return reversed(found)
