"""Shared by all modules that make tokens of HTML: the tree, the content of its holes, and places in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.html.elements import BLOCK, FORMS
from compositor.markdown.html.given import ids
from compositor.markdown.html.parsing import AT, SLOT, VOID, Tree
from compositor.markdown.html.telling import Telling
from compositor.markdown.reading import Reading
from compositor.model import Place

Node = str | Element
"""A text or an element."""


@dataclass(slots=True)
class Making:
    """One tree of a source."""

    reading: Reading
    md: MarkdownIt
    telling: Telling
    tree: Tree
    holes: Sequence[Sequence[Token]]
    """The content of each hole, and the two ends of each pair."""
    place_at: Callable[[int], Place]
    """Return the place of the tag that ends after a character of the tree's text."""
    line_at: Callable[[int], int | None]
    """Return its line (from 0)."""
    blocks: set[Element] = field(default_factory=set)
    """The elements that are blocks, or contain some."""

    def place(self, element: Element) -> Place:
        """Return where an element was opened."""
        return self.place_at(_at(element))

    def lines(self, element: Element) -> list[int] | None:
        """Return the source lines of its tokens."""
        line = self.line_at(_at(element))
        return [line, line + 1] if line is not None else None

    def check(self, element: Element) -> None:
        """Report what acts on a web page."""
        for name in element.attrib:
            if name.lower().startswith("on"):
                self.telling.note("attribute", f"{name} of <{name_of(element)}>", self.place(element))

    def tag(self, element: Element) -> str:
        """Return the tag as it is written."""
        return self.tree.tag(_at(element))

    def hole(self, element: Element) -> Sequence[Token]:
        """Return the tokens that are here, or around the content here."""
        return self.holes[int(element.get("n", "0"))]

    def report_alone(self) -> None:
        """Report tags without a partner; or that there are too many to examine."""
        if self.tree.is_flat:
            self.telling.flood(self.place_at(1 + self.tree.starts[0] if self.tree.starts else 1))
        for at in sorted({*self.tree.unclosed, *self.tree.stray}):
            if not self._is_sign(at):
                self.telling.alone(self.tree.tag(at), self.place_at(at))

    def unknown(self, element: Element) -> str:
        """Report an unknown element; print the tag if it is not an element, as in `Vec<T>`."""
        tag, place = self.tag(element), self.place(element)
        if _at(element) in self.tree.unclosed and self._is_sign(_at(element)):
            self.telling.note("sign", tag, place)
            return tag
        self.telling.note("unknown", f"{tag.split()[0].rstrip('/>')}>", place)
        return ""

    def _is_sign(self, at: int) -> bool:
        """Return whether a tag without a partner has neither attributes nor a name that HTML knows."""
        name = self.tree.tag(at).strip("<>").lower()
        return name.isalnum() and name not in FORMS


def _at(element: Element) -> int:
    return int(element.get(AT, "1"))


def nodes(element: Element) -> Iterator[Node]:
    """Yield the texts and elements in an element."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def words(element: Element) -> str:
    """Return all its text, in one line."""
    return " ".join("".join(element.itertext()).split())


def written_line(element: Element) -> str:
    """Return the content of an element as a line of Markdown: words, with tags around some of them."""
    made = ""
    for node in nodes(element):
        if isinstance(node, str):
            made += escape(node, quote=False)
            continue
        name = name_of(node)
        pairs = "".join(f' {key}="{escape(value)}"' for key, value in node.items() if key != AT)
        if name in BLOCK:
            made += f" {written_line(node)} "
        else:
            made += f"<{name}{pairs}>" + ("" if name in VOID else f"{written_line(node)}</{name}>")
    return made


def name_of(element: Element) -> str:
    """Return its name, also for an element of SVG or MathML."""
    return str(element.tag).rpartition("}")[2]


def marks(element: Element, place: Place) -> Iterator[Token]:
    """Yield a place without words for each id that links may lead to."""
    for name in ids(element):
        meta: dict[str, Any] = {"attributes": Attributes(), "alias": name, "place": place, "braces_place": place}
        yield Token("span_open", "span", 1, meta=meta)
        yield Token("span_close", "span", -1)


def is_slot(element: Element) -> bool:
    """Return whether it is a hole."""
    return element.tag == SLOT


def leveled(tokens: Sequence[Token], level: int = 0) -> None:
    """Set the nesting level of every token."""
    for token in tokens:
        level -= token.nesting < 0
        token.level = level
        level += token.nesting > 0
        if token.children:
            leveled(token.children)
