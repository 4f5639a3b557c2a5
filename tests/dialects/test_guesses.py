"""What Compositor guesses about a folder of another tool: its language, and where its texts and title are."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor import dialects
from compositor.dialects.languages import language_of
from compositor.model import Finding, Manuscript


def read(folder: Path, files: dict[str, str]) -> tuple[Manuscript, tuple[Finding, ...]]:
    """Read the book that these files make; return it with the findings."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    manuscript, findings = dialects.read(folder)
    assert manuscript is not None
    return manuscript, findings


@pytest.mark.parametrize(
    ("folder", "text", "tag"),
    [
        ("book", "Words of a text.", "en"),
        ("de", "Wörter eines Textes.", "de"),
        ("pt-br", "Palavras de um texto.", "pt-BR"),
        ("ru", "Слова текста о программах.", "ru"),
        ("book", "Слова текста о программах.", "ru"),
        ("book", "Слова її тексту є інші.", "uk"),
        ("en", "Слова текста о программах.", "ru"),
        ("book", "言葉と仮名の文章です。\n\n```js\nvar letters = 1\n```", "ja"),
        ("book", "文字和词语的书。", "zh"),
        ("zh-hant", "文字和詞語的書。", "zh-Hant"),
        ("zh_TW", "文字和詞語的書。", "zh-TW"),
        ("book", "한국어로 쓴 글입니다.", "ko"),
        ("book", "كلمات هذا الكتاب.", "ar"),
        ("book", "کلمات پارسی و چیزهای گوناگون.", "fa"),
        ("book", "מילים של ספר.", "he"),
        ("my", "Words of mine.", "en"),
        ("book", "", "en"),
    ],
)
def test_the_language_of_a_text(folder: str, text: str, tag: str) -> None:
    """The letters give the language; if they leave it open, the name of the folder does."""
    assert language_of(folder, [text]) == tag


def test_what_a_file_says_holds_over_the_letters(tmp_path: Path) -> None:
    """A language that a file states is taken, whatever the letters are."""
    said = '[book]\ntitle = "A"\nlanguage = "bg"\n'
    manuscript, told = read(tmp_path, {"book.toml": said, "src/SUMMARY.md": "- [A](a.md)\n", "src/a.md": "# Слова\n"})
    assert manuscript.metadata.language == "bg"
    assert "taken for" not in told[0].message


def test_a_language_that_was_guessed_is_told(tmp_path: Path) -> None:
    """The finding about the kind of folder names the guessed language as well."""
    manuscript, told = read(tmp_path, {"a.md": "# Слова\n\nСлова текста.\n"})
    assert manuscript.metadata.language == "ru"
    assert 'its language is assumed to be "ru"' in next(one.message for one in told if one.code == "M018")


def test_a_folder_of_texts_that_a_step_of_theirs_makes(tmp_path: Path) -> None:
    """If the folder that mkdocs.yml names does not exist, the usual one is used."""
    files = {"mkdocs.yml": "site_name: A\ndocs_dir: build/docs\nnav: [b.md, a.md]\n"}
    manuscript, _ = read(tmp_path, files | {f"docs/{name}.md": f"# {name}\n\nText.\n" for name in "ab"})
    assert [entry.source.path for entry in manuscript.entries] == ["docs/b.md", "docs/a.md"]


def test_a_file_of_metadata_for_pandoc(tmp_path: Path) -> None:
    """Pandoc's metadata file gives the title, the author and the language."""
    matter = "---\ntitle: Of Boats\nauthor: A. B.\nlang: nl\n...\n"
    manuscript, _ = read(tmp_path, {"metadata.yaml": matter, "01-a.md": "# A\n\nText.\n", "02-b.md": "# B\n\nText.\n"})
    said = manuscript.metadata
    assert (said.title, tuple(said.authors), said.language) == ("Of Boats", ("A. B.",), "nl")


def test_the_bibliography_of_a_book_of_quarto(tmp_path: Path) -> None:
    """The book uses the bibliographies that its settings name, if they exist."""
    project = "project: {type: book}\nbook: {title: A, chapters: [index.qmd]}\nbibliography: [a.bib, none.bib]\n"
    works = "@book{k, title={T}, author={A, B}, year=2000}\n"
    manuscript, _ = read(tmp_path, {"_quarto.yml": project, "index.qmd": "# A\n\nAs [@k].\n", "a.bib": works})
    assert manuscript.bibliography is not None
    assert list(manuscript.bibliography.works) == ["k"]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("mkdocs.yml", "site_name: A\nnav: [a.md\n", 3),
        ("_toc.yml", "format: jb-book\nroot: [\n", 3),
        ("myst.yml", "project:\n\ttoc: 1\n", 2),
        ("_category_.json", '{"label": }', 1),
    ],
)
def test_an_order_that_is_broken_is_told(tmp_path: Path, name: str, text: str, line: int) -> None:
    """The build continues without a broken order, and reports where it is broken."""
    manuscript, told = read(tmp_path, {name: text, "01-a.md": "# A\n\nText.\n", "02-b.md": "# B\n\nText.\n"})
    (found,) = (one for one in told if one.code == "M033")
    assert (found.severity, found.place.file, found.place.line) == ("warning", name, line)
    assert [entry.source.path for entry in manuscript.entries] == ["01-a.md", "02-b.md"]


@pytest.mark.parametrize(("name", "text"), [("book.json", '{"title": }'), (".gitbook.yaml", "root: [\n")])
def test_settings_of_gitbook_that_are_broken_are_told(tmp_path: Path, name: str, text: str) -> None:
    """The order still comes from the summary."""
    manuscript, told = read(tmp_path, {name: text, "SUMMARY.md": "* [A](a.md)\n", "a.md": "# A\n\nText.\n"})
    assert [one.place.file for one in told if one.code == "M033"] == [name]
    assert [entry.source.path for entry in manuscript.entries] == ["a.md"]


def test_a_readme_that_links_to_those_of_folders(tmp_path: Path) -> None:
    """The texts that the opening text of a folder links to follow it, in the order of its links."""
    files = {"README.md": "# All\n\n* [B](b/README.md)\n* [A](a/README.md)\n"}
    for folder in "ab":
        links = "".join(f"* [{name}]({name}.md)\n" for name in ("two", "one"))
        files[f"{folder}/README.md"] = f"# {folder}\n\n{links}"
        files |= {f"{folder}/{name}.md": f"# {name}\n\nText.\n" for name in ("one", "two")}
    manuscript, _ = read(tmp_path, files)
    paths = [entry.source.path for entry in manuscript.entries]
    assert paths == ["b/README.md", "b/two.md", "b/one.md", "a/README.md", "a/two.md", "a/one.md"]
