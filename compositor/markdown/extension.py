"""What an extension is, and what a render rule receives: the structure that every file in this folder has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token

from compositor.language import Language
from compositor.model import Book, Measure, Medium, Note, Unit


class Naming(Protocol):
    """What a rule needs to know of the assembled book to name something in it."""

    @property
    def book(self) -> Book:
        """The whole book."""

    @property
    def words(self) -> Language:
        """The words that Compositor prints."""

    def number(self, anchor: str) -> str:
        """Return `18.3`, or an empty text."""

    def label(self, anchor: str) -> str:
        """Return `Figure 18.3`, or the title of what has no number."""

    def href(self, target: str) -> str:
        """Return the target of a link to an anchor, or to `path#fragment`; empty if there is to be no link."""

    def folio(self, anchor: str) -> str:
        """Return the printed page number of an anchor; empty without pages, or while it is unknown."""


class Rendering(Naming, Protocol):
    """The assembled book for a render rule, seen from one unit and for one medium."""

    @property
    def unit(self) -> Unit:
        """The unit that is being rendered."""

    @property
    def medium(self) -> Medium:
        """What the output can do."""

    @property
    def measure(self) -> Measure:
        """How much space a page has for a table."""

    def locator(self, anchor: str) -> str:
        """Return the printed page number of an anchor for an index, also on a screen that shares the paper's pages."""

    def page(self, anchor: str) -> int | None:
        """Return the physical page of an anchor; None without pages, or while it is unknown."""

    def from_unit(self, key: str) -> Rendering:
        """Return the same for tokens that were written in another unit and are printed here."""

    def resource(self, path: str) -> str:
        """Return where a file of the book is in this medium."""

    def note(self, label: str) -> Note:
        """Return a note of this unit."""

    def inline(self, tokens: Sequence[Token] | None) -> str:
        """Return the XHTML of inline tokens."""

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Return the XHTML of block tokens."""

    def position(self, token: Token) -> str:
        """Return ` data-source="file:line"` if the medium carries positions, else an empty text."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The same names, none of them a link: for the words of a link."""

    naming: Naming

    @property
    def book(self) -> Book:
        """The whole book."""
        return self.naming.book

    @property
    def words(self) -> Language:
        """The words that Compositor prints."""
        return self.naming.words

    def number(self, anchor: str) -> str:
        """Return `18.3`, or an empty text."""
        return self.naming.number(anchor)

    def label(self, anchor: str) -> str:
        """Return `Figure 18.3`, or the title of what has no number."""
        return self.naming.label(anchor)

    def href(self, target: str) -> str:
        """Return an empty text: there is no link."""
        return ""

    def folio(self, anchor: str) -> str:
        """Return the printed page number of an anchor."""
        return self.naming.folio(anchor)


RenderRule = Callable[[Sequence[Token], int, Rendering], str]


def no_syntax(md: MarkdownIt) -> None:
    """Add no rule, for an extension of the renderer only."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A construct: its syntax, the XHTML of its tokens, and the meaning of its messages."""

    name: str
    syntax: Callable[[MarkdownIt], None] = no_syntax
    """Adds the rules that make its tokens, as markdown-it's plugins do."""
    render: Mapping[str, RenderRule] = field(default_factory=dict)
    """Token type -> rule; a token without a rule is rendered as its tag with its attributes."""
    explanations: Mapping[str, str] = field(default_factory=dict)
    """Code -> what it means and how to fix it."""


def attributes(pairs: Mapping[str, str | int | float | None]) -> str:
    """Return the attributes of a tag, escaped, in the given order; None and empty values are left out."""
    return "".join(f' {name}="{escape(str(value))}"' for name, value in pairs.items() if value not in (None, ""))
