"""`python -m tests.hostile --count 400 --seed 0`: hostile books, each of which must end with a file or a finding."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.hostile.inputs import hostile
from tests.hostile.trial import try_book


def main(words: Sequence[str] | None = None) -> int:
    """Try as many books as are asked for; return how many Compositor fails on, 100 at most."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--count", type=int, default=24, help="how many books")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first; the others follow it")
    parser.add_argument("--command", default="check", choices=["check", "epub", "pdf", "all"])
    parser.add_argument("--keep", default="dist/hostile", help="where a book is kept that is taken badly")
    asked = parser.parse_args(words)
    failed = 0
    for seed in range(asked.seed, asked.seed + asked.count):
        book = hostile(seed)
        if wrong := try_book(book, asked.command):
            failed += 1
            folder = Path(asked.keep) / f"seed-{seed}"
            print(f"seed {seed} ({book.family}): {wrong}\n  kept in {folder}", flush=True)
            if not folder.exists():
                book.write(folder)
    print(f"{asked.count - failed} of {asked.count} hostile books were taken well; the first seed was {asked.seed}")
    return min(failed, 100)


if __name__ == "__main__":
    sys.exit(main())
