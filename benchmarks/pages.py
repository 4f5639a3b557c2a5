"""How a PDF grows with its pages: processor time for a page, and memory, of generated books of 100 to 3,000 pages.

    .venv/bin/python -m benchmarks.pages [--workers 2] [--chapters 9 92 245]

A chapter has about twelve pages. Nothing is cached.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.generated import write_book
from benchmarks.speed import HERE, Way

HEADS = ("pages", "wall s", "CPU s", "CPU ms for a page", "largest process MB", "all MB")


def main() -> None:
    """Make the books, the smallest first, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--chapters", type=int, nargs="+", default=[9, 92, 245])
    options = parser.parse_args()
    print(f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|", sep="\n", flush=True)
    for chapters in options.chapters:
        way = Way(name=str(chapters), press=HERE, workers=options.workers)
        with tempfile.TemporaryDirectory() as folder:
            write_book(book := Path(folder) / "book", chapters)
            way.make(book)
        clock, processor = way.clock[0], way.processor[0]
        seconds = f"{clock:.1f}", f"{processor:.1f}", f"{1000 * processor / way.pages:.1f}"
        cells = str(way.pages), *seconds, f"{way.memory.largest:.0f}", f"{way.memory.together:.0f}"
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
