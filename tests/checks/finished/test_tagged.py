"""The structure tree of a PDF has the text in the order of the source, whatever the pages and the drawing order are."""

from __future__ import annotations

import pytest

from compositor.checks.finished import reading_order
from compositor.checks.finished.parts.pages import pages_of
from compositor.checks.finished.tagged import as_tagged
from tests.checks.finished.mutations import Files, files_of

LONG = "The ferry leaves the old quay when the water is high enough to carry it across the bar."
TEXTS = {
    "definitions": "Ferry\n: A boat with a _timetable_ and `no` hurry, on [a](https://example.org).[^a]\n\n[^a]: 1.",
    "lines that stand out": '```{.python code-line-numbers="2,4"}\none = 1\ntwo = 2\nthree = 3\nfour = 4\n\n```',
    "cells that go on overleaf": "| a | b | c |\n|---|---|---|\n"
    + "| "
    + " | ".join(" ".join(f"{LONG} {column}{n}" for n in range(25)) for column in "xyz")
    + " |",
    "notes between words": "One[^a] two[^b] three.\n\n[^a]: First note.\n\n[^b]: Second note.",
    "a block quote with text": "> Quoted *and* stressed.\n\n- item `code` more\n- another **one** here",
}


@pytest.fixture(scope="module", params=TEXTS)
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the files of a book of one chapter."""
    folder = tmp_path_factory.mktemp("tagged")
    (folder / "01-one.md").write_text(f"# One\n\n{LONG}\n\n{TEXTS[request.param]}\n\n{LONG}\n", encoding="utf-8")
    (folder / "book.toml").write_text('format = 1\ntitle = "T"\n[style]\npage-size = "A5"\n', encoding="utf-8")
    return files_of(folder)


def test_the_tree_reads_as_the_source(files: Files) -> None:
    """The tree contains every letter once, in order."""
    assert list(reading_order(files.book, {"pdf": files.pdf}, files.pages)) == []


def test_every_letter_has_its_place(files: Files) -> None:
    """No text is outside the tree, and reordering loses nothing."""
    painted = [run for page in pages_of(files.pdf) for run in page]
    read = as_tagged(files.pdf, painted)
    assert sorted(run.letters for run in read) == sorted(run.letters for run in painted)
    assert all(run.content >= 0 for run in read if not run.furniture)


def test_a_tree_in_another_order_is_found(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree with the text in reverse is reported as not in reading order."""
    turned = "compositor.checks.finished.tagged.as_tagged"
    monkeypatch.setattr(turned, lambda data, runs: tuple(reversed(as_tagged(data, runs))))
    assert list(reading_order(files.book, {"pdf": files.pdf}, files.pages))
