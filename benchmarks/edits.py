"""How long a build takes with the cache: when nothing has changed, and after an edit of one word; in turns in one run.

    .venv/bin/python -m benchmarks.edits BOOK FILE [--format pdf] [--rounds 3]

The book is copied, and a word is put before the first long line of text in FILE. What builds give is compared with what
one gives without a cache; the exit code is 1 where a byte differs.
Ratios hold on any machine, seconds on this one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.trials import Trial, edited, table

HERE = Path(__file__).resolve().parent.parent


def build(trial: Trial, book: Path, formats: str, cache: str) -> list[str]:
    """Make the files once; returns their digests."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "build.py"), formats, str(book), "-o", f"{folder}/", "--timings"]
        place = {**os.environ, "COMPOSITOR_CACHE": cache}
        with trial.timed():
            run = subprocess.run(
                [*command, "--format", "json"], env=place, capture_output=True, text=True, check=False
            )
        told = [json.loads(line) for line in run.stdout.splitlines()]
        trial.counts = next((one["counts"] for one in told if "counts" in one), {})
        files = [file for file in Path(folder).iterdir() if file.suffix in (".pdf", ".epub")]
        if not files:
            raise SystemExit(run.stderr)
        return sorted(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)


def main() -> int:
    """Build the book in turns, and print the table."""
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
        file, good = book / options.file, True
        build(Trial(name="first"), book, options.format, cache)
        for number in range(options.rounds):
            edited(file, f"Word{number}")
            made = build(word, book, options.format, cache)
            good &= made == build(same, book, options.format, cache) == build(cold, book, options.format, "off")
    print(*table([cold, same, word]), sep="\n")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
