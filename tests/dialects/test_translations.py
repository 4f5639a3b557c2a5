"""Texts in several languages in one folder: a book has each of them once, and says which it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from compositor.dialects import read
from compositor.dialects.orders.translations import translations
from compositor.dialects.tags import tag_of
from compositor.model import Manuscript

Folder = Callable[[Mapping[str, str]], Path]
LONG = "It says what it is about, and then it says more. " * 120


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a function that writes texts into a folder."""

    def write(texts: Mapping[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text or f"# {path.stem.title()}\n\nWords.\n", encoding="utf-8")
        return tmp_path

    return write


def made(folder: Path, language: str = "") -> tuple[list[str], list[str]]:
    """Return the paths of the texts of the book, and the codes of the findings."""
    manuscript, findings = read(folder, language)
    assert isinstance(manuscript, Manuscript)
    entries = [one for entry in manuscript.entries for one in (entry, *entry.children)]
    return [one.source.path for one in entries], [one.code for one in findings]


@pytest.mark.parametrize(
    ("names", "left_out"),
    [
        (["README.md", "README-de.md", "README_zh-CN.md", "README.pt-br.md"], 3),
        (["README.md", "README.french.md", "README.brazilian-portuguese.md", "README-ci.md"], 2),
        (["README.md", "translations/de.md", "translations/jp.md", "translations/style.md"], 2),
        (["README.md", "i18n/fr/README.md", "i18n/fr/more.md"], 2),
        (["one.md", "one.de.md", "two.md", "two-de.md"], 1),
        (["one.md", "one-de.md", "two.md", "two-de.md", "three.md", "three-de.md"], 3),
        (["en/one.md", "en/two.md", "de/one.md", "de/two.md", "go/one.md"], 2),
        (["sort.md", "sort_ii.md", "map.md", "map_ii.md", "set.md", "set_ii.md"], 0),
        (["one.md", "one.test.md", "README.md", "README-book.md", "README.code.md", "translations/data.md"], 0),
        (["docs/en/a.md", "docs/en/b.md", "docs/de/a.md", "docs/de/b.md", "i18n/fr/c.md"], 3),
        (["user.md", "user-id.md", "how-to.md", "how.md"], 0),
        (["cs/one.md", "ts/one.md", "README-de.md"], 0),
        (["translations/de.md", "translations/fr.md"], 0),
    ],
)
def test_translations_are_told_by_their_names(names: list[str], left_out: int) -> None:
    """Also those that other words resemble: numbers, words of English, languages of programs."""
    assert len(translations(names)) == left_out


@pytest.mark.parametrize(
    ("word", "tag"),
    [("de", "de"), ("PT_br", "pt-BR"), ("zhCN", "zh-CN"), ("zh-hans", "zh-Hans"), ("cn", "zh"), ("Japanese", "ja")],
)
def test_a_language_has_several_names(word: str, tag: str) -> None:
    """Tags, tags of countries, and English words become tags of BCP 47."""
    assert tag_of(word) == tag


def test_a_readme_and_its_translations_are_a_book_of_the_readme(folder: Folder) -> None:
    """The rest of a project's usual texts is no book, and the other languages are named once."""
    written = folder({"README.md": "# Ropes\n\n## One\n", "README-fr.md": "# Cordes\n", "CONTRIBUTING.md": ""})
    paths, codes = made(written)
    assert paths == ["README.md"] and codes.count("M032") == 1 and "M010" not in codes
    assert made(written, "fr")[0] == ["README-fr.md"]
    assert "M032" in made(written, "it")[1]


def test_a_language_is_chosen_with_all_its_texts(folder: Folder) -> None:
    """What has no translation is not mixed in."""
    written = folder(dict.fromkeys(("01.md", "01.de.md", "02.md", "02.de.md", "03.md"), ""))
    assert made(written)[0] == ["01.md", "02.md", "03.md"]
    assert made(written, "de") == (["01.de.md", "02.de.md"], ["M018"])


@pytest.mark.parametrize("about", ["Short.", LONG])
@pytest.mark.parametrize("links", ["", "- [One](one.md)\n- [Two](two.md)\n"])
def test_a_long_readme_opens_the_book(folder: Folder, about: str, links: str) -> None:
    """Links to the other texts give their order; words of its own make it one of them."""
    paths, _ = made(folder({"README.md": f"# Ropes\n\n{about}\n\n{links}", "one.md": "", "two.md": ""}))
    assert paths == [*(["README.md"] if about == LONG else []), "one.md", "two.md"]


def test_code_and_links_are_no_words_of_a_readme(folder: Folder) -> None:
    """A list of links is about the texts that it names."""
    about = f"```sh\n{LONG}\n```\n" + "".join(f"- [{LONG[:200]}](one.md#s{n})\n" for n in range(30))
    assert made(folder({"README.md": f"# Ropes\n\n{about}", "one.md": "", "two.md": ""}))[0] == ["one.md", "two.md"]


def test_a_tool_that_has_an_order_says_whether_the_readme_is_in_the_book(folder: Folder) -> None:
    """There it is about the project."""
    nav = "site_name: X\ndocs_dir: .\nnav: [one.md, two.md]\n"
    texts = {"mkdocs.yml": nav, "README.md": f"# Ropes\n\n{LONG}", "one.md": "", "two.md": "", "two.de.md": ""}
    assert made(folder(texts))[0] == ["one.md", "two.md"]


def test_a_heading_of_contents_is_no_title(folder: Folder) -> None:
    """A README may begin with its own table of contents."""
    manuscript, _ = read(folder({"README.md": "# Contents\n\n- [x](#x)\n\n# Ropes {#x}\n\nWords.\n"}))
    assert manuscript is not None and manuscript.metadata.title != "Contents"


