"""Tags in double braces: `{{figure {url: "a.png"}}}`, `{{quote {author: "A"} … quote}}`, `{{id x}}`, and `((term))`.

They are at the beginning of a line. Index tags are not printed; tags around text are replaced by it. Source: the
Markdown of the book Eloquent JavaScript and of related tools.

`{% raw %}` and `{% endraw %}` of Jekyll and Jinja are not printed: they say that what is between them is no template.
"""

from __future__ import annotations

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from compositor.markdown.divs import end_of_surroundings
from compositor.markdown.extension import Extension
from compositor.markdown.guests.blocks import inside, nested

_WHOLE = re.compile(r"\{\{(?P<name>figure|index|indexsee|id|meta|table)\b(?P<rest>[^\n]*?)\}\}[ \t]*\Z")
_OPENS = re.compile(r"\{\{(?P<name>quote|if|hint|note)\b(?P<rest>[^}\n]*(?:\}(?!\})[^}\n]*)*)\Z")
_PAIR = re.compile(r"(?P<key>[\w-]+):\s*(?:\"(?P<said>(?:[^\"\\]|\\.)*)\"|(?P<bare>[^\s,{}\"]+))")
_TERM = re.compile(r"\(\((?P<term>[^()\n]+)\)\)|(?P<marks>`+)[^`](?:.*?[^`])?(?P=marks)(?!`)", re.DOTALL)
_INFO = re.compile(r"[ \t]*\{(?=\s*[\w-]+:\s)(?P<inside>.*)\}[ \t]*\Z")
_RAW = re.compile(r"\{%[-+]?[ \t]*(?:end)?raw[ \t]*[-+]?%\}")
MARK = "{{index"
"""A text with this has terms in double parentheses."""
NONE = ("null", "none", "false")


def syntax(md: MarkdownIt) -> None:
    """These are blocks, terms within a line, and words after a fence."""
    interrupting = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "curly_tag", tag, interrupting)  # type: ignore[arg-type]
    md.block.ruler.before("fence", "raw_tag", raw_line, interrupting)  # type: ignore[arg-type]
    md.inline.ruler.before("escape", "raw_tag", raw_word)
    md.core.ruler.after("block", "curly_fences", read_fences)
    md.core.ruler.before("inline", "curly_terms", show_terms)


def _pairs(text: str) -> dict[str, str]:
    return {one["key"]: re.sub(r"\\(.)", r"\1", one["said"] or "") or one["bare"] or "" for one in _PAIR.finditer(text)}


def tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a tag of one line, or the text between two."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    whole, opens = _WHOLE.match(line), _OPENS.match(line)
    if state.is_code_block(start) or not (whole or opens):
        return False
    if whole is not None:
        if not silent:
            _make(state, whole["name"], whole["rest"], start)
            state.line = start + 1
        return True
    assert opens is not None
    end, closes = end_of_surroundings(state, start, end), f"{opens['name']}}}}}"
    lines = (state.src[state.bMarks[number] : state.eMarks[number]].strip() for number in range(start + 1, end))
    last = next((number for number, text in enumerate(lines, start + 1) if text == closes), None)
    if last is None:
        return False
    if not silent:
        _surround(state, opens["name"], _pairs(opens["rest"]), (start, last))
        state.line = last + 1
    return True


def raw_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a line of such a tag alone is not printed."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not _RAW.fullmatch(line.strip()):
        return False
    if not silent:
        state.line = start + 1
    return True


def raw_word(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the same within a line."""
    match = _RAW.match(state.src, state.pos) if state.src.startswith("{%", state.pos) else None
    if match is None:
        return False
    state.pos = match.end()
    return True


def _make(state: StateBlock, name: str, rest: str, line: int) -> None:
    said = _pairs(rest)
    if name == "id":
        token = state.push("html_block", "", 0)
        token.map = [line, line + 1]
        token.content = f'<a id="{escape(rest.strip().strip(chr(34)))}"></a>\n'
    elif name == "figure" and said.get("url"):
        alternative = said.get("alt", "").replace("\\", "\\\\").replace('"', '\\"').replace("{", "(").replace("}", ")")
        _paragraph(state, f'![](<{said["url"]}>){{fig-alt="{alternative}"}}', line)


def _paragraph(state: StateBlock, content: str, line: int) -> None:
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [line, line + 1], content, []
    state.push("paragraph_close", "p", -1)


def _surround(state: StateBlock, name: str, said: dict[str, str], lines: tuple[int, int]) -> None:
    """Make a quotation with its source, a box for a hint, or only the content."""
    if name in ("hint", "note"):
        nested(state, lines, "tip" if name == "hint" else "note", "", 0)
        return
    if name != "quote":
        inside(state, lines[0] + 1, lines[1])
        return
    state.push("blockquote_open", "blockquote", 1).map = [lines[0], lines[1] + 1]
    inside(state, lines[0] + 1, lines[1])
    if source := ", ".join(word for word in (said.get("author"), said.get("title")) if word):
        _paragraph(state, f"— {source}", lines[0])
    state.push("blockquote_close", "blockquote", -1)


def show_terms(state: StateCore) -> None:
    """Show the words of the terms, if the text has an index."""
    if MARK in state.src:
        for token in state.tokens:
            if token.type == "inline" and "((" in token.content:
                token.content = _TERM.sub(lambda match: match["term"] or match[0], token.content)


def read_fences(state: StateCore) -> None:
    """Read the language from `{lang: html, test: no}` after a fence; the rest has no meaning on paper."""
    for token in state.tokens:
        match = _INFO.match(token.info) if token.type == "fence" else None
        if match is not None:
            language = _pairs(match["inside"]).get("lang", "")
            token.info = "" if language in NONE else language.rpartition("/")[2]


EXTENSION = Extension("curly_tags", syntax)
