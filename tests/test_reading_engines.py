"""The EPUB in engines of reading systems: every document opens whole, and nothing leaves a narrow page."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.finished import Built
from tools import reading_engines

NARROW = 320
"""CSS pixels: the narrowest page that text must fit. Source: WCAG 2.2, success criterion 1.4.10."""


@pytest.fixture(scope="session")
def engines() -> None:
    """Install Node, Chromium and the engines; skip the tests if they are not available."""
    lacking = reading_engines.missing()
    if lacking:
        pytest.skip(f"not run: needs {', '.join(lacking)}")
    reading_engines.install()


def letters(epub: Path) -> dict[str, int]:
    """Return the number of letters in the body of each spine document, without spaces."""
    found = {}
    with zipfile.ZipFile(epub) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        names = {item.get("id"): str(item.get("href")) for item in package.iter("{*}item")}
        for reference in package.iter("{*}itemref"):
            name = names[reference.get("idref")]
            body = etree.fromstring(archive.read(f"EPUB/{name}")).find("{*}body")
            found[name] = len("".join("".join(map(str, body.itertext())).split()))
    return found


def of_documents(facts: dict[str, Any], key: str) -> dict[str, Any]:
    """Return one fact of every document that an engine has shown."""
    return {posixpath.basename(one["href"]): one[key] for one in facts["documents"]}


@pytest.mark.slow
@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize("name", ["real_book", "several", "german"])
def test_every_document_opens_whole_in_both_engines(name: str, request: pytest.FixtureRequest) -> None:
    """Each engine shows all letters and pictures of the file; an engine that fails would cut a text silently."""
    book: Built = request.getfixturevalue(name)
    facts = reading_engines.walk(book.epub)
    assert set(facts) == {"epubjs", "foliate"}
    for engine in facts.values():
        assert engine["problems"] == []
        assert of_documents(engine, "letters") == letters(book.epub)
        assert {name for name, broken in of_documents(engine, "broken").items() if broken} == set()


@pytest.mark.slow
@pytest.mark.usefixtures("engines")
def test_a_text_that_is_cut_is_noticed(several: Built, tmp_path: Path) -> None:
    """An end tag without a start tag makes an engine show other text than the file has; one of the two does."""
    spoiled = tmp_path / "spoiled.epub"
    with zipfile.ZipFile(several.epub) as archive, zipfile.ZipFile(spoiled, "w") as copy:
        for info in archive.infolist():
            cut = b"</b><header" if info.filename.endswith("/preface.xhtml") else b"<header"
            copy.writestr(info, archive.read(info).replace(b"<header", cut))
    shown = [of_documents(engine, "letters")["preface.xhtml"] for engine in reading_engines.walk(spoiled).values()]
    assert any(number != letters(several.epub)["preface.xhtml"] for number in shown), shown


@pytest.mark.slow
@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize("name", ["real_book", "several", "german"])
def test_nothing_stands_out_of_a_narrow_page(name: str, request: pytest.FixtureRequest) -> None:
    """At 320 pixels words, pictures and tables end inside the page; only a formula may scroll sideways."""
    book: Built = request.getfixturevalue(name)
    for file, found in reading_engines.narrow(book.epub, NARROW).items():
        assert found["out"] == [], file
        assert [one for one in found["scrolling"] if not one.startswith("equation")] == [], file


@pytest.mark.slow
@pytest.mark.usefixtures("engines")
def test_what_stands_out_is_noticed(several: Built, tmp_path: Path) -> None:
    """An unbreakable word is named."""
    spoiled = tmp_path / "wide.epub"
    with zipfile.ZipFile(several.epub) as archive, zipfile.ZipFile(spoiled, "w") as copy:
        for info in archive.infolist():
            wide = b'<p style="overflow-wrap: normal">' + b"w" * 90 + b"</p></section>"
            copy.writestr(info, archive.read(info).replace(b"</section>", wide))
    found = reading_engines.narrow(spoiled, NARROW)
    assert found["EPUB/preface.xhtml"]["out"] == ["w" * 90]


@pytest.mark.slow
@pytest.mark.usefixtures("engines")
def test_pictures_are_made_on_every_ground(several: Built, tmp_path: Path) -> None:
    """Both engines paint each kind of page in two sizes and three colours, and a sheet shows all of them."""
    assert reading_engines.main([str(several.epub), "-o", str(tmp_path), "--kinds", "opener", "note"]) == 0
    names = {path.stem for path in tmp_path.glob("*.png")}
    assert names >= {"opener", "opener-epubjs-phone-light", "opener-foliate-tablet-dark", "popup-foliate-phone-sepia"}
    assert len([name for name in names if name.startswith("opener-")]) == 12
