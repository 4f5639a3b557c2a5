"""Math: `$a^2$` in a line, `$$ … $$ {#eq-id}` displayed; MathML on screens, drawings on the baseline in print.

An opening dollar has no space after it, a closing one none before it, and neither has a letter or digit outside: prices
stay prose. Source: Pandoc, https://pandoc.org/MANUAL.html#math; the rule for letters is stricter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes, AttributeSyntaxError, parse_attributes
from compositor.markdown.extension import Extension, Naming, Rendering, attributes
from compositor.markdown.math.drawing import display_drawing, drawing, size_of
from compositor.markdown.math.faults import fault_of
from compositor.markdown.math.mathml import mathml
from compositor.markdown.math.rows import Row, labelled_rows
from compositor.markdown.math.source import read
from compositor.markdown.math.tex_marks import block_line, label_of
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.model import Anchor, Place

_WORDS = r"\\(?:text[a-z]*|mbox|hbox)\s*\{(?:[^{}`]|\{[^{}`]*\})*\}"
"""Words in a formula, in which a dollar begins a nested formula."""
_INLINE = re.compile(rf"\$(?P<tex>(?![\s$])(?>{_WORDS}|[^$\\`]|\\.)*?(?<!\s))\$(?![\w$])", re.DOTALL)
_DISPLAY_INSIDE = re.compile(rf"\$\$(?P<tex>(?>{_WORDS}|[^$`])+?)\$\$")
_FENCE = re.compile(r"[ \t]*math[ \t]*(?:\{(?P<inside>[^{}]*)\})?[ \t]*\Z")
_CLOSE = re.compile(r"(?P<tex>.*?)\$\$[ \t]*(?:\{(?P<inside>[^{}]*)\})?[ \t]*\Z")

GITBOOK = "gitbook_tags"
"""The extension of books that also write inline formulas between double dollars."""
NARROWER = {"list_item_open": 2.5, "dd_open": 2.5, "blockquote_open": 4.0, "callout_open": 4.0, "div_open": 2.0}
"""Em by which the measure may be narrower in each of these."""
LINING = frozenset(("th_open", "td_open", "heading_open"))
"""What has lining figures, and so has a number as a formula in it."""
BESIDE, LETTER = 3.5, 0.45
"""Space between a formula and its number, and the width of a character of the number, in em."""


def syntax(md: MarkdownIt) -> None:
    """Dollars are read before escapes are resolved; formulas are checked when all of them are known."""
    md.inline.ruler.before("escape", "math", math_inline)
    md.block.ruler.before("fence", "math_block", math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.after("block", "math_fences", read_fences)
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
    if state.is_code_block(start) or not block_line(state, start).startswith("$$"):
        return False
    lines = [block_line(state, start)[2:]]
    number = start
    while (closing := _CLOSE.match(lines[-1])) is None and number + 1 < end and block_line(state, number + 1):
        number += 1
        lines.append(block_line(state, number))
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


def read_fences(state: StateCore) -> None:
    """Make a displayed formula of a fence with the language `math`, as on GitHub."""
    for token in state.tokens:
        found = _FENCE.match(token.info) if token.type == "fence" else None
        if found is not None:
            token.type, token.tag, token.info = "math_block", "", ""
            token.content = token.content.rstrip("\n")
            token.meta = {"closed": True, "inside": found["inside"]}


def check_all(state: StateCore) -> None:
    """Check every formula once; labelled ones get an anchor."""
    reading = reading_of(state)
    within: list[str] = []
    for token in walk(state.tokens):
        if token.block and token.nesting:
            within = [*within, token.type] if token.nesting > 0 else within[:-1]
        if token.type == "math_inline":
            token.meta["lining"] = not LINING.isdisjoint(within)
            _check_inline(reading, token)
        elif token.type == "math_block":
            token.meta["narrower"] = sum(NARROWER.get(one, 0) for one in within)
            _check_block(reading, token)


def _check_inline(reading: Reading, token: Token) -> None:
    if not _is_sound(reading, token.content, False, place_of(token)):
        token.type = "code_inline"
    elif token.meta["display"] and GITBOOK not in reading.context.extensions:
        remedy = "give it a paragraph of its own, or use single dollars"
        reading.warning("L352", "display math within a line of text is set in that line", place_of(token), remedy)


def _check_block(reading: Reading, token: Token) -> None:
    place = reading.line_place(token, "$$")
    if not token.meta["closed"]:
        message = "this formula is never closed; everything up to the end of its paragraph is printed as code"
        reading.warning("L353", message, place, "write $$ after it")
        token.type = "math_source"
        return
    tag = ""
    if _is_sound(reading, token.content, True, place):
        tag = read(token.content).tag
    else:
        token.type = "math_source"
    found = _attributes(reading, token)
    rows = () if found.id or token.type == "math_source" else labelled_rows(token.content)
    if not found.id and not rows:
        found = replace(found, id=label_of(token.content))
    named = [_named(reading, token, row) for row in rows]
    token.meta |= {"attributes": found, "tag": "" if rows else tag, "rows": named}
    if found.id:
        last = reading.line_place(Token("", "", 0, map=[(token.map or [0, 1])[1] - 1, 0]), f"#{found.id}")
        title = Token("inline", "", 0, children=[Token("text", "", 0, content=token.content.strip())])
        number = tag.removeprefix("(").removesuffix(")")
        token.attrs["id"] = identifier = reading.own_id(found.id, last)
        words, names = token.content.strip(), tuple(token.meta.get("names", ()))
        anchor = Anchor(identifier, "equation", last, words, aliases=names, given=True, number=number)
        reading.add_anchor(anchor, title)


def _named(reading: Reading, token: Token, row: Row) -> Row:
    """Return a row of a formula with a unique id, under which it can be referred to."""
    line = token.content.count("\n", 0, max(token.content.find(row.tex[:20]), 0))
    place = reading.line_place(Token("", "", 0, map=[(token.map or [0, 1])[0] + line, 0]), "\\label")
    title = Token("inline", "", 0, children=[Token("text", "", 0, content=row.tex)])
    named = replace(row, id=reading.own_id(row.id, place))
    reading.add_anchor(Anchor(named.id, "equation", place, row.tex, given=True, number=row.tag), title)
    return named


def _attributes(reading: Reading, token: Token) -> Attributes:
    inside = token.meta["inside"]
    try:
        return parse_attributes(inside) if inside else Attributes()
    except AttributeSyntaxError as problem:
        line = reading.line_place(Token("", "", 0, map=[(token.map or [0, 1])[1] - 1, 0]), inside)
        place = Place(line.file, line.line, (line.column or 1) + problem.offset)
        reading.warning("L101", "this is not an attribute; the braces are ignored", place, str(problem))
        return Attributes()


def _is_sound(reading: Reading, tex: str, display: bool, place: Place) -> bool:
    """Return whether a formula can be set; else its source will be, and a finding says why."""
    fault = fault_of(tex, display)
    if fault is None:
        return True
    message, offset = fault
    line = place.line + tex.count("\n", 0, offset) if place.line is not None else None
    here = Place(place.file, line, place.column if line == place.line else None)
    start = max(tex.rfind("\n", 0, offset) + 1, 0)
    word = re.split(r"(?<=[A-Za-z])(?![A-Za-z])|\n", tex[offset:], maxsplit=1)[0] or tex[start:][:1]
    where = reading.after(Place(here.file, here.line, (here.column or 0) + (offset if line == place.line else 0)), word)
    message = f"the formula cannot be set: {message}; its source is printed as code"
    reading.warning("L351", message, where, "correct the TeX")
    return False


def render_inline(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render an inline formula."""
    tex, lining = tokens[index].content, bool(tokens[index].meta.get("lining"))
    return drawing(tex, False, lining) if rendering.medium.paged else mathml(tex, False)


