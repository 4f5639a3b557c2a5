"""The EPUB is valid, in order, the same every time, and made without libraries that only the PDF needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from compositor.formats.epub import make
from compositor.formats.identifiers import epub_identifier as identifier
from compositor.model import Book
from compositor.theme import load_theme
from tests.formats.epub.unpacked import (
    DC,
    EPUB,
    OPF,
    ROOT,
    XHTML,
    XML_LANG,
    BookMaker,
    drawing,
    entry,
    made,
    metas,
    package_of,
    png,
)


def test_epubcheck_has_nothing_to_say(
    rich: Book, epubcheck: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    """EPUBCheck reports no error and no warning for a book with one of everything."""
    output = make(rich, load_theme(tmp_path))
    (tmp_path / "book.epub").write_bytes(output.data)
    assert not output.findings
    assert not epubcheck(tmp_path / "book.epub")


def test_epubcheck_has_nothing_to_say_of_a_book_in_german(
    make_book: BookMaker, epubcheck: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    """Language, the author's own cover, an ISBN and letters beyond ASCII are valid too."""
    drawing(tmp_path, "bilder/umschlag größe.png", png((160, 256)))
    book = make_book(
        entry("grüße.md", "# Grüße\n\nText.\n"),
        language="de-CH",
        cover="bilder/umschlag größe.png",
        identifiers={"epub": "978-3-16-148410-0"},
    )
    (tmp_path / "book.epub").write_bytes(make(book, load_theme(tmp_path)).data)
    assert not epubcheck(tmp_path / "book.epub")


