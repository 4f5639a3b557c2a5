"""Syntax for web pages in folders of texts: `{: .class}`, roles such as `` {term}`x` ``, `[TOC]`.

What has no meaning on paper is left out; markup around words is replaced by them. Sources: Kramdown, MyST,
Python-Markdown.
"""

from __future__ import annotations

import re
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.reading import reading_of

_COMMENT = re.compile(r"\{/\*.*?\*/\}[ \t]*\Z")
_KRAMDOWN = re.compile(r"\{:[^{}\n]*\}[ \t]*\Z")
_TOC = re.compile(r"(?:\[\[?_?TOC_?\]\]?|\{:toc\}|<!--\s*toc\s*-->)[ \t]*\Z", re.IGNORECASE)
_REMARK = re.compile(r"%(?:[ \t]+\S[^\n]*)?\Z")
"""A comment of MyST, on a line of its own."""
_BREAK = re.compile(r"\+{3}(?:[ \t]*\{[^{}\n]*\})?[ \t]*\Z")
"""The end of a cell of MyST."""
_ROLE = re.compile(r"\{(?P<name>[a-z][\w:.+-]*)\}(?P<marks>`+)(?P<words>[^`]+)(?P=marks)")
_TARGET = re.compile(r"\s*<[^<>]*>\Z")
_BEHIND = re.compile(r"\{:?[ \t]*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"]*\"|[^\s\"}]+))(?:[ \t]+[^{}\n]*)?\}")
_KEPT = r"(?P<kept>(?P<ticks>`+)(?!`)[^`].*?(?<!`)(?P=ticks)(?!`)|(?<![\\\w$])\$(?=[^\s$])[^$]*?(?<![\s\\])\$(?!\d))"
"""Code and formulas, in which braces are not attributes."""
_ATTRIBUTES = re.compile(
    _KEPT + r"|(?<=[*_)\]`])" + _BEHIND.pattern + r"|[ \t]*\n\{:[^{}\n]*\}", re.DOTALL
)
_PICTURE = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\n]|\([^()\n]*\))*\)\Z")
_OF_PICTURE = re.compile(r"\b(?:(?:fig-)?alt=\"[^\"]*\"|width=(?:\"\d[\d.]*(?:%|[a-z]{2})?\"|\d[\d.]*(?:%|[a-z]{2})?))")
LONGEST = 1000
"""Letters of a picture, with its words and its address."""
SPANS = "spans"
_ID = re.compile(r"#(?P<id>[\w-]+)")
AS_CODE = ("code", "command", "file", "option", "program", "envvar", "class", "func", "meth", "mod", "attr", "py")
"""Roles whose words are code; `` {py:func}`x` `` is recognised by what precedes the colon."""

MARKS = {
    **{name: name for name in ("sub", "sup", "kbd", "del", "u")},
    **{"subscript": "sub", "superscript": "sup", "strike": "del", "underline": "u", "strong": "b", "emphasis": "em"},
}
"""Roles that are elements of HTML."""
_ELSEWHERE = re.compile(r"[\w.-]+:[\w./-]+\Z")
LEADING = ("ref", "numref", "doc", "eq", "embed")
"""Roles whose words are the name of a place, or of a text."""


