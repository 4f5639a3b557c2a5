"""Numbers, anchors, contents and references of a whole book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from compositor.formats import SCREEN
from compositor.language.numerals import letter, roman
from compositor.model import Book, ContentsEntry
from compositor.press import Timings, read_book
from compositor.render.units import render_epigraph
from tests.finished import Built


def lines(entries: Sequence[ContentsEntry], depth: int = 0) -> Iterator[str]:
    """Yield the contents as indented lines, a number and a title each."""
    for entry in entries:
        yield "  " * depth + f"{entry.number} {entry.title}".strip()
        yield from lines(entry.children, depth + 1)


def numbers(book: Book, kind: str) -> list[str]:
    """Return the numbers of all anchors of a kind, in the order of the book."""
    return [target.number for target in book.targets.values() if target.anchor.kind == kind]


def read(folder: Path) -> Book:
    """Read a book that must have no errors."""
    proof = read_book(folder, Timings())
    assert proof.book is not None and not proof.errors, proof.findings
    return proof.book


def write(folder: Path, toml: str, **files: str) -> Path:
    """Write a book of these files; `_` in a name means `.`, and the ending is added."""
    (folder / "book.toml").write_text(f'format = 1\ntitle = "T"\nauthors = ["A"]\n{toml}', encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name.strip('n').replace('_', '.')}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_book_with_everything_is_numbered_by_its_tree(several: Built) -> None:
    """Parts are roman, chapters run through the parts, appendices are letters, front and back have no number."""
    assert several.proof.book is not None
    roles = [(unit.role.value, unit.number) for unit in several.proof.book.units]
    assert roles == [
        ("front", ""),
        ("part", "I"),
        ("chapter", "1"),
        ("chapter", "2"),
        ("part", "II"),
        ("chapter", "3"),
        ("section", "3.1"),
        ("section", "3.2"),
        ("appendix", "A"),
        ("appendix", "B"),
        ("section", "B.1"),
        ("back", ""),
    ]


def test_a_chapter_with_section_files_leaves_their_numbers_to_them(tmp_path: Path) -> None:
    """The h2 of a section file is 1.1.1; an h2 in the chapter's own file has no number that could collide."""
    book = read(
        write(
            tmp_path,
            '[order]\nchapters = [{ file = "a.md", sections = ["b.md", "c.md"] }]\n',
            a="# A\n\nText.\n\n## Before\n",
            b="# B\n\nText.\n\n## One\n\n## Two\n\n### Deep\n",
            c="# C\n\nText.\n",
        )
    )
    assert list(lines(book.contents)) == [
        "1 A", "  Before", "  1.1 B", "    1.1.1 One", "    1.1.2 Two", "      Deep", "  1.2 C",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (1, ["1 A", "  B", "    One", "      Deep", "2 C", "  Flat", "    Low"]),
        (2, ["1 A", "  1.1 B", "    One", "      Deep", "2 C", "  2.1 Flat", "    Low"]),
        (3, ["1 A", "  1.1 B", "    1.1.1 One", "      Deep", "2 C", "  2.1 Flat", "    2.1.1 Low"]),
    ],
)
def test_numbers_go_as_deep_as_the_book_says(levels: int, expected: list[str], tmp_path: Path) -> None:
    """A section without a number is referred to by its title, and its figures are still those of the chapter."""
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    order = '[order]\nchapters = [{ file = "a.md", sections = ["b.md"] }, "c.md"]\n'
    book = read(
        write(
            tmp_path,
            f"numbered-levels = {levels}\n{order}",
            a="# A\n\nText.\n",
            b='# B {#sec-b}\n\n![C](a.svg){#fig-a fig-alt="A"}\n\n## One\n\n### Deep\n',
            c="# C\n\nText.\n\n## Flat\n\n### Low\n",
        )
    )
    assert list(lines(book.contents)) == expected
    assert numbers(book, "figure") == ["1.1"]
    assert book.targets["sec-b"].label == ("section 1.1" if levels > 1 else "“B”")


def test_captions_are_counted_through_the_files_of_a_chapter(tmp_path: Path) -> None:
    """Figures are counted across the sections of a chapter, and restart with each; tables are counted separately."""
    figure = '![C](a.svg){#fig-%s fig-alt="A"}\n\n'
    table = "| A |\n|---|\n| 1 |\n\n: C {#tbl-%s}\n"
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    book = read(
        write(
            tmp_path,
            'first-chapter = 18\n[order]\nappendices = ["d.md"]\n'
            'chapters = [{ file = "a.md", sections = ["b.md"] }, "c.md"]\n',
            a="# A\n\n" + figure % "one",
            b="# B\n\n" + figure % "two" + table % "two",
            c="# C\n\n" + figure % "three",
            d="# D\n\n" + figure % "four",
        )
    )
    assert numbers(book, "figure") == ["18.1", "18.2", "19.1", "A.1"]
    assert numbers(book, "table") == ["18.1"]


def test_ids_do_not_change_when_chapters_move(tmp_path: Path) -> None:
    """A generated id comes from file and heading, so links into the book survive a new order."""
    text = {"n01-one": "# One\n\nText.\n\n## Same\n", "n02-two": "# Two\n\nText.\n\n## Same\n"}
    before = set(read(write(tmp_path, "", **text)).targets)
    (tmp_path / "01-one.md").rename(tmp_path / "03-one.md")
    (tmp_path / "02-two.md").rename(tmp_path / "01-two.md")
    (tmp_path / "03-one.md").rename(tmp_path / "02-one.md")
    assert set(read(tmp_path).targets) == before == {"one", "one-same", "two", "two-same"}


