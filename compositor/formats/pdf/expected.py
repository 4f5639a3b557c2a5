"""Book -> expected page numbers before a page is set: usually with the right number of digits.

They stand for unknown numbers. A number with as many digits usually takes the same width, and then the unit that prints
it need not be set again. They follow from the sources alone, so that earlier builds make no difference.
"""

from __future__ import annotations

from compositor.language.numerals import roman
from compositor.model import Book, PageMap, Role, Unit
from compositor.theme import Theme

LETTER = 0.45
"""Width of a letter, in the size of the type."""
FILLED = 0.8
"""Usual fraction of a page with text of the source."""
LETTERS = 2000
"""Letters of a page if the theme's page size is unknown."""


def expected(book: Book, theme: Theme) -> PageMap:
    """Return expected page numbers of everything that can be referred to."""
    page = theme.page(book.manuscript.style)
    letters = page.lines * page.measure / (page.text_size * LETTER) * FILLED if page else LETTERS
    starts, before = dict[str, float](), {True: 0.0, False: 0.0}
    for unit in book.units:
        front = unit.role is Role.FRONT
        starts[unit.key] = before[front]
        before[front] += max(1.0, len(unit.chapter.source.text) / letters)
    units = {unit.key: unit for unit in book.units}
    folios = {}
    for name, target in book.targets.items():
        if target.unit in units:
            unit = units[target.unit]
            number = int(starts[unit.key] + _letters_before(unit, target.anchor.place.line or 1) / letters) + 1
            folios[name] = roman(number).lower() if unit.role is Role.FRONT else "0" * len(str(number))
    return PageMap(expected=folios)


def _letters_before(unit: Unit, line: int) -> int:
    """Return about how many letters of a source precede a line of it: all lines are taken to be equally long."""
    text = unit.chapter.source.text
    lines = text.count("\n") + 1
    return len(text) * min(line - 1, lines) // lines
