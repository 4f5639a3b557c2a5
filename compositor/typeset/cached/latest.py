"""A unit that has changed -> the record of it as it was set last: the layout can continue from its pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from compositor.cache import digest
from compositor.typeset.cached.kept import Kept
from compositor.typeset.cached.keys import POSITION
from compositor.typeset.values import Context, LaidOut, UnitText, place_of, unplaced


@dataclass(slots=True)
class Latest:
    """What was set last in the place of each unit.

    That is the first text for which a build asks in this place: the next build begins with the same page numbers in it.
    """

    kept: Kept
    look: str = ""
    """The key of the look; empty if places in the source could matter, and then nothing is kept."""
    _first: dict[tuple[str, Context], UnitText] = field(default_factory=dict)

    def asked_for(self, alike: UnitText) -> None:
        """Note that a unit is wanted, as if it began with page 1."""
        self._first.setdefault(place_of(alike), alike)

    def with_record(self, unit: UnitText) -> UnitText:
        """Return the unit with its record; without one if it is set for the first time, with an empty one for the
        second.

        Pages are kept from the second time on: writing the record takes time, and most units are set once.
        """
        if not (self.look and unit.key) or f"({POSITION}" in unit.xhtml:
            return unit
        value = self.kept.value(self._key(unplaced(unit)))
        if value is None:
            return unit
        return replace(unit, before=value[1] if self.kept.files.are(value[0]) else b"")

    def taken_from(self, alike: UnitText, laid: LaidOut) -> LaidOut:
        """Return what was set without its record; keep the record."""
        if self.look and self._first.get(place_of(alike)) == alike:
            key = self._key(alike)
            if laid.record is not None or self.kept.value(key) is None:
                self.kept.keep(key, (laid.files, laid.record or b""))
        return replace(laid, record=None)

    def _key(self, alike: UnitText) -> str:
        return digest("latest", self.look, alike.key, alike.context.folio_style, alike.context.side)
