"""Random numbers -> a book in progress: what it already has, and what later parts may refer to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from textwrap import indent
from typing import TypeVar

from tests.random_books.pictures import picture
from tests.random_books.prose import Prose

T = TypeVar("T")
WORKS = ("knuth84", "bringhurst", "tschichold", "example2001", "sample1999")
TERMS = ("Log", "Node", "Quorum", "Replica", "Tide")
VARIABLES = ("press", "price.sheet", "price.hour", "year")
LATER = re.compile("⟦([a-z]+)⟧")
"""A placeholder that is filled when the whole book is written, so that a text can refer to a later place."""


class Author:
    """The random numbers, the words, and what the book has: labels, pictures, notes due at the end of their block."""

    def __init__(self, dice: Random, language: str) -> None:
        self.dice = dice
        self.language = language
        self.prose = Prose(dice, language)
        self.files: dict[str, bytes] = {}
        self.labels: dict[str, list[str]] = {}
        self.waiting: list[str] = []
        self.noted: list[str] = []
        self.in_note = False
        self.in_link = False
        self._count = 0

    def chance(self, share: float) -> bool:
        """Return true with this probability."""
        return self.dice.random() < share

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of these."""
        return self.dice.choice(things)

    def number(self) -> int:
        """Return a number that was never given before."""
        self._count += 1
        return self._count

    def label(self, kind: str) -> str:
        """Return a new id of this kind, to which the book can refer."""
        label = f"{kind}-{self.number()}"
        self.labels.setdefault(kind, []).append(label)
        return label

    def picture(self) -> str:
        """Return the path of a picture; sometimes of an existing one."""
        pictures = [name for name in self.files if name.startswith("figures/")]
        if pictures and self.chance(0.3):
            return self.one_of(pictures)
        ending, data = picture(self.dice, self.prose.word())
        name = f"figures/picture-{self.number()}.{ending}"
        self.files[name] = data
        return name

    def later(self, kinds: Sequence[str]) -> str:
        """Return a placeholder for an id of one of these kinds, which may come later."""
        return f"⟦{self.one_of(kinds)}⟧"

    def settled(self, text: str) -> str:
        """Return the text with ids in place of such placeholders; a kind that the book lacks gets a missing id."""
        return LATER.sub(lambda mark: self.one_of(self.labels.get(mark[1], [f"{mark[1]}-nowhere"])), text)

    def block_with_notes(self, block: str) -> str:
        """Return a block, followed by the notes that it calls."""
        notes, self.waiting = self.waiting, []
        return "\n\n".join((block, *notes))


def inside(marker: str, text: str) -> str:
    """Return the text after a marker, with its other lines indented below the first."""
    return marker + indent(text, " " * len(marker))[len(marker) :]


def quoted(text: str) -> str:
    """Return the text as a quotation."""
    return indent(text, "> ", lambda line: True)
