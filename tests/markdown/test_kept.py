"""Parsed chapters are cached, and used again as long as none of their inputs has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from compositor.cache import Cache, using
from compositor.folder.text import reader
from compositor.language import language_for
from compositor.markdown import EXTENSIONS, Context, parse
from compositor.markdown.kept import FORM, PARSED, Parser, Shelf, using_shelf
from compositor.model import Source
from tests.finished import ROOT

EVERYTHING = Context(frozenset(one.name for one in EXTENSIONS), language_for("en"))
SOURCE = Source("01-one.md", "# One\n\nSome @sec-two and {{< include part.md >}}.\n\n{{< include part.md >}}\n", "one")


class Folder:
    """A folder with one file."""

    def __init__(self) -> None:
        self.text = "A part.\n"
        self.context = replace(EVERYTHING, read=self._read)

    def _read(self, path: str) -> str:
        assert path == "part.md"
        return self.text


@pytest.fixture(params=["cache", "shelf", "both"])
def keeping(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Use a cache on disk, in memory, or both."""
    with ExitStack() as stack:
        if request.param != "shelf":
            stack.enter_context(using(Cache(tmp_path / "cache", 1 << 20)))
        if request.param != "cache":
            stack.enter_context(using_shelf(Shelf()))
        yield


def counts(source: Source, context: Context) -> tuple[int, int]:
    """Return how many chapters are parsed and taken from the cache, for a chapter with the tokens of a fresh parse."""
    parser = Parser(context)
    chapter = parser.chapter(source)
    assert chapter == parse(source, context)
    assert chapter.digest
    return parser.parsed, parser.kept


@pytest.mark.usefixtures("keeping")
def test_a_chapter_is_parsed_once() -> None:
    """It is parsed again if its text, its includes or the settings change; then the old result is no longer used."""
    folder = Folder()
    assert counts(SOURCE, folder.context) == (1, 0)
    assert counts(SOURCE, folder.context) == (0, 1)
    assert counts(replace(SOURCE, text="# Another\n"), folder.context) == (1, 0)
    assert counts(SOURCE, replace(folder.context, variables={"name": "value"})) == (1, 0)
    assert counts(SOURCE, replace(folder.context, language=language_for("de"))) == (1, 0)
    folder.text = "Another part.\n"
    assert counts(SOURCE, folder.context) == (1, 0)
    assert counts(SOURCE, folder.context) == (0, 1)


@pytest.mark.usefixtures("keeping")
def test_a_file_that_was_not_there_is_looked_for_again(tmp_path: Path) -> None:
    """A chapter that could not include the file is parsed again when the file appears, and when it disappears."""
    source = Source("01-one.md", '# One\n\n{{< include part.md >}}\n\n``` {.python include="a.py"}\n```\n', "one")
    context = replace(EVERYTHING, read=reader(tmp_path, []))
    assert counts(source, context) == (1, 0)
    for name in ("part.md", "a.py"):
        assert counts(source, context) == (0, 1)
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
        context = replace(EVERYTHING, read=reader(tmp_path, []))
        assert counts(source, context) == (1, 0)
    (tmp_path / "part.md").unlink()
    assert counts(source, replace(EVERYTHING, read=reader(tmp_path, []))) == (1, 0)


def test_without_a_cache_nothing_is_kept() -> None:
    """Without a cache, the chapter has no digest either."""
    parser = Parser(EVERYTHING)
    chapters = [parser.chapter(replace(SOURCE, text="# One\n")) for _ in range(2)]
    assert (parser.parsed, parser.kept) == (2, 0)
    assert [one.digest for one in chapters] == ["", ""]


def test_what_is_made_of_a_chapter_has_not_its_digest() -> None:
    """A modified chapter has no digest, so that it is not confused with the one that it was made from."""
    with using_shelf(Shelf()):
        chapter = Parser(EVERYTHING).chapter(replace(SOURCE, text="# One\n"))
    assert chapter.digest
    assert replace(chapter, tokens=()).digest == ""


def test_what_is_damaged_is_parsed(tmp_path: Path) -> None:
    """A cache file with other content counts as missing."""
    folder, cache = Folder(), Cache(tmp_path / "cache", 1 << 20)
    with using(cache):
        assert counts(SOURCE, folder.context) == (1, 0)
        for file in cache.folder.glob("??/*"):
            file.write_bytes(file.read_bytes()[:-1])
        assert counts(SOURCE, folder.context) == (1, 0)


def test_a_shelf_holds_what_was_of_use_last() -> None:
    """A process that runs for days keeps a limited number of chapters."""
    texts = [replace(SOURCE, text=f"# Number {number}\n") for number in range(3)]
    with using_shelf(Shelf(2)):
        found = [counts(texts[number], EVERYTHING) for number in (0, 1, 0, 2, 0, 1)]
    assert found == [(1, 0), (1, 0), (0, 1), (1, 0), (0, 1), (1, 0)]


@pytest.mark.parametrize(
    "folder", ["specimen", pytest.param("tests/markdown/constructs", marks=pytest.mark.slow)]
)
def test_every_construct_has_a_form(folder: str) -> None:
    """The parse result of each construct is written, and reading it gives the same."""
    lost = []
    for file in sorted((ROOT / folder).rglob("*.md")):
        if file.name not in NO_FORM:
            chapter = parse(Source(file.name, file.read_text(encoding="utf-8"), "key"), EVERYTHING)
            parts = [getattr(chapter, name) for name in PARSED]
            data = FORM.written(parts)
            again = FORM.read(data)
            lost += [file] if FORM.written(again) != data or again[1:] != parts[1:] else []
    assert lost == []


NO_FORM = ("variables.md", "_prices.md")
"""Files with faults, of which nothing is cached."""


@pytest.mark.usefixtures("keeping")
def test_a_new_file_concerns_who_may_link_to_it() -> None:
    """A chapter with `[[name]]` is parsed again if the name now leads elsewhere; other chapters come from the cache."""
    files = {"sea": "a/Sea.md"}
    extensions = EVERYTHING.extensions | {"wiki_links"}
    context = replace(EVERYTHING, extensions=extensions, called=lambda name: files.get(name, ""))
    plain, linked = replace(SOURCE, text="# One\n\nText.\n"), replace(SOURCE, text="# One\n\n[[Sea]] and [[Land]].\n")
    assert (counts(plain, context), counts(linked, context)) == ((1, 0), (1, 0))
    files["sky"] = "Sky.md"
    assert (counts(plain, context), counts(linked, context)) == ((0, 1), (0, 1))
    files["land"] = "Land.md"
    assert (counts(plain, context), counts(linked, context)) == ((0, 1), (1, 0))
