"""Folders of other tools: which tool is recognised, in which order the files are read, and what is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compositor import dialects
from compositor.model import Manuscript, Role
from compositor.press import Timings, read_book
from tests.dialects.report import flat, lines
from tests.finished import BOOKS


@pytest.fixture
def folder(tmp_path):
    """Make a folder: names of files, with dots and slashes as they are, and their texts."""

    def make(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def read(folder: Path, language: str = "") -> tuple[Manuscript, list[str]]:
    """Return the manuscript and the codes of the findings, except the one about what the folder was taken for."""
    manuscript, findings = dialects.read(folder, language)
    assert manuscript is not None, findings
    assert {finding.severity for finding in findings} <= {"warning"}
    return manuscript, [finding.code for finding in findings if finding.code != "M018"]


def order(folder: Path, language: str = "") -> list[str]:
    """Return paths in reading order, with children indented, and titles where there is no file."""
    return list(lines(read(folder, language)[0].entries))


def texts(*names: str) -> dict[str, str]:
    """Return files with a heading each."""
    return {name: f"# About {name}\n\nText.\n" for name in names}


MDBOOK = '[book]\ntitle = "Theirs"\n'


@pytest.mark.parametrize(
    ("template", "repository"),
    [("https://example.org/edit/main/{path}", "https://example.org/edit/main/{path}"), ("main/{path}", ""), ("", "")],
)
def test_where_the_texts_of_an_mdbook_are_edited(tmp_path: Path, template: str, repository: str):
    """The address is the same as on mdBook's own site."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "SUMMARY.md").write_text("- [One](one.md)\n", encoding="utf-8")
    (tmp_path / "src" / "one.md").write_text("# One\n", encoding="utf-8")
    (tmp_path / "book.toml").write_text(f'[book]\n[output.html]\nedit-url-template = "{template}"\n', encoding="utf-8")
    manuscript, _ = read(tmp_path)
    assert manuscript.metadata.repository == repository


def test_an_mdbook():
    """Prefix, parts, nested chapters and suffix follow the order and the titles of the summary."""
    manuscript, told = read(BOOKS / "mdbook")
    assert list(lines(manuscript.entries)) == [
        "src/before.md",
        "src/SUMMARY.md#part-the-boat",
        "  src/ferry/README.md",
        "    src/ferry/thruster.md",
        "      src/ferry/fuse.md",
        "    src/ferry/signals.md",
        "src/SUMMARY.md#part-the-crew",
        "  src/watches.md",
        "  src/odds.md",
        "  src/left over.md",
        "src/who.md",
    ]
    entries = list(flat(manuscript.entries))
    roles = ["front", "part", "chapter", "section", "section", "section", "part", *["chapter"] * 3, "back"]
    assert [entry.role for entry in entries] == roles
    assert [entry.source.title for entry in entries][3:5] == ["The bow thruster", "Its fuse"]
    assert (manuscript.metadata.title, manuscript.metadata.authors) == (
        "The Ferry Handbook", ("Ada Example", "Ben Example"),
    )
    assert (manuscript.sources, sorted(told)) == ("src", ["M010", "M031"])
    assert manuscript.origin.startswith("an mdBook: book.toml has the table [book]")


def test_a_book_of_gitbook():
    """The README comes first; links to places in an earlier file and to the web are not chapters of their own."""
    manuscript, told = read(BOOKS / "gitbook")
    assert list(lines(manuscript.entries)) == [
        "README.md",
        "SUMMARY.md#part-in-spring",
        "  guide/sowing.md",
        "    guide/water.md",
        "SUMMARY.md#part-in-autumn",
        "  guide/harvest.md",
        "GLOSSARY.md",
    ]
    assert (manuscript.metadata.title, manuscript.metadata.authors, told) == (
        "Growing Beans", ("Cora Example",), ["M031"],
    )


def test_a_site_of_mkdocs():
    """The order is that of `nav`, whatever numbers the names have."""
    manuscript, told = read(BOOKS / "site")
    assert list(lines(manuscript.entries)) == [
        "docs/index.md",
        "mkdocs.yml#part-building",
        "  docs/guide/frame.md",
        "  docs/guide/10-tail.md",
        "  docs/guide/2-line.md",
        "docs/flying.md",
        "docs/odds.md",
    ]
    assert (manuscript.metadata.title, manuscript.metadata.authors) == ("The Kite Site", ("Dan Example",))
    assert sorted(told) == ["M010", "M031"]


