"""The length of a book is counted from its tokens, by chapter, with the pages of its PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compositor.cli import main
from compositor.fidelity.counts import counts
from compositor.press import Timings, read_book
from tests.finished import built

ONE = """# One

Four words stand here, and `code too`[^1].

[^1]: A note.

![A field](a.svg){#fig-field fig-alt="red"}

| a | b |
|---|---|
| 1 | 2 |

```text
three more words
```

Let $x$ be.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of two chapters, the first with a section file, and an appendix."""
    folder = tmp_path / "book"
    folder.mkdir()
    order = '[order]\nchapters = [{ file = "one.md", sections = ["inner.md"] }, "two.md"]\nappendices = ["more.md"]\n'
    (folder / "book.toml").write_text(f'format = 1\ntitle = "Counted"\nauthors = ["A"]\n{order}', encoding="utf-8")
    (folder / "a.svg").write_text(PICTURE, encoding="utf-8")
    texts = {"one": ONE, "inner": "# Inner\n\nWord.\n", "two": "# Two\n\nWord - word.\n", "more": "# More\n\nWord.\n"}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def ask(book: Path, *options: str) -> None:
    """Run the command with JSON output."""
    assert main(["stats", str(book), "--format", "json", *options]) == 0


def test_chapters_count_their_section_files(book: Path) -> None:
    """Words of text, code and notes count; a dash between spaces is not a word."""
    read = read_book(book, Timings()).book
    assert read is not None
    rows = {one.title: one for one in counts(read)}
    assert list(rows) == ["One", "Two", "More", "Counted"]
    one = rows["One"]
    assert (one.figures, one.tables, one.listings, one.formulas, one.pages) == (1, 1, 1, 1, None)
    by_file = {row.file: row.words for row in counts(read, by_file=True)}
    assert (by_file["inner.md"], by_file["two.md"], by_file["more.md"]) == (2, 3, 2)
    assert one.words == by_file["one.md"] + 2
    assert rows["Counted"].words == sum(row.words for title, row in rows.items() if title != "Counted")


def test_reading_takes_whole_minutes(book: Path) -> None:
    """Reading time is rounded up, so that no chapter takes 0 minutes."""
    read = read_book(book, Timings()).book
    assert read is not None
    two = next(one for one in counts(read) if one.title == "Two")
    assert (two.minutes(200), two.minutes(2)) == (1, 2)


def test_pages_are_those_of_the_pdf_at_hand(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a PDF no pages are shown; with one they are, and the output says whether it is of this state."""
    place = ["-o", f"{tmp_path}/out/"]
    ask(book, *place)
    found = json.loads(capsys.readouterr().out)
    assert found["pages_of"] is None and found["total"]["pages"] is None
    pdf = built(book, tmp_path / "out")
    with pdf.open_pdf() as opened:
        in_all = len(opened.pages)
    ask(book, *place)
    found = json.loads(capsys.readouterr().out)
    assert found["pages_of"] == {"build": found["build"], "is_current": True}
    assert found["total"]["pages"] == in_all
    pages = [one["pages"] for one in found["chapters"]]
    assert pages == [2, 2, 1] and sum(pages) < in_all
    (book / "two.md").write_text("# Two\n\nOther words.\n", encoding="utf-8")
    assert main(["stats", str(book), *place]) == 0
    said = capsys.readouterr()
    assert "pages" in said.out and "another state of the book" in said.err


def test_a_pdf_of_somebody_else_tells_no_pages(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of that name that no build has made is not read for page numbers."""
    (tmp_path / "counted.pdf").write_bytes(b"%PDF-1.4\nno more")
    assert main(["stats", str(book), "-o", f"{tmp_path}/"]) == 0
    said = capsys.readouterr()
    assert "pages" not in said.out and "there is no PDF of the book" in said.err


def test_a_book_with_errors_is_counted_all_the_same(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counting works while the text has errors."""
    settings = (book / "book.toml").read_text(encoding="utf-8")
    (book / "book.toml").write_text(f"{settings}[strict]\neverything = true\n", encoding="utf-8")
    (book / "two.md").write_text("# Two\n\nSee @fig-none.\n", encoding="utf-8")
    assert main(["stats", str(book), "-o", f"{tmp_path}/"]) == 0
    said = capsys.readouterr()
    assert "in all" in said.out and "`check` lists them" in said.err
