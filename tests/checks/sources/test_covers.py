"""The checks of an author's own cover: each reports its fault, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from compositor.formats import EDITIONS, PDF
from compositor.making import make
from compositor.press import Timings, read_book


def findings(book: Path, name: str) -> list[tuple[str, str, str]]:
    """Return the findings of a book with this cover."""
    with (book / "book.toml").open("a", encoding="utf-8") as file:
        file.write(f'cover = "{name}"\n')
    return [(f.code, f.severity, f.message) for f in read_book(book, Timings()).findings]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((1600, 2560), []),
        ((1400, 2100), []),
        ((800, 1280), ["is small: 800 × 1280 pixels"]),
        ((2560, 1600), ["does not have the shape of a book"]),
        ((300, 200), ["is small", "does not have the shape"]),
        ((6000, 10_200), ["is large: 6000 × 10200 pixels"]),
    ],
)
def test_a_cover_has_the_size_and_shape_that_shops_show(
    small_book: Path, size: tuple[int, int], words: list[str]
) -> None:
    """A picture that is too small, too large or in landscape format is a warning that gives its size."""
    Image.new("1", size).save(small_book / "front.png")
    found = findings(small_book, "front.png")
    assert [(code, severity) for code, severity, _ in found] == [("C104", "warning")] * len(words)
    assert all(some in message for some, (_, _, message) in zip(words, found, strict=True))


@pytest.mark.parametrize("size", ["7in 9.25in", "A4"])
def test_a_cover_as_shops_ask_for_it_is_no_coarse_picture_on_paper(small_book: Path, size: str) -> None:
    """On A4 the cover has 219 pixels an inch: an error for a figure, but correct for a cover by the rules of shops."""
    Image.new("RGB", (1600, 2560), "navy").save(small_book / "cover.jpg")
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write(f'cover = "cover.jpg"\n[style]\npage-size = "{size}"\n')
    made = make(read_book(small_book, Timings()), (PDF,), None, Timings())
    assert [finding for finding in made.findings if finding.code in ("P217", "P218")] == []


def test_a_heavy_cover_is_found(small_book: Path) -> None:
    """Kobo takes no more than 5 MB."""
    Image.effect_noise((1600, 2560), 120).save(small_book / "front.png", compress_level=0)
    (small_book / "front.png").write_bytes((small_book / "front.png").read_bytes() + b"\0" * 1_500_000)
    ((code, _, message),) = findings(small_book, "front.png")
    assert code == "C104"
    assert "takes 5.6 MB" in message


def test_a_drawing_as_cover_is_a_warning(small_book: Path) -> None:
    """It is valid, but many shops do not show it."""
    (small_book / "front.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert [(code, severity) for code, severity, _ in findings(small_book, "front.svg")] == [("E009", "warning")]


def test_for_a_cover_that_cannot_be_used_one_is_made(small_book: Path, tmp_path: Path) -> None:
    """A broken cover and a missing one are reported before pages are set, and both files get a generated cover."""
    (small_book / "front.png").write_bytes(b"\x89PNG\r\n\x1a\nrest")
    assert [(code, severity) for code, severity, _ in findings(small_book, "front.png")] == [("C102", "warning")]
    (small_book / "front.png").unlink()
    proof = read_book(small_book, Timings())
    assert [(f.code, f.severity, str(f.place)) for f in proof.findings] == [("M002", "warning", "book.toml:4:9")]
    made = make(proof, EDITIONS, f"{tmp_path}/out/", Timings())
    assert [finding for finding in made.findings if finding.severity == "error"] == []
    with zipfile.ZipFile(made.paths[1]) as epub:
        assert "EPUB/cover.jpg" in epub.namelist()


def test_a_cover_in_the_colours_of_a_printing_machine_is_taken(small_book: Path) -> None:
    """A CMYK cover is converted to RGB, which every screen shows."""
    Image.new("CMYK", (1600, 2560)).save(small_book / "front.jpg")
    assert findings(small_book, "front.jpg") == []
