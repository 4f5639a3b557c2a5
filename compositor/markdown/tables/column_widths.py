"""Widths of the columns of tables: `tbl-colwidths="[30,70]"` as in Quarto, else those that take the fewest lines.

On paper, a table of short columns is narrower than the text. A table that does not fit extends into the outer margin,
then gets smaller type, then is turned on pages of its own; if even that is not enough, its longest words are broken. In
a list or a box it stays upright, and in the text. If the widths are given, WeasyPrint sets a table three times as fast
as when it has to try them, so on paper every table has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.tables.fewest_lines import fewest_lines
from compositor.markdown.tables.needs import GAP, Extent, Need, need_of
from compositor.markdown.tables.numbers import align_numbers
from compositor.model import Measure

KEY = "tbl-colwidths"
SMALL, TURNED = "small", "turned"
"""Classes of tables with smaller type, and of those that are turned on a page of their own."""
WIDE = "into-margin"
"""Class of tables that extend into the outer margin."""
TIGHT = "tight"
"""Class of tables whose words must be broken: less space between columns, and numbers may be broken too."""
WRAPS = "wraps"
"""Class of tables with words at the right that need more than a line."""
NARROW, LEAST_TENTHS, MOST_TENTHS = "narrow-", 5, 7
"""Class of tables that are narrower than the text, by tenths of the measure; no table is narrower than the first."""
AIRY = 1.3
"""How much room such a table has of that which its columns need."""
TIGHTER = 0.5
"""The remaining space between columns there."""
MANY = 12
SLACK = 0.15
"""Em added to every column, to allow for errors of the estimate."""
INSIDE = {
    **dict.fromkeys(("blockquote", "line_block"), 3.2),
    "footnote_reference": 0.5,
    **dict.fromkeys(("bullet_list", "ordered_list", "dd", "exercise", "answer", "details"), 1.8),
    "callout": 2.8,
}
"""Em by which a table is narrower within these: the indents of the style sheet, in the type of tables."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?\Z")


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set: percentages of the columns, and the classes that make it fit."""

    widths: tuple[float, ...]
    classes: tuple[str, ...] = ()
    is_too_wide: bool = False
    """Whether words must be broken even so."""
    room: float = 0.0
    """Em that it has, and those between two columns, if it is too wide."""
    gap: float = 0.0


def syntax(md: MarkdownIt) -> None:
    """Tables are measured when the text of the cells is known."""
    md.core.ruler.after("places", "column_widths", set_widths)
    md.core.ruler.before("column_widths", "numbers", align_numbers)


def set_widths(state: StateCore) -> None:
    """Set widths and classes of a table; `widths` in percent, `given` if the author's; `inside`: its indents."""
    inside = 0.0
    for token in state.tokens:
        inside += token.nesting * INSIDE.get(token.type.rpartition("_")[0], 0.0)
        if token.type == "table_open":
            given = _given(reading_of(state), token)
            token.meta |= {"widths": given, "given": bool(given), "inside": round(inside, 1)}
            token.meta |= {"need": need_of(token.meta["grid"])}


