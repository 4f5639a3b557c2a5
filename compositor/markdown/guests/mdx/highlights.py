"""Highlighted lines of code: comments such as `// highlight-next-line`, and `{1,3-4}` after a fence.

Source: https://docusaurus.io/docs/markdown-features/code-blocks.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension

_COMMENT = re.compile(
    r"\s*(?://|#|--|;|%|<!--|/\*|\{/\*)\s*highlight-(?P<what>next-line|start|end)\s*(?:-->|\*/\}?)?\s*\Z"
)
_LINES = re.compile(r"\s\{(?P<lines>\d+(?:-\d+)?(?:\s*,\s*\d+(?:-\d+)?)*)\}")
_ATTRIBUTES = re.compile(r"(?P<language>[^\s{]*)[ \t]*(?:\{(?P<inside>.*)\})?\s*\Z")


def syntax(md: MarkdownIt) -> None:
    """This runs after the rule for words of other tools, which leaves a language and braces in our syntax."""
    md.core.ruler.after("fence_words", "highlights", mark_lines)


def mark_lines(state: StateCore) -> None:
    """Remove such comments from every fence, and highlight the lines that they mean."""
    for token in state.tokens:
        if token.type == "fence":
            _mark(token)


def _mark(token: Token) -> None:
    lines, marked = _read(token.content.split("\n")) if "highlight-" in token.content else ([], [])
    if lines:
        token.content = "\n".join(lines)
    said = _LINES.search(str(token.meta.get("words", "")))
    last = token.content.rstrip("\n").count("\n") + 1
    runs = [_within(run, last) for run in said["lines"].split(",")] if said else []
    numbers = ",".join(map(str, marked)) or ",".join(filter(None, runs))
    match = _ATTRIBUTES.match(token.info)
    if numbers and match is not None and "code-line-numbers" not in token.info:
        inside = f'{match["inside"] or ""} code-line-numbers="{numbers}"'.strip()
        token.info = f"{match['language']} {{{inside}}}"


def _within(run: str, last: int) -> str:
    """Return the part of `3-5` that a listing with so many lines has; empty if it has none."""
    first, _, end = run.strip().partition("-")
    end = str(min(int(end or first), last))
    return "" if not 1 <= int(first) <= int(end) else first if first == end else f"{first}-{end}"


def _read(lines: list[str]) -> tuple[list[str], list[int]]:
    """Return the lines without the comments, and the numbers of the highlighted ones."""
    kept, marked, is_inside, is_next = list[str](), list[int](), False, False
    for line in lines:
        if match := _COMMENT.match(line):
            is_next = match["what"] == "next-line"
            is_inside = match["what"] == "start" or (is_inside and is_next)
            continue
        kept.append(line)
        if is_inside or is_next:
            marked.append(len(kept))
        is_next = False
    return kept, marked


EXTENSION = Extension("highlights", syntax)
