"""Line blocks: `| ` before each line keeps lines and indents, as in Pandoc; for verse and addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.reading import Reading, reading_of
from compositor.model import Place

SPACE = "\u00a0"
_BAR = re.compile(r"(?<!\\)\|")
_HYPHENS = re.compile(r"\|[\s|:-]*-[\s|:-]*")


def syntax(md: MarkdownIt) -> None:
    """Line blocks are tried after tables, which begin with a bar too; they interrupt no paragraph."""
    md.block.ruler.before("paragraph", "line_block", line_block)
    md.core.ruler.before("inline", "line_blocks", report_tables)


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: lines that begin with a bar, and their indented continuations."""
    if not _begins(_line(state, start)) or state.is_code_block(start):
        return False
    if silent:
        return True
    state.push("line_block_open", "div", 1).map = [start, start]
    block, number = state.tokens[-1], start
    while number < end and _begins(_line(state, number)):
        first = number
        text = _line(state, number)[2:]
        number += 1
        while number < end and _continues(state, number):
            text += " " + _line(state, number)
            number += 1
        _push_line(state, text, [first, number])
    state.push("line_block_close", "div", -1)
    block.map = [start, number]
    state.line = number
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _begins(line: str) -> bool:
    return line == "|" or line.startswith("| ")


def _continues(state: StateBlock, number: int) -> bool:
    return state.sCount[number] > state.blkIndent and not state.isEmpty(number) and not _begins(_line(state, number))


def _push_line(state: StateBlock, text: str, lines: list[int]) -> None:
    words = text.lstrip()
    opening = state.push("line_open", "div", 1)
    opening.meta = {"indent": len(text) - len(words)}
    inline = state.push("inline", "", 0)
    inline.content, inline.children = words, []
    opening.map = inline.map = lines
    state.push("line_close", "div", -1)


def report_tables(state: StateCore) -> None:
    """Report lines that also end with a bar: probably a table whose second line is missing."""
    reading = reading_of(state)
    for i, token in enumerate(state.tokens):
        if token.type == "line_block_open" and state.tokens[i + 2].content.endswith("|"):
            place = reading.line_place(token)
            message = "these lines are kept as verse, but look like a table"
            reading.warning("L270", message, place, _with_hyphens(reading, place))


def _with_hyphens(reading: Reading, place: Place) -> str:
    """Return the line of hyphens that makes these lines a table: as many cells as the head has."""
    head, *others = reading.lines[(place.line or 1) - 1 :] if place.file == reading.source.path else ["", ""]
    count = len(_BAR.findall(head.strip().strip("|"))) + 1
    hyphens = f"`|{'---|' * count}`"
    if others and _HYPHENS.fullmatch(others[0].strip()):
        return f"write {hyphens} for the line below the head, which has {count} cells"
    return f"put a line {hyphens} below the head"


def line_block_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<div class="line-block">`."""
    return f'<div class="line-block"{rendering.position(tokens[index])}>\n'


def line_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<div class="line">`, the indent as fixed spaces; a line without words keeps its height."""
    token = tokens[index]
    spaces = token.meta["indent"] if tokens[index + 1].content else 1
    return f'<div class="line"{rendering.position(token)}>{SPACE * spaces}'


EXTENSION = Extension(
    "line_blocks",
    syntax,
    {"line_block_open": line_block_open, "line_open": line_open},
    {
        "L270": """Lines begin and end with a bar, but no line of hyphens follows the first. So they are not a table
and are printed line by line, bars included. Give the table its second line, `|---|---|`.""",
    },
)
