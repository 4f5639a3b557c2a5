"""Messages between parent and child: work to be done, and why it could not be done."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from compositor.machine.scratch import is_full
from compositor.typeset.document.parts import Paint, Task
from compositor.typeset.values import Look, UnitText

Why = Literal["memory", "time", "depth", "room", "place", "fault", "death", "bug"]
"""Past a limit of memory or time; nested too deeply; no space for temporary files, or no folder for them; an exception
of WeasyPrint; the end of the process; a bug in Compositor."""
OUT_OF_MEMORY = 12
"""Exit code of a child that has no memory left for an answer; the number of ENOMEM."""


MACHINE = ("FC_", "FONTCONFIG_", "LC_", "PANGO_")
"""Prefixes of variables that would let the computer's settings affect the pages."""
FIXED_BY_ENGINE = ("FONTCONFIG_FILE",)
"""Variables that are set in the process of a typesetter when WeasyPrint is imported."""


def environment(scratch: str) -> dict[str, str]:
    """Return the environment of a typesetter's process: without variables that bring fonts, locale or time zone into
    pages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(MACHINE)}
    fixed = {"LC_ALL": "C", "PYTHONUTF8": "1", "TZ": "UTC", "MALLOC_ARENA_MAX": "1"}
    return {**kept, **fixed, "TMPDIR": scratch, "XDG_CACHE_HOME": scratch}


@dataclass(frozen=True, slots=True)
class Request:
    """A request to the fork server: a typesetter with this environment, in this folder, with `scratch` for its files.
    """

    environment: Mapping[str, str]
    folder: str
    scratch: str


@dataclass(frozen=True, slots=True)
class Start:
    """The first work of a child."""

    look: Look
    memory: int
    """Bytes of memory that it may use."""


Work = Start | UnitText | Task


@dataclass(frozen=True, slots=True)
class Failure:
    """A child's answer if there is no result: `detail` is a message of WeasyPrint, a traceback, or a path."""

    why: Why
    detail: str = ""


def no_place(problem: OSError) -> Failure:
    """Return the failure of making or writing a temporary file."""
    return Failure("room") if is_full(problem) else Failure("place", f"{problem.filename}: {problem.strerror}")


class TypesettingFailed(Exception):
    """A unit could not be set, or the volume could not be joined."""

    def __init__(self, work: Work | None, failure: Failure) -> None:
        super().__init__(f"{failure.why}: {failure.detail}")
        self.work = work
        self.unit = work if isinstance(work, UnitText) else work.unit if isinstance(work, Paint) else None
        """The unit of the failed work, if the work is about one."""
        self.why = failure.why
        self.detail = failure.detail
