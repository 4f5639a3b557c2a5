"""Autolinks: bare addresses (`https://…`, `www.…`) are links, as on GitHub; those without a scheme use https."""

from __future__ import annotations

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from compositor.markdown.extension import Extension

PROTOCOLS = ("http", "https", "mailto", "xmpp")
PROTOCOL_RULE = "gfm_autolink_protocol"


def syntax(md: MarkdownIt) -> None:
    """The plugin follows GitHub's specification, which is older than https everywhere.

    It searches the whole text before each colon; this would be slow in a paragraph with a thousand colons.
    """
    gfm_autolink_plugin(md)
    rule = next(one.fn for one in md.inline.ruler.__rules__ if one.name == PROTOCOL_RULE)

    def behind_a_protocol(state: StateInline, silent: bool) -> bool:
        return state.src[max(0, state.pos - 6) : state.pos].endswith(PROTOCOLS) and rule(state, silent)

    md.inline.ruler.at(PROTOCOL_RULE, behind_a_protocol)
    md.core.ruler.after("inline", "schemes", prefer_https)


def prefer_https(state: StateCore) -> None:
    """Make `www.example.org` lead to https://www.example.org."""
    for block in state.tokens:
        for token, words in pairwise(block.children or ()):
            href = str(token.attrs.get("href", ""))
            if token.type == "link_open" and token.info == "auto" and href == f"http://{words.content}":
                token.attrs["href"] = f"https://{words.content}"


EXTENSION = Extension("autolinks", syntax)
