"""Book -> the page numbers that may be expected, before a page is set: how many figures each has, as a rule.

They stand for those that are not known yet. A number that has as many figures as the one in its place takes no other
room, as a rule, and then the unit that it stands in need not be set again. They follow from the sources alone, so that
it makes no difference what was built before.
"""

from __future__ import annotations

from compositor.language.numerals import roman
from compositor.model import Book, PageMap, Role, Unit
from compositor.theme import Theme

LETTER = 0.45
"""Width of a letter, in the size of the type."""
FILLED = 0.8
"""How much of the page is text of the source, as a rule."""
LETTERS = 2000
"""Letters of a page where the theme's page cannot be worked out."""


def expected(book: Book, theme: Theme) -> PageMap:
    """The page numbers of everything that can be referred to."""
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
    """Letters of a source before a line of it, nearly: all lines are taken to be as long as each other."""
    text = unit.chapter.source.text
    lines = text.count("\n") + 1
    return len(text) * min(line - 1, lines) // lines
