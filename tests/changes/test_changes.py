"""What has changed for a reader between two states of a book: words, moved passages, numbers, removed sections."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compositor.changes import Changes, compared, told
from compositor.changes.page import as_html
from compositor.changes.spoken import as_lines
from compositor.press import Timings, read_book

SETTINGS = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
ONE = """# One

The first paragraph stays as it is, whatever happens.

The second paragraph has some words in it that will be others.

## Inner {#sec-inner}

A paragraph of several words that will move to another place.

```text
a line
another line
```

A note[^a] is called.

[^a]: The words of the note.
"""
TWO = "# Two\n\nSee @sec-inner, which has a number, and stays.\n"


def book(folder: Path, **texts: str) -> Path:
    """Return a book with these chapters, by their names without the number."""
    folder.mkdir()
    (folder / "book.toml").write_text(SETTINGS, encoding="utf-8")
    for number, (name, text) in enumerate(texts.items(), 1):
        (folder / f"{number:02}-{name}.md").write_text(text, encoding="utf-8")
    return folder


def changes(tmp_path: Path, new: dict[str, str], old: dict[str, str] | None = None) -> Changes:
    """Return what has changed from the old chapters to the new ones."""
    old = {"one": ONE, "two": TWO} if old is None else old
    read = [read_book(book(tmp_path / name, **texts), Timings()).book for name, texts in (("o", old), ("n", new))]
    before, after = read
    assert before is not None and after is not None
    return compared(told(before), after)


def said(found: Changes) -> str:
    """Return the changes as a terminal shows them."""
    return "\n".join(as_lines(found, {}))


def test_nothing_has_changed_in_the_same_book(tmp_path: Path) -> None:
    """No section is named, and every number is 0."""
    found = changes(tmp_path, {"one": ONE, "two": TWO})
    assert (found.sections, found.renumbered) == ((), 0)


@pytest.mark.parametrize(
    ("before", "after", "kinds", "shown"),
    [
        ("some words", "more words", ["changed"], "has [-some-] {+more+} words in"),
        ("The first", "New words here.\n\nThe first", ["inserted"], "+ New words here."),
        ("A paragraph of several words that will move to another place.\n\n", "", ["deleted"], "- A paragraph of"),
        ("another line", "a new line", ["changed"], "  - another line\n      + a new line"),
        ("words of the note", "word of a note", ["changed"], "~ note: 1 The [-words-] {+word+} of [-the-] {+a+} note."),
    ],
)
def test_a_change_is_shown_where_it_is(
    tmp_path: Path, before: str, after: str, kinds: list[str], shown: str
) -> None:
    """Inserted and deleted words are shown among the unchanged ones; code is compared by lines."""
    found = changes(tmp_path, {"one": ONE.replace(before, after), "two": TWO})
    assert [one.kind for one in found.all] == kinds
    assert shown in said(found)


def test_a_formula_that_has_changed_is_shown_as_it_is_written(tmp_path: Path) -> None:
    """A formula has no words, but a reader sees that it changed."""
    old, new = ({"one": f"# One\n\nWhere ${formula}$ holds.\n\nLet it be.\n"} for formula in ("x + y", "x - y"))
    found = changes(tmp_path, new, old)
    assert "~ Where $x [-+-] {+-+} y$ holds." in said(found)
    assert len(found.all) == 1


def test_a_passage_that_stands_elsewhere_has_moved(tmp_path: Path) -> None:
    """A moved passage is neither inserted nor deleted, and the message names its old section."""
    moving = "A paragraph of several words that will move to another place.\n\n"
    found = changes(tmp_path, {"one": ONE.replace(moving, ""), "two": f"{TWO}\n{moving}"})
    (change,) = found.all
    assert change.kind == "moved" and change.origin is not None
    assert (change.origin.name, change.section.name) == ("1.1 Inner", "2 Two")
    assert (found.words("+"), found.words("-")) == (0, 0)
    assert "> from 1.1 Inner: A paragraph of several" in said(found)


def test_other_numbers_alone_are_counted_and_not_shown(tmp_path: Path) -> None:
    """A new chapter before another changes the numbers in references to it, but nothing that an author wrote."""
    found = changes(tmp_path, {"new": "# New\n\nA chapter.\n", "one": ONE, "two": TWO})
    assert {one.kind for one in found.all} == {"inserted"}
    assert [section.name for section, _ in found.sections] == ["1 New"]
    assert found.renumbered == 2  # the heading 1.1, and the reference to it


def test_a_section_that_went_is_told(tmp_path: Path) -> None:
    """The passages of a removed section come after all others."""
    found = changes(tmp_path, {"one": ONE.replace("some", "any")}, {"one": ONE, "two": TWO.replace("@sec-inner", "it")})
    assert [section.name for section, _ in found.sections] == ["1 One", "2 Two"]
    assert "2 Two, which is no longer there" in said(found)


def test_a_file_by_another_name_is_the_same_chapter(tmp_path: Path) -> None:
    """A renamed file is recognised by its title."""
    old = book(tmp_path / "old", one=ONE, two=TWO)
    new = Path(shutil.copytree(old, tmp_path / "new"))
    (new / "02-two.md").rename(new / "02-second.md")
    before, after = (read_book(folder, Timings()).book for folder in (old, new))
    assert before is not None and after is not None
    assert compared(told(before), after).all == ()


def test_the_page_shows_what_it_quotes(tmp_path: Path) -> None:
    """Words of the book are escaped on the page, and sections link to their pages where these are known."""
    found = changes(tmp_path, {"one": ONE.replace("some words", "`<b>` & words"), "two": TWO})
    page = as_html(found, "A <title>", "en", {found.sections[0][0].anchor: "7"})
    assert "<h2>1 One, page 7</h2>" in page
    assert "<del>some </del><ins>&lt;b&gt; &amp; </ins>" in page
    assert "<title>A &lt;title&gt;</title>" in page
    assert "http" not in page
