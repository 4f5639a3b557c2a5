"""What EbookLib 0.20 loses or breaks when used as its README says, and what Compositor does instead."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from compositor.formats import epub
from compositor.formats.epub import EXPLANATIONS, cover, package
from compositor.formats.epub.package import Document, Package, pack
from compositor.formats.epub.resources import Resource, theme_files
from compositor.language import language_for
from compositor.model import Book, ContentsEntry, Role
from compositor.theme import load_theme
from tests.formats.epub.unpacked import (
    SVG,
    BookMaker,
    drawing,
    entry,
    made,
    refused,
)


def packed(document: str, book: Book) -> bytes:
    """Return a document as it is in the package."""
    theme = load_theme(book.manuscript.folder)
    picture = Resource("cover.jpg", "image/jpeg", b"")
    one = Document("chapter-1", document.encode())
    package = Package(book, language_for("en"), (one,), picture, theme_files(theme, "epub.css"), ())
    with zipfile.ZipFile(BytesIO(pack(package))) as archive:
        return archive.read("EPUB/chapter-1.xhtml")


def page(body: str, attributes: str = "") -> str:
    """Return a whole document around a body."""
    head = '<head><title>T</title></head><body xmlns:epub="http://www.idpf.org/2007/ops"'
    return (
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">{head}{attributes}>{body}</body></html>'
    )


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(page(""), id="nothing at all"),
        pytest.param(page("  \n "), id="only spaces"),
        pytest.param(page("plain text"), id="text without a tag"),
        pytest.param('<?xml version="1.0" encoding="utf-8"?>\n' + page("<p>a</p>"), id="an XML declaration"),
        pytest.param(page("Hello <b>x</b>"), id="text before the first element"),
        pytest.param(
            page("<p>a</p>", ' epub:type="bodymatter" class="a" id="b"'), id="attributes of the body"
        ),
        pytest.param(page("<div>" * 300 + "deep" + "</div>" * 300 + "<p>after</p>"), id="300 elements deep"),
        pytest.param(page("<p>" + "a" * 11_000_000 + "</p><p>after</p>"), id="eleven million letters"),
        pytest.param(
            page(SVG.replace("<rect", "<linearGradient/><clipPath/><rect")), id="names in mixed case"
        ),
        pytest.param(page("<p><em>a</em><strong>b</strong></p>"), id="elements that touch"),
        pytest.param(page("<pre><code><span>a</span><span>b</span></code></pre>"), id="code without blanks"),
    ],
)
def test_every_document_comes_out_as_it_went_in(document: str, make_book: BookMaker) -> None:
    """No letter is lost, added or changed."""
    assert packed(document, make_book("# One\n\nText.\n")) == document.encode()


@pytest.mark.parametrize("character", ["\ud800", "\ufffe", "\uffff", "\x0b", "\x00"])
def test_a_character_that_no_epub_can_hold_is_found(character: str, make_book: BookMaker) -> None:
    """The finding names its line and column; EbookLib would lose everything after it."""
    book = make_book("# One\n\nSome text.\n")
    (unit,) = book.units
    source = replace(unit.chapter.source, text=f"# One\n\nSome {character}text.\n")
    spoiled = replace(unit, title=f"One {character}", chapter=replace(unit.chapter, source=source))
    found = refused(lambda: made(replace(book, units=(spoiled,))))
    assert (found.code, str(found.place)) == ("E002", "chapter-1.md:3:6")
    assert f"U+{ord(character):04X}" in found.message


@pytest.mark.parametrize("setting", ["title", "description", "rights", "keywords"])
def test_a_setting_that_no_epub_can_hold_is_found(setting: str, make_book: BookMaker) -> None:
    """EbookLib would leave it out without a message."""
    value = ("a\x01",) if setting == "keywords" else "a\x01"
    found = refused(lambda: made(make_book("# One\n\nText.\n", **{setting: value})))
    assert (found.code, found.place.file) == ("E002", "book.toml")


@pytest.mark.parametrize("key", ["cover", "title", "copyright", "nav"])
def test_a_file_called_like_a_page_of_the_press_is_refused(key: str, make_book: BookMaker) -> None:
    """Two documents with the same name would become one."""
    assert refused(lambda: made(make_book(entry(f"{key}.md", "# One\n\nText.\n")))).code == "E001"


def test_a_template_that_makes_no_xml_is_found(make_book: BookMaker, tmp_path: Path) -> None:
    """Reading systems would stop in the middle of such a page."""
    drawing(tmp_path, "templates/copyright.xhtml", "<!DOCTYPE html>\n<html><body><p>Open</body></html>")
    found = refused(lambda: made(make_book("# One\n\nText.\n")))
    assert found.code == "E007"
    assert "<html><body><p>Open" in found.helps[0]


def test_a_package_that_lost_something_is_not_kept(
    make_book: BookMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package is read back, and a difference is an error before any file has changed."""
    monkeypatch.setattr(package._Finished, "get_content", lambda self, default=None: b"<p>less</p>")
    assert refused(lambda: made(make_book("# One\n\nText.\n"))).code == "E008"


def test_an_entry_of_the_contents_is_called_as_in_the_navigation(make_book: BookMaker) -> None:
    """Parts and appendices have their word, chapters their number, and the rest only the title."""
    words = language_for("de")
    entries = [
        ContentsEntry("Wege", "I", "a", "a", Role.PART),
        ContentsEntry("Maße", "A", "a", "a", Role.APPENDIX),
        ContentsEntry("Licht", "3", "a", "a", Role.CHAPTER),
        ContentsEntry("Vorwort", "", "a", "a", Role.FRONT),
    ]
    said = [package.entry_label(one, words) for one in entries]
    assert said == ["Teil I Wege", "Anhang A Maße", "3 Licht", "Vorwort"]


def test_every_finding_can_be_explained() -> None:
    """Each code in the modules of the EPUB has an explanation."""
    modules = [
        Path(str(epub.__file__)).with_name(name)
        for name in ("__init__.py", "claims.py", "package.py", "resources.py", "own_style.py", "texts.py")
    ]
    text = "".join(module.read_text(encoding="utf-8") for module in [*modules, Path(str(cover.__file__))])
    known = {**EXPLANATIONS, **cover.EXPLANATIONS}
    assert known.keys() == {f"E{number:03}" for number in (*range(1, 6), 7, 8, *range(10, 16))}
    assert all(text.count(f'"{code}"') >= 2 for code in known)
