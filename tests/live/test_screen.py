"""The screen page is that of the site, with the places of its blocks, and of the book as it is now."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from compositor.formats.epub import faces
from compositor.formats.web import site
from compositor.live.screen import Screen, edit
from compositor.live.values import Edit, Fetch, Glance, Look
from compositor.press import Timings, read_book
from tests.finished import BOOKS, ROOT
from tests.formats.web.opened import opened
from tests.live.books import FIRST, asked, write_two

POSITION = re.compile(rb' data-source="([^"]*)"')


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip covers and font subsetting, which no test here checks."""
    monkeypatch.setattr(site, "make_cover", lambda book, theme: (b"\xff\xd8\xff", ()))
    monkeypatch.setattr(faces, "renamed", lambda data, letters, cut: b"wOF2")


def screen(book: Path, only: str = "") -> Any:
    """Return the part of the reading worker that answers, in this process."""
    made = Screen(asked(book, only=only))
    return lambda question: made(question, None)


@pytest.mark.parametrize("book", [BOOKS / "several", BOOKS / "german", ROOT / "specimen"], ids=lambda path: path.name)
def test_pages_differ_from_those_of_the_site_in_places_alone(book: Path) -> None:
    """Every page and every file of the site is equal, byte for byte."""
    ask = screen(book)
    seen = ask(Look())
    proof = read_book(book, Timings())
    files = opened(proof.book).files
    pages = [chapter.page for chapter in seen.chapters]
    assert len(pages) > 2 and set(pages) < set(files)
    for page in pages:
        shown = ask(Fetch(page)).data
        assert all((book / place.rpartition(b":")[0].decode()).is_file() for place in POSITION.findall(shown))
        assert POSITION.sub(b"", shown) == files[page]
        assert b"data-source" not in files[page]
    for name in ("index.html", "404.html", "icon.svg", "styles/web.js", "search.js"):
        assert ask(Fetch(name)).data == files[name]
    pictures = [name for name in files if name.endswith((".svg", ".png", ".jpg")) and name not in ("cover.jpg",)]
    assert pictures
    for name in pictures:
        assert ask(Fetch(name)).data == files[name]


def test_places_are_lines_of_the_source(small_book: Path) -> None:
    """The place of a block is its first line."""
    ask = screen(write_two(small_book))
    ask(Look())
    places = [place.decode() for place in POSITION.findall(ask(Fetch("one.html")).data)]
    assert [place for place in places if place.startswith("01-one.md:")] == places
    assert {3, 6, 8, 10} <= {int(place.rpartition(":")[2]) for place in places}


def test_an_edit_is_on_the_next_page(small_book: Path) -> None:
    """It reports which lines have changed; an unchanged chapter is not parsed again."""
    ask = screen(write_two(small_book))
    first = ask(Look())
    assert first.good and first.edits == ()
    (small_book / "01-one.md").write_text(FIRST.replace("Another one", "New.\n\nAnother"), encoding="utf-8")
    second = ask(Look())
    assert second.edits == (Edit("01-one.md", 8, 1, 3),)
    assert second.build != first.build and second.looks == first.looks
    assert b"<p data-source=\"01-one.md:8\">New.</p>" in ask(Fetch("one.html")).data


def test_a_book_with_errors_keeps_its_last_good_pages(small_book: Path) -> None:
    """The findings are about the text as it is, and the pages show the last good state."""
    ask = screen(write_two(small_book))
    ask(Look())
    good = ask(Fetch("one.html")).data
    settings = small_book / "book.toml"
    right = settings.read_text(encoding="utf-8")
    settings.write_text(f"{right}spelt-wrong = 1\n", encoding="utf-8")
    seen = ask(Look())
    assert not seen.good and [one.severity for one in seen.findings] == ["error"]
    assert ask(Fetch("one.html")).data == good
    settings.write_text(right, encoding="utf-8")
    assert ask(Look()).good


def test_a_new_letter_or_style_changes_the_looks(small_book: Path) -> None:
    """A browser has to fetch fonts and style sheets again then, and only then."""
    ask = screen(write_two(small_book))
    looks = [ask(Look()).looks]
    (small_book / "01-one.md").write_text(f"{FIRST}\nĄ\n", encoding="utf-8")
    looks.append(ask(Look()).looks)
    (small_book / "01-one.md").write_text(FIRST, encoding="utf-8")
    looks.append(ask(Look()).looks)
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[style]\naccent = "#7a1f2b"\n')
    looks.append(ask(Look()).looks)
    assert [one != other for one, other in pairwise(looks)] == [True, False, True]


def test_words_are_counted_and_changes_looked_up_behind_the_page(small_book: Path) -> None:
    """Outside a repository, changes are unknown."""
    ask = screen(write_two(small_book))
    ask(Look())
    glanced = ask(Glance())
    assert dict(glanced.words)["02-two.md"] == 3  # Compositor prints a reference as one word
    assert glanced.changed is None


def test_what_has_changed_since_the_last_commit(small_book: Path) -> None:
    """A changed file and a new one count; an unchanged one does not."""
    write_two(small_book)
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "one")):
        subprocess.run(("git", *words), cwd=small_book, check=True)
    ask = screen(small_book)
    ask(Look())
    assert ask(Glance()).changed == frozenset()
    (small_book / "02-two.md").write_text("# Two\n\nOthers.\n", encoding="utf-8")
    (small_book / "03-three.md").write_text("# Three\n", encoding="utf-8")
    ask(Look())
    assert ask(Glance()).changed == {"02-two.md", "03-three.md"}


def test_a_part_is_served_alone(small_book: Path) -> None:
    """`--only` names the part; a part that does not exist is reported, and the last good pages stay."""
    seen = screen(write_two(small_book), only="2")(Look())
    assert [chapter.number for chapter in seen.chapters] == ["2"]
    nothing = screen(small_book, only="9")(Look())
    assert not nothing.good and "9" in nothing.remark


@pytest.mark.parametrize("name", ["../book.toml", "01-one.md", "book.toml", "/etc/passwd", "styles/../../book.toml"])
def test_no_file_of_the_folder_is_a_file_of_the_site(small_book: Path, name: str) -> None:
    """Names are looked up only among the generated files."""
    ask = screen(write_two(small_book))
    ask(Look())
    assert ask(Fetch(name)) is None


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("a\nb\nc", "a\nB\nc", (2, 1, 1)),
        ("a\nb", "a\nx\ny\nb", (2, 0, 2)),
        ("a\nb\nc", "a\nc", (2, 1, 0)),
        ("a\na", "a\na\na", (3, 0, 1)),
        ("a", "b", (1, 1, 1)),
    ],
)
def test_lines_that_have_become_others(before: str, now: str, told: tuple[int, int, int]) -> None:
    """The answer has the first changed line, how many lines there were, and how many there are."""
    assert edit("a.md", before, now) == Edit("a.md", *told)
