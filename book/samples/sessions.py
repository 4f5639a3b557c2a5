"""A sample of a terminal session -> its commands, each with what it is shown to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PROMPT = "$ "


@dataclass(frozen=True, slots=True)
class Exchange:
    """A command of a session and what is shown below it."""

    line: int
    """Where the command begins, from 1."""
    command: str
    """The command, with its line breaks."""
    shown: str


def exchanges_of(text: str) -> Iterator[Exchange]:
    """The commands of a session; a line that ends with a backslash goes on in the next."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(PROMPT)]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = start
        while lines[end].endswith("\\") and end + 1 < stop:
            end += 1
        command = "\n".join(lines[start : end + 1]).removeprefix(PROMPT)
        yield Exchange(start + 1, command, "\n".join(lines[end + 1 : stop]))
