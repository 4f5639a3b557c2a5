"""Math: `$a^2$` in a line, `$$ … $$ {#eq-id}` on its own; MathML on screens, drawings on the baseline in print.

An opening dollar has no space behind it, a closing one none before it, and outside of both stands no letter or
digit: prices stay prose. Source: Pandoc, https://pandoc.org/MANUAL.html#math, and stricter by the letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, AttributeSyntaxError, parse_attributes
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.math.drawing import drawing
from compositor.markdown.math.faults import fault_of
from compositor.markdown.math.mathml import mathml
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.model import Anchor, Place

_INLINE = re.compile(r"\$(?P<tex>(?![\s$])(?:[^$\\`]|\\.)*?(?<!\s))\$(?![\w$])", re.DOTALL)
_DISPLAY_INSIDE = re.compile(r"\$\$(?P<tex>[^$`]+)\$\$")
_CLOSE = re.compile(r"(?P<tex>.*?)\$\$[ \t]*(?:\{(?P<inside>[^{}]*)\})?[ \t]*\Z")


def syntax(md: MarkdownIt) -> None:
    """Dollars, before escapes are resolved; formulas are tried when all of them are known."""
    md.inline.ruler.before("escape", "math", math_inline)
    md.block.ruler.before("fence", "math_block", math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.after("places", "math", check_all)


def math_inline(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule."""
    if state.src[state.pos] != "$":
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    display = _DISPLAY_INSIDE.match(state.src, state.pos)
    match = display or _INLINE.match(state.src, state.pos)
    if match is None or before.isalnum() or before == "$":
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content, token.markup = match["tex"].strip(), match[0]
        token.meta = {"offset": state.pos, "display": display is not None}
    state.pos = match.end()
    return True


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: from `$$` at the start of a line to `$$` at the end of one."""
    if state.is_code_block(start) or not _line(state, start).startswith("$$"):
        return False
    lines = [_line(state, start)[2:]]
    number = start
    while (closing := _CLOSE.match(lines[-1])) is None and number + 1 < end and _line(state, number + 1):
        number += 1
        lines.append(_line(state, number))
    if closing is None and len(lines) == 1 and "$$" in lines[0]:
        return False
    if silent:
        return True
    token = state.push("math_block", "", 0)
    token.content = "\n".join([*lines[:-1], closing["tex"]] if closing else lines)
    token.map = [start, number + 1]
    token.meta = {"closed": closing is not None, "inside": closing["inside"] if closing else None}
    state.line = number + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def check_all(state: StateCore) -> None:
    """Every formula is tried once; labelled ones can be referred to."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "math_inline":
            _check(reading, token.content, place_of(token))
            if token.meta["display"]:
                remedy = "give it a paragraph of its own, or single dollars"
                reading.error("L352", "display math stands within a line", place_of(token), remedy)
        elif token.type == "math_block":
            _check_block(reading, token)


def _check_block(reading: Reading, token: Token) -> None:
    place = reading.line_place(token, "$$")
    if not token.meta["closed"]:
        reading.error("L353", "this formula is never closed", place, "write $$ behind it")
        return
    _check(reading, token.content, place)
    found = _attributes(reading, token)
    token.meta["attributes"] = found
    if found.id:
        token.attrs["id"] = found.id
        last = reading.line_place(Token("", "", 0, map=[(token.map or [0, 1])[1] - 1, 0]), f"#{found.id}")
        title = Token("inline", "", 0, children=[Token("text", "", 0, content=token.content.strip())])
        reading.add_anchor(Anchor(found.id, "equation", last, token.content.strip(), given=True), title)


def _attributes(reading: Reading, token: Token) -> Attributes:
    inside = token.meta["inside"]
    try:
        return parse_attributes(inside) if inside else Attributes()
    except AttributeSyntaxError as problem:
        line = reading.line_place(Token("", "", 0, map=[(token.map or [0, 1])[1] - 1, 0]), inside)
        place = Place(line.file, line.line, (line.column or 1) + problem.offset)
        reading.error("L101", "this is no attribute", place, str(problem))
        return Attributes()


def _check(reading: Reading, tex: str, place: Place) -> None:
    fault = fault_of(tex)
    if fault is None:
        return
    message, offset = fault
    line = place.line + tex.count("\n", 0, offset) if place.line is not None else None
    here = Place(place.file, line, place.column if line == place.line else None)
    start = max(tex.rfind("\n", 0, offset) + 1, 0)
    word = re.split(r"(?<=[A-Za-z])(?![A-Za-z])|\n", tex[offset:], maxsplit=1)[0] or tex[start:][:1]
    where = reading.after(Place(here.file, here.line, (here.column or 0) + (offset if line == place.line else 0)), word)
    reading.error("L351", f"the formula cannot be read: {message}", where, "correct the TeX")


def _shown(tex: str, display: bool, rendering: Rendering) -> str:
    return drawing(tex, display) if rendering.medium.paged else mathml(tex, display)


def render_inline(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """A formula in its line."""
    return _shown(tokens[index].content, False, rendering)


def render_block(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """A formula on its own, with its number where it has one."""
    token = tokens[index]
    identifier = str(token.attrs.get("id", ""))
    number = f'<span class="equation-number">({rendering.number(identifier)})</span>' if identifier else ""
    shown = {"id": identifier, "class": "equation numbered" if identifier else "equation"}
    formula = _shown(token.content.strip(), True, rendering)
    return f"<div{attributes(shown)}{rendering.position(token)}>{formula}{number}</div>\n"


EXTENSION = Extension(
    "math",
    syntax,
    {"math_inline": render_inline, "math_block": render_block},
    {
        "L351": """A formula is no TeX that the press can read: a brace without a partner, a command that does not
exist, a fraction without its parts. It would be printed wrong in one format and left out in the other.""",
        "L352": """A formula between double dollars stands within a line. Double dollars are for a formula that
stands alone.""",
        "L353": """A line begins with `$$` and no line ends with it. A formula ends where its paragraph does.""",
    },
)
