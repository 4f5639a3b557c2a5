"""The page "What is new": what it says in each format, and what the build says when it cannot be made."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from compositor.changes import chapter, told
from compositor.fidelity.counts import counts
from compositor.formats import EPUB, PDF, SCREEN, WEB
from compositor.making import make
from compositor.model import Book, Unit
from compositor.press import Timings, read_book
from compositor.render.units import render_body
from tests.git.repositories import commit, git, start

GOLDEN = Path(__file__).parent / "what_is_new.xhtml"
SETTINGS = 'format = 1\ntitle = "Small"\nauthors = ["A"]\nrepository = "https://example.org/a/b"\n'
ASKING = f'{SETTINGS}changes-since = "v1.2"\n'
BACK = '[order]\nback = ["index.md"]\n'
INDEX = "# Index\n\n::: {#index}\n:::\n"
STORES = """# Stores

The store keeps two replicas of every record, and answers when *both* have written it to disk. Whoever asks a third one
gets an old answer, which is what most clients want, since an old answer now is better than a new one that comes later.

A paragraph about [clocks]{.index}, which will move to another chapter.

## Writing {#sec-writing}

```python
def write(record):
    leader.append(record)
    return True
```

## Forgetting

Nothing is ever deleted.
"""
MOVING = "A paragraph about [clocks]{.index}, which will move to another chapter.\n\n"
CLOCKS = "# Clocks\n\nClocks disagree. See @sec-writing.\n"
OLD = {"book.toml": SETTINGS + BACK, "01-stores.md": STORES, "02-clocks.md": CLOCKS, "index.md": INDEX}
NEW = {
    "book.toml": ASKING + BACK,
    "01-stores.md": STORES.replace(MOVING, "")
    .replace("two replicas", "three replicas")
    .replace("    return True", "    followers.append(record)\n    return True")
    .partition("## Forgetting")[0]
    + "## Watching\n\nWhat to watch.\n",
    "02-clocks.md": f"{CLOCKS}\n{MOVING}",
    "03-new.md": "# A new chapter\n\nWords.\n\n## Inside\n\nMore words.\n",
}


def repository(top: Path, old: dict[str, str] = OLD, new: dict[str, str] = NEW) -> Path:
    """Make a repository with two states of a book, the first of which is called v1.2; return the book's folder."""
    book = start(top, files={f"book/{name}": text for name, text in old.items()})
    git(top, "tag", "-a", "-m", "The first", "v1.2")
    commit(top, {f"book/{name}": text for name, text in new.items()})
    return book


def read(folder: Path) -> Book:
    """Read the book in a folder."""
    book = read_book(folder, Timings()).book
    assert book is not None
    return book


def news(book: Book) -> Unit:
    """Return the page "What is new" of a book."""
    (unit,) = (unit for unit in book.units if unit.chapter.source.is_made)
    return unit


def codes(folder: Path) -> list[str]:
    """Return the codes of the findings of a book."""
    return [one.code for one in read_book(folder, Timings()).findings]


def test_what_it_tells(tmp_path: Path, accept: bool) -> None:
    """The page lists inserted and deleted words, lines of code, moved passages, and new and removed sections."""
    book = read(repository(tmp_path / "top"))
    found = render_body(book, news(book), SCREEN)
    if accept:
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_it_opens_the_back_matter(tmp_path: Path) -> None:
    """The page comes after the last chapter and before the index; it is in the contents, but its sections are not."""
    book = read(repository(tmp_path / "top"))
    assert [unit.key for unit in book.units] == ["stores", "clocks", "new", "what-is-new", "index"]
    assert [(one.title, one.children) for one in book.contents][3] == ("What is new", ())


