"""Words with their looks -> lines: broken at spaces if they are wider than their column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from compositor.pictures.svg.advances import advance

UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": 16.0}
LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)", re.IGNORECASE)
NORMAL = 1.2
"""Line height, as a multiple of the font size."""
SLACK = 1.04
"""Tolerance of a width: programs have measured a line with another font."""


def length(text: str | None, em: float, whole: float = 0.0) -> float | None:
    """Return a length of CSS in the unit of a drawing; None for a keyword such as `auto`."""
    match = LENGTH.fullmatch((text or "").strip())
    if match is None:
        return None
    number, unit = float(match[1]), match[2].lower()
    if unit == "%":
        return number * whole / 100
    return number * (em if unit in ("em", "lh") else em / 2 if unit in ("ex", "ch") else UNITS.get(unit, 1.0))


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look."""

    size: float
    family: str
    weight: str
    slant: str
    colour: str
    shift: float = 0.0
    """How far they are above the line."""

    @property
    def bold(self) -> bool:
        """Whether they are bold."""
        return self.weight in ("bold", "bolder") or (self.weight.isdigit() and int(self.weight) >= 600)

    @property
    def fixed(self) -> bool:
        """Whether all letters have the same width."""
        return any(word in self.family.lower() for word in ("mono", "courier", "consol", "code"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one look."""

    text: str
    ink: Ink

    @property
    def width(self) -> float:
        """The approximate width."""
        return advance(self.text, self.ink.size, self.ink.bold, self.ink.fixed)


@dataclass(slots=True)
class Line:
    """A line of words."""

    pieces: list[Piece]
    height: float
    align: str
    left: float = 0.0
    right: float = 0.0
    """Its indent on both sides."""
    before: float = 0.0
    """White space above it."""

    @property
    def width(self) -> float:
        """The approximate width of its words and indents."""
        return sum(piece.width for piece in self.pieces) + self.left + self.right


@dataclass(slots=True)
class Block:
    """A paragraph before it is broken into lines."""

    height: float
    align: str
    wraps: bool
    left: float
    right: float
    before: float
    pieces: list[Piece | Literal["break"]] = field(default_factory=list)


def broken(block: Block, width: float) -> Iterator[Line]:
    """Yield the lines of a block; none for one without words."""
    room = (width - block.left - block.right) * SLACK
    first = True
    if not any(piece == "break" or piece.text.strip() for piece in block.pieces):
        return
    for run in _runs(block.pieces):
        for pieces in _wrapped(run, room) if block.wraps and room > 0 else [run]:
            tall = max([block.height, *(piece.ink.size * NORMAL for piece in pieces if not piece.ink.shift)])
            yield Line(
                _trimmed(pieces), tall, block.align, block.left, block.right, block.before if first else 0.0
            )
            first = False


def _runs(pieces: Iterable[Piece | Literal["break"]]) -> Iterator[list[Piece]]:
    """Yield the pieces between two breaks; a break at the very end begins no line."""
    run: list[Piece] = []
    for piece in pieces:
        if piece == "break":
            yield run
            run = []
        else:
            run.append(piece)
    if any(piece.text.strip() for piece in run):
        yield run


def _wrapped(run: list[Piece], room: float) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    used = 0.0
    for word in _words(run):
        width = sum(piece.width for piece in word)
        bare = width - (advance(" ", word[-1].ink.size) if word[-1].text.endswith(" ") else 0)
        if line and used + bare > room:
            yield line
            line, used = [], 0.0
        line += word
        used += width
    yield line


def _words(run: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each word, with the space after it; Chinese and Japanese may break after every letter."""
    word: list[Piece] = []
    for piece in run:
        for part in re.findall(r"[^ ]* +|[\u2e80-\u9fff\uf900-\ufaff]|[^ \u2e80-\u9fff\uf900-\ufaff]+", piece.text):
            word.append(replace(piece, text=part))
            if part.endswith(" ") or "\u2e80" <= part[-1] <= "\ufaff":
                yield word
                word = []
    if word:
        yield word


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without spaces at both ends, and with words of one look joined."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].ink == piece.ink:
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    if joined and not joined[0].ink.fixed:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" "))
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
    return [piece for piece in joined if piece.text]