def test_format_makes_it_ours(folder):
    """A book.toml with `format` is native, whatever else it has; a book.toml of neither kind gives a finding."""
    ours = folder({"book.toml": f'format = 1\n{MDBOOK}', **texts("01-one.md")})
    manuscript, findings = dialects.read(ours)
    assert (manuscript, {finding.code for finding in findings}) == (None, {"S002", "S003"})
    (ours / "book.toml").write_text('title = "Old"\n')
    assert [finding.code for finding in dialects.read(ours)[1]] == ["S003"]


def test_a_summary_without_settings(folder):
    """mdBook needs no book.toml; the title of the summary becomes the title of the book."""
    made = folder({"src/SUMMARY.md": "# Sailing\n\n- [A](a.md)\n", **texts("src/a.md")})
    manuscript, told = read(made)
    assert (manuscript.metadata.title, list(lines(manuscript.entries)), told) == ("Sailing", ["src/a.md"], [])


def test_what_a_summary_names_in_vain(folder):
    """A missing file is reported; if other files are below it, its title stays; nothing outside the folder is read."""
    summary = "- [Gone](gone.md)\n  - [A](a.md)\n- [Out](../../out.md)\n- [A again](a.md)\n- [Group]()\n  - [B](b.md)\n"
    manuscript, told = read(folder({"book.toml": MDBOOK, "src/SUMMARY.md": summary, **texts("src/a.md", "src/b.md")}))
    assert list(lines(manuscript.entries)) == [
        "src/SUMMARY.md#gone", "  src/a.md", "src/SUMMARY.md#group", "  src/b.md",
    ]
    assert told == ["M031"]


def test_a_folder_of_gitbook_says_where_its_texts_are(folder):
    """`.gitbook.yaml` names the folder, the README and the summary."""
    said = "root: ./docs/\nstructure:\n  readme: start.md\n  summary: toc.md\n"
    files = {".gitbook.yaml": said, "docs/toc.md": "* [One](one.md)\n", **texts("docs/one.md", "docs/start.md")}
    manuscript, _ = read(folder(files))
    assert (list(lines(manuscript.entries)), manuscript.sources) == (["docs/start.md", "docs/one.md"], "docs")
    assert manuscript.metadata.title == "About docs/start.md"


def test_a_book_for_each_language(folder):
    """The first language of LANGS.md is read and reported, unless another one is asked for."""
    files = {"LANGS.md": "* [English](en/)\n* [Deutsch](de/)\n", "book.json": json.dumps({"title": "Two"})}
    for tag in ("en", "de"):
        files |= {f"{tag}/SUMMARY.md": f"* [One]({tag}-one.md)\n", **texts(f"{tag}/{tag}-one.md")}
    made = folder(files)
    manuscript, told = read(made)
    assert (list(lines(manuscript.entries)), told) == (["en/en-one.md"], ["M032"])
    assert order(made, "de") == order(made, "Deutsch") == ["de/de-one.md"]
    assert (read(made, "de")[0].metadata.language, read(made, "de")[1]) == ("de", [])
    assert (order(made, "fr"), read(made, "fr")[1]) == (["en/en-one.md"], ["M032"])


ORDERS = {
    "mkdocs.yml": ("site_name: S\ndocs_dir: .\nnav: [b.md, P: [a.md]]\n", ["b.md", "mkdocs.yml#part-p", "  a.md"]),
    "_quarto.yml": ("book:\n  title: Q\n  chapters: [b.md, a.md]\n", ["b.md", "a.md"]),
    "_bookdown.yml": ("rmd_files: [b.md, a.md]\n", ["b.md", "a.md"]),
    "myst.yml": ("project:\n  toc:\n    - file: b\n      children:\n        - file: a.md\n", ["b.md", "  a.md"]),
    "_toc.yml": ("format: jb-book\nroot: b\nchapters:\n  - file: a\n", ["b.md", "a.md"]),
    "Book.txt": ("b.md\na.md\n", ["b.md", "a.md"]),
    "_category_.json": ('{"label": "x"}', ["a.md", "b.md"]),
    "README.md": ("# R\n\nSee [b](./b.md#x) and [a](a.md).\n", ["b.md", "a.md"]),
}