def syntax(md: MarkdownIt) -> None:
    """Lines of their own are blocks; the others are within a line."""
    md.block.ruler.before("fence", "web_line", line, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("escape", "role", role)
    md.core.ruler.before("inline", "kramdown", drop_behind)


def line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a line that has no meaning on paper."""
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not _says_nothing(text):
        return False
    if not silent:
        state.line = start + 1
    return True


def remark(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a line that begins with a percent sign is a comment."""
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not _REMARK.match(text):
        return False
    if not silent:
        state.line = start + 1
    return True


def _says_nothing(text: str) -> bool:
    return any(form.match(text) for form in (_KRAMDOWN, _TOC, _COMMENT, _BREAK))


def role(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the words of a role, without its target."""
    match = _ROLE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent and match["name"].rpartition(":")[2] in LEADING:
        _lead(state, match["words"].strip(), match["name"].rpartition(":")[2] == "doc")
    elif not silent and match["name"].rpartition(":")[2] == "term" and state.linkLevel == 0:
        _term(state, match["words"].strip())
    elif not silent and (marks := MARKS.get(match["name"])):
        for tag, content in ((f"<{marks}>", ""), ("", match["words"].strip()), (f"</{marks}>", "")):
            token = state.push("html_inline" if tag else "text", "", 0)
            token.content, token.meta = tag or content, {"offset": state.pos}
    elif not silent:
        words = _TARGET.sub("", match["words"]).strip() or match["words"].strip("<>")
        is_code = match["name"].partition(":")[0] in AS_CODE or match["name"] in AS_CODE
        kind = "code_inline" if is_code else "math_inline" if match["name"] == "math" else "text"
        token = state.push(kind, "code" if is_code else "", 0)
        token.content, token.meta = words, {"offset": state.pos}
        if kind == "math_inline":
            token.markup, token.meta["display"] = match[0], False
    state.pos = match.end()
    return True


def _lead(state: StateInline, written: str, is_file: bool) -> None:
    """Make a link to a place or a text by its name: with the words before it, else with its title.

    A text of another project, `project:text`, is printed as words.
    """
    found = _TARGET.search(written)
    address = found[0].strip().strip("<>") if found else written
    if is_file and _ELSEWHERE.match(address):
        state.push("text", "", 0).content = _TARGET.sub("", written).strip() or address.partition(":")[2]
        return
    is_file = is_file or "/" in address or address.endswith((".md", ".ipynb"))
    href = state.md.normalizeLink(address if is_file else f"#{address}")
    opening = state.push("link_open", "a", 1)
    opening.attrs, opening.meta = {"href": href}, {"offset": state.pos}
    if words := _TARGET.sub("", written).strip() if found else "":
        state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def _term(state: StateInline, written: str) -> None:
    """Make a link to an entry in a glossary: that of the same words, or the one that is named after them."""
    found = _TARGET.search(written)
    words = _TARGET.sub("", written).strip() if found else written
    name = found[0].strip().strip("<>").strip() if found else words
    opening = state.push("span_open", "span", 1)
    opening.meta = {"offset": state.pos, "attributes": Attributes("", ("term",), {"term": name})}
    state.push("text", "", 0).content = words or name
    state.push("span_close", "span", -1)


def drop_behind(state: StateCore) -> None:
    """Remove attributes after the words of a line, as in Kramdown and attr_list."""
    place = partial(_place, spans=SPANS in reading_of(state).context.extensions)
    for i, token in enumerate(state.tokens):
        if token.type == "inline" and "{" in token.content and state.tokens[i - 1].type != "heading_open":
            token.content = _ATTRIBUTES.sub(place, token.content)


def _place(match: re.Match[str], spans: bool) -> str:
    """Return what is kept of attributes: an id is a place to link to; a picture also keeps its words and its width.

    `spans`: brackets with attributes are words with a class, for which there is another rule.
    """
    if match["kept"] or (spans and match.string[match.start() - 1 : match.start()] == "]"):
        return match[0]
    found = _ID.search(match[0])
    if _PICTURE.search(match.string[max(0, match.start() - LONGEST) : match.start()]):
        kept = [*([found[0]] if found else []), *(one[0] for one in _OF_PICTURE.finditer(match[0]))]
        return f"{{{' '.join(kept)}}}" if kept else ""
    return f'<a id="{found["id"]}"></a>' if found else ""


def syntax_of_remarks(md: MarkdownIt) -> None:
    """A comment is a line of its own, which ends a paragraph."""
    interrupting = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "myst_remark", remark, interrupting)  # type: ignore[arg-type]


EXTENSION = Extension("web_pages", syntax)
REMARKS = Extension("myst_remarks", syntax_of_remarks)
