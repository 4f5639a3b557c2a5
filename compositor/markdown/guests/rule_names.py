"""Names of rules in a specification, `r[items.fn]` on a line: a place, small print, and the target of `[items.fn]`.

Source: the guide for authors of the Rust Reference, "Rules"; a plugin of mdBook makes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension

_LINE = re.compile(r"r\[(?P<name>[A-Za-z0-9][\w.-]*)\][ \t]*\Z")
_LABEL = re.compile(r"\[(?P<name>[A-Za-z0-9][\w-]*(?:\.[\w-]+)+)\](?![(:])")
_NAME = re.compile(r"[A-Za-z0-9][\w-]*(?:\.[\w-]+)+\Z")
FILES = (".md", ".html", ".htm", ".markdown", ".mdx", ".png", ".svg", ".rs", ".toml")
"""Endings of addresses that are files and no names of rules."""
CLASS = "rule-name"
RULE = "rule"
"""Key in the `meta` of the paragraph of a name."""


def syntax(md: MarkdownIt) -> None:
    """These lines may end a paragraph; links to them are made when all definitions are known."""
    md.block.ruler.before("fence", "rule_name", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.after("block", "rule_names", settle)
    md.core.ruler.after("inline", "rule_links", lead)


def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a place that links find by `r-` and the name, and the name itself."""
    match = _LINE.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    place = state.push("html_block", "", 0)
    place.map, place.content = [start, start + 1], f'<a id="{_id(match["name"])}"></a>'
    paragraph = state.push("paragraph_open", "p", 1)
    paragraph.map, paragraph.meta[RULE] = [start, start + 1], match["name"]
    paragraph.attrs["class"] = CLASS
    inline = state.push("inline", "", 0)
    inline.map, inline.children = [start, start + 1], [Token("text_special", "", 0, content=f"[{match['name']}]")]
    state.push("paragraph_close", "p", -1)
    state.line = start + 1
    return True


def _id(name: str) -> str:
    return escape(f"r-{name}")


def settle(state: StateCore) -> None:
    """Move a name before a heading after it, and define `[items.fn]` if a text has such names."""
    if not any(RULE in token.meta for token in state.tokens):
        return
    state.tokens = list(_behind_headings(state.tokens))
    known = state.env.setdefault("references", {})
    for match in _LABEL.finditer(state.src):
        href = state.md.normalizeLink(f"#{_id(match['name'])}")
        known.setdefault(normalizeReference(match["name"]), {"title": "", "href": href})


def _behind_headings(tokens: list[Token]) -> Iterator[Token]:
    waiting: list[Token] = []
    at = 0
    while at < len(tokens):
        if RULE in tokens[at].meta and _opens_heading(tokens, at + 3):
            waiting += tokens[at : at + 3]
            at += 3
            continue
        yield tokens[at]
        if tokens[at].type == "heading_close":
            yield from waiting
            waiting = []
        at += 1


def _opens_heading(tokens: list[Token], at: int) -> bool:
    """Return whether the next block is a heading, or another name before one."""
    while at < len(tokens) and (tokens[at].type == "html_block" or RULE in tokens[at].meta):
        at += 3 if RULE in tokens[at].meta else 1
    return at < len(tokens) and tokens[at].type == "heading_open"


def lead(state: StateCore) -> None:
    """Turn a link to `items.fn`, as in a definition, into one to the rule with this name."""
    if not any(RULE in token.meta for token in state.tokens):
        return
    for token in state.tokens:
        for child in token.children or ():
            href = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if _NAME.match(href) and not href.endswith(FILES):
                child.attrs["href"] = f"#{_id(href)}"


EXTENSION = Extension("rule_names", syntax)
