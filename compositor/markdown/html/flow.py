"""The blocks of a tree, in order: words between them become paragraphs, Markdown is unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.html import elements
from compositor.markdown.html.given import side
from compositor.markdown.html.lines import Line
from compositor.markdown.html.making import Making, Node, is_slot, marks, nodes

Rule = Callable[["Flow", Element], Iterable[Token]]
APART = "\f"
"""Stands for the empty line between two blocks of HTML: HTML treats it as a space, wherever it is."""
HOLDERS = ("paragraph_open", "heading_open")
WORDLESS = ("table_open", "fence", "code_block", "math_block")
"""Blocks without words for a place to move to: it is put before them."""
INLINE = frozenset(("a", "span", "font", "code", "small", "u", "ins", "mark", "q", "sub", "sup", "b", "strong", "i"))
"""Inline elements: if they contain blocks, the blocks are kept."""


class Flow:
    """Makes the blocks of a tree; link targets wait for the next words."""

    def __init__(self, making: Making, rules: Mapping[str, Rule]) -> None:
        self.making = making
        self.rules = rules
        self.pending: list[Token] = []
        self.tight = False

    def of(self, line: Iterable[Node]) -> list[Token]:
        """Return the blocks of texts and elements; anything else is collected into paragraphs."""
        made: list[Token] = []
        run: list[Node] = []
        for node in _apart(line):
            if isinstance(node, str) and node == APART:
                made += self.paragraph(run)
                run = []
                continue
            if isinstance(node, str) or node not in self.making.blocks:
                run.append(node)
                continue
            made += self.paragraph(run)
            made += self.block(node)
            run = []
        return made + self.paragraph(run)

    def whole(self, element: Element) -> list[Token]:
        """Return the blocks in an element, and a place for the targets that no words followed."""
        made = self.of(nodes(element))
        return [*made, *self.waiting(element)]

    def block(self, element: Element) -> list[Token]:
        """Return what a block becomes."""
        if is_slot(element):
            return self._slot(element)
        self.making.check(element)
        self.pending += marks(element, self.making.place(element))
        rule = self.rules.get(str(element.tag))
        if rule is not None:
            return list(rule(self, element))
        if str(element.tag) not in elements.PLAIN and str(element.tag) not in INLINE:
            return [*self.paragraph([self.making.unknown(element)]), *self.of(nodes(element))]
        return self.of(nodes(element))

    def _slot(self, element: Element) -> list[Token]:
        tokens = list(self.making.hole(element))
        first = next((i for i, token in enumerate(tokens) if token.type == "inline"), 0)
        if self.pending and first and tokens[first - 1].type in (*HOLDERS, "caption_open"):
            tokens[first].children = [*self.pending, *(tokens[first].children or [])]
            self.pending = []
        elif self.pending and tokens and tokens[0].type in WORDLESS:
            return [*self.waiting(element), *tokens]
        return tokens

    def waiting(self, like: Element) -> Iterator[Token]:
        """Yield the waiting link targets, as blocks of their own."""
        waiting, self.pending = self.pending, []
        for one in waiting[::2]:
            yield self.token("div_open", "div", 1, like, {"attributes": Attributes(), **one.meta})
            yield self.token("div_close", "div", -1, like)

    def paragraph(self, run: Iterable[Node], like: Element | None = None) -> list[Token]:
        """Return a paragraph of inline content; nothing if it shows nothing."""
        run = list(run)
        line = Line(self.making).made(run)
        seen = [token for token in line if token.type not in ("span_open", "span_close")]
        if not seen:
            self.pending += [token for token in line if "alias" in token.meta or token.type == "span_close"]
            self.pending = _pairs(self.pending)
            return []
        first = next((node for node in run if not isinstance(node, str)), like)
        return list(self.text("paragraph", "p", like if like is not None else first, line, sided(like)))

    def text(
        self, type_: str, tag: str, like: Element | None, line: list[Token], attrs: Mapping[str, str]
    ) -> Iterator[Token]:
        """Yield a block with this line, and the link targets that waited for it."""
        inline = self.token("inline", "", 0, like)
        inline.children, self.pending = [*self.pending, *line], []
        opening, closing = self.token(f"{type_}_open", tag, 1, like), self.token(f"{type_}_close", tag, -1, like)
        opening.attrs = dict(attrs)
        opening.hidden = closing.hidden = self.tight and type_ == "paragraph" and not attrs
        yield from (opening, inline, closing)

    def token(
        self, type_: str, tag: str, nesting: int, like: Element | None, meta: dict[str, Any] | None = None
    ) -> Token:
        """Return a block token with the lines of an element."""
        lines = self.making.lines(like) if like is not None and nesting >= 0 else None
        lines = lines or (self.making.lines(self.making.tree.root) if nesting >= 0 else None)
        return Token(type_, tag, nesting, map=lines, block=True, meta=meta or {})  # type: ignore[arg-type]

    def line(self, element: Element) -> list[Token]:
        """Return the line in an element."""
        return Line(self.making).made(nodes(element))

    def inside(self, type_: str, tag: str, element: Element, meta: dict[str, Any] | None = None) -> Iterator[Token]:
        """Yield a block around the blocks in an element."""
        yield self.token(f"{type_}_open", tag, 1, element, meta)
        yield from self.whole(element)
        yield self.token(f"{type_}_close", tag, -1, element)


def _apart(line: Iterable[Node]) -> Iterator[Node]:
    """Yield texts, elements, and the empty lines between blocks of HTML."""
    for node in line:
        if isinstance(node, str) and APART in node:
            first, *others = node.split(APART)
            yield from (first, *(one for other in others for one in (APART, other)))
        else:
            yield node


def _pairs(tokens: list[Token]) -> list[Token]:
    """Return places alone, each with its end."""
    openings = [token for token in tokens if token.type == "span_open" and "alias" in token.meta]
    return [one for opening in openings for one in (opening, Token("span_close", "span", -1))]


def sided(element: Element | None) -> dict[str, str]:
    """Return the class for the alignment of a paragraph."""
    where = side(element) if element is not None else ""
    return {"class": f"align-{where}"} if where else {}
