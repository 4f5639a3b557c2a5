"""`{exercise}` and `{solution}` -> our exercises and their solutions; they may end at a closing directive.

Source: https://mystmd.org/guide/exercises.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from compositor.markdown.attributes import Attributes
from compositor.markdown.guests.blocks import inside, nested
from compositor.markdown.guests.myst.forms import Directive, line_of
from compositor.markdown.reading import reading_of

ENDS = re.compile(r"(?:`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>exercise|solution)-end\}[ \t]*\Z")
STARTS = "-start"
NOT = ("false", "no", "off")


def lines_of(state: StateBlock, found: Directive, end: int) -> tuple[int, int, int]:
    """Return the first line (from 0) of the content, the line after the last one, and the next line after the whole."""
    if not found.name.endswith(STARTS):
        return found.first, found.last, min(found.last + 1, end)
    first, name = min(found.last + 1, end), found.name.removesuffix(STARTS)
    for number in range(first, end):
        match = ENDS.match(line_of(state, number))
        if match is not None and match["name"] == name:
            return first, number, _behind(state, number, end)
    return first, first, first


def _behind(state: StateBlock, number: int, end: int) -> int:
    """Return the line after the empty directive that closes it."""
    mark = line_of(state, number)[0]
    closing = re.compile(rf"{re.escape(mark)}{{3,}}[ \t]*\Z")
    return next((one + 1 for one in range(number + 1, min(number + 4, end)) if closing.match(line_of(state, one))), end)


def exercise(state: StateBlock, found: Directive, end: int) -> int:
    """Make an exercise with our number; one without a number becomes a box. Returns the line after it."""
    first, last, behind = lines_of(state, found, end)
    numbered = found.options.get("enumerated", found.options.get("numbered", "")).lower() not in NOT
    unnumbered = "nonumber" in found.options and found.options["nonumber"].lower() not in NOT
    if unnumbered or not numbered:
        nested(state, (first - 1, last), "exercise", found.argument, 0)
        return behind
    opening = state.push("div_open", "div", 1)
    opening.map = [found.start, max(last, found.start + 1)]
    pairs = {"title": found.argument} if found.argument else {}
    opening.meta = {"attributes": Attributes("", ("exercise",), pairs)}
    inside(state, first, last)
    state.push("div_close", "div", -1)
    return behind


def solution(state: StateBlock, found: Directive, end: int) -> int:
    """Make a box of a solution where it is, with a link to its exercise. Returns the line after it."""
    first, last, behind = lines_of(state, found, end)
    reading = reading_of(state)  # type: ignore[arg-type]
    word, label = reading.context.language.answer, found.argument.strip()
    state.push("details_open", "div", 1).map = [found.start, max(last, found.start + 1)]
    state.push("summary_open", "p", 1).map = [found.start, found.start + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.children = [found.start, found.start + 1], []
    inline.content = f"{word}: [](<#{label}>)" if label else word
    state.push("summary_close", "p", -1)
    inside(state, first, last)
    state.push("details_close", "div", -1)
    return behind
