"""How long a build takes with the cache: when nothing has changed, and after an edit of one word; in turns in one run.

    .venv/bin/python -m benchmarks.edits BOOK FILE [--format pdf] [--rounds 3]

The book is copied, and a word is put before the last line of FILE. What builds give is compared with what one gives
without a cache; the exit code is 1 where a byte differs. Ratios hold on any machine, seconds on this one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
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
class Kind:
    """A kind of build, and what came of it each time."""

    name: str
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def build(kind: Kind, book: Path, formats: str, cache: str) -> list[str]:
    """Make the files once; returns their digests."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "build.py"), formats, str(book), "-o", f"{folder}/", "--timings"]
        before, start = _processor(), time.perf_counter()
        run = subprocess.run(
            [*command, "--format", "json"], env={**os.environ, "COMPOSITOR_CACHE": cache}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        kind.clock.append(time.perf_counter() - start)
        kind.processor.append(_processor() - before)
        told = [json.loads(line) for line in run.stdout.splitlines()]
        kind.counts = next((one["counts"] for one in told if "counts" in one), {})
        files = [file for file in Path(folder).iterdir() if file.suffix in (".pdf", ".epub")]
        if not files:
            raise SystemExit(run.stderr)
        return sorted(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(kinds: Sequence[Kind]) -> list[str]:
    """A row for each kind, compared with the first."""
    rows = ["| | clock s | processor s | clock | processor | counts |", "|---|---|---|---|---|---|"]
    for one in kinds:
        clock, processor = median(one.clock), median(one.processor)
        said = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in one.counts.items())
        rows.append(
            f"| {one.name} | {clock:.1f} | {processor:.1f} | {clock / median(kinds[0].clock):.2f} "
            f"| {processor / median(kinds[0].processor):.2f} | {said} |"
        )
    return rows


def main() -> int:
    """Build the book in turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("file")
    parser.add_argument("--format", default="pdf", choices=("pdf", "epub", "all"))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cold, same, word = Kind("without a cache"), Kind("nothing changed"), Kind("one word")
    with tempfile.TemporaryDirectory() as scratch:
        book, cache = Path(scratch) / "book", str(Path(scratch) / "cache")
        shutil.copytree(options.book.resolve(), book)
        file, good = book / options.file, True
        build(Kind("first"), book, options.format, cache)
        for number in range(options.rounds):
            *lines, last = file.read_text(encoding="utf-8").splitlines()
            file.write_text("\n".join([*lines, f"Word{number}", last, ""]), encoding="utf-8")
            made = build(word, book, options.format, cache)
            good &= made == build(same, book, options.format, cache) == build(cold, book, options.format, "off")
    print(*table([cold, same, word]), sep="\n")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
