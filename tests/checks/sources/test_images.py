"""The checks of images: each reports its fault with its place, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from compositor.checks.sources.images import FRAMED
from compositor.commands.building import build
from compositor.commands.work import Build
from compositor.formats import EPUB
from compositor.machine.variables import CACHE
from compositor.press import Timings, read_book
from tests.finished import ROOT
from tests.test_made_before import OURS, Silent

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


def findings(book: Path, image: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return the findings of a book whose only chapter shows this image."""
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
    """The finding points at the image and names the file with the nearest name."""
    (small_book / "pipeline.svg").write_text(SVG, encoding="utf-8")
    assert findings(small_book, "pipline.svg") == [
        ("C101", "01-one.md:3:1", f'there is no image "pipline.svg"{FRAMED}', ('did you mean "pipeline.svg"?',))
    ]


@pytest.mark.parametrize("way", ["../outside.svg", "link.svg"])
def test_an_image_outside_the_folder_is_refused(small_book: Path, way: str) -> None:
    """Neither `..` nor a symbolic link leads out of the book's folder."""
    outside = small_book.parent / "outside.svg"
    outside.write_text(SVG, encoding="utf-8")
    (small_book / "link.svg").symlink_to(outside)
    assert [(code, message) for code, _, message, _ in findings(small_book, way)] == [
        ("C101", f'the image "{way}" lies outside the book\'s folder{FRAMED}')
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.svg", b"<svg", "is not well-formed SVG"),
        ("a.svg", b"<p/>", "is not SVG"),
        ("a.svg", b"", "is not well-formed SVG"),
        ("a.png", b"", "is broken"),
        ("a.png", b"\x89PNG\r\n\x1a\nrest", "is broken"),
        ("a.tiff", b"", "is of a kind (.tiff)"),
    ],
)
def test_an_image_that_cannot_be_used_is_found(small_book: Path, name: str, data: bytes, words: str) -> None:
    """Broken, empty and unknown files are found before anything is set."""
    (small_book / name).write_bytes(data)
    ((code, place, message, _),) = findings(small_book, name)
    assert (code, place) == ("C102", "01-one.md:3:1")
    assert words in message


def test_an_enormous_image_is_found_and_nothing_else_is_said(small_book: Path) -> None:
    """An image of more pixels than any page shows is found; Pillow's own warning would fail this test."""
    Image.new("1", (10_001, 10_000)).save(small_book / "a.png")
    ((code, _, message, _),) = findings(small_book, "a.png")
    assert (code, message) == ("C102", f'the image "a.png" is too large: 10001 × 10000 pixels{FRAMED}')


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n%%EOF\n"


def disguised(name: str) -> bytes:
    """Return a picture as Pillow saves it, in a format that Compositor does not read."""
    if name == "EPS":
        return EPS
    target = BytesIO()
    Image.new("RGB", (4, 4)).save(target, name)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["EPS", "PDF", "TIFF", "BMP", "PPM", "ICO", "TGA", "JPEG2000", "PCX"])
def test_a_file_is_read_as_what_it_may_be_and_nothing_else(small_book: Path, kind: str) -> None:
    """Pillow recognises a format by the content of the file; it may try only the formats that Compositor supports."""
    (small_book / "a.png").write_bytes(disguised(kind))
    message = f'the image "a.png" is broken: it does not contain a PNG, JPEG, GIF, WebP or AVIF picture{FRAMED}'
    assert findings(small_book, "a.png") == [
        ("C102", "01-one.md:3:1", message, ("export it again, as SVG, PNG or JPEG",))
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_format_that_is_supported_is_read_whatever_the_name(small_book: Path, kind: str) -> None:
    """A JPEG with the ending of a PNG is still a picture."""
    (small_book / "a.png").write_bytes(disguised(kind))
    assert findings(small_book, "a.png") == []


@pytest.mark.parametrize("command", ["check", "epub", "pdf"])
@pytest.mark.parametrize("where", ["text", "cover"])
def test_no_picture_starts_ghostscript(
    command: str, where: str, small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An EPS called PNG is a finding, and the `gs` on PATH is never started."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gs").write_text(f"#!/bin/sh\ntouch {tmp_path}/started\nexit 1\n", encoding="utf-8")
    (tmp_path / "bin" / "gs").chmod(0o755)
    (small_book / "a.png").write_bytes(EPS)
    shown = '# One\n\n![Caption](a.png){fig-alt="Words"}\n' if where == "text" else "# One\n\nText.\n"
    (small_book / "01-one.md").write_text(shown, encoding="utf-8")
    if where == "cover":
        with (small_book / "book.toml").open("a", encoding="utf-8") as file:
            file.write('cover = "a.png"\n')
    output = [] if command == "check" else ["-o", f"{tmp_path}/out/"]
    run = subprocess.run(
        [sys.executable, "build.py", command, str(small_book), "--format", "json", *output],
        cwd=ROOT, env={**os.environ, "PATH": f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [json.loads(line).get("code", "") for line in run.stdout.splitlines() if line.startswith("{")]
    assert run.returncode == 0
    assert [code for code in found if code.startswith("C")] == ["C102"]
    assert not (tmp_path / "started").exists()


def test_every_picture_is_opened_in_one_place() -> None:
    """Only one place opens pictures, and it says which formats are allowed."""
    opened = re.compile(r"\b(Image|Picture)\.open\(|\.(load_lexer_from_file|unsafe_load|full_load)\(")
    files = (ROOT / "compositor").rglob("*.py")
    assert [path.parent.name for path in files if opened.search(path.read_text(encoding="utf-8"))] == ["pictures"]


@pytest.mark.parametrize("path", [".git/pic.png", "p.png"])
def test_pictures_of_a_repository_are_no_pictures_of_the_book(small_book: Path, path: str) -> None:
    """Files in the folder `.git` are not published, neither by path nor by a link."""
    (small_book / ".git").mkdir()
    Image.new("RGB", (4, 4)).save(small_book / ".git" / "pic.png")
    (small_book / "p.png").symlink_to(".git/pic.png")
    (small_book / "01-one.md").write_text(f"# One\n\n![Words]({path})\n", encoding="utf-8")
    found = [finding for finding in read_book(small_book, Timings()).findings if finding.code != "L144"]
    assert [(finding.code, "belongs to git" in finding.message) for finding in found] == [("C101", True)]


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to itself", "link to a device"])
def test_a_picture_that_is_no_plain_file_is_named_and_never_opened(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Opening a pipe would block for ever: nothing opens it, not even a build that compares it with the cache."""
    file = small_book / "a.png"
    match kind:
        case "pipe":
            os.mkfifo(file)
        case "folder":
            file.mkdir()
        case _:
            file.symlink_to("a.png" if kind == "link to itself" else "/dev/zero")
    said = {"link to itself": "is a link to itself", "link to a device": "lies outside the book's folder"}
    ((code, place, message, helps),) = findings(small_book, "a.png")
    assert (code, place) == ("C101", "01-one.md:3:1")
    assert message == f'the image "a.png" {said.get(kind, "is not a plain file")}{FRAMED}'
    assert helps == ("put the file there, or correct the path",)
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    done = build(Build(small_book, (EPUB,), f"{tmp_path}/out/", OURS, words=OURS), Silent())
    assert [path.suffix for path in done.made] == [".epub"]
