"""How long a build takes with the cache: after no change, and after an edit of one word; alternating in one run.

    .venv/bin/python -m benchmarks.edits BOOK FILE [--format pdf] [--rounds 3]

The book is copied, and a word is put before the first long line of text in FILE. The result of the last edit is
compared with that of a build without a cache; the exit code is 1 if a byte differs. Ratios hold on any machine, seconds
only on this one. Below the table is where the time of an edit goes: the seconds of each stage, of starting the program
around them, and of importing modules.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.trials import Trial, edited, table

HERE = Path(__file__).resolve().parent.parent


IMPORTED = re.compile(r"import time:\s+(\d+) \|")
"""Python's line for an imported module: microseconds, without those that it imports itself."""
STAGE = re.compile(r"(.+?)  +(\d+\.\d+) s")
"""The line of `--timings` for a stage."""


def build(trial: Trial, book: Path, formats: str, cache: str, **variables: str) -> list[str]:
    """Make the files once; return their digests."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "build.py"), formats, str(book), "-o", f"{folder}/", "--timings"]
        place = {**os.environ, "COMPOSITOR_CACHE": cache, **variables}
        with trial.timed():
            run = subprocess.run(
                [*command, "--format", "json"], env=place, capture_output=True, text=True, check=False
            )
        told = [json.loads(line) for line in run.stdout.splitlines()]
        trial.counts = next((one["counts"] for one in told if "counts" in one), {})
        trial.told.append(run.stderr)
        files = [file for file in Path(folder).iterdir() if file.suffix in (".pdf", ".epub")]
        if not files:
            raise SystemExit(run.stderr)
        return sorted(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)


def stages(trial: Trial) -> Iterator[str]:
    """Yield where the time of these builds goes: a row for each stage, as a share of the wall time."""
    rows = [dict(STAGE.findall(told)) for told in trial.told]
    for name in rows[0]:
        seconds = median(float(row.get(name, 0)) for row in rows)
        if name != "in all":
            yield f"| {name} | {seconds:.2f} | {seconds / median(trial.clock):.2f} |"
    around = median(clock - float(row.get("in all", 0)) for clock, row in zip(trial.clock, rows, strict=True))
    yield f"| before and behind them | {around:.2f} | {around / median(trial.clock):.2f} |"


def imports(trial: Trial) -> str:
    """Return the import times that the last of these builds reported."""
    found = [int(one) / 1e6 for one in IMPORTED.findall(trial.told[-1])]
    share = sum(found) / trial.clock[-1]
    return f"modules imported, but by typesetters: {len(found)}, in {sum(found):.2f} s, {share:.2f} of that build"


def main() -> int:
    """Build the book in each way by turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("file")
    parser.add_argument("--format", default="pdf", choices=("pdf", "epub", "all"))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cold, same, word = (Trial(name=name) for name in ("without a cache", "nothing changed", "one word"))
    with tempfile.TemporaryDirectory() as scratch:
        book, cache = Path(scratch) / "book", str(Path(scratch) / "cache")
        shutil.copytree(options.book.resolve(), book)
        file, good, made = book / options.file, True, list[str]()
        build(Trial(name="first"), book, options.format, cache)
        for number in range(options.rounds):
            edited(file, f"Word{number}")
            made = build(word, book, options.format, cache)
            good &= made == build(same, book, options.format, cache)
        good &= made == build(cold, book, options.format, "off")
        edited(file, "Last")
        asked = Trial(name="imports")
        build(asked, book, options.format, cache, PYTHONPROFILEIMPORTTIME="1")
    print(*table([cold, same, word]), "", "| stage of an edit | wall s | share |", "|---|---|---|", sep="\n")
    print(*stages(word), "", imports(asked), sep="\n")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
