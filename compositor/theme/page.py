"""Custom properties -> Page: the measures of the printed page in points, and doubts about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from compositor.errors import error, warning
from compositor.model import FREE_EDGE, Finding, Place

POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6, "px": 0.75, "pc": 12.0}
"""Absolute units of CSS. Source: CSS Values and Units 4, section 6.2."""


def _halved(series: str, width: int, height: int) -> dict[str, tuple[float, float]]:
    """Return the sizes 0 to 10 of a series, each half of the one before. Source: ISO 216."""
    found: dict[str, tuple[float, float]] = {}
    for number in range(11):
        found[f"{series}{number}"] = (width, height)
        width, height = height // 2, width
    return found


NAMED = {
    **_halved("a", 841, 1189),
    **_halved("b", 1000, 1414),
    **{"jis-b5": (182, 257), "jis-b4": (257, 364), "letter": (215.9, 279.4), "legal": (215.9, 355.6)},
    "ledger": (279.4, 431.8),
}
"""Named sizes, in millimetres. Source: CSS Paged Media 3, section 7.1, and WeasyPrint's additions."""
LENGTH = re.compile(r"(\d*\.?\d+)([a-z]+)", re.IGNORECASE)
PART_OF_TEXT = re.compile(r"calc\(\s*var\(--text-size\)\s*\*\s*(\d*\.?\d+)(?:\s*/\s*(\d*\.?\d+))?\s*\)")
COLUMNS = 80
"""Columns that a listing must hold without wrapping."""
FEWEST_COLUMNS = 20
"""Least columns of a line of code on the narrowest page."""
ROUNDING = 0.05
"""Fraction of a column by which text may stick out without being noticed."""
CODE_ADVANCE = 0.5
"""Width of a letter of the themes' code font, in ems."""
SMALLEST = 7.0
"""The smallest recommended size of code, in points."""
LETTER = 0.464
"""Width of a letter of running text with its share of spaces, in ems: 69 to a line of 336 pt at 10.5 pt."""
LEAST_MORE = 30.0
"""Points by which the margin must make a table wider to be used for it."""
SIDE_SPACES = 27.0
"""Points before a note in the outer margin, from a panel, and after it, to the paper's edge, as in the style sheet."""
NARROWEST_NOTE = 54.0
"""Width in points of the narrowest note in a margin: two or three words to a line."""
NARROWEST_CAPTION = 80.0
"""The same for the narrowest caption, which has more words than a note: four to a line."""
FEWEST, MOST = 55, 80
"""Letters in a line beyond which it is hard to read; 60 to 75 are the aim."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its contents, in points."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    text_size: float
    leading: float
    code_size: float
    code_advance: float = CODE_ADVANCE

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.inner - self.outer

    @property
    def wide_measure(self) -> float:
        """The width of the text plus the part of the outer margin that a table may take; 0 if that is not worth it."""
        more = self.outer - FREE_EDGE
        return self.measure + more if more >= LEAST_MORE else 0.0

    def wide_columns(self, hang: float) -> int:
        """How many columns a line has that extends into the outer margin, in a panel that extends so far.

        0 if the margin has no room for a table either, or lines of the text have fewer columns than they should.
        """
        if not self.wide_measure or self.whole_columns < COLUMNS:
            return 0
        return int((self.wide_measure - hang) / (self.code_advance * self.code_size) + ROUNDING)

    def room_beside(self, hang: float) -> bool:
        """Return whether notes fit into the outer margin, clear of panels that extend so far into it."""
        return self._beside(hang) >= NARROWEST_NOTE

    def room_for_captions(self, hang: float) -> bool:
        """Whether the captions of figures fit there as well."""
        return self._beside(hang) >= NARROWEST_CAPTION

    def _beside(self, hang: float) -> float:
        return self.outer - hang - SIDE_SPACES

    @property
    def lines(self) -> float:
        """The height of the text, in lines."""
        return (self.height - self.top - self.bottom) / self.leading

    @property
    def letters(self) -> float:
        """About how many letters a line of running text has."""
        return self.measure / (LETTER * self.text_size)

    @property
    def columns(self) -> float:
        """How many columns of code a line holds."""
        return self.measure / (self.code_advance * self.code_size)

    @property
    def whole_columns(self) -> int:
        """After how many columns a line of code is wrapped: 80 at most, and never so few that nothing is left."""
        return max(FEWEST_COLUMNS, min(COLUMNS, int(self.columns + ROUNDING)))


def read_page(values: Mapping[str, str]) -> Page | None:
    """Return the page for these custom properties; None if one is not a plain absolute length, such as `calc()`."""
    size = page_size(values.get("page-size", ""))
    names = ("margin-top", "margin-bottom", "margin-inner", "margin-outer", "text-size", "leading", "code-size")
    found = [points(values.get(name, "")) for name in names]
    lengths = [length for length in found if length is not None]
    if size is None or len(lengths) < len(names) or not all(lengths[4:]):
        return None
    return Page(*size, *lengths)


def points(length: str) -> float | None:
    """Return an absolute length of CSS in points; None for anything else."""
    match = LENGTH.fullmatch(length.strip())
    if match is None:
        return 0.0 if length.strip() == "0" else None
    unit = POINTS.get(match[2].lower())
    return float(match[1]) * unit if unit else None


def part_of_text(size: str) -> float | None:
    """Return by what a size of type multiplies that of running text; None if it is not written as such a product."""
    match = PART_OF_TEXT.fullmatch(size.strip())
    return float(match[1]) / float(match[2] or 1) if match and float(match[2] or 1) else None


def page_size(value: str) -> tuple[float, float] | None:
    """Return width and height of a page in points, from `6in 9in` or the name of a size; None for anything else."""
    words = value.lower().split()
    turned = "landscape" in words
    words = [word for word in words if word not in ("landscape", "portrait")]
    if len(words) == 1 and words[0] in NAMED:
        width, height = (side * POINTS["mm"] for side in NAMED[words[0]])
        return (height, width) if turned else (width, height)
    sides = [points(word) for word in words]
    return (sides[0], sides[-1]) if len(sides) in (1, 2) and sides[0] and sides[-1] else None


def doubts(
    values: Mapping[str, str], places: Mapping[str, Place], code_advance: float = CODE_ADVANCE
) -> Iterator[Finding]:
    """Yield findings about the page that results from a book's settings; `places` says where they are set."""
    page = read_page(values)
    if page is None or not places:
        return
    page = replace(page, code_advance=code_advance)
    if page.measure <= 0 or page.lines < 1:
        place = _place(places, "page-size", "margin-inner", "margin-outer", "margin-top", "margin-bottom")
        yield error("T015", "the margins leave no room for text", place, "make the page larger, or the margins smaller")
        return
    if page.columns + ROUNDING < COLUMNS:
        message = f"a line of code holds {int(page.columns + ROUNDING)} columns, not {COLUMNS}"
        fits = int(page.measure / COLUMNS / code_advance * 20) / 20
        place = _place(places, "code-size", "font-code", "page-size", "margin-inner", "margin-outer")
        remedy = f'code-size = "{fits:g}pt" would fit, or a wider text' if fits >= SMALLEST else "make the text wider"
        yield warning("T013", message, place, remedy)
    if not FEWEST <= page.letters <= MOST:
        message = f"a line of text has about {page.letters:.0f} letters"
        remedy = "60 to 75 are easy to read: change the margins or the size of the text"
        yield warning("T014", message, _place(places, "page-size", "text-size", "margin-inner", "margin-outer"), remedy)


def _place(places: Mapping[str, Place], *names: str) -> Place:
    """Return where the first of these that the book sets is set."""
    return next((places[name] for name in names if name in places), next(iter(places.values())))
