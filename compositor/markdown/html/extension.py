"""HTML in a text: blocks are converted before any other rule sees them, lines when their places are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering
from compositor.markdown.html import elements, ruby
from compositor.markdown.html.blocks import RULES
from compositor.markdown.html.flow import APART, Flow
from compositor.markdown.html.lines import Line
from compositor.markdown.html.making import Making, leveled, nodes, words
from compositor.markdown.html.parsing import PAIR, SLOT, Tree, parse, written
from compositor.markdown.html.pictures import PLAYS
from compositor.markdown.html.telling import EXPLANATIONS, Telling
from compositor.markdown.reading import Reading, place_of, reading_of, walk
from compositor.model import Place


def syntax(md: MarkdownIt) -> None:
    """Blocks are converted right after they are found; lines, when the places of their tokens are known."""
    md.options["html"] = True
    rules = {rule.name: (rule.fn, rule.alt) for rule in md.block.ruler.__rules__}
    html_block, names = rules["html_block"]
    md.block.ruler.at("html_block", partial(with_markdown, html_block), {"alt": names})
    md.core.ruler.after("block", "html_blocks", make_blocks)
    md.core.ruler.before("characters", "html_lines", make_lines)


def with_markdown(
    rule: Callable[[StateBlock, int, int, bool], bool], state: StateBlock, start: int, end: int, silent: bool
) -> bool:
    """Parse a block of HTML; it ends after its first line if that is one tag with `markdown="1"`."""
    matched = rule(state, start, end, silent)
    if not matched or silent:
        return matched
    token = state.tokens[-1]
    last = token.map[1] if token.map else start + 1
    if last > start + 1 and _is_apart(token.content.split("\n")):
        token.content, token.map = token.content.split("\n")[0] + "\n", [start, start + 1]
        state.line = start + 1
    return True


def _is_apart(lines: Sequence[str]) -> bool:
    """Return whether the first line is complete, and says that Markdown follows."""
    inside = list(parse([lines[0]]).root)
    if len(inside) != 1 or words(inside[0]) or inside[0].tag in ("pre", "script", "style", "textarea"):
        return False
    return "markdown" in inside[0].attrib and not len(inside[0])


def make_blocks(state: StateCore) -> None:
    """Convert the blocks of HTML in the whole text, those in lists and quotations together with their neighbours."""
    if any(token.type == "html_block" for token in state.tokens):
        state.env["html"] = Telling(reading_of(state))
        state.tokens = _converted(state, state.tokens)
        leveled(state.tokens)


def _converted(state: StateCore, tokens: Sequence[Token]) -> list[Token]:
    """Convert neighbouring blocks, whose HTML may open in one and close in another."""
    units = [_with_its_own(state, unit) for unit in _units(tokens)]
    if not any(unit[0].type == "html_block" for unit in units):
        return [token for unit in units for token in unit]
    reading = reading_of(state)
    for unit in units:
        _check_comment(reading, unit[0])
    pieces = [_piece(number, units) for number in range(len(units))]
    tree = parse(pieces)

    def line_at(at: int) -> int:
        piece = max(tree.piece(at), 0)
        lines = next((one.map for one in units[piece] if one.map), None)
        return (lines[0] if lines else 0) + (tree.line(at) if units[piece][0].type == "html_block" else 0)

    def place_at(at: int) -> Place:
        number, tag = line_at(at), tree.tag(at).split("\n")[0]
        column = reading.lines[number].find(tag) if number < len(reading.lines) else -1
        return reading.place_at(number + 1, max(column, 0) + 1, len(tag))

    making = Making(reading, state.md, state.env["html"], tree, units, place_at, line_at, _blocks(tree))
    making.report_alone()
    flow = Flow(making, RULES)
    flow.tight = any(unit[0].hidden for unit in units if unit[0].type == "paragraph_open")
    return flow.whole(tree.root)


def _check_comment(reading: Reading, token: Token) -> None:
    """Report an unclosed comment, which hides all that follows it."""
    if token.type == "html_block" and token.content.lstrip().startswith("<!--") and "-->" not in token.content:
        message = "<!-- is never closed; everything after it is left out"
        reading.warning("L345", message, reading.line_place(token), "write --> where the comment ends")


def _units(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield each block with all that is in it."""
    unit: list[Token] = []
    depth = 0
    for token in tokens:
        unit.append(token)
        depth += token.nesting
        if depth <= 0:
            yield unit
            unit, depth = [], 0
    if unit:
        yield unit


