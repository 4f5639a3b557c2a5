"""Parts of a PDF -> their bytes: from the cache, or from the processes that have the pages, and then cached."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from compositor.typeset.cached.kept import Kept
from compositor.typeset.cached.keys import face_key, paint_key, place_key
from compositor.typeset.document.bleed import Trim
from compositor.typeset.document.movable import Movable
from compositor.typeset.document.parts import (
    Cut,
    Face,
    KeepFace,
    KeepSection,
    Paint,
    Painted,
    Refill,
    Task,
    WriteFace,
    WriteSection,
)
from compositor.typeset.processes.pool import ChildTypesetter
from compositor.typeset.values import UnitText

_BODY = re.compile(r"(<body\b[^>]*>).*(</body>)", re.DOTALL)
"""The text of a unit."""


@dataclass(slots=True)
class Sections:
    """Makes the parts of one PDF."""

    others: ChildTypesetter
    kept: Kept
    look: str
    """The key of the look."""
    key_of: Callable[[UnitText], str]
    """Returns the key of a unit, with the content of the files that it shows."""
    set_again: list[UnitText] = field(default_factory=list)
    """Units that were in the cache, but not painted at this place."""
    _tasks: dict[int, Paint] = field(default_factory=dict)
    _painted: dict[int, Painted] = field(default_factory=dict)
    _recalled: dict[int, Movable] = field(default_factory=dict)
    """Units from the cache."""
    _faces: dict[str, Movable] = field(default_factory=dict)
    """Faces from the cache."""
    _cut_for: dict[str, int] = field(default_factory=dict)
    """Face -> the unit whose process has cut it, for another unit that was in the cache."""
    _new: list[tuple[str, Painted | Face, KeepSection | KeepFace]] = field(default_factory=list)
    """The key and the value of each part to be kept, and the task that returns its bytes."""
    _places: list[tuple[str, int]] = field(default_factory=list)
    """The key of each unit to be kept, without its page numbers, and the first of these."""

    def do(self, tasks: Sequence[Task]) -> list[Any]:
        """Return the results of these tasks, in their order."""
        known = {number: found for number, task in enumerate(tasks) if (found := self._known(task)) is not None}
        known |= self._refilled({number: task for number, task in enumerate(tasks) if number not in known})
        left = [(number, self._for_others(task)) for number, task in enumerate(tasks) if number not in known]
        for (number, task), result in zip(left, self.others.do([task for _, task in left]), strict=True):
            known[number] = result
            self._note(task, result)
        return [known[number] for number in range(len(tasks))]

    def _known(self, task: Task) -> Any:
        """Return the result of a task, if the cache has what it needs; else None."""
        match task:
            case Paint():
                return self._known_unit(task)
            case Cut():
                return self._known_face(task)
            case WriteSection() if task.section in self._recalled:
                return self._recalled[task.section].section(task)
            case WriteFace() if task.face in self._faces:
                return self._faces[task.face].face(task)
            case _:
                return None

    def _known_unit(self, task: Paint) -> Painted | None:
        self._tasks[task.section] = task
        value = self.kept.value(paint_key(self.key_of(task.unit), task))
        if value is None or not self.kept.files.are(value[0].files):
            return None
        self._painted[task.section], self._recalled[task.section] = value
        return self._painted[task.section]

    def _refilled(self, tasks: Mapping[int, Task]) -> dict[int, Painted]:
        """Return the units that are in the cache with other page numbers, after their margins were set again."""
        found = {number: task for number, task in tasks.items() if isinstance(task, Paint)}
        others = {number: old for number, task in found.items() if (old := self._at_another_place(task)) is not None}
        asked = [_refill(found[number].unit, *old, found[number].trim) for number, old in others.items()]
        made = dict[int, Painted]()
        for (number, (painted, movable, _)), result in zip(others.items(), self.others.do(asked), strict=True):
            if result is not None:
                task = found[number]
                first = task.unit.context.first_folio
                value = replace(painted, faces=result.faces), movable.refilled(result.gaps, first)
                self._painted[task.section], self._recalled[task.section] = value
                self._keep_painted(task, value)
                made[number] = value[0]
        return made

    def _at_another_place(self, task: Paint) -> tuple[Painted, Movable, tuple[bytes, ...]] | None:
        """Return a unit as it was painted with other page numbers, and its margins, if these may be set again."""
        key = self.key_of(task.unit)
        first = self.kept.value(place_key(key, task))
        if type(first) is not int:
            return None
        context = replace(task.unit.context, first_folio=first)
        value = self.kept.value(paint_key(key, replace(task, unit=replace(task.unit, context=context))))
        if value is None or not self.kept.files.are(value[0].files):
            return None
        painted, movable = value
        filled = movable.filled()
        return None if filled is None else (painted, movable, filled)

    def _keep_painted(self, task: Paint, value: tuple[Painted, Movable]) -> None:
        key = self.key_of(task.unit)
        self.kept.keep(paint_key(key, task), value)
        self.kept.keep(place_key(key, task), task.unit.context.first_folio)

    def _known_face(self, task: Cut) -> Face | None:
        value = self.kept.value(face_key(self.look, task))
        if value is None:
            return None
        face, self._faces[task.face] = value
        assert isinstance(face, Face)
        return face

    def _for_others(self, task: Task) -> Task:
        """Return a task that the processes can do: a process that has painted with a face cuts and writes it."""
        if isinstance(task, WriteFace):
            return replace(task, section=self._cut_for.get(task.face, task.section))
        if not isinstance(task, Cut) or task.section not in self._recalled:
            return task
        having = [number for number, one in self._painted.items() if task.face in one.faces]
        here = [number for number in having if number not in self._recalled]
        section = here[0] if here else min(having, key=lambda number: self._painted[number].pages)
        if not here:
            self._paint_again(section)
        self._cut_for[task.face] = section
        return replace(task, section=section)

    def _paint_again(self, section: int) -> None:
        """Let a process set and paint a cached unit: another task needs one of its fonts."""
        task = self._tasks[section]
        self.set_again.append(task.unit)
        self.others.do([task])
        del self._recalled[section]

    def _note(self, task: Task, result: Any) -> None:
        """Remember what is to be kept, and how to get it."""
        if isinstance(task, Paint):
            self._painted[task.section] = result
            self.set_again.append(task.unit)
            if not result.messages and not result.families:
                key = self.key_of(task.unit)
                self._new.append((paint_key(key, task), result, KeepSection(task.section)))
                self._places.append((place_key(key, task), task.unit.context.first_folio))
        elif isinstance(task, Cut):
            self._new.append((face_key(self.look, task), result, KeepFace(task.section, task.face)))

    def keep(self) -> None:
        """Keep new parts, when the PDF has been written."""
        for (key, result, _), made in zip(self._new, self.others.do([one[2] for one in self._new]), strict=True):
            self.kept.keep(key, (result, made))
        for key, first in self._places:
            self.kept.keep(key, first)
        self._new.clear()
        self._places.clear()


def _refill(unit: UnitText, painted: Painted, movable: Movable, filled: tuple[bytes, ...], trim: Trim) -> Refill:
    """Return the task to set the margins of a unit again."""
    assert movable.margins is not None
    bare = replace(unit, xhtml=_BODY.sub(r"\1\2", unit.xhtml), before=None)
    return Refill(bare, movable.margins, filled, painted.faces, trim)
