"""A source, parsed: the tree of tokens, and what it defines, uses and shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from compositor.model.apparatus import Gathered
from compositor.model.findings import Finding, Place
from compositor.model.manuscript import FrontMatter, Source

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal[
    "chapter", "section", "figure", "table", "listing", "equation",
    "exercise", "answer", "item", "entry", "term", "place",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that can be referred to, at its definition."""

    id: str
    kind: Kind
    place: Place
    title: str
    """Plain text: of the heading, or of the caption; references in it are resolved when the book is assembled."""
    level: int = 0
    """1 to 6 for a heading, else 0."""
    aliases: tuple[str, ...] = ()
    """Other fragments that mean this anchor in links to its file, such as the slug that GitHub makes."""
    numbered: bool = True
    given: bool = False
    """Whether the author gave the id; otherwise Compositor made it."""
    number: str = ""
    """The number that the text gives it, as for an item of a list."""
    within: str = ""
    """The figure that this is a panel of: it takes the figure's number and a letter."""
    words: tuple[Token, ...] = field(default=(), compare=False)
    """The title as inline tokens, with its code and emphasis, formulas, notes and references."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A use of a label or of a link to another file of the book."""

    target: str
    """A label (`fig-pipeline`), or `path#fragment` with the path relative to the book's folder."""
    place: Place
    kind: Literal["label", "link", "term"]
    """A "term" is an entry of the glossary; its target is `glossary#` and the words."""


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a citation, `see @key, p. 12 and elsewhere`, with the words around its key."""

    key: str
    place: Place
    prefix: str = ""
    locator: tuple[str, str] | None = None
    """Label as CSL names it (`page`) and what it says (`12`)."""
    suffix: str = ""
    without_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where works are cited; in running text the author's name is part of the sentence."""

    id: str
    cites: tuple[Cite, ...]
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A file that a text includes: its lines, from `first` (counted from 1), follow those of everything before it."""

    first: int
    path: str
    at: int
    """The line, in the same count, that includes it."""


def inclusion_at(inclusions: Sequence[Inclusion], number: int) -> Inclusion | None:
    """Return the included file that a line (from 1, in the count of tokens) belongs to; None for the text itself."""
    behind = bisect_right(inclusions, number, key=lambda inclusion: inclusion.first)
    return inclusions[behind - 1] if behind else None


@dataclass(frozen=True, slots=True)
class Image:
    """A use of an image file; the path is relative to the book's folder."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: label, anchor, and number within its file (from 1, in the order of the calls)."""

    label: str
    id: str
    number: int
    tokens: tuple[Token, ...] = ()
    """Its text: block tokens."""
    calls: int = 1
    """How often the text calls it, whether or not a medium shows that."""


TITLE = 3
"""Tokens of a title: a heading's opening, its words, its end."""


def behind_title(tokens: Sequence[Token]) -> int:
    """Return the number of the token after the title with which a text begins; 0 if it begins with none."""
    return TITLE if tokens and tokens[0].type == "heading_open" else 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A source, parsed: markdown-it tokens are the tree; nothing after the parser writes to them."""

    source: Source
    tokens: tuple[Token, ...]
    front_matter: FrontMatter
    anchors: tuple[Anchor, ...]
    references: tuple[Reference, ...]
    images: tuple[Image, ...]
    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    """Paths of the other files of the book that its text uses."""
    matter: Gathered = field(default_factory=Gathered)
    """What it provides for index and answers."""
    citations: tuple[Citation, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    """The files whose tokens are among its own; line numbers in token maps continue through them."""
    remote: tuple[Image, ...] = ()
    """The pictures of the web that it names; their paths are addresses."""
    epigraph: tuple[Token, ...] = ()
    """The epigraph of the front matter and its source, if it has one: an inline token each."""
    digest: str = field(default="", init=False, compare=False)
    """Digest of everything that it was made from; empty if unknown, as after `replace`."""

    def named(self, digest: str) -> Chapter:
        """Return the same chapter with this digest, which no chapter with other content has."""
        made = replace(self)
        object.__setattr__(made, "digest", digest)
        return made

    def line_of(self, number: int) -> tuple[str, int]:
        """Return file and line of a line (from 1) in the count that tokens use."""
        inside = inclusion_at(self.inclusions, number)
        return (inside.path, number - inside.first + 1) if inside else (self.source.path, number)

    @property
    def as_read(self) -> tuple[Token, ...]:
        """Its tokens in reading order, without its notes: the epigraph follows the title."""
        start = behind_title(self.tokens)
        return (*self.tokens[:start], *self.epigraph, *self.tokens[start:])

    @property
    def everything(self) -> tuple[Token, ...]:
        """Its tokens, and those of its epigraph and its notes, which are kept apart."""
        return (*self.tokens, *self.epigraph, *(token for note in self.notes for token in note.tokens))

    @property
    def heading(self) -> Anchor | None:
        """The anchor of the file's only h1."""
        return next((anchor for anchor in self.anchors if anchor.level == 1), None)
