"""The examples of the manual: each can be built, and has two pictures of the source before them."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from PIL import Image

from compositor.markdown import EXTENSIONS
from compositor.press import Timings, read_book
from tools.examples import PAGE, Example, examples, is_of_specimen, make_book
from tools.manual_pictures import KINDS, PICTURES, SOURCE, pictures

EXAMPLES = examples()
SHOWN_WITH = {
    "anchors": "small_forms",
    "autolinks": "links",
    "cards": "csv_tables",
    "column_widths": "table_notes",
    "inline_code": "paragraphs",
    "keys": "small_forms",
    "scripts": "small_forms",
    "small_capitals": "small_forms",
    "spans": "small_forms",
    "strikethrough": "paragraphs",
}
"""Extension -> the example that shows it, if it has none of its own because it changes only a few letters."""
NOTHING_TO_SEE = {
    "broken_links": "a message is all that comes of them",
    "badges": "they are left out",
    "east_asian": "it acts on letters of scripts that the manual's pictures do not show",
    "drawn": "a program outside Compositor draws it",
    "foreign": "a message is all that comes of it",
    "parts": "a table that no page has room for would take pages of its own",
    "changes": "Compositor makes it of two states of a book; docs/manual/desk.md has its picture",
    "characters": "what no page can show is left out",
    "directions": "it acts on letters of scripts that the manual's pictures do not show",
    "link_notes": "the book asks for it; what comes of it are notes",
    "tex_marks": "another way to write what math shows",
    "open_fences": "a message is all that comes of them",
    "page_breaks": "a picture of a page that ends shows nothing, and screens have no pages",
    "rows": "a message is all that comes of those that do not fit",
}
LARGEST = 6_000_000
"""The limit of all pictures together, in bytes: a clone of the repository contains each version of them."""


def test_every_construct_has_pictures() -> None:
    """Each extension of the parser has an example with its name, or is on a closed list with a reason."""
    names = {example.name for example in EXAMPLES}
    assert {e.name for e in EXTENSIONS if SHOWN_WITH.get(e.name, e.name) not in names} == set(NOTHING_TO_SEE)
    assert not set(NOTHING_TO_SEE) & set(SHOWN_WITH) and set(SHOWN_WITH.values()) <= names


def test_names_are_given_once() -> None:
    """No two examples share their pictures."""
    names = [example.name for example in EXAMPLES]
    assert len(names) == len(set(names))
    assert all(example.source.strip() for example in EXAMPLES)


def test_every_example_can_be_built(tmp_path: Path) -> None:
    """The examples of the manual are correct: as one book, they cause only findings on long lines."""
    make_book(EXAMPLES, tmp_path / "book")
    proof = read_book(tmp_path / "book", Timings())
    assert proof.book is not None
    long_lines = {("L153", "listings.md"), ("L153", "example-wrapping.md")}
    assert {(finding.code, finding.place.file) for finding in proof.findings} == long_lines
    files = {unit.chapter.source.path for unit in proof.book.units}
    assert {e.name for e in EXAMPLES if f"example-{e.name}.md" not in files and not is_of_specimen(e)} == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_shows_its_example(example: Example, kind: str) -> None:
    """A picture was made from the source before it; if not, run `make pictures`."""
    with Image.open(PICTURES / f"{example.name}-{kind}.png") as picture:
        picture.load()
        assert picture.mode == "P"
        assert picture.info[SOURCE] == example.source
        assert picture.width > 100 and len(picture.getcolors() or ()) > 2


def test_both_pictures_are_embedded_with_words_for_those_who_cannot_see_them() -> None:
    """Both pictures of an example are in one row, each with its own alternative text."""
    tokens = MarkdownIt("commonmark").enable("table").parse(PAGE.read_text(encoding="utf-8"))
    images = [child for token in tokens for child in token.children or () if child.type == "image"]
    paths = [f"pictures/{example.name}-{kind}.png" for example in EXAMPLES for kind in ("print", "screen")]
    assert [image.attrs["src"] for image in images] == paths
    words = [image.content for image in images]
    assert len(set(words)) == len(words)
    assert all(len(text) > len("a, in print") for text in words)


def test_there_are_no_other_pictures_and_they_are_small() -> None:
    """No picture belongs to a removed example, and all of them are a small part of the repository."""
    assert {file.name for file in pictures()} == {f"{one.name}-{kind}.png" for one in EXAMPLES for kind in KINDS}
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < LARGEST
