"""Index marks without words: each is tied to a neighbouring word, so that it is on the page of that word.

A layout does not keep an empty inline element in place: WeasyPrint 70 breaks no line before one, so that the line above
is stretched to a few words, and leaves an empty inline block on the line, or the page, before its word.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from compositor.markdown.spans import Span

_WORD = re.compile(r"(?P<space>\s*)(?P<word>\S+)(?P<rest>.*)\Z", re.DOTALL)


def tie(span: Span) -> None:
    """Leave an empty span directly after a word; else put it around the next word, or after the last one."""
    line, opening, closing = span.line, span.opening, span.closing
    start = next(i for i, token in enumerate(line) if token is opening)
    del line[start : start + 2 + len(span.inside())]
    if _follows_word(line, start):
        line[start:start] = [opening, closing]
    elif not _around_next(line, start, opening, closing):
        while start and _is_space(line[start - 1]):
            start -= 1
        _behind(line, start, opening, closing)


def _is_space(token: Token) -> bool:
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())


def _follows_word(line: list[Token], start: int) -> bool:
    while start > 1 and line[start - 1].type == "span_close" and line[start - 2].type == "span_open":
        start -= 2
    before = line[start - 1] if start else None
    if before is None or before.nesting > 0 or before.type in ("softbreak", "hardbreak"):
        return False
    return before.type != "text" or not before.content[-1:].isspace()


def _around_next(line: list[Token], start: int, opening: Token, closing: Token) -> bool:
    """Put the span around the next word, code, reference or picture, if any; what opens before it stays outside."""
    place = start
    while place < len(line) and (_is_space(line[place]) or line[place].nesting > 0):
        place += 1
    token = line[place] if place < len(line) else None
    if token is None or token.nesting < 0 or token.type in ("softbreak", "hardbreak", "html_inline"):
        return False
    match = _WORD.match(token.content) if token.type == "text" else None
    word = _text(token, match["word"]) if match else token
    before = [_text(token, match["space"])] if match and match["space"] else []
    after = [_text(token, match["rest"])] if match and match["rest"] else []
    line[place : place + 1] = [*before, opening, word, closing, *after]
    return True


def _behind(line: list[Token], start: int, opening: Token, closing: Token) -> None:
    last = line[start - 1] if start else None
    if last is None or last.type != "text":
        line[start:start] = [opening, closing]
        return
    words = last.content.rstrip()
    line[start - 1 : start] = [_text(last, words), opening, closing, _text(last, last.content[len(words) :])]


def _text(like: Token, content: str) -> Token:
    return Token("text", "", 0, content=content, level=like.level)
