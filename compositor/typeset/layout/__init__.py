"""Pages of a unit -> faults: one function per rule of typography; a new one is a function and a line here.

What a rule sees of a page are plain values (sheets.py), read from WeasyPrint's boxes in reader.py alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import getdoc
from typing import Any

from compositor.model import Severity
from compositor.typeset.layout import breaks, edges, furniture, grid, letters, notes, pictures
from compositor.typeset.layout.faults import Fault, Rule
from compositor.typeset.layout.reader import SheetReader
from compositor.typeset.layout.sheets import Setting

RULES: Mapping[str, tuple[Severity, Rule]] = {
    "P201": ("error", edges.past_the_margin),
    "P202": ("error", edges.off_the_page),
    "P203": ("error", breaks.heading_last),
    "P204": ("error", breaks.title_parted),
    "P205": ("error", breaks.widow_or_orphan),
    "P206": ("warning", breaks.short_last_page),
    "P207": ("warning", breaks.white_space),
    "P208": ("error", breaks.listing_parted),
    "P209": ("error", breaks.unsaid_continuation),
    "P210": ("error", breaks.headless_table),
    "P211": ("error", notes.note_parted),
    "P213": ("error", letters.missing_face),
    "P214": ("warning", letters.hyphen_ladder),
    "P215": ("error", letters.short_last_line),
    "P216": ("warning", letters.many_sizes),
    "P217": ("error", pictures.coarse_picture),
    "P218": ("warning", pictures.plain_picture),
    "P219": ("error", furniture.head_on_opener),
    "P220": ("error", furniture.blank_page_with_words),
    "P221": ("warning", furniture.wrapped_head),
    "P222": ("error", grid.off_the_grid),
    "P212": ("error", furniture.wrong_side),
}
"""Code -> severity and rule, in the order in which a page is looked at."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What there is to say about the pages of a unit."""

    faults: tuple[Fault, ...]
    full_lines: tuple[int, ...]
    """Characters of each line of running text that fills the measure."""


EXPLANATIONS: dict[str, str] = {code: getdoc(rule) or "" for code, (_, rule) in RULES.items()}


def inspect(pages: Sequence[Any], faces: Mapping[str, frozenset[tuple[int, str]]], side: str) -> Inspection:
    """Every rule over the pages of one unit, which is to begin on this side."""
    setting = Setting(SheetReader().sheets(pages), faces, side)
    return Inspection(tuple(_faults(setting)), tuple(letters.full_lines(setting)))


def _faults(setting: Setting) -> Iterator[Fault]:
    for code, (severity, rule) in RULES.items():
        for fault in rule(setting):
            yield replace(fault, code=code, severity=severity)
