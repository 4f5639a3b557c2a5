"""Blocks with attributes: `::: {#id .class key="value"}` … `:::`, as in Pandoc; other modules define the classes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, AttributeSyntaxError, parse_attributes, shown
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import reading_of

_OPEN = re.compile(r":{3,}[ \t]*(?:\{(?P<inside>[^{}]*)\}|(?P<word>[\w-]+))[ \t]*:*[ \t]*\Z")
_CLOSE = re.compile(r":{3,}[ \t]*\Z")
_FENCE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<marks>`{3,}(?=[^`]*\Z)|~{3,})(?P<info>.*)\Z")


def syntax(md: MarkdownIt) -> None:
    """Colons open and close a block that contains blocks; like fences, they may interrupt a paragraph."""
    md.block.ruler.before("fence", "div", div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.before("inline", "divs", read_attributes)


def div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: an opening line, its closing line, and everything between them."""
    opening = _OPEN.match(_line(state, start))
    if opening is None or state.is_code_block(start):
        return False
    if silent:
        return True
    end = end_of_surroundings(state, start, end)
    last = _partner(state, start, end)
    token = state.push("div_open", "div", 1)
    token.map = [start, min(last + 1, end)]
    token.markup = ":::"
    token.meta = {"inside": opening["inside"] if opening["word"] is None else f".{opening['word']}"}
    token.meta["closed"] = last < end
    old_parent, old_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "div", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = old_parent, old_max
    state.push("div_close", "div", -1)
    state.line = min(last + 1, end)
    return True


def end_of_surroundings(state: StateBlock, start: int, end: int) -> int:
    """Return the end of the container of a block: the first line after it with less indent."""
    if state.level == 0:  # it is at the top level
        return end
    lines = range(start + 1, end)
    return next((one for one in lines if not state.isEmpty(one) and state.sCount[one] < state.blkIndent), end)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _partner(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the block; the end if there is none. Blocks may be nested.

    Colons between the lines of a fence are code (CommonMark 0.31, section 4.5).
    """
    depth, fence = 0, ""
    for number in range(start, end):
        line = _line(state, number)
        fence, before = _fence_after(line, fence), fence
        if fence or before:
            continue
        depth += bool(_OPEN.match(line)) - bool(_CLOSE.match(line))
        if depth == 0:
            return number
    return end


def _fence_after(line: str, fence: str) -> str:
    """Return the marks of the fence that is open after a line, given those of the one that was open before it."""
    match = _FENCE.match(line)
    if not fence:
        return match["marks"] if match else ""
    closes = match is not None and match["marks"].startswith(fence) and not match["info"].strip()
    return "" if closes else fence


def read_attributes(state: StateCore) -> None:
    """Read the braces of every block; report a block that is never closed."""
    reading = reading_of(state)
    for token in state.tokens:
        if token.type != "div_open" or "inside" not in token.meta:
            continue
        token.meta["attributes"] = Attributes()
        inside = token.meta["inside"]
        try:
            token.meta["attributes"] = parse_attributes(inside)
        except AttributeSyntaxError as problem:
            place = reading.after(reading.line_place(token), inside[problem.offset :])
            reading.warning("L101", "this is not an attribute; the braces are ignored", place, str(problem))
        if not token.meta["closed"]:
            message = "this block is never closed; it continues to the end of the block or file around it"
            reading.warning("L201", message, reading.line_place(token), "write ::: where it ends")


def closing(tokens: Sequence[Token], index: int) -> int:
    """Return where the block that opens at this index closes."""
    level = tokens[index].level
    return next(i for i in range(index, len(tokens)) if tokens[i].type == "div_close" and tokens[i].level == level)


def make_lists(state: StateCore, name: str) -> list[range]:
    """Make a token `name_list` at the end of `::: {#name}`, for a list that Compositor generates.

    The block keeps what the author writes in it, and loses the id, because the file of an index may have the same name.
    """
    reading, made = reading_of(state), []
    for start, token in enumerate(state.tokens):
        if token.type == "div_open" and token.meta["attributes"].id == name:
            found: Attributes = token.meta["attributes"]
            token.meta["attributes"] = Attributes("", (name, *found.classes), found.pairs)
            end = closing(state.tokens, start)
            lines = Token(f"{name}_list", "", 0, map=token.map, level=token.level + 1, block=True)
            state.tokens.insert(end, lines)
            reading.lists.append((name, reading.line_place(token)))
            made.append(range(start, end))
    return made


def div_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<div>` with its id, classes and language."""
    token = tokens[index]
    return f"<div{attributes(shown(token.meta['attributes']))}{rendering.position(token)}>"


EXTENSION = Extension(
    "divs",
    syntax,
    {"div_open": div_open},
    {
        "L201": """A block that begins with `::: {…}` has no line `:::` that ends it. Everything to the end of the
block or file around it belongs to it.""",
    },
)
