"""Units that were set -> painted sections, and the parts of a PDF that this process has made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from compositor.typeset.document.cuts import CutFace
from compositor.typeset.document.frame import frame
from compositor.typeset.document.parts import (
    Cut,
    KeepFace,
    KeepSection,
    Paint,
    Painted,
    Task,
    WriteFace,
    WriteFrame,
    WriteSection,
)
from compositor.typeset.document.sections import Section
from compositor.typeset.files import FilesRead
from compositor.typeset.pictures.images import resample_pictures
from compositor.typeset.values import Look, UnitText, unplaced


class Painter:
    """Paints units as soon as they are set, and writes them when all numbers are known."""

    def __init__(self, look: Look, fetcher: Any, fonts: Any, files: FilesRead) -> None:
        self._look, self._fetcher, self._fonts, self._files = look, fetcher, fonts, files
        self._begun: dict[UnitText, Section] = {}
        self._sections: dict[int, Section] = {}
        self._faces: dict[str, CutFace] = {}

    def paint(self, unit: UnitText, document: Any) -> None:
        """Paint a unit without its margins, before there is a task for it."""
        self.begin(Paint(0, unit, (), self._look.resample, self._look.trim), document)

    def begin(self, task: Paint, document: Any) -> None:
        """Paint a unit without its margins."""
        resample_pictures(task.resample)
        self._files.begin()
        section = Section(document, task.trim, task.lost)
        section.files = self._files.taken()
        self._begun[unplaced(task.unit)] = section

    def has_begun(self, task: Paint) -> bool:
        """Return whether a unit was painted as this task asks for it."""
        as_set = (task.lost, task.resample, task.trim) == ((), self._look.resample, self._look.trim)
        return as_set and unplaced(task.unit) in self._begun

    def forget(self, unit: UnitText) -> None:
        """Free a unit that was painted and is set again."""
        self._begun.pop(unit, None)

    def result(self, task: Task) -> Any:
        """Return the result of a task; what the task needs was painted in this process."""
        match task:
            case Paint():
                return self._finished(task)
            case Cut():
                font = self._sections[task.section].fonts[task.face]
                cut = self._faces[task.face] = CutFace(font, task)
                return cut.face
            case WriteFace() | KeepFace():
                face = self._faces[task.face]
                return face.written(task) if isinstance(task, WriteFace) else face.movable()
            case WriteSection() | KeepSection():
                section = self._sections[task.section]
                return section.written(task) if isinstance(task, WriteSection) else section.movable()
            case WriteFrame():
                return frame(self._fetcher, self._fonts, task)

    def _finished(self, task: Paint) -> Painted:
        section = self._sections[task.section] = self._begun.pop(unplaced(task.unit))
        self._files.begin()
        section.finish(task.unit.context.first_folio)
        files = dict(section.files) | dict(self._files.taken())
        return replace(section.painted, files=tuple(sorted(files.items())))
