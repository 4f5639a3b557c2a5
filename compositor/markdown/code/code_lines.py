"""Lines of code: `code-line-numbers="2-3,7"` marks some of them, `.number-lines` numbers all of them in print."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.code.code import Code, attribute_place, code_of, line_range, lines_of
from compositor.markdown.code.listings import NUMBERED
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

HIGHEST = 999
LONGEST = 9
"""The highest line number that fits into the margin of a listing."""


def syntax(md: MarkdownIt) -> None:
    """This runs before inline text is parsed, when the code is complete."""
    md.core.ruler.before("inline", "code_lines", read_lines)


def read_lines(state: StateCore) -> None:
    """Read which lines of each fence are highlighted, and whether they have numbers."""
    reading = reading_of(state)
    for token in state.tokens:
        if token.type == "fence":
            code = code_of(token)
            wanted = code.attributes.pairs.get("code-line-numbers", "false")
            first = _first_number(reading, token, code, wanted == "true")
            lines = _highlighted(reading, token, wanted) if wanted not in ("true", "false") else frozenset()
            token.meta["code"] = replace(code, highlighted=lines, first_number=first)


def _highlighted(reading: Reading, token: Token, wanted: str) -> frozenset[int]:
    count = len(lines_of(token))
    ranges = {part: line_range(part, count) for part in wanted.split(",")}
    for part in (part for part, found in ranges.items() if found is None):
        where = attribute_place(reading, token, "code-line-numbers")
        message = f'"{part.strip()}" is not a line of the listing (1 to {count}), and is left out'
        reading.warning("L220", message, where, f'choose from them, code-line-numbers="1-{count}", or write true')
    return frozenset(line for found in ranges.values() for line in found or ())


def _first_number(reading: Reading, token: Token, code: Code, numbered: bool) -> int | None:
    given = code.attributes.pairs.get("startFrom")
    if not numbered and not set(NUMBERED) & set(code.attributes.classes):
        if given is not None:
            where = attribute_place(reading, token, "startFrom")
            message = "startFrom needs .number-lines, and is ignored"
            reading.warning("L221", message, where, "add .number-lines")
        return None
    first = int(given) if given and given.isdecimal() and len(given) <= LONGEST else 1
    if (given is not None and not given.isdecimal()) or first + len(lines_of(token)) - 1 > HIGHEST:
        where = attribute_place(reading, token, "startFrom")
        message = "this startFrom is not possible; the lines are numbered from 1"
        reading.warning("L221", message, where, f"write a whole number with which the last line has at most {HIGHEST}")
        return 1
    return first


EXTENSION = Extension(
    "code_lines",
    syntax,
    {},
    {
        "L220": """`code-line-numbers` names lines that the listing does not have. Lines are counted from 1 as they are
printed, whatever numbers they have in a file: `code-line-numbers="2-3,7"`.""",
        "L221": """`startFrom` is the number of the first line if `.number-lines` asks for numbers. It is a whole
number, and the number of the last line has at most three digits.""",
    },
)