def test_the_archive_is_as_the_standard_wants_it(rich: Book) -> None:
    """`mimetype` is first, uncompressed and without extras; all other files follow by name, with the edition's date."""
    data = make(rich, load_theme(rich.manuscript.folder)).data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = archive.infolist()
    assert (infos[0].filename, infos[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    names = [info.filename for info in infos[1:]]
    assert names == sorted(set(names))
    assert {info.date_time for info in infos} == {(2026, 11, 23, 10, 20, 30)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert not any(info.extra for info in infos)


def test_a_date_that_no_archive_can_hold_is_the_earliest(make_book: BookMaker) -> None:
    """A book from before 1980 can still be packed."""
    files, _ = made(make_book("# One\n\nText.\n", made_on=datetime(1970, 1, 1, tzinfo=UTC)))
    assert metas(files, "dcterms:modified") == ["1970-01-01T00:00:00Z"]


def test_the_same_book_has_the_same_bytes_and_no_weasyprint(tmp_path: Path) -> None:
    """Another process, time zone, hash seed and folder change no byte; no library for the PDF is imported."""
    script = """
import hashlib, sys
from pathlib import Path
from compositor.formats import EPUB
from compositor.press import Timings, read_book
proof = read_book(Path(sys.argv[1]), Timings())
data = EPUB.make(proof.book, proof.theme).data
print(hashlib.sha256(data).hexdigest(), "weasyprint" in sys.modules, "compositor.typeset" in sys.modules)
"""
    said = {
        subprocess.run(
            [sys.executable, "-c", script, str(ROOT / "tests" / "books" / "several")],
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1763856000", **settings},
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for settings, folder in (
            ({"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}, ROOT),
            ({"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}, tmp_path),
        )
    }
    assert len(said) == 1
    assert said.pop().endswith("False False\n")


def test_documents_stand_in_the_order_of_the_book(rich: Book) -> None:
    """The spine has the generated pages, then every source file."""
    opf = package_of(made(rich)[0])
    hrefs = {item.get("id"): item.get("href") for item in opf.iter(f"{OPF}item")}
    assert [hrefs[item.get("idref")] for item in opf.iter(f"{OPF}itemref")] == [
        *("cover.xhtml", "title.xhtml", "copyright.xhtml", "nav.xhtml", "preface.xhtml", "road.xhtml"),
        *("chapter-1.xhtml", "one.xhtml", "two.xhtml", "more.xhtml", "end.xhtml"),
    ]


def test_navigation_and_ncx_say_the_same(rich: Book) -> None:
    """New and old reading systems show the same words and go to the same places."""
    files, _ = made(rich)
    toc = next(etree.fromstring(files["EPUB/nav.xhtml"]).iter(f"{XHTML}nav"))
    shown = [("".join(a.itertext()), a.get("href")) for a in toc.iter(f"{XHTML}a")]
    ncx = etree.fromstring(files["EPUB/toc.ncx"])
    points = list(ncx.iter("{*}navPoint"))
    assert [point.get("playOrder") for point in points] == [str(n) for n in range(1, len(points) + 1)]
    assert [meta.get("content") for meta in ncx.iter("{*}meta") if meta.get("name") == "dtb:depth"] == ["4"]
    assert shown == [(p.findtext("{*}navLabel/{*}text"), p.find("{*}content").get("src")) for p in points]
    assert shown == [
        ("Preface", "preface.xhtml"),
        ("Part I The Road", "road.xhtml"),
        ("1 First code & more", "chapter-1.xhtml"),
        ("1.1 Signals", "one.xhtml"),
        ("1.1.1 A heading & more", "one.xhtml#one-a-heading-more"),
        ("1.2 Two", "two.xhtml"),
        ("Appendix A More", "more.xhtml"),
        ("A.1 Deep", "more.xhtml#more-deep"),
        ("A.1.1 Deeper", "more.xhtml#more-deeper"),
        ("The End", "end.xhtml"),
    ]


def test_every_link_inside_the_book_has_a_target(rich: Book) -> None:
    """Files and anchors that links name are there."""
    files, _ = made(rich)
    documents = {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}
    anchors = {
        f"{name}#{e.get('id')}" for name, tree in documents.items() for e in tree.iter() if e.get("id")
    }
    for name, tree in documents.items():
        for link in tree.iter(f"{XHTML}a"):
            path, _, fragment = str(link.get("href")).partition("#")
            if "://" not in path:
                target = f"EPUB/{path}" if path else name
                assert target in files
                assert not fragment or f"{target}#{fragment}" in anchors


def test_the_package_says_what_the_book_is(rich: Book) -> None:
    """The metadata has title, language, people, dates and build; the package element has the language too."""
    files, _ = made(rich)
    opf = package_of(files)
    said = {
        name: [e.text for e in opf.iter(f"{DC}{name}")] for name in ("title", "creator", "subject", "date")
    }
    assert said == {
        "title": ["A Small Book", "With a subtitle"],
        "creator": ["Ada Example", "Ben Sample"],
        "subject": ["roads", "rails"],
        "date": ["2026-11-23"],
    }
    assert opf.get(XML_LANG) == "en"
    assert metas(files, "dcterms:modified") == ["2026-11-23T10:20:30Z"]
    named = {meta.get("name"): meta.get("content") for meta in opf.iter(f"{OPF}meta")}
    assert (named["compositor-build"], named["cover"]) == ("0123456789ab", "cover-image")


def test_publication_and_series(make_book: BookMaker) -> None:
    """The metadata has the date of publication, the sort name of the author, and the place in a series."""
    settings = {"date": "2025-04", "file_as": ("Example, Ada",), "series": "The Long Shelf", "series_index": 2.0}
    files, _ = made(make_book("# One", **settings))
    assert [e.text for e in package_of(files).iter(f"{DC}date")] == ["2025-04"]
    found = ("file-as", "belongs-to-collection", "collection-type", "group-position")
    assert [metas(files, name) for name in found] == [["Example, Ada"], ["The Long Shelf"], ["series"], ["2"]]
    shown = "".join(etree.fromstring(files["EPUB/copyright.xhtml"]).itertext())
    assert "The Long Shelf, 2" in shown
    assert "© 2025" in shown


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("978-3-16-148410-0", "urn:isbn:9783161484100"),
        ("urn:isbn:9783161484100", "urn:isbn:9783161484100"),
        ("316148410x", "urn:isbn:316148410X"),
        ("urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427", "urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427"),
        ("https://example.com/book", "https://example.com/book"),
    ],
)
def test_an_identifier_that_is_given_is_used(given: str, expected: str, make_book: BookMaker) -> None:
    """An ISBN becomes a URN, whatever else changes."""
    assert identifier(make_book("# One\n\nText.\n", identifiers={"epub": given})) == expected


def test_an_identifier_that_is_made_outlives_the_edition(make_book: BookMaker) -> None:
    """The same book keeps its identifier when its text changes, and another book has another."""
    one = identifier(make_book("# One\n\nText.\n"))
    assert one == identifier(make_book("# One\n\nOther text.\n", edition="Second"))
    assert one != identifier(make_book("# One\n\nText.\n", slug="other"))
    assert one.startswith("urn:uuid:")


def test_notes_pop_up_and_lead_back(rich: Book) -> None:
    """The call names the note, the note is a division of the same document and names the call."""
    tree = etree.fromstring(made(rich)[0]["EPUB/one.xhtml"])
    (call,) = (a for a in tree.iter(f"{XHTML}a") if a.get(f"{EPUB}type") == "noteref")
    (note,) = (one for one in tree.iter(f"{XHTML}div") if one.get(f"{EPUB}type") == "footnote")
    (back,) = (a for a in note.iter(f"{XHTML}a") if a.get("role") == "doc-backlink")
    assert (call.get("href"), back.get("href")) == (f"#{note.get('id')}", f"#{call.get('id')}")
    assert (call.get("role"), note.get("role")) == ("doc-noteref", "doc-footnote")


def test_what_a_document_holds_is_declared(rich: Book) -> None:
    """Inline drawings and the navigation document are declared in the manifest."""
    items = {
        item.get("href"): item.get("properties") for item in package_of(made(rich)[0]).iter(f"{OPF}item")
    }
    assert (items["nav.xhtml"], items["title.xhtml"], items["copyright.xhtml"]) == ("nav", "svg", None)
    assert items["cover.jpg"] == "cover-image"


def test_no_source_position_reaches_the_file(rich: Book) -> None:
    """The EPUB does not show the paths of its source files."""
    files, _ = made(rich)
    assert not any(
        b"data-source" in data or b".md" in data for name, data in files.items() if "xhtml" in name
    )


def test_the_faces_of_the_style_sheet_are_there_with_their_licences(rich: Book) -> None:
    """Each font family of the style sheet is embedded as a subset, with its licence, and no other family is."""
    files, _ = made(rich)
    fonts = sorted(name.rpartition("/")[2] for name in files if "/fonts/" in name)
    four = ("bold-italic", "bold", "normal-italic", "normal")
    assert fonts == [
        *("OFL-Iosevka.txt", "OFL-SourceSans.txt", "OFL-SourceSerif.txt"),
        *(f"book-code-{kind}.ttf" for kind in four),
        *(f"book-display-{kind}.ttf" for kind in four[1:]),
        *(f"book-{use}-{kind}.ttf" for use in ("label", "text") for kind in four),
    ]
    assert sum(len(files[name]) for name in files if name.endswith(".ttf")) < 400_000
    sheet = files["EPUB/styles/epub.css"].decode()
    assert "var(--" not in sheet, "older reading systems know no custom properties"
    assert all(f"url(fonts/{name})" in sheet for name in fonts if name.endswith(".ttf"))
