"""Autolinks: bare addresses (`https://…`, `www.…`) are links, as on GitHub, and those without a scheme are https."""

from __future__ import annotations

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from compositor.markdown.extension import Extension


def syntax(md: MarkdownIt) -> None:
    """The plugin follows GitHub's specification, which is older than https everywhere."""
    gfm_autolink_plugin(md)
    md.core.ruler.after("inline", "schemes", prefer_https)


def prefer_https(state: StateCore) -> None:
    """`www.example.org` leads to https://www.example.org."""
    for block in state.tokens:
        for token, words in pairwise(block.children or ()):
            href = str(token.attrs.get("href", ""))
            if token.type == "link_open" and token.info == "auto" and href == f"http://{words.content}":
                token.attrs["href"] = f"https://{words.content}"


EXTENSION = Extension("autolinks", syntax)
