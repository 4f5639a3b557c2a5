"""A place in a source, and a finding about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Meant = tuple[str, str]
"""The text in the source, and the text that should replace it; both empty if that cannot be said."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: a file of the book and, if known, line, column and length in characters."""

    file: str
    line: int | None = None
    column: int | None = None
    length: int = 1

    def __str__(self) -> str:
        parts = [self.file] + [str(part) for part in (self.line, self.column) if part is not None]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about the book: what is wrong, where, and how to fix it."""

    code: str
    message: str
    place: Place
    severity: Severity = "error"
    helps: tuple[str, ...] = ()
    excerpt: str = ""
    """The source line that the place points at, as the author wrote it."""
    said: tuple[str, ...] = ()
    """Output of a program, to be printed below the message."""
    count: int = 1
    """How many things it reports at once."""
    meant: Meant = ("", "")
    """The text at the place, or after it on its line, and what is most likely meant."""

    @property
    def whole(self) -> str:
        """The message, with the output of a program in lines below it."""
        return "\n    ".join((self.message, *self.said))


SAID = frozenset({"M018"})
"""Codes of what a build says about how it has read a book: nothing is wrong, so only its own code makes it an error."""


@dataclass(frozen=True, slots=True)
class Strictness:
    """Which warnings stop a book: `[strict]` in book.toml, and `--strict`."""

    everything: bool = False
    codes: tuple[str, ...] = ()
    """Codes, or prefixes of codes: `P2` is all rules of the page."""
    tolerate: tuple[str, ...] = ()
    """The same, for those that stay warnings anyway."""

    def stops(self, code: str) -> bool:
        """Whether a warning with this code stops the book."""
        counts = code.startswith(self.codes) or (self.everything and code not in SAID)
        return counts and not code.startswith(self.tolerate)
