"""Boxes of plugins -> callouts: ```` ```admonish tip ````, ```` ```ad-note ````, `> [!example]- Title`.

Sources: mdbook-admonish 1.20, https://tommilligan.github.io/mdbook-admonish/; Obsidian's help, "Callouts", and its
plugin Admonition.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.divs import end_of_surroundings
from compositor.markdown.extension import Extension
from compositor.markdown.guests.admonitions import make_boxes
from compositor.markdown.guests.blocks import closing, nested, opening
from compositor.markdown.guests.myst.forms import last_line, line_of
from compositor.markdown.reading import Context, reading_of
from compositor.markdown.text.callouts import KINDS

_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})[ \t]*(?:admonish\b|ad-(?P<kind>[\w-]+))(?P<rest>[^`]*)\Z")
_WORD = re.compile(r"[\s,]*(?P<kind>[A-Za-z][\w-]*)(?:\.[\w.-]+)?(?=[\s,\"']|\Z)")
_TITLE = re.compile(r"title\s*=\s*(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)')|\"(?P<bare>[^\"]*)\"")
_OPTION = re.compile(r"(?P<key>title|collapse|icon|color)[ \t]*:[ \t]*(?P<value>.*?)[ \t]*\Z")
_QUOTED = re.compile(r"\[!(?P<kind>[A-Za-z][\w-]*)(?:\|[^\]\n]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")


def syntax(md: MarkdownIt) -> None:
    """Fences are found before those of code; quotations before GitHub's alerts, which have five kinds."""
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    rules = [rule.name for rule in md.block.ruler.__rules__]
    md.block.ruler.before("directive" if "directive" in rules else "fence", "fence_box", fence, interrupting)
    if not any(rule.name == "boxes" for rule in md.core.ruler.__rules__):
        md.core.ruler.before("listings", "boxes", make_boxes)
    md.core.ruler.before("callouts", "quoted_boxes", make_of_quotations)


def fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a fence whose content is the text of a box."""
    match = _FENCE.match(line_of(state, start))
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    end = end_of_surroundings(state, start, end)
    last = last_line(state, start, end, match["marks"])
    kind, title, first = _said(match), _title(match["rest"]), start
    while match["kind"] and first + 1 < last and (option := _OPTION.match(line_of(state, first + 1))):
        title, first = (option["value"] if option["key"] == "title" else title), first + 1
    nested(state, (first, last), kind, title, 0)
    state.line = min(last + 1, end)
    return True


def _said(match: re.Match[str]) -> str:
    """Return the kind; mdbook-admonish assumes a note if none is named."""
    word = _WORD.match(match["rest"])
    return match["kind"] or (word["kind"] if word else "note")


def _title(rest: str) -> str:
    match = _TITLE.search(rest)
    if match is None:
        return ""
    return re.sub(r"\\(.)", r"\1", match["double"] or "") or match["single"] or match["bare"] or ""


def make_of_quotations(state: StateCore) -> None:
    """Make a callout of a quotation that begins with a kind unknown to GitHub, or with a sign for folding."""
    context, number = reading_of(state).context, 0
    while number < len(state.tokens):
        if match := _mark(state.tokens[number : number + 3]):
            kind, inline = match["kind"].lower(), state.tokens[number + 2]
            if kind in KINDS or kind in context.callouts:
                alert = f"[!{match['kind']}] {match['title']}".rstrip()
                inline.content = f"{alert}\n{inline.content[match.end() :]}"
            else:
                _make(state.tokens, number, match, context)
        number += 1


def _mark(three: list[Token]) -> re.Match[str] | None:
    if [token.type for token in three] == ["blockquote_open", "paragraph_open", "inline"]:
        return _QUOTED.match(three[2].content)
    return None


def _make(tokens: list[Token], start: int, match: re.Match[str], context: Context) -> None:
    like, paragraph, inline = tokens[start : start + 3]
    ends = (number for number in range(start, len(tokens)) if tokens[number].type == "blockquote_close")
    end = next(number for number in ends if tokens[number].level == like.level)
    tokens[end] = closing(like)
    inline.content = inline.content[match.end() :]
    if inline.map and match[0].endswith("\n"):
        paragraph.map = inline.map = [inline.map[0] + 1, inline.map[1]]
    rest = tokens[start + 1 : start + 4] if inline.content.strip() else []
    tokens[start : start + 4] = [*opening(match["kind"], match["title"], like, context), *rest]


EXTENSION = Extension("plugin_boxes", syntax)
