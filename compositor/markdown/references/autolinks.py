"""Autolinks: bare addresses (`https://…`, `www.…`) are links, as on GitHub."""

from __future__ import annotations

from markdown_it import MarkdownIt
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from compositor.markdown.extension import Extension


def syntax(md: MarkdownIt) -> None:
    """The plugin follows GitHub's specification."""
    gfm_autolink_plugin(md)


EXTENSION = Extension("autolinks", syntax)