@pytest.mark.parametrize("name", ORDERS)
def test_orders_of_other_tools(folder, name):
    """A written order is followed, whichever file it is in."""
    text, wanted = ORDERS[name]
    made = folder({name: text, **texts("a.md", "b.md")})
    assert order(made) == wanted
    assert name in read(made)[0].origin


def test_parts_and_appendices_of_bookdown(folder):
    """A part title begins a part, in a chapter or a file of its own; after the appendix title, all is appendix."""
    files = {
        "_bookdown.yml": "book_filename: x\n",
        "index.Rmd": "---\ntitle: T\n---\n\n# Preface {-}\n",
        "01-a.Rmd": "# (PART) The first {-}\n\n# One\n",
        "02-b.Rmd": "# Two\n\nAs in \\@ref(of-tables).\n\n```r\n# (PART) none\n```\n",
        "03-c.Rmd": "# (PART\\*) The second {-}\n",
        "04-d.Rmd": "# Three\n",
        "05-e.Rmd": "# (APPENDIX) Appendix {-}\n\n# Tables\n\n## Of tables\n",
        "06-f.Rmd": "# More\n",
    }
    manuscript, told = read(folder(files))
    assert list(lines(manuscript.entries)) == [
        "index.Rmd",
        "_bookdown.yml#part-the-first",
        "  01-a.Rmd",
        "  02-b.Rmd",
        "_bookdown.yml#part-the-second",
        "  04-d.Rmd",
        "05-e.Rmd",
        "06-f.Rmd",
    ]
    roles = [entry.role for entry in flat(manuscript.entries)]
    assert roles == ["front", "part", "chapter", "chapter", "part", "chapter", "appendix", "appendix"]
    assert told == []
    proof = read_book(manuscript.folder, Timings())
    assert proof.book is not None
    assert proof.book.links["02-b.Rmd#of-tables"] == "e-of-tables"


SIDEBARS = """// import('x'); { not: this }
import type {SidebarsConfig} from '@docusaurus/plugin-content-docs';
const api = ['api/one', {type: 'link', label: 'Web', href: 'https://example.org'}];

const sidebars: SidebarsConfig = {
  docs: [
    'intro', /* the second */
    {
      type: 'category', label: "How it's done", collapsed: !process.env.OPEN,
      link: {type: 'doc', id: 'guide/start'},
      items: ['guide/start', 'guide/further', ...api, 'guide/none'],
    },
  ],
  more: { 'The rest': [{type: 'autogenerated', dirName: 'rest'}] },
};
export default sidebars;
"""
SITE = """const config = {
  title: 'The Site', tagline: `In short`, url: make(`${x}`, {a: 1}),
  i18n: {defaultLocale: 'de', locales: ['de']},
  presets: [['classic', {docs: {path: '../texts', sidebarPath: require.resolve('./sidebars.ts')}}]],
};
module.exports = config;
"""


def test_sidebars_of_docusaurus(folder):
    """The order comes from `sidebars.ts`, read as text, with ids, omitted numbers, folders and names from the file."""
    files = {
        "website/sidebars.ts": SIDEBARS,
        "website/docusaurus.config.js": SITE,
        ".gitbook.yaml": "structure:\n  summary: none.md\n",
        **texts("texts/01-intro.md", "texts/guide/02-further.mdx", "website/x.md"),
        **texts("texts/rest/b.md", "texts/rest/a.md"),
        "texts/api/first.md": "---\nid: one\n---\n\n# One\n",
        "texts/guide/1-start.md": "# Start\n",
    }
    manuscript, told = read(folder(files))
    assert list(lines(manuscript.entries)) == [
        "texts/01-intro.md",
        "texts/guide/1-start.md",
        "  texts/guide/02-further.mdx",
        "  texts/api/first.md",
        "website/sidebars.ts#part-the-rest",
        "  texts/rest/a.md",
        "  texts/rest/b.md",
    ]
    metadata = manuscript.metadata
    assert (metadata.title, metadata.language, metadata.description) == ("The Site", "de", "In short")
    assert (manuscript.sources, told) == ("texts", ["M031"])


@pytest.mark.parametrize(
    "text", ["module.exports = {a: [", "const a = [a, ...a, 'x\n]", "export default {a: f(}", "[" * 999]
)
def test_sidebars_that_cannot_be_read(folder, text):
    """A sidebar that is not a plain JavaScript table gives no order; then the names decide."""
    assert order(folder({"sidebars.js": text, **texts("docs/b.md", "docs/a.md")})) == ["docs/a.md", "docs/b.md"]


