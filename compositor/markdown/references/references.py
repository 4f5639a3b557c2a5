"""References: `@fig-pipeline`, `@tbl-…`, `@lst-…`, `@sec-…` become a linked "Figure 18.3"; `@Sec-…` is capitalised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Naming, Rendering, Unlinked, attributes
from compositor.markdown.reading import place_of, reading_of, walk
from compositor.model import Reference

KINDS = ("fig", "tbl", "lst", "sec", "exr", "item", "eq")
REFERENCE = re.compile(rf"@(?P<label>(?:{'|'.join(KINDS)})-[^\W_](?:[\w-]*[^\W_])?)", re.IGNORECASE)


def syntax(md: MarkdownIt) -> None:
    """A reference is `@` and one of the kinds, not in the middle of a word."""
    md.inline.ruler.before("link", "reference", reference)
    md.core.ruler.after("places", "references", keep_references)


def reference(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule."""
    before = state.src[state.pos - 1] if state.pos else " "
    match = REFERENCE.match(state.src, state.pos)
    if match is None or before.isalnum() or before in "_@":
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.markup = match[0]
        token.meta = target_of(match) | {"offset": state.pos}
    state.pos = match.end()
    return True


def target_of(match: re.Match[str]) -> dict[str, object]:
    """Return the wanted label, and whether it begins with a capital letter."""
    kind, dash, rest = match["label"].partition("-")
    return {"target": kind.lower() + dash + rest, "capital": kind[0].isupper()}


def keep_references(state: StateCore) -> None:
    """Keep every use of a label, for the look-up when the book is assembled."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "reference":
            reading.references.append(Reference(token.meta["target"], place_of(token), "label"))


def render_reference(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render a link whose text is the label of its target, with no line break before the number."""
    token = tokens[index]
    naming = rendering if is_linked(token) else Unlinked(rendering)
    return full_reference(token.meta["target"], token.meta["capital"], naming)


def is_linked(token: Token) -> bool:
    """Return whether a reference or a citation is a link: within the words of a link it is not."""
    return bool(token.meta.get("linked", True))


def full_reference(target: str, capital: bool, naming: Naming) -> str:
    """Return a linked "Figure 18.3"."""
    label = naming.label(target)
    if capital:
        label = label[:1].upper() + label[1:]
    return link_to(target, label.replace(" ", "\u00a0") if naming.number(target) else label, naming)


def link_to(target: str, text: str, naming: Naming) -> str:
    """Return a link to the target, with this text; only the text if there is to be no link."""
    words, shown = escape(text, quote=False), {"class": "reference", "href": naming.href(target)}
    return f"<a{attributes(shown)}>{words}</a>" if shown["href"] else words


EXTENSION = Extension("references", syntax, {"reference": render_reference})
