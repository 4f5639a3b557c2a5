"""Which folder is the book: the named one, or the one in which the command runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from compositor.cli import press
from compositor.commands.origins import the_book_in
from compositor.model.findings import Strictness

SETTINGS = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'


def test_the_folder_of_init_is_that_of_its_book(tmp_path: Path) -> None:
    """The folder may be named from outside: the book is in it, and its README is no chapter."""
    assert CliRunner().invoke(press, ["init", str(tmp_path / "mine")]).exit_code == 0
    assert the_book_in(tmp_path / "mine") == tmp_path / "mine" / "book"
    said = CliRunner().invoke(press, ["doctor", str(tmp_path / "mine")]).output
    assert "A Small Book" in said


@pytest.mark.parametrize("name", ["book.toml", "mkdocs.yml", "_quarto.yml"])
def test_a_folder_that_is_a_book_is_meant_itself(tmp_path: Path, name: str) -> None:
    """A book folder may contain a folder called `book`."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "book.toml").write_text(SETTINGS, encoding="utf-8")
    assert the_book_in(tmp_path) == tmp_path / "book"
    (tmp_path / name).touch()
    assert the_book_in(tmp_path) == tmp_path


def test_what_mdbook_has_made_is_no_book(tmp_path: Path) -> None:
    """mdBook's output is called `book` too, but has no book.toml."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "index.html").touch()
    assert the_book_in(tmp_path) == tmp_path


def test_how_a_book_was_read_is_no_error_of_strictness() -> None:
    """A correct mdBook passes `--strict`; its own code for this finding still makes it an error."""
    assert not Strictness(everything=True).stops("M018")
    assert Strictness(everything=True).stops("M010")
    assert Strictness(codes=("M018",)).stops("M018")
    assert not Strictness(codes=("M",), tolerate=("M018",)).stops("M018")
