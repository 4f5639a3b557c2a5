"""Words with attributes: `[words]{.class key="value"}`, as in Pandoc; other modules define the classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.attributes import TRAILING, Attributes, AttributeSyntaxError, parse_attributes, shown
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import reading_of, walk
from compositor.model import Place

TAGS = {"kbd": "kbd", "mark": "mark", "ins": "ins"}
"""Classes for which HTML has an element: keys, marked and inserted text."""


def syntax(md: MarkdownIt) -> None:
    """A span is brackets directly followed by braces; it is read before links."""
    md.inline.ruler.before("link", "span", span)
    md.core.ruler.after("places", "spans", report_problems)


def span(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule."""
    if state.src[state.pos] != "[":
        return False
    close = parseLinkLabel(state, state.pos)
    end = state.src.find("}", close)
    if close < 0 or not state.src.startswith("{", close + 1) or end < 0:
        return False
    match = TRAILING.match(state.src[close + 1 : end + 1])
    if match is None:
        return False
    if not silent:
        _push(state, close, match["inside"])
    state.pos = end + 1
    return True


def _push(state: StateInline, close: int, inside: str) -> None:
    token = state.push("span_open", "span", 1)
    token.meta = {"offset": state.pos, "braces": close + 2, "attributes": Attributes()}
    try:
        token.meta["attributes"] = parse_attributes(inside)
    except AttributeSyntaxError as problem:
        token.meta |= {"braces": close + 2 + problem.offset, "problem": str(problem)}
    classes = token.meta["attributes"].classes
    token.tag = next((TAGS[name] for name in classes if name in TAGS), "span")
    start, limit = state.pos, state.posMax
    state.pos, state.posMax = start + 1, close
    state.md.inline.tokenize(state)
    state.pos, state.posMax = start, limit
    state.push("span_close", token.tag, -1)


def closing(children: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes a span."""
    level = children[start].level
    return next(i for i in range(start, len(children)) if _closes(children[i], level))


def _closes(token: Token, level: int) -> bool:
    return token.type == "span_close" and token.level == level


def report_problems(state: StateCore) -> None:
    """Report braces that cannot be read, at the error."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "span_open" and "problem" in token.meta:
            message = "this is not an attribute; the braces are ignored"
            reading.warning("L101", message, token.meta["braces_place"], token.meta["problem"])


@dataclass(frozen=True, slots=True)
class Span:
    """A finished span among the tokens of its line, for modules that give its class a meaning."""

    line: list[Token]
    opening: Token
    closing: Token
    place: Place

    @property
    def attributes(self) -> Attributes:
        """The attributes in its braces."""
        return cast(Attributes, self.opening.meta["attributes"])

    @property
    def in_link(self) -> bool:
        """Whether it is within the words of a link."""
        before = self.line[: _index(self.line, self.opening)]
        return sum(token.nesting for token in before if token.type in ("link_open", "link_close")) > 0

    def inside(self) -> list[Token]:
        """The tokens between the brackets."""
        return self.line[_index(self.line, self.opening) + 1 : _index(self.line, self.closing)]

    def unwrap(self) -> None:
        """Replace the span by its words."""
        del self.line[_index(self.line, self.closing)]
        del self.line[_index(self.line, self.opening)]


def spans_with(state: StateCore, name: str) -> list[Span]:
    """Return all spans of a class, those in notes after those in the text; for rules at the end of the core chain."""
    reading = reading_of(state)
    calls = {t.meta["note"]: t.meta.get("place") for t in walk(state.tokens) if "note" in t.meta}
    found = list(_spans(state.tokens, name, Place(reading.source.path)))
    for note in reading.notes:
        found += _spans(note.tokens, name, calls.get(note.label) or Place(reading.source.path))
    return found


def _spans(tokens: Iterable[Token], name: str, otherwise: Place) -> Iterator[Span]:
    for block in tokens:
        line = block.children or []
        for i, token in enumerate(line):
            if token.type == "span_open" and name in token.meta["attributes"].classes:
                closing = next(t for t in line[i:] if t.type == "span_close" and t.level == token.level)
                yield Span(line, token, closing, token.meta.get("place", otherwise))


def _index(line: list[Token], wanted: Token) -> int:
    """Return where this token is, by identity: tokens with equal values are equal."""
    return next(i for i, token in enumerate(line) if token is wanted)


def span_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<span>`, or the element that its class stands for, with its id, classes and language."""
    tag, found = tokens[index].tag, tokens[index].meta["attributes"]
    pairs = shown(replace(found, classes=tuple(name for name in found.classes if TAGS.get(name) != tag)))
    colour = tokens[index].meta.get("colour")
    style = f"color: {colour}" if colour else None
    return f"<{tag}{attributes(pairs | {'style': style})}>"


EXTENSION = Extension("spans", syntax, {"span_open": span_open})
