"""Inline tokens -> the texts between code and signs: for rules that look at what Markdown took for plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from markdown_it.token import Token

from compositor.markdown.reading import Reading, walk
from compositor.model import Place

ESCAPED = "\0"
"""What stands for a letter behind a backslash, which its author means."""


def texts(line: Iterable[Token]) -> Iterator[str]:
    """Every stretch of text of a line, in its order; those of images too."""
    for is_text, tokens in groupby(walk(line), lambda token: token.type in ("text", "text_special")):
        if is_text:
            yield "".join(_letters(token) for token in tokens)


def _letters(token: Token) -> str:
    """`\\n` is no escape and stays as it is; `\\*` is one."""
    is_escaped = token.type == "text_special" and token.content != token.markup and token.info == "escape"
    return ESCAPED if is_escaped else token.content


def places(reading: Reading, block: Token, found: Iterable[str]) -> Iterator[Place]:
    """Where each of the letters stands in a block, given in their order."""
    searched = 0
    for letters in found:
        searched = max(block.content.find(letters, searched), 0)
        yield reading.inline_place(block, searched, len(letters))
        searched += len(letters)
