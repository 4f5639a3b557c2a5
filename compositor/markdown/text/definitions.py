"""Definition lists: a term, and `: definition` on the lines below it, as in Pandoc."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from compositor.markdown.extension import Extension


def syntax(md: MarkdownIt) -> None:
    """The plugin's dl, dt and dd are what the outputs need."""
    deflist_plugin(md)


EXTENSION = Extension("definitions", syntax)
