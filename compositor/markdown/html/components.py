"""Components of MDX that look like elements: `<Tabs>`, `<TabItem label="…">`, `<Admonition type="tip" title="…">`.

Source: https://docusaurus.io/docs/markdown-features/tabs and https://docusaurus.io/docs/markdown-features/admonitions.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.html.flow import Flow, Rule
from compositor.markdown.html.making import nodes

TITLE = "tab-title"
"""The class of the line above the content of a tab."""
KINDS = {"info": "note", "secondary": "note", "success": "tip", "danger": "caution"}
"""Docusaurus' name of a box -> our kind of callout, if it has another name."""


def _tabs(flow: Flow, element: Element) -> Iterator[Token]:
    yield from flow.of(nodes(element))


def _tab(flow: Flow, element: Element) -> Iterator[Token]:
    """Yield its title in strong words, and its content below that."""
    called = (element.get("label") or element.get("value") or "").strip()
    if called:
        line = [Token("strong_open", "strong", 1, markup="**"), Token("text", "", 0, content=called)]
        line.append(Token("strong_close", "strong", -1, markup="**"))
        yield from flow.text("paragraph", "p", element, line, {"class": TITLE})
    yield from flow.of(nodes(element))


def _admonition(flow: Flow, element: Element) -> Iterator[Token]:
    said = element.get("type", "").strip().lower()
    words = flow.making.reading.context.language.callouts
    kind = KINDS.get(said, said) if KINDS.get(said, said) in words else "note"
    title = element.get("title", "").strip()
    yield flow.token("callout_open", "aside", 1, element, {"kind": kind, "icon": kind, "word": words[kind]})
    for token in flow.text("callout_title", "p", element, [], {}):
        token.content = title if token.type == "inline" else token.content
        yield token
    yield from flow.whole(element)
    yield flow.token("callout_close", "aside", -1, element)


RULES: dict[str, Rule] = {"tabs": _tabs, "tabitem": _tab, "admonition": _admonition}
"""Component, in lower case as an HTML parser gives it -> how its tokens are made."""
