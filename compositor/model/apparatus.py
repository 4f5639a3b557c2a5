"""The types of the apparatus: what a text provides for the back of the book, and what is made of it there.

Plain frozen values, like those in `model/`, which contain them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

    from compositor.model.findings import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexMark:
    """A place in the text that the index leads to, or a word of the index that leads to another."""

    names: tuple[str, ...]
    """The term and, where it has one, its sub-term: plain text."""
    levels: tuple[tuple[Token, ...], ...]
    """The same as inline tokens, with code and emphasis."""
    place: Place
    anchor: str = ""
    """Id of the place; empty if the mark is only a "see"."""
    principal: bool = False
    range: Literal["", "start", "end"] = ""
    see: tuple[tuple[str, ...], ...] = ()
    see_also: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an exercise, taken out of the text."""

    exercise: str
    """Anchor of the exercise."""
    id: str
    title: tuple[Token, ...]
    """Number of the exercise, if it has one."""
    tokens: tuple[Token, ...]
    anchors: tuple[str, ...]
    """All anchors in it, its own included."""
    place: Place


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one source provides for the apparatus."""

    marks: tuple[IndexMark, ...] = ()
    answers: tuple[Answer, ...] = ()
    lists: tuple[tuple[str, Place], ...] = ()
    """The lists that it contains: `index`, `glossary`, `answers`."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A place or a range of places in an entry of the index."""

    start: str
    """Anchor."""
    end: str
    """Anchor; empty if it is one place."""
    principal: bool
    section: str
    """Number and title of its section: its name for readers who cannot see a page number."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A term of the index with all its places and its sub-terms, both in the order in which they are printed."""

    id: str
    name: str
    title: tuple[Token, ...]
    locators: tuple[Locator, ...]
    see: tuple[tuple[str, str], ...]
    """Text and id of the entries to look up instead."""
    see_also: tuple[tuple[str, str], ...]
    children: tuple[IndexEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class BackMatter:
    """The apparatus of a book, assembled."""

    index: tuple[IndexEntry, ...] = ()
    answers: tuple[tuple[str, Answer], ...] = ()
    """Key of the unit that an answer was written in, and the answer, in the order of the book."""
