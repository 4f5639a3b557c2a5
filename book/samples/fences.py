"""A manifest of the press -> the fences of one call; and faults in them -> the lines that the press reads.

The press hands over a JSON file that describes each fence: the file its code was written to, chapter, line, id,
language, classes and attributes. It reads every line `FILE:LINE: message` as a finding at that line of the fence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Fence:
    """A sample of the book, with its code in a file of its own."""

    file: Path
    chapter: str
    line: int
    """Line of the chapter on which the code begins."""
    id: str
    language: str
    classes: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    number: int = 1
    """Its place among the fences of the call, from 1."""

    @property
    def name(self) -> str:
        """What the files of states and trials call it: its id, else `number-3` for the third fence of the call."""
        return self.id or f"number-{self.number}"

    @property
    def text(self) -> str:
        """Its code."""
        return self.file.read_text(encoding="utf-8")

    @property
    def chapter_name(self) -> str:
        """The chapter's file without its ending: `18.03-endpoints`."""
        return Path(self.chapter).stem

    @property
    def printed(self) -> str:
        """What it printed when it was run."""
        return self._output.read_text(encoding="utf-8")

    def print(self, text: str) -> None:
        """Put what the sample printed where the press looks for it."""
        self._output.write_text(text, encoding="utf-8")

    @property
    def _output(self) -> Path:
        return self.file.with_name(self.file.name + ".out")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a fence, at a line of its code (from 1)."""

    fence: Fence
    line: int
    message: str
    column: int = 0
    """From 1; 0 when it is not known."""

    def __str__(self) -> str:
        place = f"{self.fence.file}:{max(1, self.line)}" + (f":{self.column}" if self.column else "")
        return f"{place}: {' '.join(self.message.split())}"


def read_manifest(path: str | Path) -> list[Fence]:
    """The fences that a manifest describes, in reading order."""
    entries: list[dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))
    return [
        Fence(
            file=Path(entry["file"]),
            chapter=entry["chapter"],
            line=entry["line"],
            id=entry.get("id") or "",
            language=entry["language"],
            classes=tuple(entry.get("classes", ())),
            attributes=dict(entry.get("attributes", {})),
            number=number,
        )
        for number, entry in enumerate(entries, 1)
    ]


def fences_of_call() -> list[Fence]:
    """The fences of this call: the manifest is its one argument."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {Path(sys.argv[0]).name} MANIFEST")
    return read_manifest(sys.argv[1])


def report(faults: Iterable[Fault]) -> int:
    """Print the faults, each once, and give the exit code."""
    lines = list(dict.fromkeys(map(str, faults)))
    for line in lines:
        print(line)
    return 1 if lines else 0
