r"""Formulas between `\\(` and `\\)`, `\\[` and `\\]`, as in mdBook: Markdown would remove one backslash.

Source: mdBook's guide, "MathJax support".
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from compositor.markdown.extension import Extension
from compositor.markdown.math.tex_marks import block_line

_INLINE = re.compile(r"\\\\\((?P<round>(?:[^\\]|\\(?!\\\)))+?)\\\\\)|\\\\\[(?P<square>(?:[^\\]|\\(?!\\\]))+?)\\\\\]")
_OPEN, _CLOSE = "\\\\[", "\\\\]"


def syntax(md: MarkdownIt) -> None:
    """These rules run before Markdown's own escapes."""
    md.inline.ruler.before("escape", "mathjax", inline)
    md.block.ruler.before("fence", "mathjax_block", block, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def inline(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule."""
    match = _INLINE.match(state.src, state.pos) if state.src.startswith("\\\\", state.pos) else None
    if match is None:
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content, token.markup = (match["round"] or match["square"]).strip(), match[0]
        token.meta = {"offset": state.pos, "display": match["square"] is not None}
    state.pos = match.end()
    return True


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: from the mark at the start of a line to the one at the end of a line."""
    first = block_line(state, start)
    if state.is_code_block(start) or not first.startswith(_OPEN):
        return False
    ends = (line for line in range(start, end) if block_line(state, line).endswith(_CLOSE))
    last = next((line for line in ends if _whole(state, start, line)), end)
    if last == end:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        lines = [block_line(state, number) for number in range(start, last + 1)]
        token.content = "\n".join(lines).removeprefix(_OPEN).removesuffix(_CLOSE).strip("\n")
        token.map, token.meta = [start, last + 1], {"closed": True, "inside": None}
        state.line = last + 1
    return True


def _whole(state: StateBlock, start: int, last: int) -> bool:
    """Return whether the mark at the end is another one than that at the start."""
    return last > start or len(block_line(state, start)) > len(_OPEN) + len(_CLOSE)


EXTENSION = Extension("mathjax", syntax)
