"""What is asked of a book, and the result: values that go into the fence and come out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compositor.formats import Format
from compositor.model import Finding

if TYPE_CHECKING:
    from compositor.press import Proof, Timings
    from compositor.proof import Row

Reader = Callable[[Path, "Timings"], "Proof"]


@dataclass(frozen=True, slots=True)
class Build:
    """What is to be made of a book."""

    book: Path
    formats: tuple[Format, ...]
    output: str
    read: Reader
    """How the book is read."""
    fidelity: bool = False
    """Whether the report on what became of the book is made for a native book too."""
    words: object = None
    """How it is read, as plain values; None if more than its folder is read."""
    only: str = ""
    """The part of it that is made; empty for all of it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command has found and made, and how long each stage took."""

    findings: tuple[Finding, ...]
    timings: Mapping[str, float]
    made: tuple[Path, ...] = ()
    missing: tuple[Format, ...] = ()
    rows: tuple[Row, ...] = ()
    fidelity: tuple[str, ...] = ()
    """What became of the book, in lines."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many items were worked on, and how many came from the cache."""
    remarks: tuple[str, ...] = ()
    """Remarks for people, in lines."""
    unknown: str = ""
    """A sentence that says that the book has no such part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What a check does in addition to reading the sources."""

    full: bool = False
    external: bool = False
    folder: str | None = None
    """Where a full check keeps its files."""
    page: Path | None = None
    """Where a report is written."""
    sums: Mapping[str, str] | None = field(default=None)
    words: object = None
    """How the book is read, as plain values."""
