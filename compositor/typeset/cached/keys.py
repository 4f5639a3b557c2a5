"""What pages depend on -> the keys under which they are cached; places in the source do not matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from compositor.cache import Values, digest, libraries, press
from compositor.model import PageStart
from compositor.typeset.document.movable import Movable
from compositor.typeset.document.parts import Anchor, Cut, Face, FaceUse, GapAt, KeptMargins, Paint, Painted, Size
from compositor.typeset.files import Files, roots_of
from compositor.typeset.layout import Inspection
from compositor.typeset.layout.faults import Fault
from compositor.typeset.values import LaidOut, LaidPage, Look, UnitText

PLAIN = Values(
    LaidPage, PageStart, Inspection, Fault, Painted, Size, Anchor, FaceUse, Movable, Face, Cut, KeptMargins,
    GapAt,
)  # fmt: skip
"""The kinds of cached values."""
POSITION = "data-source"
_PLACED = re.compile(
    rf'(<[A-Za-z][^\s<>"\'=/]*(?:\s+[^\s<>"\'=/]+="[^"<]*")*?\s+{POSITION}=")([^"<>]*)(?=")',
)
"""An element with its place in the source; only the form that Compositor writes is found."""


def look_key(look: Look) -> str:
    """Return the key of a look, without the files that its style sheets name."""
    roots = {root: str(number) for number, root in enumerate(roots_of(look))}
    sheets = [part for text, folder in look.sheets for part in (text, roots[folder])]
    faces = [part for family, file in look.faces for part in (family, _content(file))]
    said = repr((look.families, look.emoji, look.trim, look.resample))
    return digest("look", press(), libraries(), sheets, faces, said)


def _content(file: Path) -> str:
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""


def with_files(key: str, files: Files) -> str:
    """Return the key of a look or of a unit, with the content of its files."""
    return digest(key, [part for pair in files for part in pair])


@dataclass(frozen=True, slots=True)
class UnitKey:
    """The key of a unit, and the places in the source that occur in it, each once, in their order."""

    key: str
    places: tuple[str, ...]


def unit_key(look: str, unit: UnitText, keep_places: bool) -> UnitKey:
    """Return the key of a unit: it is the same if only the places of its blocks differ."""
    keep_places = keep_places or f"({POSITION}" in unit.xhtml
    text, places = (unit.xhtml, dict[str, str]()) if keep_places else _without_places(unit.xhtml)
    return UnitKey(digest("unit", look, text, unit.context.folio_style, unit.context.side), tuple(places))


def _without_places(xhtml: str) -> tuple[str, dict[str, str]]:
    """Return the text with a number in place of each place in the source, and these numbers by place.

    Equal places get equal numbers, in the order of their first occurrence.
    """
    places: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        return match[1] + places.setdefault(match[2], str(len(places)))

    return _PLACED.sub(numbered, xhtml), places


def at_places(laid: LaidOut, places: Mapping[str, str]) -> LaidOut:
    """Return a unit whose blocks are at other places in the source."""

    def at(place: str) -> str:
        return places.get(place, place)

    pages = (replace(one, start=replace(one.start, position=at(one.start.position))) for one in laid.pages)
    faults = (replace(one, position=at(one.position)) for one in laid.layout.faults)
    moved = ((at(one), at(other)) for one, other in laid.moved)
    layout = replace(laid.layout, faults=tuple(faults))
    return replace(laid, pages=tuple(pages), moved=tuple(moved), layout=layout)


def paint_key(unit: str, task: Paint) -> str:
    """Return the key of the painted pages of a unit, with their page numbers in the book."""
    said = (task.unit.context.first_folio, task.lost, task.resample, task.trim)
    return digest("painted", unit, repr(said))


def place_key(unit: str, task: Paint) -> str:
    """Return the key under which the first page number is kept with which a unit was painted last."""
    return digest("place", unit, repr((task.lost, task.resample, task.trim)))


def face_key(look: str, cut: Cut) -> str:
    """Return the key of what is used of a face."""
    return digest("face", look, PLAIN.written(replace(cut, section=0)))


def places_matter(look: Look) -> bool:
    """Return whether a style could print places in the source, or select by them."""
    return any(POSITION in text for text, _ in look.sheets)
