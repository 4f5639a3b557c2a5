r"""TeX's own marks in prose: `\(a^2\)`, `\[ … \]`, and `\eqref{x}` for the formula that has `\label{x}`.

In Markdown, `\(` is an escaped parenthesis. So only text that looks like a formula is one: it contains a sign of
mathematics or a command, and no word. `\[see below\]` and `\[--file=x\]` stay text.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from compositor.markdown.extension import Extension

_INLINE = re.compile(r"\\\((?P<round>[^`\n]*?(?:\n[^`\n]+?)*?)\\\)|\\\[(?P<square>[^`]+?)\\\](?!\()")
_CLOSED = re.compile(r"(?P<tex>.*)\\\][ \t]*\Z", re.DOTALL)
_SIGN = re.compile(r"\\[A-Za-z]+|[\^_=<>+]")
_LONE = re.compile(r"\s*(?:[A-Za-z]'?|\d+)\s*\Z")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}|--|[\"']\w")
_SPOKEN = re.compile(r"\\(?:label|tag|text[a-z]*|mathrm|operatorname|begin|end|mbox)\*?\{[^{}]*\}")
_LABEL = re.compile(r"\\label\s*\{(?P<name>[^{}]+)\}")
_REFERENCE = re.compile(r"\\(?P<kind>eqref|ref)\{(?P<name>[^{}\n]+)\}")


def syntax(md: MarkdownIt) -> None:
    """These rules run before Markdown's own escapes; a displayed formula may follow a line of text."""
    md.inline.ruler.before("escape", "tex_math", math_inline)
    md.inline.ruler.before("escape", "tex_references", reference)
    md.block.ruler.before("fence", "tex_block", math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def math_inline(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule."""
    match = _INLINE.match(state.src, state.pos) if state.src[state.pos] == "\\" else None
    tex = match["round"] or match["square"] or "" if match else ""
    if match is None or not (_is_formula(tex) or (match["round"] and _LONE.match(tex))):
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content, token.markup = tex.strip(), match[0]
        token.meta = {"offset": state.pos, "display": match["square"] is not None}
    state.pos = match.end()
    return True


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""markdown-it's block rule: from `\[` at the start of a line to `\]` at the end of one in the same paragraph."""
    if state.is_code_block(start) or not block_line(state, start).startswith("\\["):
        return False
    lines = [block_line(state, start)[2:]]
    number = start
    while (closing := _CLOSED.match(lines[-1])) is None and number + 1 < end and block_line(state, number + 1):
        number += 1
        lines.append(block_line(state, number))
    if closing is None or not _is_formula("\n".join(lines)):
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.content = "\n".join([*lines[:-1], closing["tex"]])
        token.map = [start, number + 1]
        token.meta = {"closed": True, "inside": None}
        state.line = number + 1
    return True


def block_line(state: StateBlock, number: int) -> str:
    """Return a line of a block, without the marks of its container."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _is_formula(tex: str) -> bool:
    return bool(_SIGN.search(tex)) and _WORD.search(_SPOKEN.sub("", tex)) is None


def label_of(tex: str) -> str:
    r"""Return the id of a formula with `\label{…}`, or an empty text."""
    match = _LABEL.search(tex)
    return _identifier(match["name"]) if match else ""


def _identifier(label: str) -> str:
    words = re.sub(r"[^\w-]+", "-", label.strip()).strip("-")
    return words if words.startswith("eq-") else f"eq-{words}"


def reference(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: a reference by number alone, which `eqref` puts in parentheses."""
    match = _REFERENCE.match(state.src, state.pos) if state.src[state.pos] == "\\" else None
    if match is None or (match["kind"] == "ref" and not match["name"].startswith("eq")):
        return False
    if not silent:
        before, after = ("(", ")") if match["kind"] == "eqref" else ("", "")
        _push_text(state, before)
        token = state.push("reference_group", "", 0)
        token.markup = match[0]
        target = {"target": _identifier(match["name"]), "capital": False}
        words = [match["name"]]
        token.meta = {"offset": state.pos, "targets": [target], "words": words, "numbers": True, "forms": frozenset()}
        _push_text(state, after)
    state.pos = match.end()
    return True


def _push_text(state: StateInline, text: str) -> None:
    if text:
        state.push("text", "", 0).content = text


EXTENSION = Extension("tex_marks", syntax)