def test_sidebars_without_end(folder):
    """A sidebar with hundreds of levels gives no order."""
    deep = '{"s": ' + '[{"type": "category", "label": "x", "items": ' * 200 + '["a"]' + "}]" * 200 + "}"
    assert order(folder({"sidebars.json": deep, **texts("docs/b.md", "docs/a.md")})) == ["docs/a.md", "docs/b.md"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("book/_toc.yml", "format: jb-book\nroot: b\nparts:\n- caption: P\n  chapters:\n  - file: in/a\n"),
        ("book/myst.yml", "project:\n  toc:\n  - file: b.md\n  - title: P\n    children:\n    - pattern: in/*.md\n"),
    ],
)
def test_an_order_in_a_folder_below(folder, file, text):
    """An order file in the folder with most of the texts is used, and its paths start from there."""
    made = folder({file: text, "tests/few.md": "# F\n", **texts("README.md", "book/b.md", "book/in/a.md", "book/c.md")})
    assert order(made) == ["book/b.md", f"{file}#part-p", "  book/in/a.md"]
    assert read(made)[0].sources == "book"
    few = texts("book/b.md", "book/in/a.md", "1.md", "2.md", "3.md")
    assert read(folder({file: text, **few}))[0].sources == ""


def test_positions_of_docusaurus(folder):
    """Texts are sorted by position, then by name; a folder is called by its label."""
    files = {
        "docs/a.md": "---\nsidebar_position: 9\n---\n\n# A\n",
        "docs/b.md": "---\nsidebar_position: 1\n---\n\n# B\n",
        "docs/in/_category_.json": '{"label": "Inside", "position": 2}',
        "docs/in/c.mdx": "# C\n",
    }
    made = folder(files)
    assert order(made) == ["docs/b.md", "docs/in/_category_.json#part-inside", "  docs/in/c.mdx", "docs/a.md"]


@pytest.mark.parametrize("names", [("0-a.md", "1-b.md"), ("01-a.md", "05-b.md"), ("a/01-x.md", "b/01-y.md")])
def test_numbers_of_names_need_not_agree(folder, names):
    """In a folder without a written order, numbers may start anywhere, have gaps and restart without a message."""
    made = folder(texts(*names))
    assert (order(made), read(made)[1]) == (list(names), [])


def test_the_opening_text_of_a_folder_stands_first(folder):
    """README and index come before the others of their folder, and no SUMMARY or licence is a chapter."""
    made = folder(texts("b/zz.md", "b/README.md", "a.md", "index.md", "LICENSE.md", "README.md"))
    assert order(made) == ["index.md", "a.md", "b/README.md", "b/zz.md"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"README.md": "# R\n", **texts("a.md", "b.md")}, True),
        ({"README.md": "# R\n\n[b](b.md) [a](a.md)\n", **texts("a.md", "b.md")}, True),
        (texts("README.md"), False),
        ({"README.md": "# R\n", "mkdocs.yml": "nav:\n  - A: a.md\n", **texts("docs/a.md")}, False),
    ],
)
def test_a_readme_that_is_not_printed_is_told(folder, files, told):
    """A README that gives the order or the title is not a chapter, and this is reported."""
    [assumed] = [one for one in dialects.read(folder(files))[1] if one.code == "M018"]
    assert ("README.md itself is not printed" in assumed.message) is told


def test_what_the_press_wants_to_know(folder):
    """`compositor.toml` has the keys of book.toml and overrides what was found; then nothing is guessed."""
    own = 'title = "Ours"\nlanguage = "de"\n\n[style]\npage-size = "6in 9in"\n'
    summary = "- [A](a.md)\n"
    made = folder({"book.toml": MDBOOK, "src/SUMMARY.md": summary, "compositor.toml": own, **texts("src/a.md")})
    manuscript, findings = dialects.read(made)
    assert manuscript is not None
    assert (manuscript.metadata.title, manuscript.metadata.language, findings) == ("Ours", "de", ())
    assert manuscript.style == {"page-size": "6in 9in"}
    (made / "compositor.toml").write_text('titel = "x"\n')
    manuscript, (finding,) = dialects.read(made)
    assert (manuscript, finding.code, str(finding.place)) == (None, "S002", "compositor.toml:1:1")