def test_every_format_has_it_and_every_word_of_it(tmp_path: Path) -> None:
    """The checks pass; the PDF names pages and marks changes for screen readers; the site has no source for it."""
    proof = read_book(repository(tmp_path / "top"), Timings())
    made = make(proof, (PDF, EPUB, WEB), f"{tmp_path}/", Timings())
    assert not made.missing and not [one for one in made.findings if one.severity == "error"]
    paper, screen, site = made.outputs
    with pikepdf.open(BytesIO(paper.data)) as pdf:
        said = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
    assert {"[Deleted: two]", "[Inserted: three]"} <= said
    texts = [
        next(archive.read(name).decode() for name in archive.namelist() if "what-is-new" in name)
        for archive in (zipfile.ZipFile(BytesIO(one.data)) for one in (screen, site))
    ]
    assert all('<ins data-said="Inserted">three</ins>' in text for text in texts)
    assert 'href="stores.html#sec-writing"' in texts[1] and "example.org/a/b" not in texts[1].partition("<main")[2]


def test_nobody_has_written_it(tmp_path: Path) -> None:
    """Commands that count or compare the author's words skip this page."""
    book = read(repository(tmp_path / "top"))
    assert "what-is-new" not in {one.key for one in told(book)}
    assert [one.title for one in counts(book)] == ["Stores", "Clocks", "A new chapter", "Index", "Small"]


def test_the_same_state_has_nothing_new(tmp_path: Path) -> None:
    """The page says so in the language of the book."""
    german = {**OLD, "book.toml": ASKING.replace("format", 'language = "de"\nformat')}
    book = read(repository(tmp_path / "top", german, german))
    assert news(book).title == "Was neu ist"
    assert "Seit <code>v1.2</code> hat sich nichts geändert." in render_body(book, news(book), SCREEN)


def test_long_lists_have_an_end(tmp_path: Path) -> None:
    """The page shows a limited number of sections, changes, words and lines, and says how many more there are."""
    many = chapter.SECTIONS + 7
    heads = "".join(f"## Section {number}\n\nIt has some words, WORD.\n\n" for number in range(many))
    lines = "".join(f"line {number}\n" for number in range(99))
    items = "".join(f"- An item of the list, {number}, WORD.\n" for number in range(chapter.CHANGES + 5))
    text = f"# One\n\n{items}\n{heads}"
    new = text.replace("WORD", "another") + f"## Long\n\nHere.\n\n```text\n{lines}```\n\n{'word ' * 500}\n"
    old = {"book.toml": ASKING, "01-one.md": text.replace("WORD", "one") + "## Long\n\nHere.\n"}
    book = read(repository(tmp_path / "top", old, {"01-one.md": new}))
    shown = render_body(book, news(book), SCREEN)
    assert shown.count("<dt>") == chapter.SECTIONS
    assert "Further changes: 5" in shown
    assert "Further sections with changes: 9" in shown  # the seven, the first, and the last
    assert len(news(book).chapter.source.text) < 20_000


@pytest.mark.parametrize(
    ("most", "told"),
    [
        (100, ["Changed", "Changed", "Changed"]),
        (20, ["Changed", "Further changes: 2"]),
        (10, ["Changed"]),
    ],
)
def test_a_rewritten_book_is_told_by_its_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, told: list[str]
) -> None:
    """The more there is to show, the less is shown of each section; for a rewritten book only the names remain."""
    monkeypatch.setattr(chapter, "WORDS", most)
    text = "".join(f"## Section {name}\n\n" + "".join(f"- Item {item} has WORD.\n" for item in "abc") for name in "XYZ")
    old = {"book.toml": ASKING, "01-one.md": f"# One\n\n{text}"}
    book = read(repository(tmp_path / "top", old, {"01-one.md": old["01-one.md"].replace("WORD", "another")}))
    found = render_body(book, news(book), SCREEN)
    assert found.count("<dt>") == 3
    assert re.findall(r'<span class="change">(.*?)</span>', found) == told * 3


