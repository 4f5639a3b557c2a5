"""Cases beyond single-text fixtures: widths of many tables, and the files and places of a data table."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from markdown_it.token import Token

from compositor.errors import BookError, error
from compositor.language import language_for
from compositor.markdown import EXTENSIONS, Context, parse
from compositor.markdown.tables.column_widths import fit
from compositor.markdown.tables.fewest_lines import shares
from compositor.model import Chapter, Measure, Place, Source

MEASURE = Measure().across
FILES = {"data/counts.csv": "Name,Count\nA,1\nB\n", "data/good.csv": "Name,Count\nA,1\n", "part/data/own.csv": "X\n1\n"}


def read_file(path: str) -> str:
    """Read a file of a book in memory; as in a folder, an unreadable file raises BookError."""
    if path not in FILES:
        raise BookError([error("M003", f'there is no file "{path}"', Place(path), "put it there")])
    return FILES[path]


def parsed(text: str, path: str = "x.md") -> Chapter:
    """Return a chapter of this text that may use the files."""
    names = frozenset(extension.name for extension in EXTENSIONS)
    return parse(Source(path, f"# Title\n\n{text}", "x"), Context(names, language_for("en"), read_file))


def table(chapter: Chapter) -> Token:
    """Return the first table of a chapter."""
    return next(token for token in chapter.tokens if token.type == "table_open")


@pytest.mark.parametrize("seed", range(200))
def test_columns_have_room_for_their_longest_word(seed: int) -> None:
    """The widths fill the text width at most, and each column fits its longest unbreakable word."""
    chance = random.Random(seed)
    least = [chance.uniform(1, 14) for _ in range(chance.randint(1, 9))]
    most = [width * chance.choice([1, 1.2, 3, 30]) for width in least]
    widths = shares(least, most, MEASURE)
    assert all(width >= wanted - 1e-9 for width, wanted in zip(widths, least, strict=True))
    assert sum(widths) <= max(MEASURE, sum(least)) + 1e-6
    if sum(most) >= MEASURE >= sum(least):
        assert sum(widths) == pytest.approx(MEASURE)


def test_widths_are_those_of_the_whole_table() -> None:
    """The percentages of a table add up to a hundred, and a long column is wider than a short one."""
    found = table(parsed("| A | B |\n|---|---|\n| short | " + "many words " * 20 + "|\n"))
    widths = fit(found, Measure()).widths
    assert sum(widths) == pytest.approx(100)
    assert widths[1] > 5 * widths[0]


def test_a_file_of_data_counts_as_a_file_of_the_chapter() -> None:
    """The path of a table's file starts from the chapter's folder, and the file counts in the build id."""
    assert parsed('::: {.csv file="data/good.csv"}\n:::\n').files == ("data/good.csv",)
    assert parsed('::: {.csv file="data/own.csv"}\n:::\n', "part/x.md").files == ("part/data/own.csv",)


def test_a_fault_in_a_file_of_data_shows_its_own_line() -> None:
    """The place of a faulty row is in the data file, and so is the line that is shown."""
    (finding,) = parsed('::: {.csv file="data/counts.csv"}\n:::\n').findings
    assert (finding.code, str(finding.place), finding.excerpt) == ("L261", "data/counts.csv:3:1", "B")


def test_a_file_of_data_that_is_missing_is_asked_for_where_it_is_named() -> None:
    """The folder's message about a missing file is reported at the name of the file in the chapter."""
    (finding,) = parsed('::: {.csv file="data/none.csv"}\n:::\n').findings
    assert (finding.code, str(finding.place)) == ("L260", "x.md:3:17")
    assert finding.helps == ("put it there",)


@pytest.mark.parametrize(
    ("columns", "word", "classes", "too_wide"),
    [
        (6, "some words", (), False),
        (7, "wordish00", ("small",), False),
        (7, "measurement", ("turned",), False),
        (8, "measurements", ("small", "turned"), False),
        (12, "measurements", ("small", "turned", "tight"), True),
    ],
)
def test_a_wide_table_goes_up_the_ladder(columns: int, word: str, classes: tuple[str, ...], too_wide: bool) -> None:
    """It is tried as it is, in smaller type, turned, turned in smaller type; then it is too wide."""
    rows = f"| {' | '.join([word] * columns)} |\n|{'---|' * columns}\n| {' | '.join([word] * columns)} |\n"
    made = fit(table(parsed(rows)), Measure())
    assert (made.classes, made.is_too_wide) == (classes, too_wide)
    assert len(made.widths) == columns


def test_the_room_of_the_page_counts() -> None:
    """A table that fits between wide margins is smaller between narrow ones; the author's setting is kept."""
    rows = f"| {' | '.join(['measures'] * 6)} |\n|{'---|' * 6}\n| {' | '.join(['words'] * 6)} |\n"
    asked = parsed(rows + "\n: A table. {#tbl-a .turned}\n")
    assert fit(table(parsed(rows)), Measure()).classes == ()
    assert fit(table(parsed(rows)), Measure(30, 60)).classes == ("small",)
    assert fit(table(asked), Measure()).classes == ("turned",)
    assert sum(fit(table(asked), Measure()).widths) == pytest.approx(100)


@pytest.mark.parametrize("rows", [5, 60])
@pytest.mark.parametrize("caption", ["", ": A table. {#tbl-a .turned}"])
def test_a_table_of_many_rows_is_turned_as_one_of_few(rows: int, caption: str) -> None:
    """It continues on the next page, turned, so that no word has to be broken."""
    row = f"| {' | '.join(['measurements'] * 8)} |\n"
    made = fit(table(parsed(f"{row}|{'---|' * 8}\n{row * rows}\n{caption}\n")), Measure())
    assert (made.classes, made.is_too_wide) == (("small", "turned"), False)


@pytest.mark.parametrize("before", ["- ", "> ", "> [!NOTE]\n> "])
def test_a_table_in_a_list_or_a_box_stays_upright(before: str) -> None:
    """A turned table would not fit there; its longest words are broken, and the author's setting is ignored."""
    row = f"| {' | '.join(['measurements'] * 8)} |"
    lines = [row, f"|{'---|' * 8}", row, "", ": A table. {#tbl-a .turned}"]
    text = before + f"\n{before.rsplit(maxsplit=1)[-1].replace('-', ' ').ljust(2)}".join(lines)
    made = fit(table(parsed(text)), Measure())
    assert (made.classes, made.is_too_wide) == (("small", "tight"), True)


def lines_of(rows: list[list[str]], widths: Sequence[float], room: float) -> int:
    """Return the lines of all rows, each as high as its highest cell, with letters of half an em."""
    rooms = [width * room / 100 - 1.3 for width in widths]
    return sum(max(map(_cell_lines, row, rooms)) for row in rows)


def _cell_lines(cell: str, room: float) -> int:
    count, taken = 1, 0.0
    for word in cell.split():
        if taken and taken + len(word) / 2 > room:
            count, taken = count + 1, 0.0
        taken += len(word) / 2 + 0.2
    return count


def test_a_column_is_wide_where_that_saves_lines() -> None:
    """A single long cell takes no width from a column whose rows all have two lines."""
    rows = [["nuuun " * 8, "nuuun " * 8, "nuuun " * 2] for _ in range(12)]
    rows[5][2] = "nuuun " * 40
    text = "| A | B | C |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    found = table(parsed(text))
    need, made = found.meta["need"], fit(found, Measure())
    by_length = shares(need.least, need.most, MEASURE)
    before = lines_of(rows, [100 * width / MEASURE for width in by_length], MEASURE)
    assert lines_of(rows, made.widths, MEASURE) < before
