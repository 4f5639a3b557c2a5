"""Faces of a book's own: in front of the theme's and behind them, in both files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from compositor.formats import PDF
from compositor.formats.epub.faces import cut_down
from compositor.formats.pdf.glyphs import BLOCKS, fonts_with
from compositor.making import make
from compositor.press import Timings, read_book
from compositor.theme import load_theme
from compositor.theme.own_faces import ranges
from tests.finished import Built, built

HOUSE, BOAT = "家", "船"
BOOK = 'format = 1\ntitle = "Words"\nauthors = ["A"]\n[fonts]\n'


def font(letters: str, weight: int = 400, italic: bool = False, copyright_: str = "", fs_type: int = 0) -> bytes:
    """A font in which every letter is a box of one em."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (900, 700), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    names = {letter: f"u{ord(letter):04X}" for letter in letters}
    builder = FontBuilder(1000, isTTF=True)
    builder.updateHead(macStyle=2 if italic else 0)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    builder.setupGlyf(dict.fromkeys((".notdef", *names.values()), box))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "copyright": copyright_})
    builder.setupOS2(usWeightClass=weight, fsType=fs_type, fsSelection=1 if italic else 0x40)
    builder.setupPost()
    target = BytesIO()
    builder.save(target)
    return target.getvalue()


def book(folder: Path, fonts: str, text: str, **files: bytes) -> Path:
    """A book of one chapter with these fonts in it."""
    (folder / "fonts").mkdir()
    for name, data in files.items():
        (folder / "fonts" / f"{name}.ttf").write_bytes(data)
    (folder / "book.toml").write_text(BOOK + fonts, encoding="utf-8")
    (folder / "01-one.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def two_scripts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A book that uses two fallback faces, in text, title and code."""
    folder = tmp_path_factory.mktemp("scripts")
    text = f"A {HOUSE}, **a {HOUSE}** and a {BOAT}.\n\n## The {BOAT}\n\n```text\nboat = {BOAT}\n```"
    fonts = 'fallback = ["fonts/house.ttf", "fonts/boat.ttf"]\n'
    return built(book(folder, fonts, text, house=font(HOUSE + "abc"), boat=font(BOAT + HOUSE + "森")), folder)


def test_other_scripts_are_set_in_the_fallback_faces(two_scripts: Built) -> None:
    """Both are embedded, letters that the theme has stay in its faces, and the words can be copied."""
    with two_scripts.open_pdf() as pdf:
        fonts = {str(f.BaseFont).partition("+")[2] for page in pdf.pages for f in page.Resources.Font.values()}
    assert {"Own-Fallback-1", "Own-Fallback-2", "Book-Text", "Book-Code"} <= {name.rstrip(",") for name in fonts}
    assert not [name for name in fonts if name.startswith("Own") and ("Bold" in name or "Italic" in name)]
    assert f"A {HOUSE}, a {HOUSE} and a {BOAT}." in two_scripts.page_texts()[-1]


def test_the_epub_carries_what_it_needs_of_them(two_scripts: Built) -> None:
    """Cut down to the letters that are used, declared for them alone, and asked for where they stand."""
    with zipfile.ZipFile(two_scripts.epub) as archive:
        style = archive.read("EPUB/styles/epub.css").decode()
        text = archive.read("EPUB/one.xhtml").decode()
        faces = {name: archive.read(f"EPUB/styles/faces/fonts-{name}.ttf") for name in ("house", "boat")}
    assert {name: set(TTFont(BytesIO(data)).getBestCmap()) - {32} for name, data in faces.items()} == {
        "house": {ord(HOUSE), *map(ord, "abc")},
        "boat": {ord(BOAT), ord(HOUSE)},
    }
    assert f"unicode-range:U+{ord(HOUSE):X}" in style
    assert f'A <span class="own-fallback-1">{HOUSE}</span>, <strong>a <span' in text
    assert f"boat = {BOAT}" in text


def test_an_epub_with_own_faces_is_valid(two_scripts: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck knows the files and the rules."""
    assert epubcheck(two_scripts.epub) == []


def test_the_same_font_is_cut_down_to_the_same_bytes() -> None:
    """No clock and no order of a set gets in."""
    whole = font(HOUSE + BOAT + "abc")
    assert cut_down(whole, {ord(HOUSE)}) == cut_down(whole, {ord(HOUSE)})
    assert len(cut_down(whole, {ord(HOUSE)})) < len(whole)


@pytest.mark.parametrize(
    "whole", [font("ab", copyright_="(c) Someone, with Reserved Font Name 'Boxes'"), font("ab", fs_type=0x0100)]
)
def test_a_font_that_may_not_be_changed_stays_whole(whole: bytes) -> None:
    """A reserved name, or the mark of its maker, forbids a subset."""
    assert cut_down(whole, {ord("a")}) == whole


def test_a_family_without_bold_or_italic_is_found(tmp_path: Path) -> None:
    """Nothing is made bold or slanted by machine, so stress would be lost."""
    letters = "".join(map(chr, range(32, 127)))
    fonts = 'text = ["fonts/a.ttf", "fonts/b.ttf"]\n'
    read = read_book(book(tmp_path, fonts, "Text.", a=font(letters), b=font(letters, 700)), Timings())
    (found,) = read.findings
    assert (found.code, found.message) == ("T017", 'the faces for "text" have no italic and no bold italic')
    assert str(found.place) == "book.toml:5:8"


def test_a_whole_family_is_set_and_named(tmp_path: Path) -> None:
    """Running text is set in it, the copyright page has its name, and letters that it lacks are the theme's."""
    letters = "".join(map(chr, range(32, 127)))
    fonts = 'text = ["fonts/a.ttf", "fonts/b.ttf", "fonts/c.ttf", "fonts/d.ttf"]\n'
    files = {name: font(letters, weight, slant) for name, weight, slant in (
        ("a", 400, False), ("b", 400, True), ("c", 700, False), ("d", 700, True))}  # fmt: skip
    made = built(book(tmp_path, fonts, "Text, *slanted* and **bold**, and é.", **files), tmp_path)
    assert not made.proof.findings
    with made.open_pdf() as pdf:
        found = {str(f.BaseFont).partition("+")[2].rstrip(",") for f in pdf.pages[-1].Resources.Font.values()}
    assert {"Own-Text", "Own-Text-Semi-Bold", "Own-Text-Italic", "Book-Text"} <= found
    assert "Set in Boxes" in " ".join(" ".join(made.page_texts()).split())


def test_wide_code_has_fewer_columns(tmp_path: Path) -> None:
    """The width of the book's own code face counts."""
    folder = book(tmp_path, 'code = "fonts/a.ttf"\n', "```text\n0\n```", a=font("0123"))
    found = [one.message for one in read_book(folder, Timings()).findings if one.code == "T013"]
    assert found == ["a line of code holds 40 columns, not 80"]
    (folder / "01-one.md").write_text("# One\n\nA book without listings.\n", encoding="utf-8")
    assert "T013" not in {one.code for one in read_book(folder, Timings()).findings}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("fonts/none.ttf", "is not in the book's folder"),
        ("../a.ttf", "is not in the book's folder"),
        ("fonts/words.ttf", "cannot be read as a font"),
        ("01-one.md", "is of no kind that can be used"),
        ("fonts/locked.ttf", "may not be embedded, says the font"),
    ],
)
def test_a_font_that_cannot_be_used_is_found(path: str, message: str, tmp_path: Path) -> None:
    """With the place of its name in book.toml."""
    (tmp_path / "a.ttf").write_bytes(font("a"))
    (tmp_path / "book").mkdir()
    folder = book(tmp_path / "book", f'fallback = ["{path}"]\n', "Text.", words=b"no font", locked=font("a", fs_type=2))
    (found,) = read_book(folder, Timings()).findings
    assert (found.code, found.message, str(found.place)) == ("T016", f'the font "{path}" {message}', "book.toml:5:12")


