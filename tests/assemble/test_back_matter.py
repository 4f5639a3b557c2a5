"""Index, answers and page references of whole books are correct in print, and their links work in the EPUB."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from compositor.formats import PAPER
from compositor.model import Page, PageMap
from compositor.press import Timings, read_book
from compositor.render import render_body
from tests.finished import Built, built

HEAD = 'format = 1\ntitle = "T"\nauthors = ["A"]\n[order]\nback = ["answers.md", "index.md"]\n'
PARAGRAPH = "A line of text that takes some room on the page, so that the book has more of them. " * 5
XHTML = "{http://www.w3.org/1999/xhtml}"


def page_of_words(number: int) -> str:
    """Return a paragraph that names its number and is indexed under it, with marks of every kind."""
    first = " []{.index term=log range=start}" if number == 9 else ""
    last = "[]{.index term=log range=end}" if number == 21 else ""
    principal = " .principal" if number % 10 == 0 else ""
    mark = f'[]{{.index term="every!third"{principal}}}' if number % 3 == 0 else ""
    return f"{first}Paragraph [word{number}]{{.index}} begins{mark}. {PARAGRAPH}{last}\n\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two chapters of several pages that refer to one another by page, with exercises, answers and an index."""
    folder = tmp_path_factory.mktemp("apparatus")
    (folder / "book.toml").write_text(HEAD, encoding="utf-8")
    references = "See [@sec-last]{.page}, [@exr-one]{.page} and [@fig-a]{.page}.\n\n"
    exercise = "::: {#exr-one .exercise}\nWhat?\n\n::: {.answer}\nThat, as [@sec-last]{.page} says.\n\n"
    exercise += '![A](a.svg){#fig-a fig-alt="A"}\n\n[answered]{.index}\n:::\n:::\n\n'
    texts = {
        "1-one.md": "# One\n\n" + references + "".join(map(page_of_words, range(1, 16))) + exercise,
        "2-two.md": "# Two\n\n" + "".join(map(page_of_words, range(16, 31))) + f"## Last {{#sec-last}}\n\n{references}",
        "answers.md": "# Answers\n\n::: {#answers}\n:::\n",
        "index.md": "# Index\n\n::: {#index}\n:::\n",
        "a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return built(folder, tmp_path_factory.mktemp("out"))


def folios(book: Built) -> dict[str, str]:
    """Return the text of each page of the body by its folio."""
    texts = book.page_texts()
    first = next(place for place, text in enumerate(texts) if "word1 " in text)
    return {str(number): text for number, text in enumerate(texts[first:], 1)}


def flat(text: str) -> str:
    """Return the text in one line."""
    return " ".join(text.replace("\u00a0", " ").split())


def test_page_references_name_the_page(book: Built) -> None:
    """A page reference names the page that its target is on, even if the reference itself changes the line breaks."""
    pages = folios(book)
    text = flat(pages["1"])
    found = re.findall(r"(section 2\.1|Exercise 1\.1|Figure 1\.1) on page (\d+)", text)
    exercise = "Exercise 1.1 Answer on page 9 What?"
    wanted = {"section 2.1": "2.1 Last", "Exercise 1.1": exercise, "Figure 1.1": "Figure 1.1 A"}
    assert [name for name, _ in found] == list(wanted)
    assert all(wanted[name] in flat(pages[folio]) for name, folio in found)


def test_the_index_names_the_pages_of_its_words(book: Built) -> None:
    """Every indexed term is on the page that the index gives for it."""
    pages = folios(book)
    listed = re.findall(r"(word\d+), (\d+)", flat(" ".join(text for text in pages.values() if "Index" in text)))
    assert len(listed) == 30
    assert all(re.search(rf"\b{word}\b", pages[folio]) for word, folio in listed)


def test_ranges_principal_pages_and_duplicates(book: Built) -> None:
    """A range is printed from its first page to its last; a page that has a term twice is named once."""
    pages = folios(book)
    text = flat(" ".join(text for text in pages.values() if "Index" in text))
    where = {n: next(f for f, t in pages.items() if re.search(rf"word{n}\b", t)) for n in range(1, 31)}
    assert f"log, {where[9]}–{where[21]}" in text
    thirds = sorted({int(where[n]) for n in range(3, 31, 3)})
    assert len(thirds) < 10
    assert f"third, {', '.join(map(str, thirds))}" in text


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ({"a": 1, "b": 2, "start": 3, "end": 3, "c": 5}, "1 2 3 [5]"),
        ({"a": 1, "b": 1, "start": 1, "end": 1, "c": 1}, "[1]"),
        ({"a": 1, "b": 2, "start": 2, "end": 4, "c": 3}, "1 2–4 [3]"),
        ({"a": 5, "b": 4, "start": 3, "end": 5, "c": 1}, "[1] 3–5"),
    ],
)
def test_pages_of_an_entry(pages: dict[str, int], printed: str, tmp_path: Path) -> None:
    """An entry lists each page once, in order; a range covers its pages, but the principal page is always named."""
    text = "# One\n\n[x]{.index #a} [x]{.index #b} [x]{.index #start range=start} [x]{.index #end range=end}\n"
    text += "[x]{.index #c .principal}\n\n::: {#index}\n:::\n"
    (tmp_path / "book.toml").write_text(HEAD.partition("[order]")[0], encoding="utf-8")
    (tmp_path / "1-one.md").write_text(text, encoding="utf-8")
    book = read_book(tmp_path, Timings()).book
    assert book is not None
    anchors = [tuple(name for name in pages if pages[name] == number) for number in range(1, 6)]
    page_map = PageMap(tuple(Page("one", str(number), on) for number, on in enumerate(anchors, 1)))
    found = re.findall(r'class="locator( principal)?"[^>]*>([^<]*)<', render_body(book, book.units[0], PAPER, page_map))
    assert " ".join(f"[{text}]" if principal else text for principal, text in found) == printed


