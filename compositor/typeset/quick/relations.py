"""A selector with `:has()` -> asked of each element once; cssselect2 asks again for all that is below the element.

For `ul.works:has(a.external) li` it reads the list to its end for each of the items, and for `p:has(+ pre)` it makes
all children of the parent anew to see one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

ELEMENTS = {" ": "el.below()", ">": "el.iter_children()", "+": "el.behind(1)", "~": "el.behind(None)"}
"""Where a relative selector looks, by what it begins with."""


def ask_relations_once() -> None:
    """Put it in place, for selectors that are compiled from now on."""
    from cssselect2 import compiler, tree

    original = compiler._compile_node

    def compile_node(selector: Any) -> Any:
        is_relation = isinstance(selector, compiler.parser.RelationalSelector)
        return _relation(selector, compile_node) if is_relation else original(selector)

    compiler._compile_node = compile_node
    tree.ElementWrapper.below, tree.ElementWrapper.behind = _below, _behind
    tree.ElementWrapper.has = _has


def _relation(selector: Any, compiled: Callable[[Any], str]) -> str:
    """The source of a test whether an element has what is asked for."""
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
    """The answer of a test, which is asked once; the name of the test is its source."""
    known: dict[str, bool] = self.__dict__.setdefault("known", {})
    if name not in known:
        known[name] = test(self)
    return known[name]


def _below(self: Any) -> Iterator[Any]:
    """The elements in an element."""
    return islice(self.iter_subtree(), 1, None)


def _behind(self: Any, count: int | None) -> Iterator[Any]:
    """So many of the siblings behind an element, or all."""
    previous = self
    siblings = self.etree_siblings[self.index + 1 :] if count is None else self.etree_siblings[self.index + 1 :][:count]
    for index, element in enumerate(siblings, self.index + 1):
        previous = type(self)(element, self.parent, index, previous, in_html_document=self.in_html_document)
        yield previous
