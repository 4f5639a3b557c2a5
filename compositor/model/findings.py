"""Where something stands, and what there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Meant = tuple[str, str]
"""What the source has, and what it should have instead; twice nothing where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file of the book and, where known, line, column and length in characters."""

    file: str
    line: int | None = None
    column: int | None = None
    length: int = 1

    def __str__(self) -> str:
        parts = [self.file] + [str(part) for part in (self.line, self.column) if part is not None]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about the book: what is wrong, where, and what would mend it."""

    code: str
    message: str
    place: Place
    severity: Severity = "error"
    helps: tuple[str, ...] = ()
    excerpt: str = ""
    """The source line that the place points at, as the author wrote it."""
    said: tuple[str, ...] = ()
    """Lines that a program has said, to stand below the message."""
    count: int = 1
    """How many things it tells of at once."""
    meant: Meant = ("", "")
    """What stands at the place, or behind it on its line, and what is most likely meant."""

    @property
    def whole(self) -> str:
        """The message, with what a program has said in lines below it."""
        return "\n    ".join((self.message, *self.said))


SAID = frozenset({"M018"})
"""Codes of what a build says about how it has read a book: nothing is wrong, so only its own code makes it an error."""


@dataclass(frozen=True, slots=True)
class Strictness:
    """Which warnings stop a book: `[strict]` in book.toml, and `--strict`."""

    everything: bool = False
    codes: tuple[str, ...] = ()
    """Codes, or what codes begin with: `P2` is all rules of the page."""
    tolerate: tuple[str, ...] = ()
    """The same, for those that stay warnings all the same."""

    def stops(self, code: str) -> bool:
        """Whether a warning with this code stops the book."""
        counts = code.startswith(self.codes) or (self.everything and code not in SAID)
        return counts and not code.startswith(self.tolerate)
