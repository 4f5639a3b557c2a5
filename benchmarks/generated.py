"""A number of chapters -> a book with that many, always the same: text, notes, lists, tables, listings, references.

Eleven pages a chapter in the default theme: 75 chapters are a book of more than 825.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

TEXT = """
the of and a to in is that it for as on with by are from at this which page line type file chapter reader
press paper margin column measure letter word sentence paragraph note figure table number order text print
cover spread binding signature proof edition index reference heading folio ink grey even narrow wide long short
sets holds keeps begins ends turns follows stands carries shows finds reads writes counts moves leaves joins
"""
WORDS = TEXT.split()
SECTIONS, PARAGRAPHS, SENTENCES = 7, 6, 6
LISTING = """```python
def folio(page: int, first: int) -> str:
    \"\"\"The number that is printed on a page.\"\"\"
    return str(page - first + 1) if page >= first else ""
```
"""
TABLE = """| part | begins on | pages |
|---|---|---|
| cover | right | 1 |
| front | right | 8 |
| text | right | 816 |

: Where the parts begin {{#tbl-{name}}}
"""
SETTINGS = """format = 1
title = "A Long Book"
language = "en"
authors = ["A Generator"]
"""


def write_book(folder: Path, chapters: int, seed: int = 1) -> None:
    """Write the files of the book into a new folder."""
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(1, chapters + 1):
        text = "\n".join(_chapter(number, chapters, random.Random(seed * 1000 + number)))
        (folder / f"{number:02}-{_name(number)}.md").write_text(text, encoding="utf-8")


def _name(number: int) -> str:
    return f"matter-{number:03}"


def _chapter(number: int, chapters: int, chance: random.Random) -> Iterator[str]:
    yield f"# Matter {number}: {_sentence(chance, 4)[:-1]}\n"
    for section in range(SECTIONS):
        name = f"{_name(number)}-{section}"
        yield f"## {_sentence(chance, 4)[:-1]} {{#sec-{name}}}\n"
        for paragraph in range(PARAGRAPHS):
            words = " ".join(_sentence(chance, chance.randint(8, 24)) for _ in range(SENTENCES))
            yield f"{words}{'[^1]' if (section, paragraph) == (1, 1) else ''}\n"
        other = f"sec-{_name(chance.randint(1, chapters))}-{chance.randrange(SECTIONS)}"
        yield f"What @{other} says of it holds here too.\n"
        if section == 2:
            yield LISTING
        if section == 4:
            yield f"As @tbl-{_name(number)} shows:\n"
            yield TABLE.format(name=_name(number))
    yield f"[^1]: {_sentence(chance, 14)}\n"


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."
