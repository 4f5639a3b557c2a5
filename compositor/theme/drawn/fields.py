"""A title -> its field of squares: sparse at the top and dense at the bottom; the title's digest places each.

The bands of the openers and the covers are such fields. Under letters, the squares stay faint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from math import ceil, floor

from markupsafe import Markup

from compositor.theme.drawn.hues import ink_on, spark_on
from compositor.theme.drawn.ornament import mixed
from compositor.theme.page import Page

FILLED = 0.95
"""Fraction of a cell's side that its square covers; at the edges of the page it extends beyond them."""
SPARK = -1.0
"""Instead of a tint: the square has the colour of a spark."""
STEPS = ((0.12, 0.08), (0.22, 0.14), (0.34, 0.24), (0.46, 0.42), (0.58, 0.64))
"""Brightness below which a square has this share of the ink; above, all of it."""
SPARKS = 36
"""Sparks among 256 of the brightest squares."""
FAINT = 0.14
"""Largest share of the ink under letters."""
LESS, LEAST = 1.7, 0.04
"""How fast a field thins out upwards, and how many of its cells are filled at the top."""
CAPITAL, FIGURE, BEARING = 0.72, 0.5, 0.25
"""Height and width of a figure in em; the part of a cell by which one may extend to the left of the text."""
OVER = 1
"""Columns on either side, and rows above, outside the page, so that an inexact cut shows no edge."""


@dataclass(frozen=True, slots=True)
class Field:
    """The size of a field in columns and rows; a fraction at the start of each row stays faint for letters."""

    columns: int
    rows: int
    faint: float = 0.0
    backward: bool = False
    """Whether its beginning lies at the right."""
    empty: tuple[range, range] = (range(0), range(0))
    """Rows and columns of empty cells, because a number is there. Columns are counted from the beginning."""

    def behind(self, number: str, size: float, above: float, page: Page) -> Field:
        """Return the field without squares behind a number of this size, its middle so many points above the foot."""
        cell, half = page.width / self.columns, size * CAPITAL / 2
        foot, head = floor((above - half) / cell), ceil((above + half) / cell)
        start = floor(page.inner / cell - BEARING)
        end = ceil((page.inner + len(number) * size * FIGURE) / cell)
        return replace(self, empty=(range(self.rows - head, self.rows - foot), range(start, end)))


@dataclass(frozen=True, slots=True)
class Square:
    """A filled cell, and its share of the ink, or `SPARK`."""

    row: int
    column: int
    tint: float

    def colour(self, ground: str) -> str:
        """Return its colour on a background."""
        return spark_on(ground) if self.tint == SPARK else mixed(ink_on(ground), self.tint, ground)


BAND, BAND_OF_PART = Field(24, 9, 0.42), Field(24, 20, 0.42)
"""Field of a chapter; of a part."""


def squares(title: str, field: Field) -> Iterator[Square]:
    """Yield the filled cells of a field, row by row, from three bytes of the title's digest each."""
    chance = _bytes(title)
    for row in range(field.rows):
        low = (row + 1) / field.rows
        for place in range(field.columns):
            filled, light, spark = next(chance) / 255, next(chance) / 255, next(chance)
            along = (field.columns - place if field.backward else place + 1) / field.columns
            if row in field.empty[0] and (field.columns - 1 - place if field.backward else place) in field.empty[1]:
                continue
            if filled > LEAST + (1 - LEAST) * low**LESS:
                continue
            yield Square(row, place, _tint(light * (0.45 + 0.55 * low) * (0.45 + 0.55 * along), spark, along, field))


def _tint(brightness: float, spark: int, along: float, field: Field) -> float:
    tint = next((tint for limit, tint in STEPS if brightness < limit), 1.0)
    if along <= field.faint:
        return min(tint, FAINT)
    return SPARK if tint == 1.0 and spark < SPARKS else tint


def _bytes(title: str) -> Iterator[int]:
    digest = sha256(f"field of {title}".encode("utf-8", "surrogatepass")).digest()
    while True:
        yield from digest
        digest = sha256(digest).digest()


@lru_cache(maxsize=256)
def band(title: str, field: Field, ground: str) -> Markup:
    """Return a field as inline SVG, a column wider than the page on either side; screen readers ignore it."""
    return drawing(((one.column, one.row, one.colour(ground)) for one in squares(title, field)), field)


def drawing(cells: Iterable[tuple[int, int, str]], field: Field) -> Markup:
    """Return column, row and colour of each square, one path for each colour, the brightest first."""
    paths: dict[str, list[str]] = {}
    for column, row, colour in cells:
        left, right = edges(column, field)
        paths.setdefault(colour, []).append(f"M{left:g} {row}h{right - left:g}v{FILLED:g}h{left - right:g}z")
    drawn = "".join(f'<path fill="{colour}" d="{"".join(paths[colour])}"/>' for colour in sorted(paths, reverse=True))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="presentation" aria-hidden="true" '
        f'viewBox="{-OVER} 0 {field.columns + 2 * OVER} {field.rows}">{drawn}</svg>'
    )


def edges(column: int, field: Field) -> tuple[float, float]:
    """Return left and right of a square in cells; at the edges of the page it extends beyond them."""
    return (column or -OVER, column + FILLED if column < field.columns - 1 else field.columns + OVER)
