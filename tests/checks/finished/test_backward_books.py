"""A Hebrew book with Latin words: heads, turned tables and drawings without a size cause no false alarms."""

from __future__ import annotations

from pathlib import Path

from tests.random_books.trial import faults

WORDS = ("station", "measurement", "configuration", "harbour", "observation", "availability")
SENTENCE = "The harbour keeps the river and the stone of the engine. "
ROWS = "$$\n\\begin{align}\na &= b \\label{eq:a} \\\\ c &= d \\label{eq:b}\n\\end{align}\n$$\n\nBy \\eqref{eq:b}."
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 6"><rect width="12" height="6" fill="#888"/></svg>'


def table(columns: int, rows: int, caption: str) -> str:
    """Return a table of words, with a head among its rows."""
    cells = [[f"{WORDS[(row * column + column) % 6]}{column}" for column in range(columns)] for row in range(rows)]
    head, *body = (f"| {' | '.join(row)} |" for row in cells)
    return "\n".join((head, "|---" * columns + "|", *body, "", f": {caption}"))


def test_a_book_from_right_to_left_in_latin_letters_is_made(tmp_path: Path) -> None:
    """The book has running heads, also shortened ones, turned and split tables, and an icon without a size."""
    folder = tmp_path / "book"
    folder.mkdir()
    tables = (
        table(9, 40, "A long one. {#tbl-a .turned}"),
        table(16, 4, "In parts. {#tbl-b}"),
        table(2, 60, "With signs in the head. {#tbl-c}").replace("station0 | station1", "`<b>` -3 | 12 % (-3)"),
    )
    title = "# Storage of all that is in the harbour and in the town"
    files = {
        "01-one.md": "\n\n".join((title, *tables, "![i](a.svg) icon", ROWS)),
        "01.1-two.md": f"# Storage of tides\n\n{SENTENCE * 60}\n",
        "a.svg": DRAWING,
        "book.toml": 'format = 1\ntitle = "Small"\nauthors = ["A"]\nlanguage = "he"\n[style]\npage-size = "A5"\n',
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert faults(folder, tmp_path / "out") == ()
