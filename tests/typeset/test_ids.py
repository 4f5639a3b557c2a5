"""An id in a drawing is found without searching the drawing: it is the element that WeasyPrint finds."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from compositor.typeset.engine import weasyprint

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a"><path id="b"/></g></defs>'
    '<g fill="red"><text id="t">words <tspan id="s">more</tspan></text><rect id="b"/></g><rect id="c" x="1"/></svg>'
)


@pytest.fixture
def tree() -> Any:
    """Return the root of a drawing, as WeasyPrint has it."""
    weasyprint()
    from weasyprint.svg import SVG

    return SVG(ElementTree.fromstring(DRAWING), "http://example.org/", None).tree


@pytest.mark.parametrize(("name", "tag"), [("a", "g"), ("b", "path"), ("t", "text"), ("s", "tspan"), ("c", "rect")])
def test_an_element_is_found_by_its_id(tree: Any, name: str, tag: str) -> None:
    """The first of two is found, and it is the same one in the next call."""
    found = tree.get_child(name)
    assert (found.tag, found.get("id")) == (tag, name)
    assert tree.get_child(name) is found


def test_what_is_not_there_is_not_found(tree: Any) -> None:
    """The root itself is not found either, as in WeasyPrint."""
    assert tree.get_child("x") is None


def test_the_drawing_is_not_searched(tree: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first time, the file is not searched."""
    tree.get_child("a")
    monkeypatch.setattr(type(tree), "__iter__", None)
    tree._etree_node = None
    assert tree.get_child("a").get("id") == "a"
