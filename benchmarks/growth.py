"""How `check` grows with a book: 1, 4 and 16 times as many of the things in it, and the resulting exponent.

    .venv/bin/python -m benchmarks.growth [--base 300] [name …]

The exponent is that of the last step: 1 is proportional, 2 is four times the work for twice the size. Each must be
below 1.2; the exit code is 1 if one is not. The seconds are processor time.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import count as numbers
from pathlib import Path

from compositor.press import Timings, read_book

SIZES = (1, 4, 16)
MOST = 1.2
TRIES = 3
"""The best of so many runs counts, since other programs evict caches."""
NEW = numbers(1)
"""Numbers that have not been used before."""
SETTINGS = 'format = 1\ntitle = "Growth"\nauthors = ["A"]\n'


def each(text: str) -> Callable[[int], str]:
    """Return a text as often as is asked for: `@` is the number of each, `!` that of its counterpart from the end."""
    return lambda count: "".join(text.replace("@", str(n)).replace("!", str(count - 1 - n)) for n in range(count))


def after(head: str, text: str, foot: str = "") -> Callable[[int], str]:
    """Return a function that repeats a text between two others."""
    return lambda count: head + each(text)(count) + foot


FAMILIES: Mapping[str, Callable[[int], str]] = {
    "rows of a table": after("| a | b |\n|---|---|\n", "| @ | x@ |\n"),
    "notes": each("Word[^@] more.\n\n[^@]: Note @.\n\n"),
    "notes in a line": each("Word^[note @] more.\n\n"),
    "headings": each("## Heading @\n\nText.\n\n"),
    "headings that are alike": each("## Heading\n\nText.\n\n"),
    "references": lambda count: each("## H {#sec-a@}\n\nSee &sec-a!.\n\n")(count).replace("&", "@"),
    "references to nothing": lambda count: each("See &fig-a@ and [x](#y@).\n\n")(count).replace("&", "@"),
    "links": each("## H@\n\nSee [x](#h!).\n\n"),
    "links by reference": each("See [a@].\n\n[a@]: https://example.org/@\n\n"),
    "formulas": lambda count: each("Let $a_{@}^{NEW}$ be.\n\n")(count).replace("NEW", str(next(NEW))),
    "index terms": each("A [word@]{.index} here.\n\n"),
    "terms of the glossary": lambda count: (  # each is explained, and used
        after("## G\n\n::: {#glossary}\n", "Term@\n: Words\n\n", ":::\n\n")(count)
        + each("A [Term@]{.term}.\n\n")(count)
    ),
    "abbreviations": lambda count: each("*[AB@]: Abbreviation @\n")(count) + "\n" + each("AB@ ")(count) + "\n",
    "paragraphs": each('Some words "of" text @ -- here.\n\n'),
    "words of a paragraph": after("", 'Some *words* "of" text@ ', "\n"),
    "lines of a paragraph": each("Some *words* of `text` @\n"),
    "items": each("- item @\n  - below\n"),
    "definitions": each("Term @\n: Words\n\n"),
    "lines of code": after("```python\n", 'x@ = f("@")\n', "```\n"),
    "listings": each("```python\nx = @\n```\n\n"),
    "divs": each("::: {.x}\nWords @\n:::\n\n"),
    "spans in a line": after("", "[w@]{.x} ", "\n"),
    "HTML in a line": after("", "<b>x</b> ", "\n"),
    "quotation marks": after("", '"a ', "\n"),
    "brackets": after("", "[", "\n"),
    "carets": after("", "a^b ", "\n"),
    "stars": after("", "*a ", "\n"),
    "backticks": after("", "`a``b", "\n"),
    "dollars": after("", "$a ", "\n"),
    "colons": after("", "a: :b: ", "\n"),
}


def chapters(count: int) -> Mapping[str, str]:
    """Return the files of a book with so many chapters."""
    return {f"{number + 1:05}-c.md": f"# Chapter {number}\n\nText.\n" for number in range(count)}


def seconds(files: Mapping[str, str]) -> float:
    """Return how long `check` takes for a book with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"book.toml": SETTINGS, **files}.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        start = time.process_time()
        read_book(Path(folder), Timings())
        return time.process_time() - start


def measured(name: str, base: int) -> tuple[list[float], float]:
    """Return the seconds of each size, and the exponent of the last step."""
    made = FAMILIES.get(name)

    def book(size: int) -> Mapping[str, str]:
        return chapters(base * size // 4) if made is None else {"01-a.md": f"# A\n\n{made(base * size)}\n"}

    times = [min(seconds(book(size)) for _ in range(TRIES)) for size in SIZES]
    return times, math.log(times[-1] / times[-2]) / math.log(SIZES[-1] / SIZES[-2])


def main(words: Sequence[str] | None = None) -> int:
    """Print a line for each family; return 1 if one grows too fast."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--base", type=int, default=300, help="how many there are in the smallest size")
    parser.add_argument("names", nargs="*", help="only these families")
    asked = parser.parse_args(words)
    seconds({"01-a.md": "# A\n"})  # all imports happen now
    worst = 0.0
    for name in asked.names or (*FAMILIES, "chapters"):
        times, exponent = measured(name, asked.base)
        worst = max(worst, exponent)
        print(f"{name:26}", *(f"{one:7.2f} s" for one in times), f"  {exponent:.2f}", flush=True)
    print(f"the greatest exponent is {worst:.2f}; it is to be below {MOST}")
    return int(worst >= MOST)


if __name__ == "__main__":
    sys.exit(main())
