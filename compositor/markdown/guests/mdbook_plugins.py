"""Syntax of mdBook's plugins: tabs (`{{#tabs}}`, `{{#tab name="Linux"}}`) and notes (`{{footnote: words}}`).

`{{%segment outline}}` is a list of the chapters below, which is left to the contents. Sources:
https://mdbook-tabs.pages.dev/, https://github.com/daviddrysdale/mdbook-footnote; mdbook-course, by Google.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.guests.blocks import title_paragraph
from compositor.markdown.guests.myst.forms import line_of

_TAB = re.compile(
    r"\{\{\s*#(?:tabs\b[^{}]*|end_?tabs?\s*|tab\b[^{}]*?\bname\s*=\s*[\"'](?P<name>[^\"'{}]*)[\"'][^{}]*)\}\}[ \t]*\Z"
)
_OUTLINE = re.compile(r"\{\{%[ \t]*(?:course|session|segment)[ \t]+outline\b[^{}\n]*\}\}[ \t]*\Z")
_NOTE = re.compile(r"\{\{footnote:\s*(?P<words>(?:[^{}]|\{(?!\{)|\}(?!\}))+?)\s*\}\}")


def syntax(md: MarkdownIt) -> None:
    """A tag of tabs has a line of its own; a note is in the text."""
    md.block.ruler.before("fence", "mdbook_tab", tab, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "mdbook_note", note)


def tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a tab's name becomes a line of strong words; outlines and ends of tabs are removed."""
    match = _TAB.match(line_of(state, start))
    is_outline = match is None and _OUTLINE.match(line_of(state, start)) is not None
    if (match is None and not is_outline) or state.is_code_block(start):
        return False
    if not silent:
        if match is not None and match["name"]:
            like = Token("", "", 0, map=[start, start + 1], level=state.level)
            state.tokens += title_paragraph(match["name"], like)
        state.line = start + 1
    return True


def note(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: a note inside the text, stored like one of the plugin for footnotes."""
    match = _NOTE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        notes = state.env.setdefault("footnotes", {}).setdefault("list", {})
        number, inside = len(notes), list[Token]()
        state.md.inline.parse(match["words"], state.md, state.env, inside)
        notes[number] = {"content": match["words"], "tokens": inside}
        state.push("footnote_ref", "", 0).meta = {"id": number}
    state.pos = match.end()
    return True


EXTENSION = Extension("mdbook_plugins", syntax)