def test_a_language_without_words(folder):
    """A language without word tables is still the language of the book, and this is reported once."""
    toml = f'{MDBOOK}language = "xx"\n'
    files = {"book.toml": toml, "src/SUMMARY.md": "- [A](a.md)\n", **texts("src/a.md")}
    manuscript, findings = dialects.read(folder(files))
    assert manuscript is not None
    assert (manuscript.metadata.language, {one.code for one in findings}) == ("xx", {"M018", "S007"})


def test_drafts_are_left_out(folder):
    """A text with `draft: true` is not part of the book."""
    made = folder({"a.md": "---\ndraft: true\n---\n\n# A\n", **texts("b.md")})
    assert order(made) == ["b.md"]


def test_an_included_text_is_not_told_as_forgotten(folder):
    """An included text is printed, so it is not reported as missing from the order."""
    chapter = "# A\n\n{{#include part.md}}\n"
    files = {"book.toml": MDBOOK, "src/SUMMARY.md": "- [A](a.md)\n", "src/a.md": chapter, "src/part.md": "Words.\n"}
    assert read(folder(files))[1] == []


def test_nothing_is_written(folder):
    """Reading a folder changes nothing in it."""
    made = folder({"book.toml": MDBOOK, "src/SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n", **texts("src/a.md")})
    before = sorted(path.as_posix() for path in made.rglob("*"))
    dialects.read(made)
    assert sorted(path.as_posix() for path in made.rglob("*")) == before


@pytest.mark.parametrize("name", ["book.toml", ".gitbook.yaml"])
def test_a_summary_that_is_missing(folder, name):
    """Without a summary, the names give the order, and a message says so."""
    said = {"book.toml": MDBOOK, ".gitbook.yaml": "root: ./src\n"}[name]
    made = folder({name: said, **texts("src/b.md", "src/a.md")})
    manuscript, _ = read(made)
    assert (list(lines(manuscript.entries)), "because there is no summary" in manuscript.origin) == (
        ["src/a.md", "src/b.md"], True,
    )


@pytest.mark.parametrize(
    ("titles", "levels"),
    [
        (("Chapter 1: Sails", "Chapter 2: Ropes", "Appendix A: Knots"), 0),
        (("1. Sails", "2. Ropes", "Knots"), 0),
        (("Sails", "2 ropes", "Chapters of a life"), 3),
        (("Sails", "3D sails", "1.5 million ropes"), 3),
    ],
)
def test_titles_that_have_numbers_of_their_own(folder, titles, levels):
    """If most titles begin with a number, Compositor adds none, unless it is asked to."""
    made = folder({f"{place}-x.md": f"# {title}\n\nText.\n" for place, title in enumerate(titles)})
    assert read(made)[0].metadata.numbered_levels == levels
    (made / "compositor.toml").write_text("numbered-levels = 2\n")
    assert read(made)[0].metadata.numbered_levels == 2


@pytest.mark.parametrize(
    ("titles", "number"),
    [
        (("Part I: The sea", "Part II: The land"), ""),
        (("Part One", "And the rest"), ""),
        (("Teil 1", "Teil 2"), ""),
        (("The sea", "Parts of a ship"), "I"),
    ],
)
def test_parts_that_have_numbers_of_their_own(folder, titles, number):
    """Compositor numbers the parts only if no part title has a number, to avoid "Part I, Part I: The sea"."""
    summary = "".join(f"# {title}\n\n- [X](x{place}.md)\n\n" for place, title in enumerate(titles))
    made = folder({"book.toml": MDBOOK, "src/SUMMARY.md": f"# Summary\n\n{summary}", **texts("src/x0.md", "src/x1.md")})
    assert next(unit.number for unit in read_book(made, Timings()).book.units if unit.role is Role.PART) == number
    (made / "compositor.toml").write_text("numbered-parts = true\n")
    assert read(made)[0].metadata.numbered_parts


def test_an_order_that_would_have_no_end(folder):
    """Lists that refer to one another do not loop; the names give the order."""
    lists = ["l0: &l0 [a.md]", *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30))]
    made = folder({"mkdocs.yml": "\n".join([*lists, "docs_dir: .", "nav: *l29"]), **texts("a.md", "b.md")})
    assert order(made) == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("readme", "title"),
    [
        ("# The *whole* `book` [![badge](https://a.b/c.svg)](https://a.b) {#x}\n", "The whole book"),
        ('<h1 align="center">Kites &amp; <b>ropes</b></h1>\n\n# Install\n', "Kites & ropes"),
        ("```sh\n# a comment\n```\n\nRopes\n=====\n", "Ropes"),
        ("---\ntitle: Said\n---\n\n# Other\n", "Said"),
    ],
)
def test_the_title_of_a_readme(folder, readme, title):
    """A folder gets its title from the first heading of its README, in any form, without marks and badges."""
    assert read(folder({"README.md": readme, **texts("a.md", "b.md")}))[0].metadata.title == title