def printed_number(token: Token, rendering: Naming) -> str:
    """Return the number beside a formula: the book's if it has a label, else its author's, else none."""
    identifier = str(token.attrs.get("id", ""))
    if rows := token.meta.get("rows"):
        return " ".join(filter(None, (_number_of_a_row(row, rows, rendering) for row in rows)))
    return f"({rendering.number(identifier)})" if identifier else str(token.meta.get("tag", ""))


def _number_of_a_row(row: Row, rows: Sequence[Row], rendering: Naming) -> str:
    """Return the number beside a row; empty if several have their author's, which are in the rows themselves."""
    is_drawn = row.tag and sum(bool(one.tag) for one in rows) > 1
    return "" if is_drawn else f"({rendering.number(row.id)})"


def render_block(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render a displayed formula with its number, if it has one; in print, the number is below if it does not fit."""
    token = tokens[index]
    tex, number = token.content.strip(), printed_number(token, rendering)
    classes = ["equation", *(["numbered"] if number else []), *(["rows"] if token.meta.get("rows") else [])]
    if rendering.medium.paged:
        room = rendering.measure.text - float(token.meta["narrower"])
        beside = room - 2 * max(BESIDE, LETTER * max(map(len, number.split(" "))) + BESIDE / 3)
        below = number and size_of(tex)[0] > beside
        classes += ["wide"] if below else []
        formula = display_drawing(tex, room if below or not number else beside)
    else:
        formula = mathml(tex, True)
    return _division(token, classes, formula, number, rendering)


def render_source(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the TeX of a formula that cannot be set, with its number if it has one."""
    token = tokens[index]
    number = printed_number(token, rendering)
    classes = ["equation", "source", *(["numbered", "wide"] if number else [])]
    source = f"<pre><code>{escape(token.content.strip(), quote=False)}</code></pre>"
    return _division(token, classes, source, number, rendering)


def _division(token: Token, classes: Sequence[str], shown: str, number: str, rendering: Rendering) -> str:
    pairs = {"id": str(token.attrs.get("id", "")), "class": " ".join(classes)}
    rows: Sequence[Row] = token.meta.get("rows", ())
    beside = f'<span class="equation-number">{escape(number)}</span>' if number and not rows else ""
    if rows:
        spans = (_beside_a_row(row, rows, rendering) for row in rows)
        beside = f'<div class="equation-numbers">{"".join(spans)}</div>'
    return f"<div{attributes(pairs)}{rendering.position(token)}>{shown}{beside}</div>\n"


def _beside_a_row(row: Row, rows: Sequence[Row], rendering: Rendering) -> str:
    """Render the number of a row, on paper at the height of its row."""
    height = f"top: {row.middle:.1%}" if rendering.medium.paged else None
    pairs = {"id": row.id, "class": "equation-number", "style": height}
    return f"<span{attributes(pairs)}>{escape(_number_of_a_row(row, rows, rendering))}</span>"


EXTENSION = Extension(
    "math",
    syntax,
    {"math_inline": render_inline, "math_block": render_block, "math_source": render_source},
    {
        "L351": """A formula cannot be set: an unmatched brace, an unknown command, a fraction without its parts, a
letter that the math font does not have, or endless macros. Its source is printed as code in both formats. References in
formulas (`\\ref`) are not set either; `\\tag`, labels and colours are.""",
        "L352": """A formula between double dollars is within a line, and is set in the line. Double dollars are for a
formula in a paragraph of its own.""",
        "L353": """A line begins with `$$`, but no line of its paragraph ends with it. The formula ends with the
paragraph, and its source is printed as code.""",
    },
)
