"""What an extension is, and what a render rule is given: the shape that every file of this drawer has."""

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
    """The assembled book, as far as one has to know it to say the name of something in it."""

    @property
    def book(self) -> Book:
        """The whole book."""

    @property
    def words(self) -> Language:
        """The words that the press prints."""

    def number(self, anchor: str) -> str:
        """`18.3`, or empty."""

    def label(self, anchor: str) -> str:
        """`Figure 18.3`, or the title of what has no number."""

    def href(self, target: str) -> str:
        """Where a link to an anchor, or to `path#fragment`, goes; empty where there is to be no link."""

    def folio(self, anchor: str) -> str:
        """The printed page number of an anchor; empty where there are no pages, or where it is not known yet."""


class Rendering(Naming, Protocol):
    """The assembled book as a render rule sees it, from inside one unit and for one medium."""

    @property
    def unit(self) -> Unit:
        """The unit that is being rendered."""

    @property
    def medium(self) -> Medium:
        """What the output can do."""

    @property
    def measure(self) -> Measure:
        """How much room a page has for a table."""

    def locator(self, anchor: str) -> str:
        """The printed page number of an anchor for an index, also on a screen that shares the pages of the paper."""

    def page(self, anchor: str) -> int | None:
        """The physical page of an anchor; None where there are no pages, or where it is not known yet."""

    def from_unit(self, key: str) -> Rendering:
        """The same place in the book, for tokens that were written in another unit and are printed here."""

    def resource(self, path: str) -> str:
        """Where a file of the book lies in this medium."""

    def note(self, label: str) -> Note:
        """A note of this unit."""

    def inline(self, tokens: Sequence[Token] | None) -> str:
        """The XHTML of inline tokens."""

    def blocks(self, tokens: Sequence[Token]) -> str:
        """The XHTML of block tokens."""

    def position(self, token: Token) -> str:
        """` data-source="file:line"` where the medium carries positions, else nothing."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The same names, and none of them a link: within the words of a link."""

    naming: Naming

    @property
    def book(self) -> Book:
        """The whole book."""
        return self.naming.book

    @property
    def words(self) -> Language:
        """The words that the press prints."""
        return self.naming.words

    def number(self, anchor: str) -> str:
        """`18.3`, or empty."""
        return self.naming.number(anchor)

    def label(self, anchor: str) -> str:
        """`Figure 18.3`, or the title of what has no number."""
        return self.naming.label(anchor)

    def href(self, target: str) -> str:
        """Nowhere."""
        return ""

    def folio(self, anchor: str) -> str:
        """The printed page number of an anchor."""
        return self.naming.folio(anchor)


RenderRule = Callable[[Sequence[Token], int, Rendering], str]


def no_syntax(md: MarkdownIt) -> None:
    """An extension of the renderer only."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A construct: how it is recognised, how its tokens become XHTML, and what its messages mean."""

    name: str
    syntax: Callable[[MarkdownIt], None] = no_syntax
    """Adds the rules that make its tokens, in markdown-it's way."""
    render: Mapping[str, RenderRule] = field(default_factory=dict)
    """Token type -> rule; a type without a rule is rendered as its tag with its attributes."""
    explanations: Mapping[str, str] = field(default_factory=dict)
    """Code -> what it means and what mends it."""


def attributes(pairs: Mapping[str, str | int | float | None]) -> str:
    """The attributes of a tag, escaped, in the given order; None and empty values are left out."""
    return "".join(f' {name}="{escape(str(value))}"' for name, value in pairs.items() if value not in (None, ""))
