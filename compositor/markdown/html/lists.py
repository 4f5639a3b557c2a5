"""`<ul>`, `<ol>` and `<dl>` -> lists and definitions of Markdown, whatever is between their items."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.html.flow import Flow
from compositor.markdown.html.making import Node, marks, nodes

LETTERED = ("a", "A", "i", "I")
"""HTML's types of lists whose items have letters or Roman numerals."""


def list_(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield the items; what is between them becomes items too."""
    numbered = str(element.tag) == "ol"
    name = "ordered" if numbered else "bullet"
    opening = flow.token(f"{name}_list_open", "ol" if numbered else "ul", 1, element)
    start = element.get("start", "").strip()
    first = int(start) if start.isdecimal() and len(start) < 7 else 1
    if numbered and first != 1:
        opening.attrs["start"] = first
    if numbered and element.get("type") in LETTERED:
        opening.attrs["type"] = str(element.get("type"))
    opening.markup = "." if numbered else "-"
    yield opening
    for number, item in enumerate(_items(element), first):
        made = flow.token("list_item_open", "li", 1, element if isinstance(item, str) else item)
        made.markup, made.info = opening.markup, str(number) if numbered else ""
        yield made
        yield from _item(flow, item)
        yield flow.token("list_item_close", "li", -1, element)
    yield flow.token(f"{name}_list_close", "ol" if numbered else "ul", -1, element)


def _items(element: Element) -> list[Node]:
    return [node for node in nodes(element) if not isinstance(node, str) or node.strip()]


def _item(flow: Flow, item: Node) -> list[Token]:
    """Return the content of an item; words that are in no paragraph need none."""
    before, flow.tight = flow.tight, True
    if not isinstance(item, str) and str(item.tag) in ("li", "dd"):
        flow.pending += marks(item, flow.making.place(item))
        made = flow.of(nodes(item))
    else:
        made = flow.of([item])
    flow.tight = before
    return _loosened(made)


def _loosened(made: list[Token]) -> list[Token]:
    """Set paragraphs apart if there are several."""
    depth, own = 0, list[Token]()
    for token in made:
        depth -= token.nesting < 0
        if not depth and token.type in ("paragraph_open", "paragraph_close"):
            own.append(token)
        depth += token.nesting > 0
    if len(own) > 2:
        for token in own:
            token.hidden = False
    return made


def definitions(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield terms and their meanings."""
    yield flow.token("dl_open", "dl", 1, element)
    yield from _terms(flow, element)
    yield flow.token("dl_close", "dl", -1, element)


def _terms(flow: Flow, element: Element) -> Iterator[Token]:
    for node in _items(element):
        name = "" if isinstance(node, str) else str(node.tag)
        if name == "dt" and not isinstance(node, str):
            flow.pending += marks(node, flow.making.place(node))
            yield from flow.text("dt", "dt", node, flow.line(node), {})
        elif name in ("div", "template") and not isinstance(node, str):
            yield from _terms(flow, node)
        else:
            yield flow.token("dd_open", "dd", 1, element)
            yield from _item(flow, node)
            yield flow.token("dd_close", "dd", -1, element)
