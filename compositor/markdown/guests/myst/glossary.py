"""`{glossary}` -> a list of terms for `` {term}`word` ``: `word`, and below it `: meaning` or an indent.

Sources: https://mystmd.org/guide/glossaries-and-terms,
https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#directive-glossary.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from compositor.markdown.attributes import Attributes
from compositor.markdown.book.glossary import ENTRY
from compositor.markdown.guests.blocks import inside
from compositor.markdown.guests.myst.forms import Directive, line_of


def glossary(state: StateBlock, found: Directive) -> None:
    """Make a list of definitions, whose terms are entries."""
    opening = state.push("div_open", "div", 1)
    opening.map = [found.start, max(found.last, found.start + 1)]
    opening.meta = {"attributes": Attributes("", ("glossary",))}
    before = len(state.tokens)
    if _is_indented(state, found):
        _put_list(state, found)
    else:
        inside(state, found.first, found.last)
    for token in state.tokens[before:]:
        if token.type == "dt_open":
            token.meta[ENTRY] = True
    state.push("div_close", "div", -1)


def _lines(state: StateBlock, found: Directive) -> list[tuple[int, int, str]]:
    """Return the number of each line that is not empty, its indent within the directive, and its words."""
    numbers = (number for number in range(found.first, found.last) if not state.isEmpty(number))
    return [(number, state.sCount[number] - state.sCount[found.start], line_of(state, number)) for number in numbers]


def _is_indented(state: StateBlock, found: Directive) -> bool:
    """Return whether meanings are indented, as in Sphinx, and no line begins with a colon."""
    lines = _lines(state, found)
    return any(indent > 0 for _, indent, _ in lines) and not any(words.startswith(":") for _, _, words in lines)


def _put_list(state: StateBlock, found: Directive) -> None:
    """Put each line without an indent as a term, and the indented lines below it as its meaning."""
    lines = _lines(state, found)
    state.push("dl_open", "dl", 1).map = [found.first, found.last]
    at = 0
    while at < len(lines):
        number, indent, words = lines[at]
        at += 1
        if indent <= 0:
            _put_term(state, number, words)
            continue
        while at < len(lines) and lines[at][1] > 0:
            at += 1
        last = lines[at - 1][0] + 1
        state.push("dd_open", "dd", 1).map = [number, last]
        inside(state, number, last, indent)
        state.push("dd_close", "dd", -1)
    state.push("dl_close", "dl", -1)


def _put_term(state: StateBlock, number: int, words: str) -> None:
    state.push("dt_open", "dt", 1).map = [number, number + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [number, number + 1], words.partition(" : ")[0].strip(), []
    state.push("dt_close", "dt", -1)
