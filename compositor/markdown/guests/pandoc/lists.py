"""Lists of Pandoc with marks other than numbers: `a.`, `(iv)`, `#.`, and `(@name)`, counted through a text.

Source: https://pandoc.org/MANUAL.html#extension-fancy_lists and "Numbered example lists".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from compositor.language.numerals import roman
from compositor.markdown.extension import Extension

_MARK = re.compile(
    r"(?P<open>\(?)(?P<mark>[A-Za-z]{1,9}|\d{1,9}|#|@[\w-]*)(?P<close>[.)])(?P<gap>[ \t]+(?=\S)|[ \t]*\Z)"
)
_REFERENCE = re.compile(
    r"\(@(?P<inside>[\w-]+)\)|(?<![\w@])@(?P<bare>[\w-]*\w)|(?P<marks>`+)[^`](?:.*?[^`])?(?P=marks)(?!`)", re.DOTALL
)
ROMAN = {roman(number).lower(): number for number in range(1, 400)}
ALPHA, NUMERALS, NUMBERS, ANY, EXAMPLE = "a", "i", "1", "#", "@"
"""The kinds of marks; capital ones are the same in capitals."""
DEEPEST_CODE = 4
"""Most spaces after a mark; more belong to code."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark of an item: its kind, its delimiters, its number, and its length in letters."""

    kind: str
    signs: str
    number: int
    length: int
    gap: int
    label: str = ""


def syntax(md: MarkdownIt) -> None:
    """This runs before the lists of CommonMark; such a list follows an empty line, or is in an item of another."""
    md.block.ruler.before("list", "pandoc_list", list_, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.before("inline", "pandoc_examples", refer)


def list_(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block rule: the items, each with the blocks that are indented below it."""
    mark = None if state.is_code_block(start) else _mark(state, start, "")
    if mark is None:
        return False
    if silent:
        return state.listIndent >= 0 and (mark.number == 1 or state.sCount[start] < state.blkIndent)
    opening = state.push("ordered_list_open", "ol", 1)
    opening.map, opening.markup = [start, start], mark.signs[-1]
    number = mark.number if mark.kind != EXAMPLE else _examples(state.env)["count"] + 1
    if number != 1:
        opening.attrs["start"] = number
    if mark.kind.lower() in (ALPHA, NUMERALS):
        opening.attrs["type"] = mark.kind
    first, line, loose = len(state.tokens), start, False
    before, state.parentType = state.parentType, "list"
    found: _Mark | None = mark
    while found is not None:
        line, apart = _item(state, found, line, end)
        goes_on = line < end and state.sCount[line] >= state.blkIndent and not state.is_code_block(line)
        found = _mark(state, line, mark.kind) if goes_on else None
        found = found if found is not None and found.signs == mark.signs else None
        loose = loose or apart or (found is not None and state.isEmpty(line - 1))
    state.parentType = before
    state.push("ordered_list_close", "ol", -1).markup = mark.signs[-1]
    opening.map[1] = state.line = line
    if not loose:
        _tighten(state, first)
    return True


def _mark(state: StateBlock, line: int, wanted: str) -> _Mark | None:
    """Return the mark that a line begins with: of the wanted kind, or of any but those of CommonMark."""
    match = _MARK.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    if match is None or (match["open"] and match["close"] == "."):
        return None
    signs, gap = match["open"] + match["close"], len(match["gap"])
    length = len(match[0]) - gap
    for kind, number in _meanings(match["mark"]):
        capital_alone = kind == "A" and signs == "." and gap < 2
        if capital_alone or (kind == NUMBERS and not match["open"]):
            continue
        if wanted in ("", kind) or ANY in (wanted, kind):
            return _Mark(kind, signs, number, length, gap, match["mark"][1:] if kind == EXAMPLE else "")
    return None


def _meanings(mark: str) -> Iterator[tuple[str, int]]:
    """Yield what a mark may be, the likeliest first: a single letter is alphabetic, except `i`."""
    if mark.isdecimal():
        yield NUMBERS, int(mark)
    elif mark.startswith(("#", "@")):
        yield mark[0], 1
    elif mark in (mark.lower(), mark.upper()):
        capital = mark.isupper()
        letters = [(ALPHA, ord(mark.lower()) - 96)] if len(mark) == 1 else []
        numerals = [(NUMERALS, ROMAN[mark.lower()])] if mark.lower() in ROMAN else []
        for kind, number in (*numerals, *letters) if mark.lower() == "i" else (*letters, *numerals):
            yield (kind.upper() if capital else kind), number


def _item(state: StateBlock, mark: _Mark, line: int, end: int) -> tuple[int, bool]:
    """Parse the tokens of an item; return the line after it, and whether its blocks are loose."""
    item = state.push("list_item_open", "li", 1)
    item.map, item.markup, item.info = [line, line], mark.signs[-1], str(mark.number)
    if mark.kind == EXAMPLE:
        item.meta["example"] = _counted(state.env, mark.label)
    gap = mark.gap if 0 < mark.gap <= DEEPEST_CODE else 1
    kept = (state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent)
    state.tight, state.listIndent = True, state.blkIndent
    state.blkIndent = state.sCount[line] + mark.length + gap
    state.tShift[line] += mark.length + gap
    state.sCount[line] += mark.length + mark.gap
    if mark.gap or not state.isEmpty(line + 1):
        state.tShift[line] += mark.gap - gap
        state.md.block.tokenize(state, line, end)
    else:
        state.line = min(line + 2, end)
    apart = not state.tight
    state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent = kept
    item.map[1] = state.line
    state.push("list_item_close", "li", -1).markup = mark.signs[-1]
    return state.line, apart


def _tighten(state: StateBlock, first: int) -> None:
    """Remove the space around paragraphs in a tight list."""
    for token in state.tokens[first:]:
        if token.type in ("paragraph_open", "paragraph_close") and token.level == state.level + 2:
            token.hidden = True


def _examples(env: Any) -> dict[str, Any]:
    """Return how many examples the text has so far, and the numbers of the named ones."""
    found: dict[str, Any] = env.setdefault("examples", {"count": 0, "labels": {}})
    return found


def _counted(env: Any, label: str) -> str:
    known = _examples(env)
    known["count"] += 1
    if label:
        known["labels"].setdefault(label, known["count"])
    return label


def refer(state: StateCore) -> None:
    """Replace the names of examples in the text with their numbers, linked to the item."""
    labels: dict[str, int] = _examples(state.env)["labels"]
    if not labels:
        return

    def number(match: re.Match[str]) -> str:
        label = match["inside"] or match["bare"]
        link = f"[{labels[label]}](#example-{label})" if label in labels else match[0]
        return f"({link})" if match["inside"] and label in labels else link

    for i, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        if "@" in token.content:
            token.content = _REFERENCE.sub(number, token.content)
        item = state.tokens[i - 2] if i > 1 else token
        if item.type == "list_item_open" and item.meta.get("example"):
            token.content = f'<a id="example-{item.meta["example"]}"></a>{token.content}'


EXTENSION = Extension("pandoc_lists", syntax)
