"""Chinese, Japanese and Korean: `**「words」**` is strong next to letters, and a line end between signs is no space.

CommonMark decides what opens and closes by adjacent spaces and signs. Scripts without spaces have none there, so that
asterisks before a bracket after a letter would stay. Here a letter counts as a space.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import walk

MARKERS = "*~"
"""Signs that may be within a word."""
HANGUL = ("HANGUL",)
"""Wide letters with spaces between their words."""


def syntax(md: MarkdownIt) -> None:
    """These run after the rules for signs, and when lines are known."""
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    for name in ("emphasis", "strikethrough"):
        md.inline.ruler.at(name, _beside_letters(rules[name]))
    md.core.ruler.after("inline", "east_asian_lines", join_lines)


def _beside_letters(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap a rule so that its signs may also open and close next to letters and brackets of these scripts."""

    def beside_letters(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.delimiters)
        matched = rule(state, silent)
        if matched and not silent and state.src[start] in MARKERS:
            before = state.src[start - 1] if start else " "
            after = state.src[state.pos] if state.pos < state.posMax else " "
            for delimiter in state.delimiters[count:]:
                delimiter.open = delimiter.open or _may_begin(after, before)
                delimiter.close = delimiter.close or _may_begin(before, after)
        return matched

    return beside_letters


def _may_begin(inside: str, outside: str) -> bool:
    """Return whether words may begin between these two letters, or, in reverse, end."""
    if isWhiteSpace(ord(inside)) or not (is_wide(inside) or is_wide(outside)):
        return False
    return is_wide(outside) or not _is_sign(inside) or is_wide(inside)


def _is_sign(letter: str) -> bool:
    return isMdAsciiPunct(ord(letter)) or isPunctChar(letter)


def is_wide(letter: str) -> bool:
    """Return whether it is a letter or a sign of these scripts."""
    return unicodedata.east_asian_width(letter) in "WFH" and unicodedata.category(letter)[0] in "LPMN"


def join_lines(state: StateCore) -> None:
    """Join the lines of a paragraph without spaces, as if it were one line."""
    for token in walk(state.tokens):
        children = token.children or []
        for place in reversed(range(1, len(children) - 1)):
            if children[place].type == "softbreak" and _joins(children[place - 1], children[place + 1]):
                del children[place]


def _joins(before: Token, after: Token) -> bool:
    letters = before.content[-1:] + after.content[:1]
    both = before.type == "text" and after.type == "text" and len(letters) == 2
    return both and all(is_wide(letter) and not _is_hangul(letter) for letter in letters)


def _is_hangul(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(HANGUL)


EXTENSION = Extension("east_asian", syntax)
