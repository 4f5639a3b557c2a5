"""How even the word spaces of justified lines are, in a PDF of this or another program.

    .venv/bin/python -m benchmarks.justification FILE [FILE ...] [--words 20]

A line counts if it extends from the left edge of the column (or the indent) to the right one, is mostly in the size of
the text, and has at least three spaces. Its value is the mean of its spaces, relative to the font's own space.
`--words` lists so many of the loosest and of the tightest lines.
"""

from __future__ import annotations

import argparse
import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

import pypdfium2
from pypdfium2 import raw

LOOSE, TIGHT = (1.5, 2.0, 3.0), (0.8, 0.7)
"""The limits whose shares are printed."""
NEAR = 2.5
"""Points by which a line may miss an edge: signs hang, letters overshoot."""
MOST_DRAWN = 250.0
"""Width in points of a drawing in a line; a wider one is a panel, or a picture of its own."""
LEAST_SPACES, LEAST_LETTERS = 3, 15
SAME_LINE = 0.8
"""Points between the baselines of a line."""
HYPHENS = ("-", "\u2010", "\u00ad", "\ufffe", "\x02")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its beginning and end, its baseline, and its size."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page: its letters from left to right, without its spaces; and the width of the font's own spaces."""

    page: int
    letters: Sequence[Letter]
    spaces: Sequence[float]
    drawn: Sequence[tuple[float, float]] = ()
    """Where formulas and pictures are among its letters, from left to right."""

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return self.letters[-1].right

    def gaps(self, space: float) -> list[float]:
        """Return the distances between its words; a drawing between two of them does not count."""
        found = [(before.right, after.left) for before, after in pairwise(self.letters)]
        bare = (gap for gap in found if not any(left < gap[1] and right > gap[0] for left, right in self.drawn))
        return [end - start for start, end in bare if end - start > space * 0.45]

    def text(self, space: float) -> str:
        """Return its text."""
        said = self.letters[0].text
        for before, after in pairwise(self.letters):
            said += (" " if after.left - before.right > space * 0.45 else "") + after.text
        return said


@dataclass(frozen=True, slots=True)
class Justified:
    """A line of the column from edge to edge: the width of its spaces, and its text."""

    page: int
    ratio: float
    text: str

    @property
    def hyphenated(self) -> bool:
        return self.text.endswith(HYPHENS)


def letters_of(page: Any) -> Iterator[tuple[Letter, bool]]:
    """Yield the letters of a page in file order, and whether each is a space of the file."""
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        left, _, right, _ = text.get_charbox(index, loose=True)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = round(raw.FPDFText_GetFontSize(text, index), 2)
        yield Letter(letter, left, right, y.value, size), letter.isspace()


def drawings_of(page: Any) -> list[tuple[float, float, float, float]]:
    """Return the edges of drawings on a page, without rules and panels: formulas, and pictures."""
    bounds = (one.get_bounds() for one in page.get_objects(max_depth=4) if one.type != raw.FPDF_PAGEOBJ_TEXT)
    return [one for one in bounds if one[3] - one[1] > 1 and one[2] - one[0] < MOST_DRAWN]


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the lines of a PDF."""
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        lines: dict[float, list[tuple[Letter, bool]]] = defaultdict(list)
        for letter, is_space in letters_of(page):
            near = next((base for base in lines if abs(base - letter.base) <= SAME_LINE), letter.base)
            lines[near].append((letter, is_space))
        drawings = drawings_of(page) if lines else []
        for base, found in lines.items():
            seen = sorted((one for one, is_space in found if not is_space), key=lambda one: one.left)
            spaces = [one.right - one.left for one, is_space in found if is_space]
            if len(seen) >= LEAST_LETTERS:
                across = [(left, right) for left, low, right, high in drawings if low < base + 5 and high > base]
                yield Row(number, seen, spaces, across)


def justified(path: Path) -> list[Justified]:
    """Return the justified lines of a PDF, each with the mean of its spaces."""
    rows = list(rows_of(path))
    size = _most(letter.size for row in rows for letter in row.letters)
    body = [row for row in rows if 2 * sum(abs(one.size - size) < 0.15 for one in row.letters) > len(row.letters)]
    space = _most(round(width, 2) for row in body for width in row.spaces)
    sides = ([row for row in body if row.page % 2 == side] for side in (0, 1))
    return [line for side in sides if side for line in _justified(side, space)]


def _justified(rows: Sequence[Row], space: float) -> Iterator[Justified]:
    """Yield those of all pages of one side, which have the same edges."""
    left = _most(round(row.left) for row in rows)
    right = _most(round(row.right) for row in rows if abs(row.left - left) < NEAR)
    indent = _most((round(row.left - left) for row in rows if NEAR < row.left - left < 30), 0.0)
    for row in rows:
        starts = min(abs(row.left - left), abs(row.left - left - indent)) < NEAR
        gaps = row.gaps(space)
        if starts and abs(row.right - right) < NEAR and len(gaps) >= LEAST_SPACES:
            yield Justified(row.page, mean(gaps) / space, row.text(space))


def _most(found: Iterable[float], otherwise: float = 0.0) -> float:
    """Return the most frequent value."""
    return next((value for value, _ in Counter(found).most_common(1)), otherwise)


def table(name: str, lines: Sequence[Justified]) -> str:
    """Return one row of figures."""
    ratios = [line.ratio for line in lines]

    def share(chosen: Iterator[bool]) -> str:
        return f"{100 * sum(chosen) / len(ratios):6.2f} %"

    loose = [f"over {limit:g}: {share(ratio > limit for ratio in ratios)}" for limit in LOOSE]
    tight = [f"below {limit:g}: {share(ratio < limit for ratio in ratios)}" for limit in TIGHT]
    spread = f"{len(ratios)} lines, mean {mean(ratios):.2f}, deviation {pstdev(ratios):.2f}"
    ends = f"widest {max(ratios):.2f}, narrowest {min(ratios):.2f}, hyphens {share(one.hyphenated for one in lines)}"
    return "\n  ".join([f"{name}: {spread}, {ends}", *loose, *tight])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=0)
    given = parser.parse_args(arguments)
    for path in given.files:
        lines = sorted(justified(path), key=lambda line: line.ratio, reverse=True)
        print(table(path.name, lines) if lines else f"{path.name}: no justified lines")
        for line in (*lines[: given.words], *lines[len(lines) - given.words :]):
            print(f"  {line.ratio:.2f}  page {line.page + 1}: {line.text}")


if __name__ == "__main__":
    main()
