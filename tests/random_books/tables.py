"""An author -> tables: few and many columns, rows and words, heads, spans, notes, widths, and from files."""

from __future__ import annotations

from collections.abc import Callable

from tests.random_books.author import Author
from tests.random_books.lines import CODE, line, marked, note
from tests.random_books.prose import LONG

SIDES = (":--", ":-:", "--:", "---")
VALUES = ("0.25", "1,024", "-3", "12 %", "yes", "", "n/a", "`on`", "8.00")


def caption(author: Author, attributes: str = "") -> str:
    """Return a paragraph after a table: a caption, braces alone, or nothing."""
    if author.chance(0.3) and not attributes:
        return ""
    if author.chance(0.2) and attributes:
        return f"\n\n: {{{attributes.strip()}}}"
    label = f"#{author.label('tbl')}"
    return f"\n\n: {line(author, 2, 12)}. {{{label}{attributes}}}"


def cell(author: Author, most: int) -> str:
    """Return a value, or some words."""
    text = author.one_of(VALUES) if author.chance(0.4) else line(author, 1, most, 0.12)
    return text.replace("|", "\\|").replace("\n", " ")


def rows(author: Author, columns: int, count: int, most: int) -> list[str]:
    """Return rows of a table, the first of which is its head."""
    table = [[cell(author, most) for _ in range(columns)] for _ in range(count)]
    sides = [author.one_of(SIDES) for _ in range(columns)]
    return ["| " + " | ".join(row) + " |" for row in (table[0], sides, *table[1:])]


def small(author: Author) -> str:
    """Return a table of few short words, sometimes with the call of a note."""
    columns, count = author.dice.randint(1, 3), author.dice.randint(1, 4)
    words = [[author.one_of((author.prose.word(), marked(author), "7")) for _ in range(columns)] for _ in range(count)]
    called = note(author) if author.chance(0.2) else author.prose.word()
    table = [[called, *words[0][1:]], [author.one_of(SIDES)] * columns, *words[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in table) + caption(author)


def table(author: Author, depth: int) -> str:
    """Return a table of any kind: ordinary ones more often, and small ones often inside other blocks."""
    return small(author) if (depth or author.in_note) and author.chance(0.3) else author.one_of(TABLES)(author)


def plain(author: Author) -> str:
    """Return a table of some columns and rows."""
    return "\n".join(rows(author, author.dice.randint(1, 5), author.dice.randint(2, 9), 6)) + caption(author)


def wide(author: Author) -> str:
    """Return a table of many columns."""
    attributes = author.one_of(("", "", " .small", " .turned"))
    return "\n".join(rows(author, author.dice.randint(6, 11), author.dice.randint(2, 8), 3)) + caption(
        author, attributes
    )


def long(author: Author) -> str:
    """Return a table that is longer than a page."""
    return "\n".join(rows(author, author.dice.randint(2, 4), author.dice.randint(25, 60), 4)) + caption(author)


def wordy(author: Author) -> str:
    """Return a table whose cells hold sentences."""
    return "\n".join(rows(author, author.dice.randint(2, 3), author.dice.randint(3, 6), 30)) + caption(author)


def merged(author: Author) -> str:
    """Return a table with spanning cells, two head rows or a head column, sometimes with widths."""
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
    """Return a table with given widths and notes under it."""
    first, second, *others = rows(author, 2, author.dice.randint(3, 5), 5)
    marked = [row[:-2] + "^a^ |" for row in others]
    widths = author.one_of(("", ' tbl-colwidths="[30,70]"', " header-cols=1"))
    table = "\n".join((first, second, *marked)) + caption(author, widths)
    return f"{table}\n\n::: {{.table-notes}}\n^a^ {line(author, 3, 20)}.\n:::"


def too_wide(author: Author) -> str:
    """Return a table too wide for any page: it is turned, made small, or printed in parts."""
    columns, count = author.dice.randint(10, 22), author.dice.randint(2, 30)
    form = author.one_of((author.prose.word, lambda: author.one_of(LONG), lambda: author.prose.words(2, 4)))
    head = [author.one_of(LONG) if author.chance(0.3) else author.prose.word() for _ in range(columns)]
    body = [[author.one_of(VALUES) if author.chance(0.3) else form() for _ in head] for _ in range(count)]
    sides = [author.one_of(SIDES) for _ in head]
    attributes = author.one_of(("", "", " .small", " .turned", " header-cols=1", " .row-headers lang=de"))
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, sides, *body)) + caption(author, attributes)


