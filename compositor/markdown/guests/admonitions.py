"""Boxes and tabs of other tools -> callouts: `!!! note`, `??? note`, `:::note`, ```` ```{note} ````, `=== "Tab"`.

Sources: Python-Markdown's Admonition, Material for MkDocs, Docusaurus, MyST.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.divs import end_of_surroundings
from compositor.markdown.extension import Extension
from compositor.markdown.guests.blocks import KINDS, TABS, WITHOUT_BOX, closing, nested, opening, title_paragraph
from compositor.markdown.reading import Context, reading_of

_INDENTED = re.compile(
    r"(?P<marks>!!!|\?\?\?\+?|===[!+]?|///)[ \t]+(?P<kind>[\w-]+(?:[ \t]+[\w-]+)*?)?[ \t]*"
    r"(?:\|[ \t]*(?P<bar>.*)|[\"“](?P<title>.*)[\"”])?[ \t]*\Z"
)
_COLONS = re.compile(
    r":{3,}[ \t]*(?:\{\.callout-(?P<quarto>[a-z]+)[^{}]*?(?:title=\"(?P<said>[^\"]*)\"[^{}]*)?\}"
    r"|(?:\{(?P<myst>[A-Za-z][\w-]*)\}|(?P<kind>[A-Za-z][\w-]*))"
    r"[ \t]*(?:\[(?P<bracket>.*)\][ \t]*(?:\{[^{}]*\})?|\{(?P<braces>[^{}]*)\}|(?P<title>.*?)))[ \t]*\Z"
)
_TITLE = re.compile(r"\btitle=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
INDENT = 4

_COLUMNS = re.compile(r"[\d\s]+")
"""Columns of a grid on a web page."""


def syntax(md: MarkdownIt) -> None:
    """Blocks are found first; each becomes a pair of tokens, and those become a callout before code is read."""
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "indented_box", indented, interrupting)
    rules = [rule.name for rule in md.block.ruler.__rules__]
    md.block.ruler.before("div" if "div" in rules else "fence", "colon_box", colons, interrupting)
    md.core.ruler.before("listings", "boxes", make_boxes)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a line with marks, and below it what is indented by four columns."""
    match = _INDENTED.match(_line(state, start))
    if match is None or state.is_code_block(start) or not (match["kind"] or match["title"]):
        return False
    closes, end = match["marks"] == "///", end_of_surroundings(state, start, end)
    last = _end(state, start + 1, end, closes)
    if match["kind"] and match["marks"].startswith("==="):
        return False
    if silent:
        return True
    name = "tab" if match["marks"].startswith("===") else (match["kind"] or "note").split()[0]
    nested(state, (start, last), name, match["title"] or match["bar"] or "", 0 if closes else INDENT)
    state.line = min(last + closes, end)
    return True


def _end(state: StateBlock, first: int, end: int, closes: bool) -> int:
    """Return the line after the last one of a box that ends with a line of its own, or with its indent."""
    if closes:
        return next((number for number in range(first, end) if _line(state, number).strip() == "///"), end)
    last = first
    while last < end and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent + INDENT):
        last += 1
    while last > first and state.isEmpty(last - 1):
        last -= 1
    return last


def colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: a box between colons, as in Docusaurus and MyST.

    An unknown word is one that a site has added: if the box is closed, the word becomes its title.
    """
    match = _COLONS.match(_line(state, start))
    name = (match["quarto"] or match["myst"] or match["kind"]).lower() if match else ""
    if match is None or state.is_code_block(start):
        return False
    is_known = name in (KINDS.keys() | WITHOUT_BOX | TABS)
    if not is_known and (not match["kind"] or "div" in state.md.get_active_rules()["block"]):
        return False
    depth, last, end = 1, start + 1, end_of_surroundings(state, start, end)
    while last < end:
        line = _line(state, last)
        depth += 1 if _COLONS.match(line) else -1 if re.fullmatch(r":{3,}[ \t]*", line) else 0
        if depth == 0:
            break
        last += 1
    if not is_known and last >= end:
        return False
    if silent:
        return True
    nested(state, (start, last), name, _title(match), 0)
    state.line = min(last + 1, end)
    return True


def _title(match: re.Match[str]) -> str:
    """Return the words in brackets, in braces as `title="…"`, or after the name."""
    said = _TITLE.search(match["braces"] or "")
    in_braces = (said["double"] or said["single"] or "") if said else ""
    return match["bracket"] or match["title"] or match["said"] or in_braces


def make_boxes(state: StateCore) -> None:
    """Make callouts of boxes, and titles of tabs; other blocks are replaced by their content."""
    context = reading_of(state).context
    open_: list[bool] = []
    state.tokens = [made for token in state.tokens for made in _made(context, open_, token)]


def _made(context: Context, open_: list[bool], token: Token) -> Iterator[Token]:
    """Yield what a block becomes; `open_` records, for each level, whether it is a box."""
    if token.type == "box_close":
        is_box = open_.pop()
    token.level -= open_.count(False)
    if token.type == "box_open":
        is_box = token.info not in WITHOUT_BOX and token.info not in TABS
        open_.append(is_box)
        if is_box:
            yield from opening(token.info, token.meta["title"], token, context)
        elif token.meta["title"] and not (token.info == "grid" and _COLUMNS.fullmatch(token.meta["title"])):
            yield from title_paragraph(token.meta["title"], token)
    elif token.type != "box_close":
        yield token
    elif is_box:
        yield closing(token)


EXTENSION = Extension("admonitions", syntax)
