"""The checks of images: each finds what it is for, with its place, and is silent otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from compositor.press import Timings, read_book

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


def findings(book: Path, image: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What is found in a book whose only chapter shows this image."""
    (book / "01-one.md").write_text(f'# One\n\n![Caption](<{image}>){{fig-alt="Words"}}\n', encoding="utf-8")
    return [(f.code, str(f.place), f.message, f.helps) for f in read_book(book, Timings()).findings]


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg", "sub folder/ä.svg"])
def test_a_good_image_is_no_finding(small_book: Path, name: str) -> None:
    """SVG, PNG and JPEG are fine, in subfolders and with any letters in the name."""
    (small_book / name).parent.mkdir(exist_ok=True)
    if name.endswith(".svg"):
        (small_book / name).write_text(SVG, encoding="utf-8")
    else:
        Image.new("RGB", (4, 4)).save(small_book / name)
    assert findings(small_book, name) == []


def test_a_missing_image_is_found_with_the_name_that_was_meant(small_book: Path) -> None:
    """The finding points at the image and names the file that is nearest."""
    (small_book / "pipeline.svg").write_text(SVG, encoding="utf-8")
    assert findings(small_book, "pipline.svg") == [
        ("C101", "01-one.md:3:1", 'there is no image "pipline.svg"', ('did you mean "pipeline.svg"?',))
    ]


@pytest.mark.parametrize("way", ["../outside.svg", "link.svg"])
def test_an_image_outside_the_folder_is_refused(small_book: Path, way: str) -> None:
    """Neither `..` nor a symbolic link leads out of the book's folder."""
    outside = small_book.parent / "outside.svg"
    outside.write_text(SVG, encoding="utf-8")
    (small_book / "link.svg").symlink_to(outside)
    assert [(code, message) for code, _, message, _ in findings(small_book, way)] == [
        ("C101", f'the image "{way}" lies outside the book\'s folder')
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.svg", b"<svg", "is no well-formed SVG"),
        ("a.svg", b"<p/>", "is no SVG"),
        ("a.svg", b"", "is no well-formed SVG"),
        ("a.png", b"", "is broken"),
        ("a.png", b"\x89PNG\r\n\x1a\nrest", "is broken"),
        ("a.tiff", b"", "is of a kind (.tiff)"),
    ],
)
def test_an_image_that_cannot_be_used_is_found(small_book: Path, name: str, data: bytes, words: str) -> None:
    """Broken, empty and unknown files are errors before anything is set."""
    (small_book / name).write_bytes(data)
    ((code, place, message, _),) = findings(small_book, name)
    assert (code, place) == ("C102", "01-one.md:3:1")
    assert words in message


def test_an_enormous_image_is_found_and_nothing_else_is_said(small_book: Path) -> None:
    """An image of more pixels than any page shows is an error; Pillow's own warning would be one of this test."""
    Image.new("1", (10_001, 10_000)).save(small_book / "a.png")
    ((code, _, message, _),) = findings(small_book, "a.png")
    assert (code, message) == ("C102", 'the image "a.png" is too large: 10001 × 10000 pixels')
