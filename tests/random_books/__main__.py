"""`python -m tests.random_books --count 300 --seed 0`: makes random books, and keeps a small one of each that fails.

With `--validate` the files are shown to EPUBCheck and to the validator of PDF/UA-1 too, which takes some seconds each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from compositor.formats import FORMATS
from tests.random_books.books import RandomBook, random_book
from tests.random_books.shrinking import shrunk
from tests.random_books.trial import kind, try_book
from tests.random_books.validity import invalid

Trial = Callable[[RandomBook], tuple[str, ...]]


def main(words: Sequence[str] | None = None) -> int:
    """Try as many books as are asked for; return how many of them fail, 100 at most."""
    asked = _asked(words)
    formats = [one for one in FORMATS if asked.format in ("all", one.name)]
    tried = partial(try_book, formats=formats, ask=invalid) if asked.validate else partial(try_book, formats=formats)
    failed = 0
    for seed in range(asked.seed, asked.seed + asked.count):
        book = random_book(seed)
        found = tried(book)
        if found:
            failed += 1
            print(f"seed {seed}: {len(found)} faults, the first is {found[0]}", flush=True)
            print(f"  kept in {keep(book, found, tried, Path(asked.keep))}", flush=True)
    print(f"{asked.count - failed} of {asked.count} books were made")
    return min(failed, 100)


def keep(book: RandomBook, found: Sequence[str], tried: Trial, folder: Path) -> Path:
    """Write the smallest book that fails like this one into a folder of its own; return the folder."""
    kinds = {kind(one) for one in found} - {"F008"}  # a missing file follows from the other faults
    small = shrunk(book, lambda smaller: bool(kinds & {kind(one) for one in tried(smaller)}))
    return small.write(folder / f"seed-{book.seed}")


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.random_books", description=__doc__)
    parser.add_argument("--count", type=int, default=25, help="how many books")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first; the others follow it")
    parser.add_argument("--keep", default="dist/random-books", help="where a small book of each failure is kept")
    parser.add_argument("--validate", action="store_true", help="show the files to validators (EPUBCheck needs Java)")
    parser.add_argument("--format", choices=["all", *(one.name for one in FORMATS)], default="all")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
