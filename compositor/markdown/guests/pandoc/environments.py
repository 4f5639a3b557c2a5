r"""TeX formulas in a text without dollars: `\begin{align}` … `\end{align}`, as in MyST and Pandoc.

Source: https://mystmd.org/guide/math, "AMS Math", and https://pandoc.org/MANUAL.html#extension-raw_tex.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from compositor.markdown.extension import Extension

_BEGINS = re.compile(
    r"\\begin\{(?P<name>(?:equation|align|alignat|flalign|gather|multline|eqnarray|split|displaymath|math)\*?)\}"
)
ALONE = ("equation", "equation*", "displaymath", "math")
"""Environments that only mark a displayed formula."""
LONGEST = 200
"""Lines of one formula."""


def syntax(md: MarkdownIt) -> None:
    """A displayed formula may follow a line of text."""
    interrupting = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "tex_environment", environment, interrupting)  # type: ignore[arg-type]


def environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: from the line that begins it to the one that ends it, without empty lines."""
    match = _BEGINS.match(_line(state, start))
    if match is None or state.is_code_block(start):
        return False
    closing = f"\\end{{{match['name']}}}"
    numbers = range(start, min(end, start + LONGEST))
    last = next((number for number in numbers if _line(state, number).rstrip().endswith(closing)), None)
    if last is None:
        return False
    if silent:
        return True
    whole = "\n".join(line for number in range(start, last + 1) if (line := _line(state, number).rstrip()))
    inner = whole.removeprefix(match[0]).removesuffix(closing).strip()
    token = state.push("math_block", "", 0)
    token.content = inner if match["name"] in ALONE else whole
    token.map, token.meta = [start, last + 1], {"closed": True, "inside": None}
    state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


EXTENSION = Extension("tex_environments", syntax)