def test_answers_are_printed_where_they_belong(book: Built) -> None:
    """An answer is printed away from its exercise, under the number of the exercise, and no part of it is lost."""
    pages = folios(book)
    answers = next(text for text in pages.values() if text.startswith("Answers"))
    assert "Exercise 1.1" in flat(answers) and "That, as section 2.1 on page" in flat(answers)
    assert sum("That, as" in text for text in pages.values()) == 1


def test_links_of_the_apparatus_land_in_the_epub(book: Built) -> None:
    """Every link in every document leads to an existing id, and each number in the index names its target."""
    with ZipFile(book.epub) as files:
        names = [name for name in files.namelist() if name.endswith(".xhtml")]
        trees = {name.rpartition("/")[2]: etree.fromstring(files.read(name)) for name in names}
    ids = {name: {e.get("id") for e in tree.iter() if e.get("id")} for name, tree in trees.items()}
    links = [(name, a.get("href", "")) for name, tree in trees.items() for a in tree.iter(f"{XHTML}a")]
    inside = [(name, *href.partition("#")[::2]) for name, href in links if "#" in href]
    assert [one for one in inside if one[2] not in ids[one[1].rpartition("/")[2] or one[0]]] == []
    locators = [a for a in trees["index.xhtml"].iter(f"{XHTML}a") if "locator" in a.get("class", "")]
    printed = flat(" ".join(text for text in folios(book).values() if "Index" in text))
    words = [(li.findtext(f"{XHTML}span"), li.findtext(f"{XHTML}a")) for li in trees["index.xhtml"].iter(f"{XHTML}li")]
    named = [f"{word}, {folio}" for word, folio in words if (word or "").startswith("word")]
    assert len(named) == 30 and all(f"{line} " in f"{printed} " for line in named)
    assert {(a.get("aria-label") or "").partition(", ")[2] for a in locators} == {"1 One", "2 Two", "Answers"}
    assert not any("on page" in "".join(tree.itertext()) for tree in trees.values())


def test_the_index_stands_behind_what_it_lists(tmp_path: Path) -> None:
    """The index comes last, because an index before the text would move the pages that it names."""
    (tmp_path / "book.toml").write_text(HEAD.replace('"answers.md", ', ""), encoding="utf-8")
    (tmp_path / "1-one.md").write_text("# One\n\nSome [words]{.index}.\n", encoding="utf-8")
    (tmp_path / "index.md").write_text("# Index\n\n::: {#index}\n:::\n", encoding="utf-8")
    assert read_book(tmp_path, Timings()).findings == ()
    (tmp_path / "book.toml").write_text(HEAD.replace('back = ["answers.md", ', "front = ["), encoding="utf-8")
    found = read_book(tmp_path, Timings()).findings
    assert [(f.code, str(f.place), f.message) for f in found] == [
        ("A117", "1-one.md:3:6", 'the index comes before "words", which it indexes')
    ]