def many_and_wide(author: Author) -> str:
    """Return a wide table of many rows, which needs several turned pages."""
    attributes = author.one_of(("", " .turned", " .turned", " .small .turned"))
    return "\n".join(rows(author, author.dice.randint(6, 10), author.dice.randint(30, 70), 3)) + caption(
        author, attributes
    )


def tall(author: Author) -> str:
    """Return a table with some rows as high as a page, or higher."""
    columns, count = author.dice.randint(2, 4), author.dice.randint(2, 5)
    table = rows(author, columns, count, 4)
    for at in range(2, len(table)):
        if author.chance(0.6):
            cells = [author.prose.sentences(8, author.one_of((12, 30, 60))), *("and so on" for _ in range(columns - 1))]
            author.dice.shuffle(cells)
            table[at] = "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    return "\n".join(table) + caption(author)


def of_everything(author: Author) -> str:
    """Return a table with pictures, code, long identifiers, addresses, line breaks and formulas in its cells."""
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"![{author.prose.words(1, 3)}]({author.picture()})",
        lambda: f"`{author.one_of(CODE)}`".replace("```", "`` ` ``").replace("|", "\\|"),
        lambda: author.one_of(LONG),
        lambda: f"https://example.org/{'/'.join(author.one_of(LONG).split('.'))}",
        lambda: f"{author.prose.words(1, 4)}<br>{author.prose.words(1, 4)}<br>{author.prose.word()}",
        lambda: "$\\sum_{k} \\frac{a_k}{b_k}$",
        lambda: line(author, 1, 5),
    )
    columns, count = author.dice.randint(2, 6), author.dice.randint(2, 6)
    table = [[author.one_of(forms)() for _ in range(columns)] for _ in range(count)]
    head = [author.prose.words(1, 2) for _ in range(columns)]
    return "\n".join(
        "| " + " | ".join(row) + " |" for row in (head, [author.one_of(SIDES)] * columns, *table)
    ) + caption(author)


def from_file(author: Author) -> str:
    """Return a table from a CSV file."""
    columns, count = author.dice.randint(2, 8), author.dice.randint(2, 12)
    values = [
        [author.one_of((*VALUES[:5], author.prose.words(1, 5), "a|b *c*", "<b>")) for _ in range(columns)]
        for _ in range(count)
    ]
    name, sign = f"data/table-{author.number()}.csv", author.one_of((",", ",", ";", "\t"))
    quoted = [sign.join(f'"{value}"' if "," in value else value for value in row) for row in values]
    author.files[name] = ("\n".join(quoted) + "\n").encode()
    title = author.one_of(("", f' tbl-cap="{author.prose.title()}."'))
    label = f"#{author.label('tbl')} " if title else ""
    said = {",": "", ";": ' delimiter=";"', "\t": " delimiter=tab"}[sign]
    sides = "".join(author.one_of("lrc") for _ in range(columns))
    said += author.one_of(("", "", f' align="{sides}"', " header-cols=1"))
    return f'::: {{{label}.csv file="{name}"{said}{title}}}\n:::'


TABLES: tuple[Callable[[Author], str], ...] = (
    *(plain, plain, plain, wide, long, wordy, merged, with_notes, from_file),
    *(too_wide, many_and_wide, tall, of_everything),
)
"""Every kind of table, ordinary ones more often."""
