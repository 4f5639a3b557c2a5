"""A directive as it is written -> its name, its argument, its options, and the lines of its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from compositor.markdown.reading import reading_of
from compositor.model import Place

_OPTION = re.compile(r":(?P<key>[\w-]+):(?:[ \t]+(?P<value>.*?))?[ \t]*\Z")
_MATTER = re.compile(r"(?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*\Z")
_COLONS = re.compile(r":{3,}[ \t]*(?:\{|[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as it is written: its name, its argument, its options, and the lines of its content."""

    name: str
    argument: str
    options: Mapping[str, str]
    start: int
    first: int
    last: int

    def lines(self, state: StateBlock) -> list[str]:
        """Return its content, without the indent of the directive."""
        text = state.getLines(self.first, self.last, state.sCount[self.start], False)
        return text.split("\n") if self.last > self.first else []


def line_of(state: StateBlock, number: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def last_line(state: StateBlock, start: int, end: int, marks: str) -> int:
    """Return the line that closes it, or the end of its container; within colons, others may be opened and closed."""
    closing = re.compile(rf"{marks}{marks[0]}*[ \t]*")
    if marks[0] != ":" or any(_closes_exactly(state, number, marks) for number in range(start + 1, end)):
        return next((number for number in range(start + 1, end) if closing.fullmatch(line_of(state, number))), end)
    depth = 1
    for number in range(start + 1, end):
        line = line_of(state, number)
        depth += 1 if _COLONS.match(line) else -1 if re.fullmatch(r":{3,}[ \t]*", line) else 0
        if not depth:
            return number
    return end


def _closes_exactly(state: StateBlock, number: int, marks: str) -> bool:
    return len(marks) > 3 and line_of(state, number).rstrip() == marks


def options_of(state: StateBlock, first: int, last: int) -> tuple[dict[str, str], int]:
    """Return the options below the name, and the line after them."""
    found: dict[str, str] = {}
    if first < last and line_of(state, first).strip() == "---":
        ends = next((n for n in range(first + 1, last) if line_of(state, n).strip() == "---"), None)
        for number in range(first + 1, ends or first):
            if match := _MATTER.match(line_of(state, number)):
                found[match["key"]] = match["value"].strip("\"'")
        return (found, ends + 1) if ends is not None else (found, first)
    while first < last and (match := _OPTION.match(line_of(state, first))):
        found[match["key"]] = (match["value"] or "").strip()
        first += 1
    return found, first


def put_place(state: StateBlock, label: str, line: int) -> None:
    """Put a place that links find by this name: it is moved to the words after it."""
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], f'<a id="{escape(label)}"></a>\n'


def put_words(state: StateBlock, content: str, lines: tuple[int, int]) -> None:
    """Put a paragraph with these words of Markdown, from one line up to another (from 0)."""
    state.push("paragraph_open", "p", 1).map = list(lines)
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = list(lines), content, []
    state.push("paragraph_close", "p", -1)


def place_of_argument(state: StateBlock, found: Directive) -> Place:
    """Return the place of its argument, or of its name."""
    reading = reading_of(state)  # type: ignore[arg-type]
    like = Token("", "", 0, map=[found.start, found.start + 1])
    return reading.line_place(like, found.argument or found.name)


def warn(state: StateBlock, found: Directive, message: str, remedy: str) -> None:
    """Report a finding (L373) at its name."""
    reading = reading_of(state)  # type: ignore[arg-type]
    place = reading.line_place(Token("", "", 0, map=[found.start, found.start + 1]), found.name)
    reading.warning("L373", message, place, remedy)
