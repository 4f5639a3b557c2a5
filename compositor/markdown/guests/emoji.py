"""`:tada:` -> the character that web pages show for it; any other word between colons is unchanged.

Source: emoji.txt, GitHub's names for characters of Unicode; Python-Markdown's extensions and Docusaurus have the same.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from compositor.markdown.extension import Extension

FILE = Path(__file__).with_name("emoji.txt")
PICTURES = {"octocat": "🐙"}
"""Names of pictures that are not characters -> the nearest one."""
_NAME = re.compile(r"(?<![\w:]):(?P<name>[a-z0-9_+-]+):(?![\w:])")
"""Not within a word, a time (`10:100:20`) or a C++ path (`std::x::y`)."""


def syntax(md: MarkdownIt) -> None:
    """This applies within a line, never in code."""
    md.inline.ruler.before("escape", "emoji", emoji)


@cache
def names() -> dict[str, str]:
    """Return each name with its character."""
    rows = (line.split() for line in FILE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("# "))
    return PICTURES | {name: row[0] for row in rows for name in row[1:]}


def emoji(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the character is part of the text around it."""
    match = _NAME.match(state.src, state.pos) if state.src[state.pos] == ":" else None
    if match is None or match["name"] not in names():
        return False
    if not silent:
        state.pending += names()[match["name"]]
    state.pos = match.end()
    return True


EXTENSION = Extension("emoji", syntax)