def test_an_id_given_in_two_files_names_both(tmp_path: Path) -> None:
    """The second use of an id is an error that says where the first is."""
    write(tmp_path, "", n01="# One {#sec-a}\n\nText.\n", n02="# Two {#sec-a}\n\nText.\n")
    findings = read_book(tmp_path, Timings()).findings
    assert [(f.code, str(f.place), f.helps) for f in findings] == [
        ("L102", "02.md:1:8", ("write another id here; the first is at 01.md:1:8",))
    ]


def test_links_between_files_find_headings_as_github_does(tmp_path: Path) -> None:
    """`02.md#the-end` leads to the heading "The end!" even when it has an id of its own."""
    write(tmp_path, "", n01="# One\n\nSee [it](02.md#the-end).\n", n02="# Two\n\nText.\n\n## The end! {#sec-x}\n")
    assert read(tmp_path).links == {"02.md#the-end": "sec-x"}


@pytest.mark.parametrize(("number", "expected"), [(1, "I"), (4, "IV"), (9, "IX"), (40, "XL"), (1994, "MCMXCIV")])
def test_roman_numbers(number: int, expected: str) -> None:
    """Parts and the folios of the front matter are roman."""
    assert roman(number) == expected


@pytest.mark.parametrize(("number", "expected"), [(1, "A"), (26, "Z"), (27, "AA"), (53, "BA")])
def test_letters(number: int, expected: str) -> None:
    """Appendices are numbered by letters, and after Z the letters go on."""
    assert letter(number) == expected


def test_titles_that_name_other_things(tmp_path: Path) -> None:
    """The contents, running heads and titles show what a reference or citation in a heading or caption resolves to."""
    one = (
        "# After @sec-two {#sec-one}\n\n## [@fig-a; @fig-b] and -@tbl-c by @knuth [p. 3]\n\n"
        '![As @fig-b.](a.svg){#fig-a fig-alt="A."}\n\n![As [@sec-one]{.title}.](a.svg){#fig-b fig-alt="B."}\n'
    )
    two = "# Two of @sec-three {#sec-two .unnumbered}\n\n| A |\n|---|\n| 1 |\n\n: $x^2$ [@knuth] {#tbl-c}\n"
    three = "# Three {#sec-three .unnumbered}\n\n::: {#refs}\n:::\n"
    works = '[{"id": "knuth", "type": "book", "title": "T", "author": [{"family": "Knuth"}]}]'
    (tmp_path / "works.json").write_text(works, encoding="utf-8")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    toml = 'bibliography = "works.json"\n[order]\nchapters = ["one.md", "two.md"]\nback = ["three.md"]\n'
    book = read(write(tmp_path, toml, one=one, two=two, three=three))
    assert list(lines(book.contents)) == [
        "1 After chapter 2",
        "  1.1 figures 1.1 and 1.2 and 2.1 by Knuth [1, p. 3]",
        "2 Two of “Three”",
        "Three",
    ]
    assert [unit.recto for unit in book.units][:2] == ["Chapter 1 · After chapter 2", "Chapter 2 · Two of “Three”"]
    titles = {name: target.anchor.title for name, target in book.targets.items()}
    assert titles["fig-a"] == "As Figure 1.2."
    assert titles["tbl-c"] == "x^2 [1]"
    assert titles["fig-b"] == "As “After chapter 2”."


def test_quotation_marks_of_the_language_wherever_words_are_printed(tmp_path: Path) -> None:
    """The title of the book, running heads, epigraphs and works get the same quotation marks as the text."""
    head = "---\nepigraph: It's the \"end\" -- says *who* in @sec-one?\nepigraph-source: O'Neil, `x'`\n"
    head += "short-title: It's \"x\"\n"
    (tmp_path / "works.bib").write_text(
        '@book{neil, author = {O\'Neil, Ann}, title = {The "end" of <i>it</i>}, year = 1999, url = "https://a.org/o\'n"}',
        encoding="utf-8",
    )
    toml = 'subtitle = "What\'s \\"in\\" it"\nbibliography = "works.bib"\n'
    one = head + "---\n# One {#sec-one}\n\nBy @neil.\n\n::: {#refs}\n:::\n"
    book = read(write(tmp_path, toml, n01_one=one))
    (unit,) = book.units
    assert book.metadata.subtitle == "What’s “in” it"
    assert unit.recto == "Chapter 1 · It’s “x”"
    rendered = render_epigraph(book, unit, SCREEN)
    reference = '<a class="reference" href="#sec-one">chapter\u00a01</a>'
    assert rendered == (f"It’s the “end”\u00a0– says <em>who</em> in {reference}?", "O’Neil, <code>x'</code>")
    (work,) = book.works
    assert "O’Neil" in work.text and "The “end” of <em>it</em>" in work.text
    assert book.manuscript.bibliography is not None
    assert book.manuscript.bibliography.works["neil"].fields["URL"] == "https://a.org/o'n"
    assert "".join(text for text, _ in next(iter(book.citations.values())).pieces).startswith("O’Neil")
