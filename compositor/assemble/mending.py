"""Chapter -> the same chapter with some tokens replaced, wherever they are: text, notes, titles, captions.

Nothing writes to a token after the parser: a change makes a copy, and a copy of everything that contains it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from compositor.model import Chapter

Mend = Callable[[Sequence[Token]], Sequence[Token]]
"""Neighbouring tokens, with those inside already replaced -> their replacement."""


def mended(chapter: Chapter, mend: Mend) -> Chapter:
    """Return the chapter with a function applied to each of its lines and blocks; itself if nothing changes."""
    anchors = tuple(_replaced(one, words=_tokens(one.words, mend)) for one in chapter.anchors)
    notes = tuple(_replaced(one, tokens=_tokens(one.tokens, mend)) for one in chapter.notes)
    marks = tuple(
        _replaced(one, levels=_same(one.levels, tuple(_tokens(level, mend) for level in one.levels)))
        for one in chapter.matter.marks
    )
    answers = tuple(
        _replaced(one, title=_tokens(one.title, mend), tokens=_tokens(one.tokens, mend))
        for one in chapter.matter.answers
    )
    made: Chapter = _replaced(
        chapter,
        tokens=_tokens(chapter.tokens, mend),
        epigraph=_tokens(chapter.epigraph, mend),
        anchors=_same(chapter.anchors, anchors),
        notes=_same(chapter.notes, notes),
        matter=_replaced(
            chapter.matter, marks=_same(chapter.matter.marks, marks), answers=_same(chapter.matter.answers, answers)
        ),
    )
    return made


def _same(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the old values if all new ones are identical to them."""
    return old if all(one is other for one, other in zip(old, new, strict=True)) else new


def _replaced(value: Any, **changes: Any) -> Any:
    """Return the value itself if nothing changes."""
    same = all(getattr(value, name) is new for name, new in changes.items())
    return value if same else replace(value, **changes)


def _tokens(tokens: tuple[Token, ...], mend: Mend) -> tuple[Token, ...]:
    """Return the replaced tokens; the identical value if nothing changes."""
    made = tuple(mend([_token(token, mend) for token in tokens]))
    same = len(made) == len(tokens) and all(new is old for new, old in zip(made, tokens, strict=True))
    return tokens if same else made


def _token(token: Token, mend: Mend) -> Token:
    if not token.children and not token.meta:
        return token
    children = None if token.children is None else _tokens(tuple(token.children), mend)
    meta = {name: _value(value, mend) for name, value in token.meta.items()}
    inside = children is None or all(new is old for new, old in zip(children, token.children or (), strict=False))
    inside = inside and len(children or ()) == len(token.children or ())
    if inside and all(meta[name] is value for name, value in token.meta.items()):
        return token
    return replace(token, children=None if children is None else list(children), meta=meta)


def _value(value: object, mend: Mend) -> object:
    """Return what a token keeps beside its text, which may be tokens too: a caption, a title."""
    if isinstance(value, Token):
        return _token(value, mend)
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, Token) for one in value):
        made = _tokens(tuple(value), mend)
        same = len(made) == len(value) and all(new is old for new, old in zip(made, value, strict=True))
        return value if same else type(value)(made)
    return value


def text(content: str, like: Token, **meta: object) -> Token:
    """Return words as a token of a line."""
    return Token("text", "", 0, content=content, level=like.level, meta=dict(meta))
