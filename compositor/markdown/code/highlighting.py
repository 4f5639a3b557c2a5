"""Code -> pieces with classes for highlighting. The letters are those of the source, whatever a lexer does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Operator, String
from pygments.token import _TokenType as TokenType

from compositor.cache import remembered
from compositor.markdown.code.code import width
from compositor.markdown.code.languages import CodeLanguage
from compositor.markdown.code.sessions import SESSIONS, session

Piece = tuple[str, str]
"""A class, empty for plain text, and the text."""
CLASSES: tuple[tuple[TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword.Type, "f"),
    (Keyword, "k"),
    (String, "s"),
    (Operator.Word, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Builtin, "f"),
    (Name.Tag, "k"),
    (Name.Decorator, "f"),
    (Name.Variable, "v"),
    (Literal.Number, "n"),
    (Generic.Prompt, "p"),
    (Generic.Output, "o"),
    (Generic.Inserted, "i"),
    (Generic.Deleted, "d"),
    (Generic.Heading, "k"),
    (Generic.Subheading, "k"),
)
"""Pygments' token type -> our class; the first match counts, and everything else stays plain."""
ELEMENTS = {"i": "ins", "d": "del"}
"""The class of a piece -> its element, if it is not a span."""


def pieces(code: str, language: CodeLanguage) -> list[Piece]:
    """Return the code in pieces, with neighbours of one class joined; plain if a lexer would change a letter."""
    if language.name in SESSIONS:
        return _merged(session(code))
    if not language.lexer:
        return [("", code)] if code else []
    return remembered(lambda: _told_apart(code, language), "code", code, language.name, language.lexer)


def _told_apart(code: str, language: CodeLanguage) -> list[Piece]:
    lexed = _lexed(code, language.lexer)
    found = _merged(_without_names(lexed) if language.name == "diff" else lexed)
    return found if "".join(text for _, text in found) == code else [("", code)]


def printed(found: Iterable[Piece]) -> list[Piece]:
    """Return the pieces as they are copied from paper: tabs become spaces, an empty line contains a space.

    A PDF has no tabs, and copying skips a line in which nothing is drawn.
    """
    told = list(found)
    if not any("\t" in text for _, text in told):
        return _filled(told)
    made, column, empty = list[Piece](), 0, True
    for name, text in told:
        letters = ""
        for letter in text:
            wide = width(letter, column)
            shown = " \n" if letter == "\n" and empty else " " * wide if letter == "\t" else letter
            letters += shown
            column, empty = (0, True) if letter == "\n" else (column + wide, False)
        made.append((name, letters))
    return made


def _filled(found: Iterable[Piece]) -> list[Piece]:
    """Return the same of pieces without tabs."""
    made, empty = list[Piece](), True
    for name, text in found:
        first, *others = text.split("\n")
        if others:
            *between, last = others
            lines = (" " if empty and not first else first, *(line or " " for line in between), last)
            made.append((name, "\n".join(lines)))
            empty = not last
        else:
            made.append((name, text))
            empty = empty and not first
    return made


def _lexed(code: str, lexer: str) -> Iterator[Piece]:
    """Yield Pygments' tokens; a last line end, which some lexers need, is added and removed."""
    tokens = get_lexer_by_name(lexer, stripnl=False, ensurenl=False, stripall=False).get_tokens(f"{code}\n")
    left = len(code)
    for kind, text in tokens:
        yield _class(kind), text[:left]
        left -= min(left, len(text))


def _without_names(found: Iterable[Piece]) -> Iterator[Piece]:
    """Remove the marking of file names in a diff: consecutive `---` and `+++` lines are no deletion or insertion."""
    told = list(found)
    for i, (name, text) in enumerate(told):
        near = "".join(other for _, other in told[max(0, i - 2) : i + 3])
        named = text.startswith(("--- ", "+++ ")) and re.search(r"^--- .*\n\+\+\+ ", near, re.MULTILINE)
        yield "k" if named else name, text


def _merged(found: Iterable[Piece]) -> list[Piece]:
    """Join neighbours of one class; pure space has no class."""
    told = ((name if text.strip() else "", text) for name, text in found if text)
    return [(name, "".join(text for _, text in group)) for name, group in groupby(told, lambda piece: piece[0])]


def _class(kind: TokenType) -> str:
    return next((name for wanted, name in CLASSES if wanted in kind.split()), "")


def woven(found: Iterable[Piece], insertions: Iterable[tuple[int, str]]) -> str:
    """Return XHTML of the pieces; tags are inserted at offsets, in order, and no piece's element spans one of them."""
    waiting = sorted(insertions, key=lambda insertion: insertion[0])
    parts: list[str] = []
    offset = 0
    for name, text in found:
        start = 0
        while waiting and waiting[0][0] < offset + len(text):
            at, tag = waiting.pop(0)
            parts += [_element(name, text[start : at - offset]), tag]
            start = at - offset
        parts.append(_element(name, text[start:]))
        offset += len(text)
    return "".join(parts) + "".join(tag for _, tag in waiting)


def _element(name: str, text: str) -> str:
    shown = escape(text, quote=False)
    element = ELEMENTS.get(name, "span")
    return f'<{element} class="{name}">{shown}</{element}>' if name and text.strip() else shown
