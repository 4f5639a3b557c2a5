"""Messages between parent and child: work to be done, and why it could not be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from compositor.machine.scratch import is_full
from compositor.typeset.document.parts import Paint, Task
from compositor.typeset.values import Look, UnitText

Why = Literal["memory", "time", "depth", "room", "place", "fault", "death", "bug"]
"""Past a limit; nested too deeply; no space for temporary files, or no place; an exception of WeasyPrint; the end of
the process; a bug in Compositor."""
OUT_OF_MEMORY = 12
"""Exit code of a child that has no memory left to say so; the number of ENOMEM."""


MACHINE = ("FC_", "FONTCONFIG_", "LC_", "PANGO_")
"""Prefixes of variables that would let the machine affect the pages."""
FIXED_BY_ENGINE = ("FONTCONFIG_FILE",)
"""Variables that are set in the process of a typesetter when WeasyPrint is imported."""


def environment(scratch: str) -> dict[str, str]:
    """The variables of a typesetter's process: none by which fonts, locale or time zone could get into pages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(MACHINE)}
    fixed = {"LC_ALL": "C", "PYTHONUTF8": "1", "TZ": "UTC", "MALLOC_ARENA_MAX": "1"}
    return {**kept, **fixed, "TMPDIR": scratch, "XDG_CACHE_HOME": scratch}


@dataclass(frozen=True, slots=True)
class Request:
    """What the fork server is asked for: a typesetter with these variables, in this folder, with this one to itself."""

    environment: Mapping[str, str]
    folder: str
    scratch: str


@dataclass(frozen=True, slots=True)
class Start:
    """The first thing a child is told."""

    look: Look
    memory: int
    """Bytes that it may take."""


Work = Start | UnitText | Task


@dataclass(frozen=True, slots=True)
class Failure:
    """A child's answer where there is no other: `detail` are words of WeasyPrint, a traceback, or a path."""

    why: Why
    detail: str = ""


def no_place(problem: OSError) -> Failure:
    """What it is when a temporary file cannot be made or written."""
    return Failure("room") if is_full(problem) else Failure("place", f"{problem.filename}: {problem.strerror}")


class TypesettingFailed(Exception):
    """A unit could not be set, or the volume not be joined."""

    def __init__(self, work: Work | None, failure: Failure) -> None:
        super().__init__(f"{failure.why}: {failure.detail}")
        self.work = work
        self.unit = work if isinstance(work, UnitText) else work.unit if isinstance(work, Paint) else None
        """The unit that it was about, where it was about one."""
        self.why = failure.why
        self.detail = failure.detail
