"""Pages of a unit -> faults: one function for each rule of typography; a new rule is a function and a line here.

What a rule sees of a page are plain values (`sheets.py`); only `reader.py` reads WeasyPrint's boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import getdoc
from typing import Any

from compositor.typeset.layout import breaks, edges, furniture, grid, letters, notes, pictures
from compositor.typeset.layout.faults import Fault, Rule
from compositor.typeset.layout.reader import SheetReader
from compositor.typeset.layout.sheets import Setting

RULES: Mapping[str, Rule] = {
    "P201": edges.past_the_margin,
    "P202": edges.off_the_page,
    "P203": breaks.heading_last,
    "P204": breaks.title_parted,
    "P205": breaks.widow_or_orphan,
    "P206": breaks.short_last_page,
    "P207": breaks.white_space,
    "P208": breaks.listing_parted,
    "P232": breaks.whole_parted,
    "P209": breaks.unsaid_continuation,
    "P210": breaks.headless_table,
    "P211": notes.note_parted,
    "P213": letters.missing_face,
    "P214": letters.hyphen_ladder,
    "P215": letters.short_last_line,
    "P234": letters.loose_line,
    "P216": letters.many_sizes,
    "P217": pictures.coarse_picture,
    "P218": pictures.plain_picture,
    "P219": furniture.head_on_opener,
    "P220": furniture.blank_page_with_words,
    "P221": furniture.wrapped_head,
    "P222": grid.off_the_grid,
    "P212": furniture.wrong_side,
}
"""Code -> rule, in the order in which the rules examine a page."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result of the check of a unit's pages."""

    faults: tuple[Fault, ...]
    full_lines: tuple[int, ...]
    """The number of characters of each line of running text that fills the measure."""


EXPLANATIONS: dict[str, str] = {code: getdoc(rule) or "" for code, rule in RULES.items()}


def inspect(pages: Sequence[Any], faces: Mapping[str, frozenset[tuple[int, str]]], side: str) -> Inspection:
    """Apply every rule to the pages of one unit, which is to begin on this side."""
    setting = Setting(SheetReader().sheets(pages), faces, side)
    return Inspection(tuple(_faults(setting)), tuple(letters.full_lines(setting)))


def _faults(setting: Setting) -> Iterator[Fault]:
    for code, rule in RULES.items():
        for fault in rule(setting):
            yield replace(fault, code=code)
