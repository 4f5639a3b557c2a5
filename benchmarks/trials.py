"""An edit of one word; the clock and processor time of builds; and the table that compares them with the first."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

LONG = 60
"""Least letters of a line of running text."""


def edited(file: Path, word: str) -> float:
    """Put a word before the first long line of text in a chapter, outside its head and its listings.

    Returns when that was done, on the monotonic clock. Raises ValueError if there is no such line.
    """
    lines, inside = file.read_text(encoding="utf-8").split("\n"), ""
    for number, line in enumerate(lines):
        fence = line[:3] if line.startswith(("```", "~~~")) or line == ("---" if inside or not number else "") else ""
        if fence and inside in ("", fence):
            inside = "" if inside else fence
        elif not inside and len(line) >= LONG and line[0].isalpha():
            lines[number] = f"{word} {line}"
            file.write_text("\n".join(lines), encoding="utf-8")
            return time.monotonic()
    raise ValueError(f"no long line of text in {file.name}")


@dataclass(slots=True, kw_only=True)
class Trial:
    """A kind of build, and the seconds that it took each time."""

    name: str
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """What the build said it had done; empty if it was not asked."""
    told: list[str] = field(default_factory=list)
    """The rest of its output, each time."""

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Measure what is done inside, by child processes that end there."""
        before, start = processor(), time.perf_counter()
        yield
        self.clock.append(time.perf_counter() - start)
        self.processor.append(processor() - before)


def processor() -> float:
    """Return the processor time in seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(trials: Sequence[Trial]) -> list[str]:
    """Return a row for each trial, compared with the first, and a column of counts if there are some."""
    heads = ["", "wall s", "CPU s", "wall", "CPU", *(["counts"] if any(t.counts for t in trials) else [])]
    rows = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for one in trials:
        clock, taken = median(one.clock), median(one.processor)
        ratios = clock / median(trials[0].clock), taken / median(trials[0].processor)
        cells = [one.name, f"{clock:.2f}", f"{taken:.2f}", *(f"{ratio:.2f}" for ratio in ratios)]
        said = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in one.counts.items())
        rows.append(f"| {' | '.join([*cells, said][: len(heads)])} |")
    return rows
