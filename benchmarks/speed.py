"""Time and memory for a PDF: one process against many, and this version against another checkout, by turns.

    .venv/bin/python -m benchmarks.speed BOOK [--against FOLDER] [--rounds 3] [--workers 2]

Clock time says little if others use the machine too; ratios of processor time are reliable. FOLDER is another checkout,
whose files may differ; those of one version must be the same bytes. The exit code is 1 if they are not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from pypdfium2 import PdfDocument

from benchmarks.trials import Trial, table
from benchmarks.watching import Memory

HERE = Path(__file__).resolve().parent.parent
LOOK = 0.3
"""Seconds between two looks at the memory of all processes, if the system tells it (Linux)."""


@dataclass(slots=True, kw_only=True)
class Way(Trial):
    """A way to make the file, and the result of each time."""

    press: Path
    workers: int
    digests: set[str] = field(default_factory=set)
    memory: Memory = field(default_factory=Memory)
    pages: int = 0
    """How many pages the file has."""

    def make(self, book: Path) -> None:
        """Make it once."""
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(self.press / "build.py"), "pdf", str(book), "-o", f"{folder}/", "--quiet"]
            place = {**os.environ, "COMPOSITOR_WORKERS": str(self.workers), "COMPOSITOR_CACHE": "off"}
            with tempfile.TemporaryFile("w+") as said:
                with self.timed(), subprocess.Popen(command, env=place, stdout=said, stderr=said) as run:
                    while run.poll() is None:
                        self.memory.look(run.pid)
                        time.sleep(LOOK)
                said.seek(0)
                words = said.read()
            made = next(Path(folder).glob("*.pdf"), None)
            if made is None:
                raise SystemExit(words)
            largest = f"MB_of_the_largest_process,_which_{self.memory.which}:"
            self.pages = len(PdfDocument(made))
            self.counts = {largest: round(self.memory.largest), "MB_of_all:": round(self.memory.together)}
            self.digests.add(hashlib.sha256(made.read_bytes()).hexdigest())


def main() -> int:
    """Make the book in each way by turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    ours = [
        Way(name="one process", press=HERE, workers=1),
        Way(name=f"{options.workers} processes", press=HERE, workers=options.workers),
    ]
    against = options.against
    other = [Way(name=str(against), press=against.resolve(), workers=1)] if against else []
    for _ in range(options.rounds):
        for way in (*other, *ours):
            way.make(options.book.resolve())
    print(*table([*other, *ours]), sep="\n")
    return 0 if len({digest for way in ours for digest in way.digests}) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
