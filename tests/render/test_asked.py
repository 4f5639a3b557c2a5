"""A rendered unit is cached with its queries to the book, and is used while the answers are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from compositor.cache import Cache, using
from compositor.formats import PAPER, SCREEN
from compositor.model import Medium, Page, PageMap, Place
from compositor.press import Proof, Timings, read_book
from compositor.render import counting, render_unit
from compositor.render.asked import FOLIO, LINK, TARGET, WORKS, Answers, Asked

ONE = "# One\n\nA word.\n\nAs [@sec-two]{.title} says, and [there](02-chapter-2.md#sec-two).\n"
TWO = "# Two {#sec-two}\n\nMore.\n\n## Within {#sec-within}\n\nAnd more.\n"
THREE = "# Three\n\nOn [@sec-two]{.page}.\n"


@pytest.fixture(autouse=True)
def cached(tmp_path: Path) -> Iterator[None]:
    """Use a cache of the test's own."""
    with using(Cache(tmp_path / "cache", 1 << 20)):
        yield


Reader = Callable[..., Proof]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Return a function that reads a book of these chapters."""

    def reader(*texts: str) -> Proof:
        folder = tmp_path / "book"
        folder.mkdir(exist_ok=True)
        (folder / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
        for number, text in enumerate(texts, 1):
            (folder / f"0{number}-chapter-{number}.md").write_text(text, encoding="utf-8")
        return read_book(folder, Timings())

    return reader


def rendered(proof: Proof, medium: Medium, pages: PageMap | None = None) -> list[str]:
    """Return the keys of the units that are rendered anew; all units must have the text of a build without a cache."""
    book, theme, found = proof.book, proof.theme, []
    assert book is not None and theme is not None
    for unit in book.units:
        with counting() as tally:
            text = render_unit(book, unit, medium, theme, pages)
        found += [unit.key] * tally.made
        bare = replace(unit, chapter=replace(unit.chapter))
        assert text == render_unit(book, bare, medium, theme, pages)
    return found


def test_a_unit_is_rendered_when_what_it_names_is_another(read: Reader) -> None:
    """A changed word in another unit does not matter; each medium is separate."""
    assert rendered(read(ONE, TWO), SCREEN) == ["chapter-1", "chapter-2"]
    assert rendered(read(ONE, TWO), SCREEN) == []
    assert rendered(read(ONE, TWO), PAPER) == ["chapter-1", "chapter-2"]
    assert rendered(read(ONE, TWO.replace("More", "Less")), SCREEN) == ["chapter-2"]
    assert rendered(read(ONE, TWO.replace("Two", "Zwei")), SCREEN) == ["chapter-1", "chapter-2"]


def test_a_unit_is_rendered_when_a_page_that_it_names_is_another(read: Reader) -> None:
    """Other page changes do not matter; the numbers expected before layout are cached beside the result."""
    book = read(THREE, TWO)
    guess = PageMap(expected={"sec-two": "0", "sec-within": "0"})
    pages = PageMap((Page("chapter-1", "1"), Page("chapter-2", "3", ("sec-two",)), Page("chapter-2", "4")))
    moved = replace(pages, pages=(*pages.pages[:2], replace(pages.pages[2], folio="5")))
    assert rendered(book, PAPER, guess) == ["chapter-1", "chapter-2"]
    assert rendered(book, PAPER, pages) == ["chapter-1"]
    assert rendered(book, PAPER, guess) == []
    assert rendered(book, PAPER, moved) == []
    other = replace(pages, pages=(pages.pages[0], replace(pages.pages[1], folio="7"), pages.pages[2]))
    assert rendered(book, PAPER, other) == ["chapter-1"]


def test_what_is_asked_is_noted(read: Reader) -> None:
    """Each query is noted under its name; a query that reads the whole book ends the notes."""
    book = read(ONE, TWO).book
    assert book is not None
    asked = Asked(Answers(book, PageMap()))
    seen, pages = asked.book(), asked.pages()
    assert pages is not None
    assert "nowhere" not in seen.targets
    assert seen.targets["sec-two"].label == "chapter 2"
    assert seen.targets["sec-two"].anchor.place == Place("")
    assert seen.links.get("elsewhere#") is None
    assert pages.folio("sec-two") == ""
    assert list(seen.works) == []
    questions = {(TARGET, "nowhere"), (TARGET, "sec-two"), (LINK, "elsewhere#"), (FOLIO, "sec-two"), (WORKS, "")}
    assert asked.noted.keys() == questions
    assert not asked.is_whole
    for look in (lambda: list(seen.units), lambda: list(seen.targets), lambda: len(seen.matter.index)):
        asked.is_whole = False
        look()
        assert asked.is_whole
