"""What printers require of the PDF: bleed, boxes and marks of the sheet, one ink for black, an even number of pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from compositor.formats.pdf.spine import moved_from_the_spine, room_at_the_spine
from compositor.model import Paper
from compositor.press import Asked, Timings, read_book
from tests.finished import Built, built
from tests.validators import broken_rules

BAND = """
:root { --ornament: none; }
.opener { margin: -64pt -96pt 14pt -72pt; background: #aa0000; position: relative; }
.opener::after { content: ""; position: absolute; left: 0; top: 100pt; width: 20pt; height: 20pt; background: #0000aa; }
.edge { margin: 0 -96pt 0 0; height: 28pt; background: url(edge.png) no-repeat 0 0 / 100% 100%; }
.far { margin: 0 -140pt 0 -140pt; height: 28pt; background: #00aaaa; }
"""
POINT = 4
"""The pixels of a painted page."""


def asked(folder: Path, settings: str) -> Path:
    """Return a book of one page with a band at the head, and a picture in the margin."""
    (folder / "styles").mkdir(parents=True)
    (folder / "styles" / "print.css").write_text(BAND, encoding="utf-8")
    Image.new("RGB", (4, 4), "#00aa00").save(folder / "styles" / "edge.png")
    start = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
    (folder / "book.toml").write_text(f"{start}{settings}[pages]\nhalf-title = false\n", encoding="utf-8")
    (folder / "01-one.md").write_text("# One\n\nA paragraph.\n\n::: edge\n:::\n\n::: far\n:::\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trimmed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the book with a bleed of 10 points and marks."""
    folder = tmp_path_factory.mktemp("trimmed")
    return built(asked(folder / "book", '[print]\nbleed = "10pt"\ncrop-marks = true\n'), folder)


def colours(book: Built, page: int, *places: tuple[float, float]) -> list[tuple[int, ...]]:
    """Return the colours at these places of a page, in points from its trimmed top left corner."""
    document = pypdfium2.PdfDocument(book.pdf)
    picture = document[page].render(scale=POINT).to_pil().convert("RGB")
    around = 25.0
    return [picture.getpixel((round((x + around) * POINT), round((y + around) * POINT))) for x, y in places]


def test_what_reaches_the_edge_ends_with_the_bleed(trimmed: Built) -> None:
    """A band of the text and the background of the cover extend by exactly ten points on three sides."""
    first = next(number for number, text in enumerate(trimmed.page_texts()) if "A paragraph." in text)
    red, white = (170, 0, 0), (255, 255, 255)
    inside = colours(trimmed, first, (20, 20), (-8, 20), (250, -8), (512, 20))
    assert inside == [red] * 4
    assert colours(trimmed, first, (-8, 110)) == [(0, 0, 170)], "what is placed there too"
    assert colours(trimmed, first, (-12, 20), (516, 20)) == [white] * 2
    ground = colours(trimmed, 0, (30, 30))[0]
    assert ground != white
    assert colours(trimmed, 0, (-8, 30), (512, 30), (250, -8), (250, 674)) == [ground] * 4


def test_framed_words_are_seen_on_a_page_with_a_bleed(tmp_path: Path) -> None:
    """The check for invisible words looks at the pixels of the sheet, which begins outside the trimmed page."""
    folder = asked(tmp_path / "book", '[print]\nbleed = "10pt"\ncrop-marks = true\n')
    style = folder / "styles" / "print.css"
    style.write_text(f"{BAND} p {{ width: 160pt; border: 1pt solid #000000; color: #000000 }}", encoding="utf-8")
    assert any("A paragraph." in text for text in built(folder, tmp_path).page_texts())


def test_a_picture_at_the_edge_goes_on_too(trimmed: Built) -> None:
    """A background picture is enlarged to fill the bleed."""
    first = next(number for number, text in enumerate(trimmed.page_texts()) if "A paragraph." in text)
    document = pypdfium2.PdfDocument(trimmed.pdf)
    picture = document[first].render(scale=1).to_pil().convert("RGB")
    column = [picture.getpixel((25 + 511, y)) for y in range(picture.height)]
    assert sum(1 for colour in column if colour == (0, 170, 0)) >= 26


def test_what_is_wider_than_the_bleed_covers_no_mark(trimmed: Built) -> None:
    """A wide object ends with the bleed too: the printer's marks outside it stay free."""
    first = next(number for number, text in enumerate(trimmed.page_texts()) if "A paragraph." in text)
    found = {x: [colours(trimmed, first, (x, y))[0] for y in range(0, 660, 12)] for x in (-12, -8, 511, 516)}
    assert [x for x, column in found.items() if (0, 170, 170) in column] == [-8, 511]


def test_the_boxes_say_where_the_sheet_is_cut(trimmed: Built) -> None:
    """The file has trim box, bleed box and room for marks; it still conforms to PDF/UA-1 and PDF/A-2a."""
    with pikepdf.open(trimmed.pdf) as pdf:
        for page in pdf.pages:
            boxes = [[round(float(one), 2) for one in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")]
            assert boxes == [[0, 0, 504, 666], [-10, -10, 514, 676], [-25, -25, 529, 691]]
        assert len(pdf.pages) % 2 == 0
    assert [broken_rules(trimmed.pdf, profile) for profile in ("ua1", "2a")] == [[], []]


def test_black_is_one_ink(trimmed: Built) -> None:
    """Text is DeviceGray 0, and no colour with three equal components is left."""
    with pikepdf.open(trimmed.pdf) as pdf:
        told = [(str(op), [float(one) for one in words]) for page in pdf.pages
                for words, op in pikepdf.parse_content_stream(page) if str(op) in ("g", "G", "rg", "RG")]  # fmt: skip
    assert ("g", [0.0]) in told
    assert [words for op, words in told if op in ("rg", "RG") and len(set(words)) == 1] == []


def test_an_interior_has_no_cover_and_an_even_number_of_pages(tmp_path: Path) -> None:
    """The command may ask for an interior; the file of the book stays as it is."""
    folder = asked(tmp_path / "book", "")
    proof = read_book(folder, Timings(), asked=Asked(paper=Paper(interior=True, bleed="3mm")))
    assert proof.book is not None
    assert not proof.book.manuscript.preliminaries.cover
    assert proof.book.manuscript.paper == Paper("3mm", False, True)
    assert proof.book.edition.build_id != read_book(folder, Timings()).book.edition.build_id


@pytest.mark.parametrize(("pages", "room"), [(24, 27.0), (150, 27.0), (151, 36.0), (600, 54.0), (900, 63.0)])
def test_a_thick_book_needs_room_at_the_spine(pages: int, room: float) -> None:
    """The gutter is as wide as printers require."""
    assert room_at_the_spine(pages) == room


def test_the_text_is_moved_from_the_spine_as_it_is(small_book: Path) -> None:
    """The text moves if the theme leaves too little gutter and the author has set none."""
    (small_book / "styles").mkdir()
    narrow = ":root { --margin-inner: 40pt; --margin-outer: 90pt; }"
    (small_book / "styles" / "print.css").write_text(narrow, encoding="utf-8")
    proof = read_book(small_book, Timings(), asked=Asked(paper=Paper(interior=True)))
    assert proof.book is not None
    assert proof.theme is not None
    moved = moved_from_the_spine(proof.book, proof.theme, 320)
    assert moved is not None
    margins = {name: value for name, value in moved.manuscript.style.items() if name.startswith("margin")}
    assert margins == {"margin-inner": "45pt", "margin-outer": "85pt"}
    assert moved_from_the_spine(proof.book, proof.theme, 120) is None
    assert moved_from_the_spine(moved, proof.theme, 900) is None, "it is set now"
    told = replace(proof.book.manuscript, paper=Paper())
    assert moved_from_the_spine(replace(proof.book, manuscript=told), proof.theme, 900) is None