def test_words_of_chinese_are_single_signs(tmp_path: Path) -> None:
    """An inserted character is found in an unchanged sentence, although there are no spaces."""
    settings = ASKING.replace("format", 'language = "zh"\nformat')
    old = {"book.toml": settings, "01-one.md": "# 一\n\n每条记录保存两份副本。\n"}
    book = read(repository(tmp_path / "top", old, {"01-one.md": "# 一\n\n每条记录保存三份副本。\n"}))
    assert '保存<del data-said="删除">两</del><ins data-said="新增">三</ins>份' in render_body(book, news(book), SCREEN)


def test_a_name_that_an_author_has_given_stays_theirs(tmp_path: Path) -> None:
    """A chapter with the name of the page keeps its file, and the page gets another name."""
    book = read(repository(tmp_path / "top", OLD, {**NEW, "04-what-is-new.md": "# Ours\n\nText.\n"}))
    assert news(book).key == "what-is-new-2"


def test_a_shallow_clone_is_told_what_to_fetch(tmp_path: Path) -> None:
    """The book is made without the page; the command in the message fetches what is missing."""
    repository(tmp_path / "top")
    git(tmp_path, "clone", "-q", "--depth=1", "--no-tags", f"file://{tmp_path}/top", "clone")
    (finding,) = read_book(tmp_path / "clone/book", Timings()).findings
    assert (finding.code, finding.severity, str(finding.place)) == ("B104", "warning", "book.toml:5:17")
    command = finding.helps[0].partition(": ")[2].removeprefix("git ")
    git(tmp_path / "clone", *command.split())
    assert codes(tmp_path / "clone/book") == []
    assert news(read(tmp_path / "clone/book")).title == "What is new"


@pytest.mark.parametrize(
    ("revision", "why", "remedy"),
    [
        ("v1.3", 'there is no revision "v1.3"', 'did you mean "v1.2"?'),
        ("nowhere", 'there is no revision "nowhere"', "build from a clone of the repository that has this tag"),
        ("HEAD~4", "goes back before the first commit", "build from a clone"),
    ],
)
def test_a_revision_that_is_not_there_is_told(tmp_path: Path, revision: str, why: str, remedy: str) -> None:
    """The warning says what is missing, and suggests a revision with a similar name."""
    book = repository(tmp_path / "top", OLD, {**NEW, "book.toml": ASKING.replace("v1.2", revision) + BACK})
    (finding,) = read_book(book, Timings()).findings
    assert finding.code == "B104" and why in finding.message
    assert any(remedy in one for one in finding.helps)


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    """A book from a downloaded archive is made without the page."""
    book = repository(tmp_path / "top")
    (tmp_path / "top/.git").rename(tmp_path / "away")
    assert codes(book) == ["B104"]
    (tmp_path / "away").rename(tmp_path / "top/.git")
    assert codes(book) == []


def test_a_tree_that_no_folder_can_be_is_told(tmp_path: Path) -> None:
    """The sender of a book may have put a file and a folder with the same name into a commit."""
    book = repository(tmp_path / "top")
    file = git(tmp_path / "top", "hash-object", "-w", "--stdin", data=b"Text.\n")
    inner = git(tmp_path / "top", "mktree", data=f"100644 blob {file}\tb.md\n".encode())
    both = b"".join(
        mode + b" a\0" + bytes.fromhex(name) for mode, name in ((b"100644", file), (b"40000", inner))
    )
    folder = git(tmp_path / "top", "hash-object", "-w", "-t", "tree", "--literally", "--stdin", data=both)
    tree = git(tmp_path / "top", "mktree", data=f"040000 tree {folder}\tbook\n".encode())
    git(tmp_path / "top", "tag", "-f", "v1.2", git(tmp_path / "top", "commit-tree", "-m", "A", tree))
    (finding,) = read_book(book, Timings()).findings
    assert (finding.code, "no file can have" in finding.message) == ("B104", True)


def test_a_folder_that_was_no_book_is_told(tmp_path: Path) -> None:
    """A commit without chapters cannot be compared."""
    (finding,) = read_book(repository(tmp_path / "top", {"book.toml": SETTINGS}, {**OLD, **NEW}), Timings()).findings
    assert (finding.code, "not a readable book" in finding.message) == ("B104", True)
