"""The files of an EPUB other than documents: pictures of the book, style sheets and fonts of the theme."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from compositor.formats.epub.resources import pictures
from tests.formats.epub.unpacked import (
    SVG,
    XHTML,
    BookMaker,
    drawing,
    made,
    png,
)


def test_a_style_sheet_of_the_book_brings_its_files(make_book: BookMaker, tmp_path: Path) -> None:
    """Fonts and pictures that the book's own style sheet names are packed; those in comments and data URLs are not."""
    drawing(tmp_path, "styles/fonts/Mine.ttf", "no font")
    drawing(tmp_path, "styles/dots.svg")
    own = 'p{src:url("fonts/Mine.ttf");background:url(dots.svg)} /* url(old.ttf) */'
    drawing(tmp_path, "styles/epub.css", own + "p{background:url(data:image/png;base64,AA)}")
    files, _ = made(make_book("# One\n\nText.\n"))
    assert {"EPUB/styles/fonts/Mine.ttf", "EPUB/styles/dots.svg"} <= set(files)


@pytest.mark.parametrize("address", ["gone.ttf", "../book.toml", '"a.js"', "https://example.org/a.png"])
def test_a_style_sheet_that_names_what_is_not_there(address: str, make_book: BookMaker, tmp_path: Path) -> None:
    """A style sheet cannot pack files from outside the theme; such names are left out and reported."""
    drawing(tmp_path, "styles/epub.css", f"p{{background:url({address});margin:0}}")
    files, _ = made(make_book("# One\n\nText.\n"))
    assert b"background:none;margin:0" in files["EPUB/styles/epub.css"]
    assert not [name for name in files if name.endswith((".js", "toml", "gone.ttf"))]


def test_pictures_get_names_that_every_reader_can_open(make_book: BookMaker, tmp_path: Path) -> None:
    """Spaces, signs and accents are removed, endings follow the content, and no two names differ only in case."""
    for name in ("a b#1%.svg", "A-B-1-.svg", "photo.jpg", "Löffel 水.svg"):
        drawing(tmp_path, name, png() if name == "photo.jpg" else SVG)
    text = "# One\n\n![1](<a b%231%25.svg>) ![2](A-B-1-.svg) ![3](photo.jpg) ![4](photo.jpg) ![5](<Löffel 水.svg>)\n"
    files, _ = made(make_book(text))
    sources = [img.get("src") for img in etree.fromstring(files["EPUB/chapter-1.xhtml"]).iter(f"{XHTML}img")]
    assert sources == ["a-b-1--2.svg", "A-B-1-.svg", "photo.png", "photo.png", "Loffel-.svg"]
    assert {f"EPUB/{source}" for source in sources} <= set(files)


def test_only_pictures_that_are_shown_are_packed(make_book: BookMaker, tmp_path: Path) -> None:
    """Other files in the folder are not packed."""
    drawing(tmp_path, "shown.svg")
    drawing(tmp_path, "sketch.svg")
    files, _ = made(make_book("# One\n\nText ![A.](shown.svg)\n"))
    assert "EPUB/shown.svg" in files
    assert "EPUB/sketch.svg" not in files


def test_a_picture_called_like_the_cover_is_kept_apart(make_book: BookMaker, tmp_path: Path) -> None:
    """The generated cover and a chapter's `cover.jpg` are two pictures."""
    picture = BytesIO()
    Image.new("RGB", (4, 4), "white").save(picture, "JPEG")
    drawing(tmp_path, "cover.jpg", picture.getvalue())
    files, _ = made(make_book("# One\n\nText ![A.](cover.jpg)\n"))
    assert b'src="cover-2.jpg"' in files["EPUB/chapter-1.xhtml"]
    assert b'src="cover.jpg"' in files["EPUB/cover.xhtml"]
    assert files["EPUB/cover-2.jpg"] == picture.getvalue()


def test_a_cover_of_the_authors_own_is_used(make_book: BookMaker, tmp_path: Path) -> None:
    """The cover file is packed unchanged, and no other cover is made."""
    drawing(tmp_path, "art/front.png", png((1600, 2560)))
    files, findings = made(make_book("# One\n\nText.\n", cover="art/front.png"))
    assert files["EPUB/art/front.png"] == png((1600, 2560))
    assert "EPUB/cover.jpg" not in files
    assert not findings


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("gone.svg", None, "E003"),
        ("../outside.svg", SVG, "E003"),
        ("text.svg", "no picture", "E004"),
        ("photo.png", b"BM not a core media type", "E004"),
        ("broken.svg", "<svg", "E005"),
        (
            "bomb.svg",
            "<!DOCTYPE svg [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
            + '<!ENTITY a0 "a">]>' + SVG.replace("A<", "&a8;<"),
            "E005",
        ),
    ],
)
def test_a_picture_that_no_book_should_hold_is_refused(
    name: str, data: str | bytes | None, code: str, make_book: BookMaker, tmp_path: Path
) -> None:
    """A missing, foreign or unreadable picture is a finding at the place where it is used."""
    book = make_book(f"# One\n\nText ![A.]({name})\n")
    inside = replace(book, manuscript=replace(book.manuscript, folder=tmp_path / "book"))
    (tmp_path / "book").mkdir()
    if data is not None:
        drawing(tmp_path / "book", name, data)
    packed, (found,) = pictures(inside, [name], ())
    assert packed == {}
    assert (found.code, found.place.file, found.place.line) == (code, "chapter-1.md", 3)


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>a()</script>", b"script"),
        ('<rect onclick="x()"/>', b"onclick"),
        ('<image href="http://example.com/a.png"/>', b"example.com"),
        ('<use href="../secret.svg#a"/>', b"secret"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Hi</p></foreignObject>', b"foreign"),
    ],
)
def test_what_a_drawing_may_not_do_is_not_in_the_book(
    inside: str, gone: bytes, make_book: BookMaker, tmp_path: Path
) -> None:
    """The rest of the drawing is in the book."""
    drawing(tmp_path, "a.svg", SVG.replace("<rect", f"{inside}<rect"))
    files, _ = made(make_book("# One\n\nText ![A.](a.svg)\n"))
    assert gone not in files["EPUB/a.svg"]
    assert b"<rect" in files["EPUB/a.svg"]


def test_a_picture_that_cannot_be_packed_is_a_frame(make_book: BookMaker, tmp_path: Path) -> None:
    """The text shows its alternative text and its path, and the book is made."""
    drawing(tmp_path, "broken.svg", "<svg")
    files, findings = made(make_book("# One\n\nText ![A.](broken.svg)\n"))
    assert b'<span class="missing-picture">A. <code>broken.svg</code></span>' in files["EPUB/chapter-1.xhtml"]
    assert not findings