def _with_its_own(state: StateCore, unit: list[Token]) -> list[Token]:
    if len(unit) > 2 and any(token.type == "html_block" for token in unit):
        return [unit[0], *_converted(state, unit[1:-1]), unit[-1]]
    return unit


def _piece(number: int, units: Sequence[Sequence[Token]]) -> str:
    """Return the replacement of a block in the parsed text; an empty line between two blocks of HTML is kept."""
    if units[number][0].type != "html_block":
        return f'<{SLOT} n="{number}"></{SLOT}>'
    before = units[number - 1][0] if number else units[0][0]
    this = units[number][0]
    apart = number and before.type == "html_block" and before.map and this.map and before.map[1] < this.map[0]
    return f"{APART if apart else ''}{written(this.content)}"


def _blocks(tree: Tree) -> set[Element]:
    """Return the elements that are blocks, and those that contain one."""
    above = {child: parent for parent in tree.root.iter() for child in parent}
    found: set[Element] = set()
    for element in tree.root.iter():
        if element.tag in elements.BLOCK or element.tag == SLOT or (element.tag in PLAYS and element in above):
            holder = element
            while holder is not tree.root and holder not in found:
                found.add(holder)
                holder = above[holder]
    return found


def make_lines(state: StateCore) -> None:
    """Convert the tags inside lines, and inside the caption of a picture, which is a line of its own."""
    telling = state.env.setdefault("html", Telling(reading_of(state)))
    for token in list(walk(state.tokens)):
        if any(child.type == "html_inline" for child in token.children or ()):
            token.children = _line(state, telling, token.children or [])
            token.meta["html"] = True
            leveled(token.children)
    state.tokens = _without_empty(state.tokens)
    telling.report()


def _without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Return the blocks without paragraphs of only places, which move to the words after them, or stay alone."""
    made: list[Token] = []
    waiting: list[Token] = []
    skip = 0
    for number, token in enumerate(tokens):
        line = tokens[number + 1].children if number + 1 < len(tokens) and tokens[number + 1].meta.get("html") else None
        if skip:
            skip -= 1
        elif token.type == "paragraph_open" and line is not None and all("alias" in one.meta for one in line[::2]):
            waiting += line
            skip = 2
        else:
            made.append(token)
            if token.type == "inline" and waiting:
                token.children, waiting = [*waiting, *(token.children or [])], []
            elif waiting and (token.nesting <= 0 or token.type == "table_open"):
                made[-1:] = [*_places(waiting, token), token]
                waiting = []
    return [*made, *_places(waiting, tokens[-1])]


def _places(waiting: Sequence[Token], like: Token) -> Iterator[Token]:
    for one in waiting[::2]:
        yield Token("div_open", "div", 1, map=like.map, level=like.level, meta=dict(one.meta), block=True)
        yield Token("div_close", "div", -1, level=like.level, block=True)


def _line(state: StateCore, telling: Telling, line: Sequence[Token]) -> list[Token]:
    reading: Reading = reading_of(state)
    holes, pieces, open_ = [list[Token]() for _ in line], list[str](), list[int]()
    for number, token in enumerate(line):
        if token.type == "html_inline":
            pieces.append(written(token.content))
        elif token.nesting > 0:
            holes[number].append(token)
            open_.append(number)
            pieces.append(f'<{PAIR} n="{number}">')
        elif token.nesting < 0 and open_:
            holes[open_.pop()].append(token)
            pieces.append(f"</{PAIR}>")
        else:
            holes[number].append(token)
            pieces.append(f'<{SLOT} n="{number}"></{SLOT}>')
    tree = parse(pieces)

    def place_at(at: int) -> Place:
        piece = tree.piece(at)
        token = line[piece] if 0 <= piece < len(line) else None
        return place_of(token) if token is not None and "place" in token.meta else Place(reading.source.path)

    making = Making(reading, state.md, telling, tree, holes, place_at, lambda at: None)
    making.report_alone()
    return Line(making).made(nodes(tree.root))


def details_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render it open, as a box: paper cannot unfold, and a search must find its content."""
    return f'<div class="details"{rendering.position(tokens[index])}>'


def summary_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the summary."""
    return f'<p class="summary"{rendering.position(tokens[index])}>'


EXTENSION = Extension(
    "raw_html", syntax, {"details_open": details_open, "summary_open": summary_open, **ruby.RENDER}, EXPLANATIONS
)
