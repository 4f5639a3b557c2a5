"""A folder becomes a manuscript: drafts, names of sources, and whole books."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compositor import dialects
from compositor.dialects import EXPLANATIONS, native, syntax
from compositor.dialects.entries import is_draft
from compositor.folder import paths, text
from compositor.markdown import EXTENSIONS, OF_GUESTS
from tests.dialects.report import flat, only, order

BOOKS = Path(__file__).parent.parent / "books"


DRAFT = "---\ndraft: true\n---\n# Draft\n"


@pytest.mark.parametrize(
    ("drafts", "expected"),
    [("true", ["01-a.md", "02-b.md", "  02.1-c.md", "03-d.md"]), ("false", ["01-a.md", "03-d.md"])],
)
def test_drafts(book, drafts, expected):
    """Drafts are left out with their sections if the book says so, and the numbers have no gap."""
    folder = book(f"drafts = {drafts}", "01-a.md", "02.1-c.md", "03-d.md", **{"02-b__md": DRAFT})
    assert order(folder) == expected


def test_part_of_drafts(book):
    """A part whose chapters are all drafts is left out with them."""
    toml = (
        'drafts = false\n[[order.parts]]\ntitle = "One"\nchapters = ["a.md"]\n'
        '[[order.parts]]\ntitle = "Two"\nchapters = ["b.md"]'
    )
    folder = book(toml, "b.md", **{"a__md": DRAFT})
    assert order(folder) == ["book.toml#part-two", "  b.md"]


def test_only_drafts(book):
    """A book of nothing but drafts cannot be made without them."""
    finding = only(book("drafts = false", **{"01-a__md": DRAFT}))
    assert (finding.code, str(finding.place), finding.message) == ("M016", "book.toml:4:10", "every chapter is a draft")


def test_faults_of_drafts_are_left_out(book):
    """Errors in a draft that is left out do not stop the book."""
    assert order(book("drafts = false", "01-a.md", **{"02-b__md": DRAFT + "\x07"})) == ["01-a.md"]


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (DRAFT, True),
        ("---\ntitle: x\ndraft: yes\n---\n", True),
        ("---\ndraft: false\n---\n", False),
        ("---\ndraft: 'true'\n---\n", False),
        ("# A\n\n---\ndraft: true\n---\n", False),
        ("---\ndraft: true\n", False),
        ("---\ndraft: [\n---\n", False),
        ("---\ndraft: 2026-99-99\n---\n", False),
        ("---\n- draft\n---\n", False),
    ],
)
def test_is_draft(text, draft):
    """A file is a draft if its readable front matter says `draft: true`."""
    assert is_draft(text) is draft


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("01-endpoints.md", "endpoints"),
        ("01-Größe & Maß.md", "grosse-mass"),
        ("01-第一章.md", "第一章"),
        ("01-nav.md", "nav-chapter"),
        ("01-Contents.md", "contents-chapter"),
        ("01.md", "chapter-1"),
        ("01-2nd-try.md", "_2nd-try"),
        ("01-!.md", "chapter-1"),
    ],
)
def test_keys(book, name, key):
    """The key of a source is its file name without the number, in letters that an id may have."""
    manuscript, _ = dialects.read(book("", name))
    assert manuscript is not None
    assert manuscript.entries[0].source.key == key


def test_keys_are_unique(book):
    """Files with the same name get their numbers, then their folders."""
    toml = '[order]\nfront = ["a/intro.md", "nav.md"]\nback = ["b/intro.md", "c/intro.md", "c/nav.md"]'
    names = ("a/intro.md", "nav.md", "01-intro.md", "02-intro.md", "b/intro.md", "c/intro.md", "c/nav.md")
    manuscript, findings = dialects.read(book(toml, *names))
    assert findings == ()
    assert manuscript is not None
    keys = [entry.source.key for entry in flat(manuscript.entries)]
    assert keys == ["intro", "nav-front", "intro-1", "intro-2", "b-intro", "c-intro", "nav-back"]


def test_not_a_book(tmp_path):
    """The message for a folder without book.toml says what a book is and how to make one."""
    finding = dialects.read(tmp_path)[1][0]
    assert (finding.code, finding.message) == ("M001", "this folder is not a book: it has no book.toml")
    assert "init" in finding.helps[-1]


@pytest.mark.parametrize(("name", "word"), [("a.ipynb", "nbconvert"), ("part/a.RST", "pandoc"), ("a.adoc", "docbook")])
def test_texts_in_another_format_are_named_with_a_way_to_convert_them(tmp_path, name, word):
    """A folder of notebooks is no empty folder."""
    (tmp_path / "part").mkdir()
    (tmp_path / name).write_text("{}")
    finding = dialects.read(tmp_path)[1][0]
    assert finding.code == "M001" and "reads Markdown" in finding.message and word in finding.helps[0]
    (tmp_path / "other").mkdir()
    (tmp_path / "other/_bookdown.yml").write_text('rmd_files: ["index.Rmd"]\n')
    (tmp_path / "other/index.Rmd").write_text("# One\n")
    assert "other" in dialects.read(tmp_path)[1][0].helps[-1]


def test_misnamed_settings(tmp_path):
    """The message points at a file that is nearly called book.toml."""
    (tmp_path / "Book.toml").write_text("")
    assert dialects.read(tmp_path)[1][0].helps[0] == 'did you mean to give "Book.toml" that name?'


def test_no_folder(tmp_path):
    """A folder that does not exist, or is a file, is not a book either."""
    (tmp_path / "book.md").write_text("")
    missing = dialects.read(tmp_path / "nowhere")[1][0]
    assert (missing.message, len(missing.helps)) == ("there is no such folder", 1)
    assert dialects.read(tmp_path / "book.md")[1][0].message == "this is a file, but a book is a folder"


def test_no_folder_beside_a_book(tmp_path):
    """In the folder above the one that `init` has made, the message says where the book is."""
    (tmp_path / "mine" / "book").mkdir(parents=True)
    (tmp_path / "mine" / "book" / "book.toml").write_text("")
    (finding,) = dialects.read(tmp_path / "book")[1]
    assert finding.helps[0] == f'name the folder of a book: "{tmp_path}/mine/book"'


def test_extensions_exist():
    """The dialects together use every extension of the parser; the native dialect has none for other tools."""
    of_pages = {"parts", "changes"}  # Compositor makes these, and no text asks for them
    assert set(native.EXTENSIONS) == {extension.name for extension in EXTENSIONS} - of_pages
    of_guests = syntax.GUESTS | syntax.MDBOOK | syntax.GITBOOK | syntax.PLAIN | syntax.MATHJAX
    of_guests |= syntax.MKDOCS | syntax.PYMDOWN | syntax.OBSIDIAN | syntax.QUARTO | syntax.MYST
    assert of_guests - set(native.EXTENSIONS) == {extension.name for extension in OF_GUESTS}


def test_book_like_ours():
    """One chapter with ten sections, whose file names follow no pattern, is in order."""
    assert order(BOOKS / "likeours") == [
        "18-ferry.md", "  18.1-boat.md", "  18.02-crossing.md", "  18.03-fares.md", "  18.4-timetable.md",
        "  18.5-fog.md", "  18.6-flood.md", "  18.7-passengers.md", "  18.8-freight.md", "  18.9-repairs.md",
        "  18.10-bridge.md",
    ]  # fmt: skip


def test_book_of_several_chapters():
    """Front matter, parts, chapters, sections, appendices and back matter are in order, and the draft is left out."""
    assert order(BOOKS / "several") == [
        "preface.md", "book.toml#part-the-sun-the-weight", "  chapters/01-shadows.md", "  chapters/02-pendulums.md",
        "part-two.md", "  chapters/04-quartz.md", "    chapters/04.1-crystals.md", "    chapters/04.2-drift.md",
        "a-units.md", "b-tools.md", "  b-tools-care.md", "colophon.md",
    ]  # fmt: skip


def test_german_book():
    """Umlauts in file names and in the title are read correctly."""
    manuscript, findings = dialects.read(BOOKS / "german")
    assert findings == ()
    assert manuscript is not None
    assert (manuscript.metadata.title, manuscript.metadata.slug) == ("Über das Maß", "uber-das-mass")
    assert [entry.source.key for entry in manuscript.entries] == ["vorwort", "grossen", "apfel-und-ol", "anhang-masse"]


def test_every_code_is_explained():
    """Every code that can be raised has an explanation of several sentences, and there is no other explanation."""
    ours, below = Path(dialects.__file__).parent, Path(paths.__file__).parent
    raised = {
        code
        for file in (*ours.rglob("[!e]*.py"), *below.glob("*.py"))
        for code in re.findall(r'"([MS]\d{3})",', file.read_text("utf-8"))
    }
    explained = {**EXPLANATIONS, **paths.EXPLANATIONS, **text.EXPLANATIONS}
    assert raised - {"S008"} == set(explained)  # of settings/, and passed over in a folder without a book.toml
    assert all(len(said) > 100 for said in explained.values())