def _given(reading: Reading, table: Token) -> list[float]:
    found: Attributes = table.meta.get("attributes", Attributes())
    written = found.pairs.get(KEY)
    if written is None:
        return []
    parts = [part.strip() for part in written.strip(" []").split(",")]
    columns = table.meta["grid"].columns
    numbers = [float(part.rstrip("%")) for part in parts if _NUMBER.match(part)]
    if len(parts) == len(numbers) == columns and all(numbers):
        return [100 * number / sum(numbers) for number in numbers]
    place = reading.after(table.meta["braces_place"], KEY)
    wanted = ",".join([str(100 // columns)] * columns)
    message = f"the widths do not match {columns} columns, and are ignored"
    reading.warning("L251", message, place, f'write {KEY}="[{wanted}]"')
    return []


@dataclass(frozen=True, slots=True)
class Step:
    """A step towards a fit: the classes of a table; its width, and the space between its columns, in em of its type."""

    classes: tuple[str, ...]
    room: float
    gap: float


def fit(table: Token, measure: Measure) -> Fit:
    """Return the first step with room for every word: as it is, in the margin too, smaller, turned.

    The author's widths, and the author's class `small` or `turned`, are kept; but in a list or a box nothing is turned,
    and widths that make the table unreadable are ignored.
    """
    need: Need = table.meta["need"]
    asked, allowed = allowed_steps(table, measure)
    wraps = (WRAPS,) * need.wraps
    if table.meta["given"] and not breaks_words(table, measure):
        wraps = (WRAPS,) * (need.wraps or _is_short_of_room(table.meta["widths"], need, allowed[0]))
        return Fit(tuple(table.meta["widths"]), (*sorted(asked), *wraps))
    step = next((step for step in allowed if sum(with_gap(need.words, step)) <= step.room), None)
    if step is None:
        last = max(allowed, key=lambda step: step.room)
        step = Step((*last.classes, TIGHT), last.room, last.gap * TIGHTER)
    elif sum(need.most) <= step.room:
        return Fit(_percentages(need.most), (*step.classes, *_narrow(need, step), *wraps))
    least, most = with_gap(need.words, step), with_gap(need.most, step)
    widths = fewest_lines(need, least, most, step.room, step.gap + SLACK)
    return Fit(_percentages(widths), (*step.classes, *wraps), sum(least) > step.room, step.room, step.gap)


def _narrow(need: Need, step: Step) -> tuple[str, ...]:
    """Return the class of a table that would be stretched over the text width: how many tenths of it are enough."""
    if step.classes:
        return ()
    tenths = ceil(10 * sum(need.most) * AIRY / step.room)
    return (f"{NARROW}{max(tenths, LEAST_TENTHS)}",) if tenths <= MOST_TENTHS else ()


def _is_short_of_room(shares: Sequence[float], need: Need, step: Step) -> bool:
    """Return whether a column has a word or a number that is wider than the author's width."""
    widths = with_gap(need.words, step)
    return any(width > share * step.room / 100 for share, width in zip(shares, widths, strict=True))


def breaks_words(table: Token, measure: Measure) -> bool:
    """Return whether the author's widths would break words in most columns."""
    if not table.meta["given"]:
        return False
    step = allowed_steps(table, measure)[1][0]
    return is_unreadable(table, Fit(tuple(table.meta["widths"]), room=step.room, gap=step.gap))


def is_unreadable(table: Token, found: Fit) -> bool:
    """Return whether words are broken between letters in the head, or in most cells of most columns."""
    need: Need = table.meta["need"]
    heads, bad = table.meta["grid"].heads, 0
    columns: list[list[tuple[bool, Extent]]] = [[] for _ in found.widths]
    for number, row in enumerate(need.rows):
        for cell in row:
            if cell.width == 1 and cell.column < len(columns) and any(cell.lines):
                columns[cell.column].append((number < heads, cell))
    for column, share in enumerate(found.widths):
        room = share * found.room / 100 - found.gap * (column < len(found.widths) - 1)
        cells = [
            (is_head, any(piece > room for line in cell.lines for piece in line)) for is_head, cell in columns[column]
        ]
        broken = sum(is_broken for _, is_broken in cells)
        bad += any(is_head and is_broken for is_head, is_broken in cells) or 2 * broken > len(cells)
    return 2 * bad > len(found.widths)


def allowed_steps(table: Token, measure: Measure) -> tuple[set[str], list[Step]]:
    """Return the classes of steps that the author asks for, and the steps that have them."""
    steps = list(_steps(measure, table.meta["inside"]))
    asked = set(table.meta.get("attributes", Attributes()).classes) & {name for step in steps for name in step.classes}
    return asked, [step for step in steps if asked <= set(step.classes)]


def with_gap(widths: Sequence[float], step: Step) -> tuple[float, ...]:
    """Return the widths of columns with the space after them; the last has none."""
    return tuple(width - GAP + SLACK + step.gap * (place < len(widths)) for place, width in enumerate(widths, 1))


def _steps(measure: Measure, inside: float) -> Iterator[Step]:
    across = max(1.0, measure.across - inside)
    yield Step((), across, measure.gap)
    wide = 0.0 if inside else measure.wide
    if wide:
        yield Step((WIDE,), wide, measure.gap)
    yield Step((SMALL,), across / measure.smaller, measure.gap / measure.smaller)
    if wide:
        yield Step((SMALL, WIDE), wide / measure.smaller, measure.gap / measure.smaller)
    if not inside and measure.along > measure.across:
        yield Step((TURNED,), measure.along, measure.gap)
        yield Step((SMALL, TURNED), measure.along / measure.smaller, measure.gap / measure.smaller)


def _percentages(widths: Sequence[float]) -> tuple[float, ...]:
    """Return percentages with one decimal, or two for many columns; the widest column gets the rounding error."""
    digits = 1 if len(widths) <= MANY else 2
    shares = [round(100 * width / sum(widths), digits) for width in widths]
    widest = shares.index(max(shares))
    shares[widest] = round(100 - sum(shares[:widest] + shares[widest + 1 :]), digits)
    return tuple(shares)


EXTENSION = Extension(
    "column_widths",
    syntax,
    {},
    {
        "L251": """`tbl-colwidths` does not have one number for each column of the table. The numbers are parts of the
whole width: `tbl-colwidths="[30,70]"`.""",
    },
)
