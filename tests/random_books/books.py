"""A seed -> a random book: the same seed gives the same book, in parts that can be left out one by one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.random_books.author import TERMS, Author
from tests.random_books.blocks import block, heading
from tests.random_books.faults import fault
from tests.random_books.lines import line, paragraph, sentence
from tests.random_books.pictures import pixels
from tests.random_books.settings import LANGUAGES, pages, settings, style

ROLES = ("front", "appendices", "back")
"""The roles of a file other than chapter and section."""
ALWAYS = """[variables]
press = "Compositor"
year = 2026

[variables.price]
sheet = 1.25
hour = 1234.5

[callouts.question]
title = "Question"
icon = "tip"

[data]
tides = "data/tides.json"

[identifiers]
pdf = "urn:isbn:9783161484100"

[accessibility-review]
by = "Ada Example"
date = 2026-11-20
"""
DATA = {"height": 1.8, "limit": {"value": 0.125, "format": ".2f", "source": "the table of tides"}}
SHEET = b".aside { color: #333333 }\n.wide { font-weight: bold }\n"
"""A style sheet of the book's own, with rules that the theme does not have."""
BIB = """@book{knuth84, author = {Donald E. Knuth}, title = {The {TeX}book}, year = 1984, publisher = {Addison-Wesley}}
@book{bringhurst, author = {Robert Bringhurst}, title = {Elements}, year = {1992}, publisher = {Hartley \\& Marks}}
@article{example2001, author = {Ada Example and Ben Sample}, title = {On Tides}, journal = {Quay}, year = 2001,
  pages = {3--9}}
"""
CSL = [
    {"id": "tschichold", "type": "book", "title": "Typography", "issued": {"date-parts": [[1928]]}},
    {
        "id": "sample1999",
        "type": "webpage",
        "title": "A page",
        "URL": "https://example.org/a/long/address",
        "author": [{"literal": "B"}],
    },
]


@dataclass(frozen=True, slots=True)
class File:
    """A file of Markdown: its front matter and title, then its blocks. A section belongs to the chapter before it."""

    name: str
    role: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RandomBook:
    """The parts of a book: lines of its settings, its text files, and the files that these use."""

    seed: int
    top: tuple[str, ...]
    style: tuple[str, ...]
    pages: tuple[str, ...]
    files: tuple[File, ...]
    others: Mapping[str, bytes]
    in_parts: bool = False

    def toml(self) -> str:
        """Return the text of `book.toml`."""
        top = ["format = 1", f'title = "Random Book {self.seed}"', 'authors = ["Ada Example"]']
        tables = [
            f"[{name}]\n" + "\n".join(lines) for name, lines in (("style", self.style), ("pages", self.pages)) if lines
        ]
        return "\n\n".join(("\n".join((*top, *self.top)), self._order(), *tables, ALWAYS))

    def _order(self) -> str:
        listed = {role: [file.name for file in self.files if file.role == role] for role in ROLES}
        lines = ["[order]", *(f"{role} = {json.dumps(names)}" for role, names in listed.items() if names)]
        chapters = self._chapters()
        if not self.in_parts:
            return "\n".join((*lines, f"chapters = [{', '.join(chapters)}]"))
        half = (len(chapters) + 1) // 2
        halves = [("One", chapters[:half]), ("Two", chapters[half:])]
        return "\n".join(lines) + "".join(
            f'\n\n[[order.parts]]\ntitle = "Part {name}"\nchapters = [{", ".join(some)}]'
            for name, some in halves
            if some
        )

    def _chapters(self) -> list[str]:
        """Return the chapters as `[order]` has them; a section that has lost its chapter becomes one."""
        found: list[list[str]] = []
        for file in self.files:
            if file.role == "sections" and found:
                found[-1].append(file.name)
            elif file.role in ("chapters", "sections"):
                found.append([file.name])
        return [
            f"{{ file = {json.dumps(first)}, sections = {json.dumps(others)} }}" if others else json.dumps(first)
            for first, *others in found
        ]

    def write(self, folder: Path) -> Path:
        """Write the book into a new folder."""
        texts = {file.name: ("\n\n".join(file.blocks) + "\n").encode() for file in self.files}
        for name, data in {**self.others, **texts, "book.toml": self.toml().encode()}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder


def random_book(seed: int) -> RandomBook:
    """Return the book of this seed: one to three chapters, and sometimes everything that a book can have."""
    dice = Random(seed)
    language = dice.choice(LANGUAGES)
    author = Author(dice, language)
    top = ['bibliography = ["works.bib", "works.json"]'] if author.chance(0.7) else []
    top += settings(author, language)
    author.files |= (
        {"works.bib": BIB.encode(), "works.json": json.dumps(CSL).encode()} if top and "bib" in top[0] else {}
    )
    author.files |= {"data/tides.json": json.dumps(DATA).encode(), "figures/from-html.png": pixels(dice, "png")}
    if author.chance(0.1):
        author.files |= {"styles/print.css": SHEET, "styles/epub.css": SHEET}
    names = [f"{author.prose.word().lower()}-{number}.md" for number in range(1, dice.randint(1, 3) + 1)]
    author.labels["file"] = names
    files = [_file(author, name, "chapters", dice.randint(0, 12)) for name in names[:1]]
    for name in names[1:]:
        files.append(_file(author, name, author.one_of(("chapters", "chapters", "sections")), dice.randint(0, 12)))
    for role, name in (("front", "preface.md"), ("appendices", "units.md")):
        files += [_file(author, name, role, dice.randint(1, 4))] if author.chance(0.25) else []
    files += _back_matter(author, bool(top and "bib" in top[0]))
    settled = tuple(File(file.name, file.role, tuple(map(author.settled, file.blocks))) for file in files)
    look = tuple(style(author)), tuple(pages(author))
    return RandomBook(seed, tuple(top), *look, settled, author.files, author.chance(0.2))


def _file(author: Author, name: str, role: str, count: int) -> File:
    author.noted.clear()
    opening = [author.block_with_notes(_front_matter(author) + heading(author, 1))]
    level, faulty = 1, author.chance(0.5)
    for _ in range(count):
        if author.chance(0.25):
            level = author.dice.randint(2, min(level + 1, 6))
            opening.append(author.block_with_notes(heading(author, level)))
        text = fault(author) if faulty and author.chance(0.3) else block(author)
        opening.append(author.block_with_notes(text))
    return File(name, role, tuple(opening))


def _front_matter(author: Author) -> str:
    if not author.chance(0.3):
        return ""
    keys = {"short-title": author.prose.title(), "epigraph": sentence(author), "epigraph-source": line(author, 1, 4)}
    keys |= {"unknown": author.prose.word()} if author.chance(0.1) else {}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items() if author.chance(0.7)]
    return "\n".join(("---", *lines, "---", "", ""))


def _back_matter(author: Author, cites: bool) -> list[File]:
    files = []
    if author.chance(0.6):
        entries = "\n\n".join(f"{term}\n: {paragraph(author)}" for term in TERMS)
        files.append(
            File("glossary.md", "back", ("# Glossary", author.block_with_notes(f"::: {{#glossary}}\n{entries}\n:::")))
        )
    for name, title, share in (("answers", "Answers", 0.7), ("index", "Index", 0.7), ("refs", "Works", 0.9 * cites)):
        if author.chance(share):
            files.append(File(f"{name}.md", "back", (f"# {title}", f"::: {{#{name}}}\n:::")))
    return files
