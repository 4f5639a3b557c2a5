"""A directive as it is written -> its name, what stands behind it, its options, and the lines of its contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

_OPTION = re.compile(r":(?P<key>[\w-]+):(?:[ \t]+(?P<value>.*?))?[ \t]*\Z")
_MATTER = re.compile(r"(?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*\Z")
_COLONS = re.compile(r":{3,}[ \t]*(?:\{|[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as it is written: its name, what stands behind it, its options, and the lines of its contents."""

    name: str
    argument: str
    options: Mapping[str, str]
    start: int
    first: int
    last: int

    def lines(self, state: StateBlock) -> list[str]:
        """Its contents, without the indent that it has itself."""
        text = state.getLines(self.first, self.last, state.sCount[self.start], False)
        return text.split("\n") if self.last > self.first else []


def line_of(state: StateBlock, number: int) -> str:
    """A line without its indent."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def last_line(state: StateBlock, start: int, end: int, marks: str) -> int:
    """The line that closes it, or the end of what it stands in; within colons others may be opened and closed."""
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
    """What the lines below the name say of it, and the line behind them."""
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
