"""A build with a cache gives the same bytes as one without, and an edit sets no more than it affects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from compositor.cache import Cache, using
from compositor.formats import EPUB, PDF, Format
from compositor.making import make
from compositor.press import Timings, read_book
from tests.random_books.trial import in_this_process

CHAPTERS = {
    "01-one.md": "# One\n\nA paragraph about @sec-two.\n\n$$x^2$$ {#eq-x}\n\nSee @eq-x.\n",
    "02-two.md": "# Two {#sec-two}\n\nWords of the second chapter.\n\n```python\nprint(1)\n```\n",
    "03-three.md": "# Three\n\n![A dot](dot.svg)\n\nThe last words, after [@sec-two]{.title}.\n",
}
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="9" cy="9" r="{}"/></svg>'
ALL_KEPT = {"chapters_parsed": 0, "chapters_kept": len(CHAPTERS)}
OPENING = 5
"""Generated pages. One of them names the build."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of three chapters that refer to each other."""
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.toml").write_text('format = 1\ntitle = "Small"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "dot.svg").write_text(DOT.format(5), encoding="utf-8")
    for name, text in CHAPTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Builds:
    """Builds of one book, with a cache and without."""

    def __init__(self, book: Path, where: Callable[[], AbstractContextManager[object]] = in_this_process) -> None:
        self.book, self._where = book, where
        self.cache = Cache(book.parent / "cache", 1 << 30)

    def files(self, cache: Cache | None, formats: Sequence[Format]) -> tuple[tuple[bytes, ...], Mapping[str, int]]:
        """Return the files of a build, and its counts."""
        timings, output = Timings(), f"{self.book.parent / 'out'}/"
        with using(cache) if cache else nullcontext(), self._where():
            made = make(read_book(self.book, timings), formats, output, timings)
        return tuple(path.read_bytes() for path in made.paths), timings.counts

    def built(self, formats: Sequence[Format] = (PDF,)) -> Mapping[str, int]:
        """Return the counts of a build with the cache; its files must equal those of one without."""
        data, counts = self.files(self.cache, formats)
        assert data == self.files(None, formats)[0]
        return counts

    def edit(self, name: str, old: str, new: str) -> None:
        """Write other text into a file of the book."""
        file = self.book / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_an_edit_sets_what_it_concerns(book: Path) -> None:
    """An edited word affects its chapter and the page with the build id; a title, the contents and its references."""
    builds = Builds(book)
    assert builds.built()["units_set"] == len(CHAPTERS) + OPENING
    assert builds.files(builds.cache, (PDF,))[1] == {**ALL_KEPT, "outputs_kept": 1}
    builds.edit("02-two.md", "Words", "Letters")
    counts = builds.built()
    assert (counts["units_set"], counts["chapters_parsed"]) == (2, 1)
    builds.edit("02-two.md", "Two", "Second")
    assert builds.built()["units_set"] == 1 + 1 + 1 + 1
    builds.edit("01-one.md", "# One", "# One\n\n" + "More. " * 3000)
    assert builds.built()["units_set"] == 1 + 1 + 1  # the chapters after it only get other page numbers
    builds.edit("03-three.md", "# Three", "<!-- a line -->\n# Three")
    assert builds.built()["units_set"] == 1


def test_an_edit_renders_what_it_concerns(book: Path) -> None:
    """An edited word affects only its chapter, even if the number of lines changes; a title, also references to it."""
    builds = Builds(book)

    def made() -> tuple[int, int]:
        counts = builds.built((EPUB,))
        assert counts["chapters_kept"] + counts["chapters_parsed"] == len(CHAPTERS)
        assert counts["documents_kept"] + counts["documents_rendered"] == len(CHAPTERS)
        return counts["chapters_parsed"], counts["documents_rendered"]

    assert made() == (3, 3)
    builds.edit("02-two.md", "Words", "Letters")
    assert made() == (1, 1)
    builds.edit("02-two.md", "Letters", "A paragraph before.\n\nLetters")
    assert made() == (1, 1)
    builds.edit("02-two.md", "# Two", "# Second")
    assert made() == (1, 3)
    builds.edit("book.toml", "Small", "Large")
    assert made() == (3, 3)


def test_a_letter_that_no_chapter_had_is_cut_by_who_has_painted_it(book: Path) -> None:
    """In separate processes, the font has the letters of all chapters, of which all but one are cached."""
    builds = Builds(book, nullcontext)
    builds.files(builds.cache, (PDF,))
    builds.edit("03-three.md", "words", "words, Größe ½")
    assert builds.built()["units_set"] == 2


@pytest.mark.slow
def test_nothing_is_taken_that_is_not_so_any_more(book: Path) -> None:
    """Both files are made again when a picture, the settings or the chapters have changed."""
    builds, both = Builds(book), (PDF, EPUB)
    assert "units_set" in builds.built(both)
    assert builds.files(builds.cache, both)[1] == {**ALL_KEPT, "outputs_kept": 2}
    (book / "dot.svg").write_text(DOT.format(7), encoding="utf-8")
    assert builds.built(both)["units_set"] == 2
    builds.edit("book.toml", "Small", "Large")
    assert "units_set" in builds.built(both)
    (book / "04-four.md").write_text("# Four\n\nMore.\n", encoding="utf-8")
    assert "units_set" in builds.built(both)
    assert builds.files(builds.cache, both)[1]["outputs_kept"] == 2
