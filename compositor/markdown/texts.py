"""Inline tokens -> the texts between code and signs, for rules that check what Markdown took for plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from markdown_it.token import Token

from compositor.markdown.reading import Reading, walk
from compositor.model import Place

ESCAPED = "\0"
"""Stands for a letter after a backslash, which its author meant literally."""


def texts(line: Iterable[Token]) -> Iterator[str]:
    """Yield every stretch of text of a line, in order, including those of images."""
    for is_text, tokens in groupby(walk(line), lambda token: token.type in ("text", "text_special")):
        if is_text:
            yield "".join(_letters(token) for token in tokens)


def _letters(token: Token) -> str:
    """Return the text without escapes: `\\n` is none and is unchanged; `\\*` is one."""
    is_escaped = token.type == "text_special" and token.content != token.markup and token.info == "escape"
    return ESCAPED if is_escaped else token.content


def places(reading: Reading, block: Token, found: Iterable[str]) -> Iterator[Place]:
    """Yield where each of these letters is in a block, given in order."""
    searched = 0
    for letters in found:
        searched = max(block.content.find(letters, searched), 0)
        yield reading.inline_place(block, searched, len(letters))
        searched += len(letters)
