"""Code in a line: a short name stays whole; a long one breaks after a joining sign, or before a hump."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering

LONG = 12
"""Characters of a word from which on it may be broken."""
LEAST = 3
"""Least characters of it before a break, and after it."""
SHORT = 24
"""Characters of a piece that fits in any line of text."""
_WORD = re.compile(r"\S+")
_OPTION = re.compile(r"--?\w")
_JOINT = re.compile(
    r"(?<=[\w)\]\"'])(?:[=/_-]+|(?<!\d)[.,:]+|[.,:]+(?!\d))(?=[\w(\[\"'])|(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])"
)
"""Where it may be broken: after `= / . , : - _`, but not in a number, and before a capital that begins a word."""


def code_inline(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<code>`; options such as `--strict` stay with their hyphens."""
    way = ' dir="ltr"' if rendering.words.direction == "rtl" else ""
    joints = ' class="jointed"' if rendering.medium.paged and _is_of_short_pieces(tokens[index].content) else ""
    return f"<code{joints}{way}>{_WORD.sub(_word, tokens[index].content)}</code>"


def _is_of_short_pieces(code: str) -> bool:
    """Return whether a word of it may be broken, and its pieces are all short enough to stay whole."""
    pieces = [jointed(word, "\0").split("\0") for word in code.split()]
    return any(len(found) > 1 for found in pieces) and max(len(one) for found in pieces for one in found) <= SHORT


def _word(match: re.Match[str]) -> str:
    first, *others = jointed(match[0], "\0").split("\0")
    shown = "".join(f"<wbr/>{escape(piece, quote=False)}" for piece in others)
    head = escape(first, quote=False)
    return (f'<span class="option">{head}</span>' if _OPTION.match(first) else head) + shown


def jointed(word: str, mark: str) -> str:
    """Return a word of code with a mark wherever it may be broken."""
    if len(word) <= LONG:
        return word
    found, start = list[str](), 0
    for joint in _JOINT.finditer(word):
        if joint.end() - start >= LEAST and len(word) - joint.end() >= LEAST:
            found.append(word[start : joint.end()])
            start = joint.end()
    return mark.join([*found, word[start:]])


EXTENSION = Extension("inline_code", render={"code_inline": code_inline})
