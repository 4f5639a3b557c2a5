"""An author -> tables: few and many columns and rows, heads, spans, notes, widths, and from files."""

from __future__ import annotations

from collections.abc import Callable

from tests.random_books.author import Author
from tests.random_books.lines import line, marked, note

SIDES = (":--", ":-:", "--:", "---")
VALUES = ("0.25", "1,024", "-3", "12 %", "yes", "", "n/a", "`on`", "8.00")


def caption(author: Author, attributes: str = "") -> str:
    """A paragraph behind a table: a caption, braces alone, or nothing."""
    if author.chance(0.3) and not attributes:
        return ""
    if author.chance(0.2) and attributes:
        return f"\n\n: {{{attributes.strip()}}}"
    label = f"#{author.label('tbl')}"
    return f"\n\n: {line(author, 2, 12)}. {{{label}{attributes}}}"


def cell(author: Author, most: int) -> str:
    """A value, or some words."""
    text = author.one_of(VALUES) if author.chance(0.4) else line(author, 1, most, 0.12)
    return text.replace("|", "\\|").replace("\n", " ")


def rows(author: Author, columns: int, count: int, most: int) -> list[str]:
    """Rows of a table, the first of which is its head."""
    table = [[cell(author, most) for _ in range(columns)] for _ in range(count)]
    sides = [author.one_of(SIDES) for _ in range(columns)]
    return ["| " + " | ".join(row) + " |" for row in (table[0], sides, *table[1:])]


def small(author: Author) -> str:
    """A table of few short words, at times with the call of a note."""
    columns, count = author.dice.randint(1, 3), author.dice.randint(1, 4)
    words = [[author.one_of((author.prose.word(), marked(author), "7")) for _ in range(columns)] for _ in range(count)]
    called = note(author) if author.chance(0.2) else author.prose.word()
    table = [[called, *words[0][1:]], [author.one_of(SIDES)] * columns, *words[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in table) + caption(author)


def table(author: Author, depth: int) -> str:
    """A table of any kind, the ordinary ones oftener, and often a small one where it stands inside something."""
    return small(author) if (depth or author.in_note) and author.chance(0.3) else author.one_of(TABLES)(author)


def plain(author: Author) -> str:
    """A table of some columns and rows."""
    return "\n".join(rows(author, author.dice.randint(1, 5), author.dice.randint(2, 9), 6)) + caption(author)


def wide(author: Author) -> str:
    """A table of many columns."""
    attributes = author.one_of(("", "", " .small", " .turned"))
    return "\n".join(rows(author, author.dice.randint(6, 11), author.dice.randint(2, 8), 3)) + caption(
        author, attributes
    )


def long(author: Author) -> str:
    """A table that is longer than a page."""
    return "\n".join(rows(author, author.dice.randint(2, 4), author.dice.randint(25, 60), 4)) + caption(author)


def wordy(author: Author) -> str:
    """A table whose cells hold sentences."""
    return "\n".join(rows(author, author.dice.randint(2, 3), author.dice.randint(3, 6), 30)) + caption(author)


def merged(author: Author) -> str:
    """Cells that span, two head rows, a head column, at times widths."""
    word = author.prose.word
    table = f"""| {word()} | {word()} | < | {word()} |
|:-----|----:|----:|:---:|
| ^ | {word()} | {word()} | ^ |
| {word()} | 0.1 ms | 0.3 ms | {word()} |
| {word()} | {word()} {word()} | < | ^ |
| {word()} | {word()} | 7 | ^ |"""
    return table + caption(
        author, author.one_of((" header-rows=2", " header-rows=2 .row-headers", " header-rows=2 lang=de"))
    )


def with_notes(author: Author) -> str:
    """A table with given widths and notes under it."""
    first, second, *others = rows(author, 2, author.dice.randint(3, 5), 5)
    marked = [row[:-2] + "^a^ |" for row in others]
    widths = author.one_of(("", ' tbl-colwidths="[30,70]"', " header-cols=1"))
    table = "\n".join((first, second, *marked)) + caption(author, widths)
    return f"{table}\n\n::: {{.table-notes}}\n^a^ {line(author, 3, 20)}.\n:::"


def from_file(author: Author) -> str:
    """A table from a CSV file."""
    columns, count = author.dice.randint(2, 8), author.dice.randint(2, 12)
    values = [
        [author.one_of((*VALUES[:5], author.prose.words(1, 5), "a|b *c*", "<b>")) for _ in range(columns)]
        for _ in range(count)
    ]
    name = f"data/table-{author.number()}.csv"
    quoted = [",".join(f'"{value}"' if "," in value else value for value in row) for row in values]
    author.files[name] = ("\n".join(quoted) + "\n").encode()
    title = author.one_of(("", f' tbl-cap="{author.prose.title()}."'))
    label = f"#{author.label('tbl')} " if title else ""
    return f'::: {{{label}.csv file="{name}"{title}}}\n:::'


TABLES: tuple[Callable[[Author], str], ...] = (plain, plain, plain, wide, long, wordy, merged, with_notes, from_file)
"""Every kind of table, the ordinary one oftener."""
