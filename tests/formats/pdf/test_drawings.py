"""Drawings on paper: their words in the fonts of the book, rasterised parts, gradients."""

from __future__ import annotations

import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from compositor.formats import PDF
from compositor.formats.pdf import look
from compositor.making import make
from compositor.pictures.svg import drawing
from compositor.pictures.svg.words import words
from compositor.press import Timings, read_book
from compositor.typeset.faces import USUAL, book_families
from compositor.typeset.pictures.drawings import for_paper

EXPORTS = sorted((Path(__file__).parents[2] / "pictures" / "exports").glob("*.svg"))
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="100" height="60">'
BLUR = '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><rect filter="url(#f)" width="40" height="30"/>'
ALONG = '<path id="p" d="M5,50 L95,50" fill="none"/><text{}><textPath href="#p">Along a line</textPath></text>'


def book_with(folder: Path, *drawings: str | bytes) -> Path:
    """Return a small book that shows these drawings."""
    lines = ["# One", ""]
    for number, one in enumerate(drawings, 1):
        (folder / f"d{number}.svg").write_bytes(one.encode() if isinstance(one, str) else one)
        lines += [f"![Drawing {number}.](d{number}.svg){{fig-alt=x}}", ""]
    (folder / "01-one.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def pdf_with(folder: Path, *drawings: str | bytes) -> bytes:
    """Return the PDF of that book."""
    proof = read_book(book_with(folder, *drawings), Timings())
    made = make(proof, (PDF,), f"{folder.parent}/out.pdf", Timings())
    assert [finding for finding in made.findings if finding.severity == "error"] == []
    return made.paths[0].read_bytes()


def paper(folder: Path) -> Callable[[bytes], bytes]:
    """Return what prepares a drawing for the paper of this book."""
    proof = read_book(folder, Timings())
    assert proof.book is not None and proof.theme is not None
    return for_paper(look(proof.book, proof.theme))


def painted(data: bytes) -> bytes:
    """Return the only picture that a drawing became."""
    root = etree.fromstring(data)
    (picture,) = root.iter("{http://www.w3.org/2000/svg}image")
    return b64decode(str(picture.get("{http://www.w3.org/1999/xlink}href")).partition(",")[2])


def last_page(data: bytes) -> tuple[Image.Image, str]:
    """Return the last page as pdfium paints it, and the letters on it."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[len(document) - 1]
        return page.render(scale=2).to_pil().convert("RGB"), page.get_textpage().get_text_bounded()
    finally:
        document.close()


@pytest.mark.parametrize(("written", "families"), [
    ("sans-serif", ("Book Label", "Book Code")),
    ("", ("Book Label", "Book Code")),
    ("Helvetica, Arial", ("Book Label", "Book Code")),
    ("'trebuchet ms', verdana, sans-serif", ("Book Label", "Book Code")),
    ("serif", ("Book Text", "Book Code", "Book Label")),
    ("Times New Roman, serif", ("Book Text", "Book Code", "Book Label")),
    ("Unknown, serif", ("Book Text", "Book Code", "Book Label")),
    ("monospace", ("Book Code", "Book Label")),
    ('"Courier New", monospace', ("Book Code", "Book Label")),
    ("DejaVu Sans Mono", ("Book Code", "Book Label")),
    ("Book Display, serif", ("Book Display", "Book Text", "Book Code", "Book Label")),
])  # fmt: skip
def test_families_of_drawings_are_those_of_the_book(written: str, families: tuple[str, ...]) -> None:
    """A family with a file stays; the book's sans serif, serif or code font replaces the others."""
    assert book_families(written, {"book display", "book label"}, USUAL) == families


def test_no_face_of_code_stands_for_others(small_book: Path) -> None:
    """A drawing without code, and one with nothing but code, are checked."""
    told = ("", 'font-family="serif"', "style='font:9px Arial'")
    names = [f'{HEAD}<text y="20" {said}>word</text></svg>' for said in told]
    with pikepdf.open(BytesIO(pdf_with(small_book, *names))) as pdf:
        fonts = {str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
    assert not any("Code" in name for name in fonts)
    assert any("Label" in name for name in fonts)


def test_the_words_of_exports_are_in_the_pdf(small_book: Path) -> None:
    """Every word of every export can be found and copied, also those of HTML labels and of rasterised parts."""
    data = pdf_with(small_book, *(file.read_bytes() for file in EXPORTS))
    document = pypdfium2.PdfDocument(data)
    shown = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    for file in EXPORTS:
        for word in words(file.read_bytes()):
            assert word in shown, (file.name, word)


def test_what_is_painted_has_its_words_in_the_order_of_the_file(small_book: Path) -> None:
    """The words are on top of the picture and invisible."""
    texts = '<text y="10" font-size="9">first</text><text y="20" font-size="9">second</text>'
    image, letters = last_page(pdf_with(small_book, f"{HEAD}{BLUR}{texts}{ALONG.format('')}</svg>"))
    assert letters.index("first") < letters.index("second") < letters.index("Along")
    plain, _ = last_page(pdf_with(small_book, f'{HEAD}<rect width="40" height="30"/></svg>'))
    soft, hard = (sum(one.convert("L").histogram()[50:200]) for one in (image, plain))
    assert soft > hard + 500, "the filter has made no shades"


@pytest.mark.parametrize("around", ["", "translate(10 5)", "translate(10 5) rotate(30) scale(1.5 0.8)"])
def test_what_a_filter_is_on_is_painted_alone(around: str, small_book: Path) -> None:
    """A filtered part stays in place under all transformations; words and lines beside it stay as they are."""
    make_ready = paper(book_with(small_book))
    kind = '<filter id="f" x="0" y="0" width="1" height="1"><feOffset dx="0"/></filter>'
    square = '<rect x="20" y="10" width="30" height="20" fill="#f00"{}/><text x="5" y="55">word</text>'
    moved = f'<g transform="{around}">{square}</g>' if around else square
    filtered = moved.format(' filter="url(#f)"')
    made = make_ready(f"{HEAD}{kind}{filtered}</svg>".encode())
    root = etree.fromstring(made)
    assert len([*root.iter("{http://www.w3.org/2000/svg}image")]) == 1
    (text,) = root.iter("{http://www.w3.org/2000/svg}text")
    assert "none" not in text.get("style", "")
    one, _ = last_page(pdf_with(small_book, made))
    two, _ = last_page(pdf_with(small_book, f"{HEAD}{moved.format('')}</svg>"))
    here, there = (
        {at for at, pixel in enumerate(image.get_flattened_data()) if pixel[0] > 200 and pixel[1] < 60}
        for image in (one, two)
    )
    assert len(here & there) > 0.93 * len(here | there) > 500


def test_dots_are_fine_enough(small_book: Path) -> None:
    """A rasterised part has at least 300 dots per inch at the drawing's own size."""
    made = paper(book_with(small_book))(f"{HEAD}{ALONG.format('')}</svg>".encode())
    with Image.open(BytesIO(painted(made))) as picture:
        assert picture.width * 96 / 100 >= 300
        assert picture.width / picture.height == pytest.approx(100 / 60, rel=0.02)


def test_no_face_of_the_machine_is_painted_with(small_book: Path) -> None:
    """A family installed on the machine does not change the picture; a font of the book does."""
    made = paper(book_with(small_book))
    found = {
        family: painted(made(f"{HEAD}{ALONG.format(f' font-family={chr(34)}{family}{chr(34)}')}</svg>".encode()))
        for family in ("sans-serif", "DejaVu Sans", "Nimbus Sans", "Arial", "Book Label", "serif", "monospace")
    }
    assert len({found[name] for name in ("sans-serif", "DejaVu Sans", "Nimbus Sans", "Arial", "Book Label")}) == 1
    assert len(set(found.values())) == 3


def test_what_is_painted_is_the_same_each_time(small_book: Path) -> None:
    """The same drawing gives the same pixels."""
    data = f"{HEAD}{BLUR}{ALONG.format('')}</svg>".encode()
    assert paper(book_with(small_book))(data) == paper(small_book)(data)


def test_a_machine_without_resvg_prints_the_drawing_as_it_is(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some platforms have no wheel of resvg."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    data = f"{HEAD}{BLUR}</svg>".encode()
    assert paper(book_with(small_book))(data) == drawing(data).data


@pytest.mark.parametrize("kind", ["linearGradient", "radialGradient"])
@pytest.mark.parametrize("opacity", ["1", "0.5"])
def test_gradients_are_drawn(kind: str, opacity: str, small_book: Path) -> None:
    """Gradients have many shades, and are shadings if nothing is transparent; a radius in percent is that of SVG."""
    stops = f'<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f" stop-opacity="{opacity}"/>'
    square = '<rect width="60" height="60" fill="url(#g)"/>'
    data = pdf_with(small_book, f'{HEAD}<{kind} id="g">{stops}</{kind}>{square}</svg>')
    image, _ = last_page(data)
    shades = {(red // 16, blue // 16) for red, _, blue in image.get_flattened_data() if red != blue}
    assert len(shades) > 12
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))]
        assert [int(one.PatternType) for one in found if "/PatternType" in one] == [2 if opacity == "1" else 1]


def test_a_line_with_a_gradient_has_its_width(small_book: Path) -> None:
    """WeasyPrint draws such a line one unit wide."""
    stops = '<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#f0f"/>'
    line = '<path d="M10 30 H90" stroke="url(#g)" stroke-width="20"/>'
    gradient = f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="10" x2="90">{stops}</linearGradient>'
    image, _ = last_page(pdf_with(small_book, f"{HEAD}{gradient}{line}</svg>"))
    coloured = sum(1 for red, green, _ in image.get_flattened_data() if red > 200 and green < 60)
    assert coloured > 80 * 20 * 1.5**2 * 0.9, "units of the drawing, as pixels of the page"


@pytest.mark.parametrize("behind", [
    '<mask id="m" maskUnits="userSpaceOnUse" width="99" height="60"><rect width="99" height="60" fill="#fff"/></mask>',
    '<symbol id="m"><rect width="100" height="60" fill="#fff"/></symbol><use href="#m" opacity="0"/>',
])  # fmt: skip
def test_what_is_only_referred_to_covers_nothing(behind: str, small_book: Path) -> None:
    """d2 writes a white mask before everything that it masks."""
    square = '<rect width="60" height="60" fill="#f00" mask="url(#m)"/>'
    image, _ = last_page(pdf_with(small_book, f"{HEAD}{square}{behind}</svg>"))
    assert sum(1 for red, green, _ in image.get_flattened_data() if red > 200 and green < 60) > 1000


def test_a_typeface_of_a_drawing_is_its_own(small_book: Path) -> None:
    """The font is embedded and changes nothing outside the drawing, even if it has the name of a font of the book."""
    file = Path(__file__).parents[3] / "styles" / "fonts" / "Iosevka-Regular.ttf"
    address = f"data:font/ttf;base64,{b64encode(file.read_bytes()).decode()}"
    rule = f"<style>@font-face{{font-family:'Book Text';src:url({address})}}</style>"
    own = f'{HEAD}{rule}<text y="20" font-family="Book Text, serif">iiii</text></svg>'
    with pikepdf.open(BytesIO(pdf_with(small_book, own))) as pdf:
        fonts = {str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
    assert len({name for name in fonts if re.search(r"Book-Text-[0-9a-f]{8}", name)}) == 1
    findings = [finding.code for finding in read_book(small_book, Timings()).findings]
    assert "P223" not in findings


def test_words_of_another_face_keep_their_middle(small_book: Path) -> None:
    """PlantUML states how long a word was; the letters are not spread to that length."""
    made = paper(book_with(small_book))(f'{HEAD}<text x="10" y="20" textLength="60">Bob</text></svg>'.encode())
    (text,) = etree.fromstring(made).iter("{http://www.w3.org/2000/svg}text")
    assert (text.get("x"), text.get("text-anchor"), text.get("textLength")) == ("40", "middle", None)
