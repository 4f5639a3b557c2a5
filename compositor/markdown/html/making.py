"""What all that make tokens of HTML work with: the tree, what stands in its holes, and places in the source."""

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
    """What stands in each hole, and the two ends of each pair."""
    place_at: Callable[[int], Place]
    """The place of the tag that ends behind a letter of the tree's text."""
    line_at: Callable[[int], int | None]
    """Its line (from 0)."""
    blocks: set[Element] = field(default_factory=set)
    """The elements that are blocks, or hold some."""

    def place(self, element: Element) -> Place:
        """Where an element has been opened."""
        return self.place_at(_at(element))

    def lines(self, element: Element) -> list[int] | None:
        """The lines that its tokens are of."""
        line = self.line_at(_at(element))
        return [line, line + 1] if line is not None else None

    def check(self, element: Element) -> None:
        """What acts on a web page is told."""
        for name in element.attrib:
            if name.lower().startswith("on"):
                self.telling.note("attribute", f"{name} of <{name_of(element)}>", self.place(element))

    def tag(self, element: Element) -> str:
        """The tag as it is written."""
        return self.tree.tag(_at(element))

    def hole(self, element: Element) -> Sequence[Token]:
        """The tokens that stand here, or around what stands here."""
        return self.holes[int(element.get("n", "0"))]

    def report_alone(self) -> None:
        """What of the tags has no partner; or that there are so many that none was looked at."""
        if self.tree.is_flat:
            self.telling.flood(self.place_at(1 + self.tree.starts[0] if self.tree.starts else 1))
        for at in sorted({*self.tree.unclosed, *self.tree.stray}):
            if not self._is_sign(at):
                self.telling.alone(self.tree.tag(at), self.place_at(at))

    def unknown(self, element: Element) -> str:
        """Tell of what is in no table; the tag itself where it is none, as in `Vec<T>`: it has to be printed."""
        tag, place = self.tag(element), self.place(element)
        if _at(element) in self.tree.unclosed and self._is_sign(_at(element)):
            self.telling.note("sign", tag, place)
            return tag
        self.telling.note("unknown", f"{tag.split()[0].rstrip('/>')}>", place)
        return ""

    def _is_sign(self, at: int) -> bool:
        """Whether a tag without a partner has neither attributes nor a name that HTML knows."""
        name = self.tree.tag(at).strip("<>").lower()
        return name.isalnum() and name not in FORMS


def _at(element: Element) -> int:
    return int(element.get(AT, "1"))


def nodes(element: Element) -> Iterator[Node]:
    """The texts and elements in an element."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def words(element: Element) -> str:
    """All its text, in one line."""
    return " ".join("".join(element.itertext()).split())


def written_line(element: Element) -> str:
    """What stands in an element, as it is written in a line of Markdown: words, and tags round some of them."""
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
    """Its name, also that of an element of SVG or MathML."""
    return str(element.tag).rpartition("}")[2]


def marks(element: Element, place: Place) -> Iterator[Token]:
    """A place without words for each id that links may go to."""
    for name in ids(element):
        meta: dict[str, Any] = {"attributes": Attributes(), "alias": name, "place": place, "braces_place": place}
        yield Token("span_open", "span", 1, meta=meta)
        yield Token("span_close", "span", -1)


def is_slot(element: Element) -> bool:
    """Whether it is a hole."""
    return element.tag == SLOT


def leveled(tokens: Sequence[Token], level: int = 0) -> None:
    """Give every token the level at which it stands."""
    for token in tokens:
        level -= token.nesting < 0
        token.level = level
        level += token.nesting > 0
        if token.children:
            leveled(token.children)
