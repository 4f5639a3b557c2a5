"""The fidelity report: written with the files for books of other tools, and the same for the same book."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from compositor.cli import main
from compositor.errors import error, warning
from compositor.explanations import explanations
from compositor.fidelity import fidelity_of, kinds
from compositor.fidelity.promises import promises
from compositor.fidelity.spoken import as_json, as_lines
from compositor.formats import EPUB
from compositor.formats.writing.outputs import report_file
from compositor.making import make
from compositor.model import Place
from compositor.press import Timings, read_book
from compositor.proof.page import as_html
from tests.finished import BOOKS

PLACE = Place("a.md", 3)
GUEST = {
    "book.toml": '[book]\ntitle = "Small"\n',
    "src/SUMMARY.md": "- [A](a.md)\n- [Draft]()\n- [Other draft]()\n",
    "src/a.md": "# A\n\nTwo *words* and [a link](a.md), [another](none.md), [the web](https://example.org).\n\n"
    "<script>run()</script>\n\n```text\nof code\n```\n\n| a |\n|---|\n| b |\n",
}


@pytest.fixture
def guest(tmp_path: Path) -> Path:
    """Return a small book of another tool."""
    for name, text in GUEST.items():
        path = tmp_path / "guest" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "guest"


def epub(book: Path, output: Path, *options: str) -> None:
    """Make the EPUB by the command."""
    assert main(["epub", str(book), "-o", f"{output}/", *options]) == 0


def told(folder: Path) -> dict[str, Any]:
    """Return the content of the report."""
    loaded: dict[str, Any] = json.loads((folder / "fidelity.json").read_text(encoding="utf-8"))
    return loaded


def test_what_became_of_a_book_of_another_tool(guest: Path, tmp_path: Path) -> None:
    """Constructs are counted where they occur in the book; lost or changed ones have their count and place."""
    epub(guest, tmp_path / "out")
    found = told(tmp_path / "out")
    kept = {one["what"]: one["count"] for one in found["kept"]}
    assert kept == {
        **{"texts": 1, "words": 13, "headings": 1, "paragraphs": 1, "tables": 1, "listings": 1},
        **{"links within the book": 1, "links to the web": 1},
    }
    changed = {one["code"]: (one["count"], one["places"]) for one in found["changed"]}
    assert changed == {"A102": (1, ["src/a.md:3:33"])}
    left_out = {one["code"]: (one["count"], one["places"]) for one in found["left_out"]}
    assert left_out == {"M031": (2, ["src/SUMMARY.md:2"]), "L172": (1, ["src/a.md:5:1"])}


def test_the_same_book_gives_the_same_bytes(guest: Path, tmp_path: Path) -> None:
    """A second build writes the same report, and the checksums in it are those of the files."""
    epub(guest, tmp_path / "one")
    epub(guest, tmp_path / "two")
    one, two = ((tmp_path / name / "fidelity.json").read_bytes() for name in ("one", "two"))
    assert one == two
    assert set(told(tmp_path / "one")["files"]) == {"small.epub"}


def test_a_book_of_the_press_is_told_of_on_request(
    small_book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without `--fidelity` there is neither a file nor a line for a native book."""
    epub(small_book, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["small.epub"]
    assert "kept:" not in capfd.readouterr().err
    epub(small_book, tmp_path / "out", "--fidelity")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["fidelity.json", "small.epub"]
    assert "kept:" in capfd.readouterr().err


def test_what_is_said_fits_on_ten_lines(guest: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The lines follow the findings, and `-q` leaves them out."""
    epub(guest, tmp_path / "out")
    lines = capfd.readouterr().err.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("kept:"))
    assert "M018" not in "".join(lines[first:])
    assert 5 <= len(lines[first:]) <= 10
    epub(guest, tmp_path / "out", "-q")
    assert "kept:" not in capfd.readouterr().err


def test_many_kinds_are_ten_lines_still(guest: Path) -> None:
    """This holds however much there is to report."""
    book = read_book(guest, Timings()).book
    assert book is not None
    codes = sorted(explanations())
    found = [warning(code, "words " * 99, Place("x.md", number), "") for code in codes for number in range(9)]
    became = fidelity_of(book, found, {"a.pdf": b"", "a.epub": b""}, (), 1)
    assert len(list(as_lines(became))) <= 10
    assert all(len(line) < 500 for line in as_lines(became))
    assert as_json(became).startswith(b'{\n  "format": 1')


def test_a_file_that_is_not_made_leaves_the_old_report(guest: Path, tmp_path: Path) -> None:
    """The report is written with the files or not at all."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "fidelity.json").write_text("old", encoding="utf-8")
    (folder / "small.epub").mkdir()
    assert main(["epub", str(guest), "-o", f"{folder}/"]) == 1
    assert (folder / "fidelity.json").read_text(encoding="utf-8") == "old"


def test_every_code_of_the_lists_is_one_of_the_press() -> None:
    """No code is on both lists, and every code exists."""
    assert {*kinds.LEFT_OUT, *kinds.BETTER} <= set(explanations())
    assert kinds.LEFT_OUT.isdisjoint(kinds.BETTER)


def test_how_the_promises_stand() -> None:
    """A lost word fails a promise, a missing claim is withheld, and each says why."""
    lost = error("C201", "a word is lost", PLACE)
    claim = warning("E013", 'the EPUB does not claim "alternativeText": a picture has none', PLACE)
    both = promises([lost, claim], ["a.pdf", "a.epub"], ())
    assert [one.standing for one in both] == ["fails", "claimed", "withheld", "claimed"]
    assert both[0].why == "a.md:3: a word is lost"
    assert both[2].why == '"alternativeText": a picture has none'
    alone = promises([], ["a.epub"], ("the PDF",))
    assert [one.standing for one in alone] == ["not made", "not made", "holds", "claimed"]
    framed = promises([warning("C101", "no such image", PLACE)], ["a.pdf"], ())
    assert framed[0] == replace(alone[2], promise=framed[0].promise, why=framed[0].why)
    assert "placeholders are printed for what is missing: 1" in framed[0].why


def test_the_report_shows_what_became_of_a_book() -> None:
    """The page has a table for each outcome, with captions and heads."""
    proof = read_book(BOOKS / "mdbook", Timings())
    became = make(proof, (EPUB,), None, Timings()).fidelity
    assert became is not None
    page = as_html((), proof.book, (), became)
    assert "What became of the book" in page and "read as an mdBook" in page
    for caption in ("Kept", "Changed", "Left out", "Promises about this book"):
        assert f">{caption}</caption>" in page


def test_the_report_of_another_book_stays(tmp_path: Path) -> None:
    """Two books in one folder have a report each; the second report has the name of its file."""
    (tmp_path / "fidelity.json").write_text('{"format": 1, "press": "0.1.0", "title": "One"}', encoding="utf-8")
    assert report_file(tmp_path / "one.pdf", "One") == tmp_path / "fidelity.json"
    assert report_file(tmp_path / "two.pdf", "Two") == tmp_path / "two.fidelity.json"
    assert report_file(tmp_path / "none" / "two.pdf", "Two") == tmp_path / "none" / "fidelity.json"
