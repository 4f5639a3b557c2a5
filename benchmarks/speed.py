"""How long a PDF takes: one process against many, and this press against another copy of it, in turns in one run.

    .venv/bin/python -m benchmarks.speed BOOK [--against FOLDER] [--rounds 3] [--workers 2]

Seconds of the clock say little where others use the machine too; the ratios of seconds of the processor hold. FOLDER is
another checkout, whose files may differ; those of one press have to be the same bytes. The exit code is 1 where not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class Way:
    """A way to make the file, and what came of it each time."""

    name: str
    press: Path
    workers: int
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)

    def make(self, book: Path) -> None:
        """Make it once."""
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(self.press / "build.py"), "pdf", str(book), "-o", f"{folder}/", "--quiet"]
            before, start = _processor(), time.perf_counter()
            place = {**os.environ, "COMPOSITOR_WORKERS": str(self.workers), "COMPOSITOR_CACHE": "off"}
            run = subprocess.run(command, env=place, capture_output=True, text=True, check=False)
            self.wall.append(time.perf_counter() - start)
            self.processor.append(_processor() - before)
            made = next(Path(folder).glob("*.pdf"), None)
            if made is None:
                raise SystemExit(run.stderr)
            self.digests.add(hashlib.sha256(made.read_bytes()).hexdigest())


def _processor() -> float:
    """Seconds of the processor that all children have taken which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(ways: Sequence[Way]) -> list[str]:
    """A row for each way, compared with the first."""
    rows = ["| | clock s | processor s | clock | processor |", "|---|---|---|---|---|"]
    for way in ways:
        clock, processor = median(way.wall), median(way.processor)
        rows.append(
            f"| {way.name} | {clock:.1f} | {processor:.1f} | {clock / median(ways[0].wall):.2f} "
            f"| {processor / median(ways[0].processor):.2f} |"
        )
    return rows


def main() -> int:
    """Make the book in turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    ours = [Way("one process", HERE, 1), Way(f"{options.workers} processes", HERE, options.workers)]
    other = [Way(str(options.against), options.against.resolve(), 1)] if options.against else []
    for _ in range(options.rounds):
        for way in (*other, *ours):
            way.make(options.book.resolve())
    print(*table([*other, *ours]), sep="\n")
    return 0 if len({digest for way in ours for digest in way.digests}) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
