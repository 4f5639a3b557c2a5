"""A word is removed, doubled or swapped in each kind of block: the checks find it in the files, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.checks.finished import check_finished, completeness_of_files
from compositor.checks.finished.blocks import blocks_of
from compositor.checks.finished.completeness import closed_list
from compositor.checks.finished.exceptions import FORMULAS, NUMBERED, PRINTED, SILENT
from compositor.checks.finished.parts.pages import pages_of
from compositor.checks.finished.removal import REMOVED
from compositor.formats import EPUB, PDF
from compositor.markdown import render_rules
from compositor.model import Finding
from tests.checks.finished.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of
from tests.finished import BOOKS, ROOT

CHAPTER = """\
---
epigraph: Osprey merlin above the water.
epigraph-source: Sparrow wagtail, later
---
# Heron kestrel

Bittern curlew walks through the reeds in the morning and says nothing to anybody who might be listening there.

## Dunlin godwit

- Plover lapwing is first.
  - Avocet turnstone is inside.
- Whimbrel sanderling is last.

1. Gannet fulmar is counted.

> Petrel shearwater was quoted.

| Guillemot razorbill | Number |
|:--------------------|-------:|
| puffin skua         |      2 |

: Tern kittiwake in a table {#tbl-birds}

![Cormorant shag in a figure](one.svg){#fig-birds fig-alt="Two birds."}

```text {#lst-birds lst-cap="Eider goosander in a listing"}
smew teal = 3
```

    wigeon pintail = 4

> [!NOTE] Mallard gadwall
> Shoveler pochard is told.

Here is a call[^bird] and another^[Rook jackdaw inside the line.].

[^bird]: Magpie raven at the foot.

Linnet siskin
:   Twite redpoll defined.

::: {.bird}
Robin dunnock in a block.
:::

[stonechat whinchat]{.x} and `wren dipper` stand before [thrush fieldfare](https://example.org/) and **pipit wheatear**.

- [x] Crake corncrake is done.

::: {.exercise title="Grebe diver"}
Stork ibis is asked.

::: {.answer}
Egret spoonbill is answered.
:::
:::

[Buzzard harrier]{.index} is in the index.

## Answers

::: {#answers}
:::
"""
WORDS = {
    "epigraph": ("Osprey", "merlin"),
    "source of an epigraph": ("Sparrow", "wagtail"),
    "title": ("Heron", "kestrel"),
    "paragraph": ("Bittern", "curlew"),
    "heading": ("Dunlin", "godwit"),
    "list item": ("Plover", "lapwing"),
    "item of an inner list": ("Avocet", "turnstone"),
    "numbered item": ("Gannet", "fulmar"),
    "quotation": ("Petrel", "shearwater"),
    "head cell": ("Guillemot", "razorbill"),
    "cell": ("puffin", "skua"),
    "caption of a table": ("Tern", "kittiwake"),
    "caption of a figure": ("Cormorant", "shag"),
    "caption of a listing": ("Eider", "goosander"),
    "fence": ("smew", "teal"),
    "indented code": ("wigeon", "pintail"),
    "title of a callout": ("Mallard", "gadwall"),
    "callout": ("Shoveler", "pochard"),
    "note": ("Magpie", "raven"),
    "note inside a line": ("Rook", "jackdaw"),
    "term": ("Linnet", "siskin"),
    "definition": ("Twite", "redpoll"),
    "block with attributes": ("Robin", "dunnock"),
    "code in a line": ("wren", "dipper"),
    "words of a link": ("thrush", "fieldfare"),
    "strong words": ("pipit", "wheatear"),
    "words with attributes": ("stonechat", "whinchat"),
    "task": ("Crake", "corncrake"),
    "title of an exercise": ("Grebe", "diver"),
    "exercise": ("Stork", "ibis"),
    "answer": ("Egret", "spoonbill"),
    "words that are indexed": ("Buzzard", "harrier"),
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text x="1" y="5" font-size="3">Not a word</text></svg>'
)


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book of one chapter that has every kind of block."""
    folder = tmp_path_factory.mktemp("birds")
    (folder / "book.toml").write_text('format = 1\ntitle = "Birds"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-birds.md").write_text(CHAPTER, encoding="utf-8")
    (folder / "one.svg").write_text(SVG, encoding="utf-8")
    return files_of(folder)


def completeness(files: Files, **changed: bytes) -> list[Finding]:
    """Return the findings on completeness of the files, or of a changed one."""
    return list(completeness_of_files(files.book, changed or files.both, files.pages))


def line_of(word: str) -> int:
    """Return the line of the chapter that a word is on; for a listing, the line of its fence."""
    line = next(number for number, text in enumerate(CHAPTER.split("\n"), 1) if word in text)
    return {"smew": line - 1}.get(word, line)


def test_whole_files_are_whole(birds: Files) -> None:
    """Nothing is found in files that nobody has changed."""
    assert check_finished(birds.book, birds.both, birds.pages) == ()


def test_every_kind_of_block_is_asked_for(birds: Files) -> None:
    """The words of each kind are in a block that the checks expect in both files."""
    for medium in (PDF.medium, EPUB.medium):
        (unit,) = birds.book.units
        owed = " ".join(block.words for block in blocks_of(birds.book, unit, medium, birds.pages))
        assert [kind for kind, words in WORDS.items() if " ".join(words) not in owed] == []


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS)
def test_a_word_of_the_pdf(birds: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the PDF is found, with the line of its source and its page."""
    pages = [number for number, page in enumerate(birds.pages.pages, 1) if page.unit == "birds"]
    data = changed_pdf(birds.pdf, pages, WORDS[kind], CHANGES[change])
    found = completeness(birds, pdf=data)
    assert [(f.place.file, f.place.line, f.severity) for f in found] == [
        ("01-birds.md", line_of(WORDS[kind][0]), "error")
    ]
    assert {f.code for f in found} <= {"removed": {"C201"}, "doubled": {"C202"}, "swapped": {"C203"}}[change]
    assert "of the PDF (folio " in found[0].message


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", WORDS)
def test_a_word_of_the_epub(birds: Files, kind: str, change: str) -> None:
    """A word removed, doubled or swapped in the EPUB is found, with the line of its source."""
    first, second = WORDS[kind]
    new = "".join(CHANGES[change]([first], [" "], [second]))
    found = completeness(birds, epub=changed_epub(birds.epub, "EPUB/birds.xhtml", f"{first} {second}", new))
    assert [(f.place.file, f.place.line, f.severity) for f in found] == [("01-birds.md", line_of(first), "error")]
    assert {f.code for f in found} <= {"removed": {"C201"}, "doubled": {"C202"}, "swapped": {"C203"}}[change]


def test_capitals_count_in_listings_and_not_in_prose(birds: Files) -> None:
    """A style may print a heading in capitals; in code a capital is another name."""
    upper = changed_epub(birds.epub, "EPUB/birds.xhtml", "Dunlin godwit", "DUNLIN GODWIT")
    assert completeness(birds, epub=upper) == []
    code = changed_epub(birds.epub, "EPUB/birds.xhtml", "smew teal", "Smew teal")
    assert [f.code for f in completeness(birds, epub=code)] == ["C203"]


def test_a_whole_block_lost_doubled_or_moved(birds: Files) -> None:
    """A paragraph that is missing, doubled, or before the one that it should follow is found."""
    name, old = "EPUB/birds.xhtml", "<p>Petrel shearwater was quoted.</p>"
    assert [f.code for f in completeness(birds, epub=changed_epub(birds.epub, name, old, ""))] == ["C201"]
    assert [f.code for f in completeness(birds, epub=changed_epub(birds.epub, name, old, old + old))] == ["C202"]
    moved = changed_epub(birds.epub, name, old, "")
    moved = changed_epub(moved, name, "<p>Bittern", f"{old}<p>Bittern")
    assert {f.code for f in completeness(birds, epub=moved)} == {"C203"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Chapter 1", "", "C201"),
        ("Chapter 1", "Chapter 2", "C203"),
        ("Petrel shearwater was quoted.</p>", "Petrel shearwater was quoted.</p><p>Number</p>", "C202"),
        ("Petrel shearwater was quoted.</p>", "Petrel shearwater was quoted.</p><p>1.</p>", "C202"),
        ("Petrel shearwater was quoted.</p>", "Petrel shearwater was quoted.</p><p>Dunlin godwit</p>", "C202"),
    ],
    ids=["number lost", "another number", "word of a table's head", "mark of a list", "heading"],
)
def test_what_only_looks_like_furniture(birds: Files, old: str, new: str, code: str) -> None:
    """The number before a title must be there; words like those of running heads and marks are allowed only there."""
    found = completeness(birds, epub=changed_epub(birds.epub, "EPUB/birds.xhtml", old, new))
    assert [finding.code for finding in found] == [code]


def test_cells_that_changed_places(birds: Files) -> None:
    """Two whole cells of a row that have changed columns are found."""
    changed = changed_epub(birds.epub, "EPUB/birds.xhtml", "puffin skua", "@")
    changed = changed_epub(changed, "EPUB/birds.xhtml", ">2</td>", ">puffin skua</td>")
    found = completeness(birds, epub=changed_epub(changed, "EPUB/birds.xhtml", "@", "2"))
    assert [(finding.code, finding.place.line) for finding in found] == [("C203", line_of("puffin"))]


PAGES = [line for number in range(8) for line in (f"Long words of paragraph {number}. " * 60, "")]


def test_a_heading_whose_words_stand_at_the_head_of_the_page_too(tmp_path: Path) -> None:
    """A changed heading is found at its own line, although the running head has its words."""
    lines = ["# Birds", "", "## Dunlin godwit", "", *PAGES, "## Knot plover", "", *PAGES]
    (tmp_path / "book.toml").write_text('format = 1\ntitle = "Birds"\nauthors = ["A"]\n', encoding="utf-8")
    (tmp_path / "01-birds.md").write_text("\n".join(lines), encoding="utf-8")
    files = files_of(tmp_path)
    for words in (("Dunlin", "godwit"), ("Knot", "plover")):
        heads = [run for page in pages_of(files.pdf) for run in page if run.furniture and words[1] in run.letters]
        assert heads
        assert completeness(files) == []
        for change in CHANGES:
            pages = [n for n, page in enumerate(files.pages.pages, 1) if _heading(files, words) in page.anchors]
            data = changed_pdf(files.pdf, pages, words, CHANGES[change])
            line = lines.index(f"## {' '.join(words)}") + 1
            found = [(f.code, f.place.line) for f in completeness(files, pdf=data)]
            assert found == [({"removed": "C201", "doubled": "C202", "swapped": "C203"}[change], line)], change


def test_the_same_paragraph_many_times(tmp_path: Path) -> None:
    """Many equal paragraphs across page ends are right; a changed one is found."""
    alike = "\n\n".join(["Long words of a paragraph. " * 60] * 9)
    text = f"# One\n\n{alike}\n\n## Half\n\n{alike}\n\nBittern curlew.\n\n" + "\n\n".join(["Short."] * 60) + "\n"
    (tmp_path / "book.toml").write_text('format = 1\ntitle = "Alike"\nauthors = ["A"]\n', encoding="utf-8")
    (tmp_path / "01-one.md").write_text(text, encoding="utf-8")
    files = files_of(tmp_path)
    assert completeness(files) == []
    pages = [number for number, page in enumerate(files.pages.pages, 1) if page.unit == "one"]
    data = changed_pdf(files.pdf, pages, ("Bittern", "curlew."), CHANGES["removed"])
    line = text.split("\n").index("Bittern curlew.") + 1
    assert [(f.code, f.place.line) for f in completeness(files, pdf=data)] == [("C201", line)]


def _heading(files: Files, words: tuple[str, str]) -> str:
    return next(name for name, target in files.book.targets.items() if target.anchor.title == " ".join(words))


def test_a_page_that_is_gone(birds: Files) -> None:
    """When a page shows nothing, each of its blocks is a finding."""
    data = changed_pdf(birds.pdf, [_first(birds)], WORDS["paragraph"], lambda first, between, second: [])
    assert [f.code for f in completeness(birds, pdf=data)] == ["C201"]


def _first(files: Files) -> int:
    return next(number for number, page in enumerate(files.pages.pages, 1) if page.unit == "birds")


@pytest.mark.parametrize("name", ["several", "german", "likeours"])
def test_no_false_alarm_on_the_test_books(name: str) -> None:
    """The checks find nothing in the test books, give the same result twice, and all links work."""
    files = files_of(BOOKS / name)
    assert check_finished(files.book, files.both, files.pages) == ()


@pytest.mark.parametrize("name", ["skeleton/book", pytest.param("specimen", marks=pytest.mark.slow)])
def test_no_false_alarm_on_what_the_press_brings_along(name: str) -> None:
    """The book that `init` makes and the specimen are complete."""
    files = files_of(ROOT / name)
    assert check_finished(files.book, files.both, files.pages) == ()


def test_the_closed_list_names_types_that_exist() -> None:
    """Every type that prints text of Compositor's own has a rule that does so, and every line gives a reason."""
    assert set(PRINTED) <= set(render_rules())
    lines = list(closed_list())
    assert set(lines) == {why for one in (REMOVED, PRINTED, NUMBERED, FORMULAS, SILENT) for why in one.values()}
    assert len(lines) == len(set(lines)) and all(lines)
