"""A unit that was changed -> what is kept of it as it was set last: its pages, from which the layout can go on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from compositor.cache import digest
from compositor.typeset.cached.kept import Kept
from compositor.typeset.cached.keys import POSITION
from compositor.typeset.values import Context, LaidOut, UnitText, place_of, unplaced


@dataclass(slots=True)
class Latest:
    """What was set last in the place of each unit.

    That is the first that a build asks for in this place: the next build begins with the same page numbers in its text.
    """

    kept: Kept
    look: str = ""
    """The key of the look; empty where places in the source could matter, and nothing is kept."""
    _first: dict[tuple[str, Context], UnitText] = field(default_factory=dict)

    def asked_for(self, alike: UnitText) -> None:
        """A unit is asked for, as if it began with the first page."""
        self._first.setdefault(place_of(alike), alike)

    def with_record(self, unit: UnitText) -> UnitText:
        """The unit with what is kept of it, which may be nothing yet."""
        if not (self.look and unit.key) or f"({POSITION}" in unit.xhtml:
            return unit
        value = self.kept.value(self._key(unplaced(unit)))
        is_current = value is not None and self.kept.files.are(value[0])
        return replace(unit, before=value[1] if is_current else b"")

    def taken_from(self, alike: UnitText, laid: LaidOut) -> LaidOut:
        """What was set, without the record of it, which is kept."""
        if laid.record is not None and self._first.get(place_of(alike)) == alike:
            self.kept.keep(self._key(alike), (laid.files, laid.record))
        return replace(laid, record=None)

    def _key(self, alike: UnitText) -> str:
        return digest("latest", self.look, alike.key, alike.context.folio_style, alike.context.side)
