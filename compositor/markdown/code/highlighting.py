"""Code -> pieces: what is told apart, by class; the letters are those of the source, whatever a lexer does."""

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
"""A class, empty for what is plain, and the text."""
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
"""Pygments' token type -> our class; the first that holds; whatever is not here stays plain."""
ELEMENTS = {"i": "ins", "d": "del"}
"""The class of a piece -> its element, where that is no span."""


def pieces(code: str, language: CodeLanguage) -> list[Piece]:
    """The code in pieces, neighbours of one class as one; plain when a lexer would change a letter."""
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
    """The pieces as they are copied from paper: a tab is spaces up to its stop, an empty line holds a space.

    A PDF has no tabs, and a line in which nothing is drawn is no line to those who copy it.
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
    """The same of pieces without tabs."""
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
    """What Pygments tells apart; it gets a last line end, which some lexers need, and gives it back."""
    tokens = get_lexer_by_name(lexer, stripnl=False, ensurenl=False, stripall=False).get_tokens(f"{code}\n")
    left = len(code)
    for kind, text in tokens:
        yield _class(kind), text[:left]
        left -= min(left, len(text))


def _without_names(found: Iterable[Piece]) -> Iterator[Piece]:
    """In a difference, `---` and `+++` one behind the other name files: nothing is deleted or inserted there."""
    told = list(found)
    for i, (name, text) in enumerate(told):
        near = "".join(other for _, other in told[max(0, i - 2) : i + 3])
        named = text.startswith(("--- ", "+++ ")) and re.search(r"^--- .*\n\+\+\+ ", near, re.MULTILINE)
        yield "k" if named else name, text


def _merged(found: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one class become one; what is nothing but space belongs to none."""
    told = ((name if text.strip() else "", text) for name, text in found if text)
    return [(name, "".join(text for _, text in group)) for name, group in groupby(told, lambda piece: piece[0])]


def _class(kind: TokenType) -> str:
    return next((name for wanted, name in CLASSES if wanted in kind.split()), "")


def woven(found: Iterable[Piece], insertions: Iterable[tuple[int, str]]) -> str:
    """XHTML of the pieces; tags are inserted at offsets, in their order, and no piece's element spans one of them."""
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
