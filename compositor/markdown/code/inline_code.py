"""Code in a line: a name stays whole where it can; a long one breaks at a dot, a slash, an underscore or a hump."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering

LONG = 20
"""Characters of a word from which on it may be broken."""
_WORD = re.compile(r"\S+")
_OPTION = re.compile(r"--?\w")
_JOINT = re.compile(r"(?<=[\w)\]])([._/:]+)(?=\w)|(?<=[a-z])()(?=[A-Z][a-z])")


def code_inline(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """`<code>`; options such as `--strict` are not parted from their hyphens."""
    way = ' dir="ltr"' if rendering.words.direction == "rtl" else ""
    return f"<code{way}>{_WORD.sub(_word, tokens[index].content)}</code>"


def _word(match: re.Match[str]) -> str:
    word = match[0]
    shown = escape(word, quote=False)
    if len(word) > LONG:
        shown = escape(jointed(word, "\0"), quote=False).replace("\0", "<wbr/>")
    return f'<span class="option">{shown}</span>' if _OPTION.match(word) and len(word) <= 2 * LONG else shown


def jointed(word: str, mark: str) -> str:
    """A word of code with a mark wherever it may be broken."""
    return _JOINT.sub(rf"\1{mark}", word) if len(word) > LONG else word


EXTENSION = Extension("inline_code", render={"code_inline": code_inline})
