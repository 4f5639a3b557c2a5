"""What folders of texts have for their web pages: imports of MDX, `{: .class}`, roles such as `` {term}`x` ``, `[TOC]`.

What says nothing on paper is left out; what holds words leaves them. Sources: MDX, Kramdown, MyST, Python-Markdown.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from compositor.markdown.extension import Extension

_IMPORT = re.compile(
    r"import\s(?:[\w{}*,\s$]+\sfrom\s)?[\"'][^\"'\n]+[\"'];?\s*\Z|export\s+(?:const|default|\*)\s.*;?\Z"
)
_COMMENT = re.compile(r"\{/\*.*?\*/\}[ \t]*\Z")
_KRAMDOWN = re.compile(r"\{:[^{}\n]*\}[ \t]*\Z")
_TOC = re.compile(r"(?:\[\[?_?TOC_?\]\]?|\{:toc\}|<!--\s*toc\s*-->)[ \t]*\Z", re.IGNORECASE)
_ROLE = re.compile(r"\{(?P<name>[a-z][\w:.+-]*)\}(?P<marks>`+)(?P<words>[^`]+)(?P=marks)")
_TARGET = re.compile(r"\s*<[^<>]*>\Z")
_BEHIND = re.compile(r"\{:?[ \t]*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"]*\"|[^\s\"}]+))(?:[ \t]+[^{}\n]*)?\}")
_ATTRIBUTES = re.compile(r"(?<=[*_)\]`])" + _BEHIND.pattern + r"|[ \t]*\n\{:[^{}\n]*\}")
_ID = re.compile(r"#(?P<id>[\w-]+)")
AS_CODE = ("code", "command", "file", "option", "program", "envvar", "class", "func", "meth", "mod", "attr", "py")
"""Roles whose words are code; `` {py:func}`x` `` by what stands before the colon."""


def syntax(md: MarkdownIt) -> None:
    """Lines of their own as blocks; the others within a line."""
    md.block.ruler.before("fence", "web_line", line, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "role", role)
    md.core.ruler.before("inline", "kramdown", drop_behind)


def line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a line that says nothing on paper."""
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    top = state.level == 0 and state.sCount[start] == 0
    if state.is_code_block(start) or not (_says_nothing(text) or (top and _IMPORT.match(text))):
        return False
    if not silent:
        state.line = start + 1
    return True


def _says_nothing(text: str) -> bool:
    return any(form.match(text) for form in (_KRAMDOWN, _TOC, _COMMENT))


def role(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the words of a role, without where they lead."""
    match = _ROLE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent:
        words = _TARGET.sub("", match["words"]).strip() or match["words"].strip("<>")
        is_code = match["name"].partition(":")[0] in AS_CODE or match["name"] in AS_CODE
        kind = "code_inline" if is_code else "math_inline" if match["name"] == "math" else "text"
        token = state.push(kind, "code" if is_code else "", 0)
        token.content, token.meta = words, {"offset": state.pos}
        if kind == "math_inline":
            token.markup, token.meta["display"] = match[0], False
    state.pos = match.end()
    return True


def drop_behind(state: StateCore) -> None:
    """Attributes behind the words of a line, as Kramdown and attr_list have them."""
    for i, token in enumerate(state.tokens):
        if token.type == "inline" and "{" in token.content and state.tokens[i - 1].type != "heading_open":
            token.content = _ATTRIBUTES.sub(_place, token.content)


def _place(match: re.Match[str]) -> str:
    """What stays of attributes: an id is a place to link to."""
    found = _ID.search(match[0])
    return f'<a id="{found["id"]}"></a>' if found else ""


EXTENSION = Extension("web_pages", syntax)
