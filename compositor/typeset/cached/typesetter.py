"""Typesetters and a cache -> a typesetter that sets only what has not been set before.

Its results equal theirs: the same values and the same bytes. Pages with messages from WeasyPrint are not cached: a
message may name a file on this computer.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from compositor.cache import Cache
from compositor.typeset.cached.kept import Kept
from compositor.typeset.cached.keys import UnitKey, at_places, look_key, places_matter, unit_key, with_files
from compositor.typeset.cached.latest import Latest
from compositor.typeset.cached.sections import Sections
from compositor.typeset.document.parts import Task
from compositor.typeset.files import Files, FilesNow, of_the_book, roots_of
from compositor.typeset.processes.pool import ChildTypesetter
from compositor.typeset.values import Chain, Counts, LaidOut, Look, UnitText, Volume, unplaced

Units = Generator[UnitText, LaidOut, None]


class CachedTypesetter:
    """Lets other typesetters set units, and caches the results; use it in a `with` statement."""

    def __init__(self, others: ChildTypesetter, look: Look, cache: Cache) -> None:
        self._others, self._look = others, look
        self._kept = Kept(cache, FilesNow(roots_of(look)))
        self._places_matter = places_matter(look)
        self._messages: tuple[str, ...] = ()
        self._key = ""
        self._files: Files = ()
        self._done: dict[UnitText, LaidOut] = {}
        self._keys: dict[UnitText, UnitKey] = {}
        self._latest = Latest(self._kept)
        self._from_cache: set[UnitText] = set()

    def _known_look(self) -> tuple[tuple[str, ...], str]:
        """Return what is wrong with the style sheets, and the key of the look with all its files."""
        key = look_key(self._look)
        files = self._kept.value(key)
        if files is not None and self._kept.files.are(files):
            self._files = files
            return (), with_files(key, files)
        self._files, messages = self._others.files, self._others.messages
        if not messages:
            self._kept.keep(key, self._files)
        return messages, with_files(key, self._files)

    @property
    def messages(self) -> tuple[str, ...]:
        """Return what is wrong with the style sheets."""
        return self._messages

    @property
    def read(self) -> tuple[str, ...]:
        """Return the files in the book's folder that were read for it, in this build or in the one that has set it."""
        return of_the_book([self._files, *(one.files for one in self._done.values())])

    @property
    def counts(self) -> Counts:
        """Return how much was set, and how much was in the cache."""
        units = {unit: laid for unit, laid in self._done.items() if unit.key and not laid.renumbered}
        kept = [laid for unit, laid in units.items() if unit in self._from_cache]
        new = [laid for unit, laid in units.items() if unit not in self._from_cache]
        taken = sum(laid.taken for laid in new)
        return replace(
            self._others.counts,
            units_kept=len(kept),
            pages_kept=sum(len(laid.pages) for laid in kept) + taken,
            units_set=len(new),
            pages_set=sum(len(laid.pages) for laid in new) - taken,
            whole=tuple(sorted(laid.why_whole for laid in new if laid.why_whole)),
        )

    def set_ahead(self, chains: Sequence[Chain]) -> None:
        """Set the units that are not in the cache, in parallel."""
        left = []
        for chain in chains:
            units = self._unknown(chain.units)
            if (first := next(units, None)) is not None:
                left.append(Chain(chain.weight, _begun(first, units)))
        if left:
            self._others.set_ahead(left)

    def _unknown(self, units: Units) -> Units:
        """Yield the units of a chain that have to be set."""
        unit = next(units, None)
        while unit is not None:
            if (laid := self._known(unit)) is None:
                laid = yield self._latest.with_record(unit)
                self._keep(unit, laid)
            try:
                unit = units.send(laid)
            except StopIteration:
                return

    def typeset(self, unit: UnitText) -> LaidOut:
        """Set one unit, unless it was set before, in this build or in another."""
        laid = self._known(unit)
        if laid is None:
            laid = self._others.typeset(self._latest.with_record(unit))
            self._keep(unit, laid)
        return replace(laid, unit=unit)

    def _known(self, unit: UnitText) -> LaidOut | None:
        alike = unplaced(unit)
        self._latest.asked_for(alike)
        if alike not in self._done and (laid := self._recalled(alike)) is not None:
            self._done[alike] = laid
            self._from_cache.add(alike)
        return self._done.get(alike)

    def _recalled(self, alike: UnitText) -> LaidOut | None:
        key = self._key_of(alike)
        value = self._kept.value(key.key)
        if value is None:
            return None
        places, *values, files = value
        if not self._kept.files.are(files) or len(places) != len(key.places):
            return None
        pages, moved, layout = values
        return at_places(LaidOut(alike, pages, (), moved, layout, files), dict(zip(places, key.places, strict=True)))

    def _key_of(self, unit: UnitText) -> UnitKey:
        alike = unplaced(unit)
        if alike not in self._keys:
            self._keys[alike] = unit_key(self._key, alike, self._places_matter)
        return self._keys[alike]

    def _whole_key(self, unit: UnitText) -> str:
        """Return the key of a unit that was set, with the content of the files that it shows."""
        return with_files(self._key_of(unit).key, self._done[unplaced(unit)].files)

    def _keep(self, unit: UnitText, laid: LaidOut) -> None:
        alike, key = unplaced(unit), self._key_of(unit)
        self._done[alike] = laid = self._latest.taken_from(alike, laid)
        if not laid.messages:
            self._kept.keep(key.key, (key.places, laid.pages, laid.moved, laid.layout, laid.files))

    def has_pages(self, unit: UnitText) -> bool:
        """Return whether a process of this build has the pages of a unit."""
        return self._others.has_pages(unit)

    def join(self, volume: Volume) -> tuple[bytes, tuple[str, ...]]:
        """Return one PDF of the units' pages, and WeasyPrint's messages about it."""
        from compositor.typeset.document.join import join

        sections = Sections(self._others, self._kept, self._key, self._whole_key)
        made = join(volume, _Joining(self, sections), self._look.resample, self._look.trim)
        for unit in sections.set_again:
            self._from_cache.discard(unplaced(unit))
        sections.keep()
        return made

    def __enter__(self) -> Self:
        try:
            self._messages, self._key = self._known_look()
            self._latest.look = "" if self._places_matter else self._key
        except BaseException:
            self._others.close()
            raise
        self._others.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, at: object) -> None:
        self._others.__exit__(kind, problem, at)


@dataclass(frozen=True, slots=True)
class _Joining:
    """What works on a PDF: the typesetter for what is known of units, `sections` for its parts."""

    typesetter: CachedTypesetter
    sections: Sections

    def typeset(self, unit: UnitText) -> LaidOut:
        """Return what is known of a unit that was set."""
        return self.typesetter.typeset(unit)

    def do(self, tasks: Sequence[Task]) -> list[Any]:
        """Return the results of these tasks, in their order."""
        return self.sections.do(tasks)


def _begun(first: UnitText, rest: Units) -> Units:
    """Yield the units of a chain whose first unit was taken out: that unit, then the rest."""
    laid = yield first
    while True:
        try:
            laid = yield rest.send(laid)
        except StopIteration:
            return