def test_a_letter_that_no_face_has_is_found_with_a_font_that_has_it(small_book: Path) -> None:
    """The remedy names the setting, the font and its package."""
    (small_book / "01-one.md").write_text(f"# One\n\nA {HOUSE}.\n", encoding="utf-8")
    made = make(read_book(small_book, Timings()), (PDF,), None, Timings())
    assert [format_.name for format_ in made.missing] == ["pdf"]
    (found,) = made.findings
    assert (found.code, str(found.place)) == ("P105", "01-one.md:3:3")
    assert "fallback" in found.helps[0]
    assert found.helps[1].startswith("CJK UNIFIED IDEOGRAPH-5BB6 is in Noto Sans SC (npm: @fontsource/noto-sans-sc)")


@pytest.mark.parametrize(
    ("letter", "font_"),
    [
        *(("א", "Noto Sans Hebrew"), ("あ", "IPAex Gothic"), ("한", "Nanum Gothic")),
        *(("😀", "Noto Emoji"), ("∰", "Noto Sans Math"), ("\ue000", "")),
    ],
)
def test_fonts_are_known_by_block(letter: str, font_: str) -> None:
    """Each script has a font that is to be had; a private letter has none."""
    assert fonts_with(letter).startswith(font_) if font_ else fonts_with(letter) == ""


def test_the_table_of_blocks_is_in_order() -> None:
    """It is searched by halves, so no block may overlap the next."""
    assert all(first <= last for first, last, _ in BLOCKS)
    assert all(before[1] < after[0] for before, after in pairwise(BLOCKS))


def test_ranges_leave_out_latin_letters() -> None:
    """A fallback face never sets what the theme's faces have; near letters are one range."""
    assert ranges(map(ord, "aé")) == "U+10FFFF"
    assert ranges([0x3042, 0x3044, 0x4E00]) == "U+3042-3044, U+4E00-4E00"


def test_the_build_id_covers_the_fonts(tmp_path: Path) -> None:
    """Another font file is another book."""
    folder = book(tmp_path, 'fallback = "fonts/a.ttf"\n', "Text.", a=font(HOUSE))
    before = read_book(folder, Timings()).book.edition.build_id
    (folder / "fonts" / "a.ttf").write_bytes(font(HOUSE + BOAT))
    assert read_book(folder, Timings()).book.edition.build_id != before
    fonts = read_book(folder, Timings()).book.manuscript.fonts
    assert "fonts/fonts/a.ttf" in load_theme(folder, "default", fonts).files()
