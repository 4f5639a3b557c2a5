"""A part of a book, made as a book: it keeps the numbers of the whole, and links that lead out become plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from markdown_it.token import Token

from compositor.assemble.extracts import NoSuchPart, extract
from compositor.cli import main
from compositor.commands.extracting import extracted
from compositor.commands.work import Build
from compositor.formats import EPUB, PDF
from compositor.making import make
from compositor.markdown.reading import plain_text, walk
from compositor.model import Book
from compositor.press import Proof, Timings, read_book
from tests.finished import BOOKS

ONE = """# One {#sec-one}

Look at @fig-two, at [@fig-one; @fig-two]{.page}, at [the second](two.md#sec-inner) and at @sec-first.

## First {#sec-first}

A note[^a], one of two[^b], and one more[^c].

![One](a.svg){#fig-one fig-alt="a field"}

### Deep {#sec-deep}

Deep words, after @fig-one and @sec-second[^b].

::: {.page-break}
:::

## Second {#sec-second}

Called again[^b], and [quorum]{.index} of it.

::: {.exercise #exr-why title="Why"}
Why?

::: {.answer}
Therefore.
:::
:::

[^a]: The first note.
[^b]: The second note.
[^c]: The third note.
"""
TWO = """# Two {#sec-two}

Words.

## Inner {#sec-inner}

![Two](a.svg){#fig-two fig-alt="a field"}

As @fig-one shows.
"""
BACK = """# Back

::: {#answers}
:::

::: {#index}
:::
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book of two chapters that refer to each other, with notes, an exercise and an index."""
    made = tmp_path / "book"
    made.mkdir()
    order = '[order]\nchapters = ["one.md", "two.md"]\nback = ["back.md"]\n'
    texts = {"book.toml": f'format = 1\ntitle = "Whole"\nauthors = ["A"]\n[identifiers]\npdf = "urn:x:1"\n{order}'}
    texts["book.toml"] = texts["book.toml"].replace("[identifiers]", 'slug = "whole"\n[identifiers]')
    for name, text in {**texts, "one.md": ONE, "two.md": TWO, "back.md": BACK, "a.svg": PICTURE}.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def proof(folder: Path) -> Proof:
    """Return the book, read."""
    read = read_book(folder, Timings())
    assert not read.errors and read.book is not None
    return read


def part(proof: Proof, selector: str) -> Book:
    """Return a part of the book."""
    assert proof.book is not None
    return extract(proof.book, selector)


def tokens(book: Book) -> Iterator[Token]:
    """Yield every token of a part."""
    for unit in book.units:
        yield from walk(unit.chapter.everything)


@pytest.mark.parametrize(
    ("selector", "files", "title"),
    [
        ("1", ["one.md"], "1 One"),
        ("2", ["two.md"], "2 Two"),
        ("two.md", ["two.md"], "2 Two"),
        ("two", ["two.md"], "2 Two"),
        ("sec-two", ["two.md"], "2 Two"),
        ("1.2", ["one.md"], "1.2 Second"),
        ("sec-first", ["one.md"], "1.1 First"),
        ("1.1.1", ["one.md"], "1.1.1 Deep"),
        ("back.md", ["back.md"], "Back"),
    ],
)
def test_a_part_is_found_by_its_number_its_file_and_its_id(
    proof: Proof, selector: str, files: list[str], title: str
) -> None:
    """A file or a heading in a file can be a part."""
    book = part(proof, selector)
    assert [unit.chapter.source.path for unit in book.units] == files
    assert book.metadata.title == f"Whole: {title}"


def test_what_is_not_there_is_told_with_what_is_like_it(proof: Proof) -> None:
    """A misspelt number or file name gives an error that suggests the nearest ones."""
    with pytest.raises(NoSuchPart, match=r'called "tow\.md"; did you mean "two\.md"\?'):
        part(proof, "tow.md")
    with pytest.raises(NoSuchPart, match="as it is printed"):
        part(proof, "zzzzz")


def test_a_chapter_has_its_section_files_and_a_part_its_chapters() -> None:
    """A part of the book includes everything below it, and nothing else."""
    whole = read_book(BOOKS / "likeours", Timings()).book
    assert whole is not None
    for unit in whole.units:
        below = [one.key for one in whole.units if one.parent == unit.key]
        found = [one.key for one in extract(whole, unit.chapter.source.path).units]
        assert found[0] == unit.key
        assert set(below) <= set(found)
        assert bool(below) is (len(found) > 1)


def test_numbers_are_those_of_the_whole(proof: Proof) -> None:
    """Sections, figures and notes keep their numbers, and so does a heading that becomes the title."""
    book = part(proof, "2")
    assert (book.targets["fig-two"].label, book.targets["sec-inner"].number) == ("Figure 2.1", "2.1")
    deep = part(proof, "1.1")
    (unit,) = deep.units
    assert (unit.number, unit.title, unit.anchor) == ("1.1", "First", "sec-first")
    assert [(one.id, one.level) for one in unit.chapter.anchors if one.level] == [("sec-first", 1), ("sec-deep", 2)]
    assert [one.number for one in unit.chapter.notes] == [1, 2, 3]
    assert [one.number for one in part(proof, "1.2").units[0].chapter.notes] == [2]
    assert set(part(proof, "1.1.1").targets) == {"sec-deep"}


def test_what_leads_out_keeps_its_words_and_is_no_link(proof: Proof) -> None:
    """A reference that leads out of the part becomes plain words; references within the part stay links."""
    book = part(proof, "1")
    kinds = [token.type for token in tokens(book)]
    assert kinds.count("reference") == 3
    words = plain_text(next(token.children for token in tokens(book) if token.type == "inline" and token.children[1:]))
    assert words == "Look at Figure\u00a02.1, at Figure\u00a01.1 and Figure\u00a02.1, at the second and at @sec-first."
    assert "link_open" not in kinds and "reference_group" not in kinds
    second = part(proof, "2")
    assert "Figure\u00a01.1" in [token.content for token in tokens(second)]
    assert second.links == {"two.md#sec-inner": "sec-inner"}


def test_the_lists_at_the_end_have_what_the_part_has(proof: Proof) -> None:
    """Answers and index entries without a target in the part are left out; no exercise links to a missing answer."""
    book = part(proof, "back.md")
    assert (book.matter.answers, book.matter.index) == ((), ())
    second = part(proof, "1.2")
    assert [entry.name for entry in second.matter.index] == ["quorum"]
    assert not any(token.meta.get("answer") for token in tokens(second))


@pytest.mark.parametrize("selector", ["1", "1.2", "1.1.1", "back.md"])
def test_every_part_makes_an_epub_that_holds(proof: Proof, selector: str) -> None:
    """Every word of the part is in the file once, in order, and each link leads somewhere."""
    made = make(replace(proof, book=part(proof, selector)), (EPUB,), None, Timings())
    assert [one for one in made.findings if one.severity == "error"] == []
    assert made.missing == ()


def test_a_part_has_the_pages_of_the_whole(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is named after the part; its first page has the same number and side as in the whole book."""
    place = ["-o", f"{tmp_path}/out/"]
    assert main(["pdf", str(folder), *place]) == 0
    whole = (tmp_path / "out" / "whole.pdf").read_bytes()
    assert main(["pdf", str(folder), *place, "--only", "1.2"]) == 0
    assert "page numbers: from 2, as in the whole book" in capsys.readouterr().err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"whole.pdf", "whole-1.2.pdf"}
    assert (tmp_path / "out" / "whole.pdf").read_bytes() == whole
    with pikepdf.open(tmp_path / "out" / "whole-1.2.pdf") as pdf:
        labels = [page.label for page in pdf.pages]
    assert labels == ["i", "ii", "iii", "iv", "1", "2"]
    document = pypdfium2.PdfDocument(tmp_path / "out" / "whole-1.2.pdf")
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert texts[4] == "" and "Called again" in texts[5] and "The second note." in texts[5]
    assert "Deep words" not in "".join(texts)


@pytest.mark.parametrize(
    ("selector", "said"),
    [("1.2", "its own, from 1; there is no PDF of the whole book"), ("front.md", "its own; those before the first")],
)
def test_without_the_pages_of_the_whole_a_part_has_its_own(
    folder: Path, tmp_path: Path, selector: str, said: str
) -> None:
    """Without the page numbers of the whole book, the part counts its own pages and says so."""
    (folder / "front.md").write_text("# Front\n\nWords.\n", encoding="utf-8")
    settings = folder / "book.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}front = [\"front.md\"]\n", encoding="utf-8")
    wanted = Build(folder, (PDF,), f"{tmp_path}/", read_book, only=selector)
    part = extracted(read_book(folder, Timings()), wanted)
    assert part.remarks[0].startswith(f"page numbers: {said}")
    assert part.proof.book is not None
    assert part.proof.book.first_folio == 1


def test_a_part_is_never_written_over_another_file(folder: Path, tmp_path: Path) -> None:
    """A file name that could be that of the whole book is wrong usage, and so is a part that does not exist."""
    assert main(["epub", str(folder), "-o", f"{tmp_path}/whole.epub", "--only", "2"]) == 2
    assert main(["epub", str(folder), "-o", f"{tmp_path}/", "--only", "9"]) == 2
    assert not list(tmp_path.glob("*.epub"))


def test_what_is_said_is_about_the_part(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error in another chapter does not stop the part, however strict the book is."""
    (folder / "two.md").write_text(f"{TWO}\nSee @fig-none.\n", encoding="utf-8")
    place = ["-o", f"{tmp_path}/out/", "--strict", "--format", "short"]
    assert main(["epub", str(folder), *place, "--only", "1.2"]) == 0
    assert "two.md" not in capsys.readouterr().out
    assert main(["epub", str(folder), *place, "--only", "two.md"]) == 1
    assert "A101" in capsys.readouterr().out