@pytest.mark.parametrize(
    "heading", ["Summary", "目录", "目次", "Table des matières", "📖 Содержание:", "Inhaltsverzeichnis"]
)
@pytest.mark.parametrize("settings", [{}, {"book.toml": "[book]\n"}])
def test_the_heading_of_a_summary_is_no_title_in_any_language(folder, heading, settings):
    """The word for a table of contents says nothing about the book: its first text does."""
    summary = f"# {heading}\n\n* [One](README.md)\n"
    written = {"SUMMARY.md": summary, "src/SUMMARY.md": summary, "README.md": "# Ropes\n"}
    made = folder({**settings, **written, **texts("src/README.md")})
    assert heading not in read(made)[0].metadata.title


@pytest.mark.parametrize(
    "asked", ["- pymdownx.mark", "- toc\n  - pymdownx.snippets:\n      base_path: docs", "pymdownx.keys: {}"]
)
def test_the_signs_of_pymdown_are_read_where_a_site_asks_for_them(folder, asked):
    made = folder({"mkdocs.yml": f"site_name: X\nmarkdown_extensions:\n  {asked}\n", **texts("docs/index.md")})
    assert "pymdown" in read(made)[0].extensions
    (made / "mkdocs.yml").write_text("site_name: X\n")
    assert "pymdown" not in read(made)[0].extensions


def test_an_order_that_names_a_page_of_the_web(folder):
    """An entry that is not a text is reported as what it is, with a remedy that works."""
    summary = "# Summary\n\n* [One](one.md)\n* [Elsewhere](https://example.org)\n"
    made = folder({".gitbook.yaml": "root: ./\n", "SUMMARY.md": summary, **texts("one.md")})
    (told,) = (one for one in dialects.read(made)[1] if one.code == "M031")
    assert '"https://example.org"; it is on the web, so it is left out' in told.message


def test_names_in_double_brackets_are_files_of_a_folder(folder):
    """Of several files with a name, the one nearest to the top is linked; Obsidian's folders get an extra remark."""
    made = folder({"Home.md": "# Home\n\n[[Sea]] %%x%%\n", **texts("a/Sea.md", "a/b/Sea.md"), "img/sea.png": ""})
    manuscript = read(made)[0]
    assert manuscript.files["sea"] == "a/Sea.md"
    assert manuscript.files["b/sea"] == "a/b/Sea.md"
    assert manuscript.files["sea.png"] == "img/sea.png"
    assert "wiki_remarks" not in manuscript.extensions
    (made / ".obsidian").mkdir()
    assert "wiki_remarks" in read(made)[0].extensions


def test_parts_of_a_book_of_gitbook_have_its_values_and_its_boxes(folder):
    """An included text gets the values of the text that includes it; boxes between colons are read as boxes."""
    made = folder({
        "LANGS.md": "* [English](en/)\n* [Deutsch](de/)\n",
        "book.json": '{"variables": {"version": "3.14"}}',
        "en/SUMMARY.md": "# Summary\n\n* [One](one.md)\n",
        "en/one.md": '# One\n\n{% include "/part.md" %}\n\n:::tip\nTake it.\n:::\n',
        "en/part.md": "Python {{ book.version }} in {{ book.language }}.\n",
        "de/SUMMARY.md": "# Summary\n\n* [One](one.md)\n",
        "de/one.md": "# Eins\n",
    })
    chapter = next(iter(read_book(made, Timings()).book.units)).chapter
    said = " ".join(token.content for token in chapter.tokens if token.type == "inline")
    assert "Python 3.14 in en." in said
    assert "callout_open" in {token.type for token in chapter.tokens}


def test_titles_of_an_order_may_have_entities(folder):
    """Titles in an order file may have HTML entities, because the tool puts them into HTML."""
    nav = "site_name: X\nnav:\n  - 1 &nbsp; One &amp; all:\n    - one.md\n"
    tree = read(folder({"mkdocs.yml": nav, **texts("docs/one.md")}))[0].entries
    assert "&" not in tree[0].source.title.replace("& all", "")
