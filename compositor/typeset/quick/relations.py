"""A selector with `:has()` -> evaluated once for each element; cssselect2 evaluates it again for all elements below.

For `ul.works:has(a.external) li` it reads the list to its end for each of the items, and for `p:has(+ pre)` it creates
all children of the parent again to see one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

ELEMENTS = {" ": "el.below()", ">": "el.iter_children()", "+": "el.behind(1)", "~": "el.behind(None)"}
"""The first combinator of a relative selector -> the elements that it looks at."""


def ask_relations_once() -> None:
    """Wrap the compiler of cssselect2, for selectors that are compiled from now on."""
    from cssselect2 import compiler, tree

    original = compiler._compile_node

    def compile_node(selector: Any) -> Any:
        is_relation = isinstance(selector, compiler.parser.RelationalSelector)
        return _relation(selector, compile_node) if is_relation else original(selector)

    compiler._compile_node = compile_node
    tree.ElementWrapper.below, tree.ElementWrapper.behind = _below, _behind
    tree.ElementWrapper.has = _has


def _relation(selector: Any, compiled: Callable[[Any], str]) -> str:
    """Return the source of a test whether an element has what a selector asks for."""
    tests = []
    for one in selector.selector_list:
        inside = compiled(one.selector.parsed_tree)
        if inside != "0":
            tests.append(f"any({inside} for el in {ELEMENTS[one.combinator]})")
    if not tests:
        return "0"
    test = " or ".join(tests)
    return f"el.has({test!r}, lambda el: {test})"


def _has(self: Any, name: str, test: Callable[[Any], bool]) -> bool:
    """Return the result of a test, which runs once; the name of the test is its source."""
    known: dict[str, bool] = self.__dict__.setdefault("known", {})
    if name not in known:
        known[name] = test(self)
    return known[name]


def _below(self: Any) -> Iterator[Any]:
    """Return the elements inside an element."""
    return islice(self.iter_subtree(), 1, None)


def _behind(self: Any, count: int | None) -> Iterator[Any]:
    """Yield the next siblings of an element: `count` of them, or all with None."""
    previous = self
    siblings = self.etree_siblings[self.index + 1 :] if count is None else self.etree_siblings[self.index + 1 :][:count]
    for index, element in enumerate(siblings, self.index + 1):
        previous = type(self)(element, self.parent, index, previous, in_html_document=self.in_html_document)
        yield previous
