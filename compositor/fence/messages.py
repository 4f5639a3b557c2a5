"""Messages between a worker and its watcher: what is being done, what is to be written, and the end of the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compositor.machine.steps import Allowance, Step
from compositor.model import Finding


@dataclass(frozen=True, slots=True)
class Began:
    """A step begins."""

    step: Step


@dataclass(frozen=True, slots=True)
class Ended:
    """The step that began last has ended."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage begins, for progress reports."""

    name: str


@dataclass(frozen=True, slots=True)
class Write:
    """Files to be written, and others to be removed afterwards; the answer is what went wrong."""

    files: Mapping[Path, bytes]
    outdated: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of the work."""

    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The work has ended with findings."""

    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The system has refused the worker more memory, in this step."""

    step: Step


@dataclass(frozen=True, slots=True)
class Fault:
    """The work has ended with a bug in Compositor; `where` is the place in the book that it was at."""

    traceback: str
    where: str


Message = Began | Ended | Allowance | Stage | Write | Answer | Refused | OutOfMemory | Fault
