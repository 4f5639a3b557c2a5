"""A title -> its strip of small squares, whose tints come from the title's SHA-256 digest.

The SVG has only presentation attributes and one path per tint. It repeats the title, so it is hidden from screen
readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from markupsafe import Markup, escape

from compositor.model import Medium, Metadata, Role, Unit

TINTS = (0.08, 0.08, 0.16, 0.16, 0.3, 0.3, 0.55, 1.0)
"""Share of the colour for each value of three bits: light squares are more frequent than dark ones."""
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
FILLED = 0.86
"""Fraction of a cell's side that its square covers."""


NO_ORNAMENT = Markup()


@dataclass(frozen=True, slots=True)
class Grid:
    """The size in columns and rows of square cells, whose side is in points."""

    columns: int
    rows: int
    cell: float


CHAPTER, SECTION, BOOK = Grid(48, 2, 7), Grid(48, 1, 7), Grid(24, 6, 14)


def ornament_of_unit(unit: Unit, medium: Medium, accent: str) -> Markup:
    """Return the strip under the title of a source file: thinner for the sections of a chapter."""
    return ornament(unit.title, SECTION if unit.role is Role.SECTION else CHAPTER, _colour(medium, accent))


def ornament_of_book(metadata: Metadata, medium: Medium, accent: str) -> Markup:
    """Return the field of squares on the title page."""
    return ornament(metadata.title, BOOK, _colour(medium, accent))


@lru_cache(maxsize=256)
def ornament(title: str, grid: Grid, colour: str, paper: str = "#ffffff") -> Markup:
    """Return the squares as inline SVG; a colour `#rrggbb` is mixed with the paper's, any other is made transparent."""
    paths: dict[float, list[str]] = {}
    side = _short(grid.cell * FILLED)
    for number, tint in enumerate(tints(title, grid.columns * grid.rows)):
        row, column = divmod(number, grid.columns)
        corner = f"M{_short(column * grid.cell)} {_short(row * grid.cell)}"
        paths.setdefault(tint, []).append(f"{corner}h{side}v{side}h-{side}z")
    width, height = _short(grid.columns * grid.cell), _short(grid.rows * grid.cell)
    drawn = "".join(f'<path {_fill(colour, tint, paper)} d="{"".join(paths[tint])}"/>' for tint in sorted(paths))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="ornament" role="presentation" aria-hidden="true" '
        f'viewBox="0 0 {width} {height}"{_size(colour, width, height)}>{drawn}</svg>'
    )


def _size(colour: str, width: str, height: str) -> str:
    """Return its size: on paper the width of the text; WeasyPrint would not scale a drawing that has a size."""
    return "" if HEX.fullmatch(colour) else f' width="{width}pt" height="{height}pt"'


def tints(title: str, number: int) -> tuple[float, ...]:
    """Return the first so many tints of a title, from its digest, the digest of that, and so on."""
    return tuple(islice(_tints(title), number))


def mixed(colour: str, share: float, paper: str = "#ffffff") -> str:
    """Return so much of a colour `#rrggbb` on paper of another, as one flat colour."""
    pairs = ((int(colour[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(ink * share + ground * (1 - share)):02x}" for ink, ground in pairs)


def _tints(title: str) -> Iterator[float]:
    digest = sha256(title.encode("utf-8", "surrogatepass")).digest()
    while True:
        yield from (TINTS[byte % len(TINTS)] for byte in digest)
        digest = sha256(digest).digest()


def _colour(medium: Medium, accent: str) -> str:
    """Return its colour. On a screen no colour suits every ground that a reader may choose, so it is the text's own."""
    return accent if medium.paged else "currentColor"


def _fill(colour: str, tint: float, paper: str) -> str:
    flat = HEX.fullmatch(colour) is not None
    return f'fill="{mixed(colour, tint, paper)}"' if flat else f'fill="{escape(colour)}" fill-opacity="{tint}"'


def _short(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")
