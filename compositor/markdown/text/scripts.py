"""Superscript `2^10^` and subscript `H~2~O`, as in Pandoc: no spaces inside; `\\^` and `\\~` are the plain signs."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from compositor.markdown.extension import Extension


def syntax(md: MarkdownIt) -> None:
    """The rules are the plugins'; `^[` begins a note, `~~` strikes words out."""
    sub_plugin(md)
    superscript_plugin(md)
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    superscript = rules["sup"]

    def no_note(state: StateInline, silent: bool) -> bool:
        return not state.src.startswith("^[", state.pos) and superscript(state, silent)

    md.inline.ruler.at("sup", no_note)


EXTENSION = Extension("scripts", syntax)
