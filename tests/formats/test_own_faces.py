"""The book's own fonts, before the theme's and after them, in both files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from compositor.formats import FORMATS
from compositor.formats.epub.cutting import cut_down
from compositor.making import make
from compositor.press import Timings, read_book
from compositor.theme import load_theme
from compositor.theme.face_rules import ranges
from compositor.theme.font_sources import BLOCKS, fonts_with
from compositor.theme.made_fonts import boxes
from tests.box_fonts import font
from tests.finished import Built, built

FONTS = Path(__file__).parents[2] / "styles" / "fonts"
HOUSE, BOAT = "家", "船"
BOOK = 'format = 1\ntitle = "Words"\nauthors = ["A"]\n[fonts]\n'


def without_outlines(letters: str) -> bytes:
    """Return a font without the positions of its outlines."""
    reader, target = SFNTReader(BytesIO(font(letters))), BytesIO()
    writer = SFNTWriter(target, len(reader.keys()), reader.sfntVersion)
    for tag in reader.keys():  # noqa: SIM118 - it is not a dict
        writer[tag] = b"\0" if tag == "loca" else reader[tag]
    writer.close()
    return target.getvalue()


def book(folder: Path, fonts: str, text: str, **files: bytes) -> Path:
    """Return a book of one chapter with these fonts in it."""
    (folder / "fonts").mkdir()
    for name, data in files.items():
        (folder / "fonts" / f"{name}.ttf").write_bytes(data)
    (folder / "book.toml").write_text(BOOK + fonts, encoding="utf-8")
    (folder / "01-one.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def two_scripts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a book that uses two fallback fonts, in text, title and code."""
    folder = tmp_path_factory.mktemp("scripts")
    text = f"A {HOUSE}, **a {HOUSE}** and a {BOAT}.\n\n## The {BOAT}\n\n```text\nboat = {BOAT}\n```"
    fonts = 'fallback = ["fonts/house.ttf", "fonts/boat.ttf"]\n'
    return built(book(folder, fonts, text, house=font(HOUSE + "abc"), boat=font(BOAT + HOUSE + "森")), folder)


def test_other_scripts_are_set_in_the_fallback_faces(two_scripts: Built) -> None:
    """Both are embedded, with synthetic bold; the theme's letters keep their fonts."""
    with two_scripts.open_pdf() as pdf:
        fonts = {str(f.BaseFont).partition("+")[2] for page in pdf.pages for f in page.Resources.Font.values()}
    assert {"Own-Fallback-1", "Own-Fallback-2", "Book-Text", "Book-Code"} <= {name.rstrip(",") for name in fonts}
    assert "Own-Fallback-1-Bold" in fonts
    assert not [name for name in fonts if name.startswith("Own") and "Italic" in name]
    assert f"A {HOUSE}, a {HOUSE} and a {BOAT}." in two_scripts.page_texts()[-1]


def test_the_epub_carries_what_it_needs_of_them(two_scripts: Built) -> None:
    """They are subset to the used letters, declared for these alone, and named where the letters are."""
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
    """EPUBCheck accepts the files and the rules."""
    assert epubcheck(two_scripts.epub) == []


def test_the_same_font_is_cut_down_to_the_same_bytes() -> None:
    """No clock and no set order affects the bytes."""
    whole = font(HOUSE + BOAT + "abc")
    assert cut_down(whole, {ord(HOUSE)}) == cut_down(whole, {ord(HOUSE)})
    assert len(cut_down(whole, {ord(HOUSE)})) < len(whole)


@pytest.mark.parametrize(
    "whole", [font("ab", copyright_="(c) Someone, with Reserved Font Name 'Boxes'"), font("ab", fs_type=0x0100)]
)
def test_a_font_that_may_not_be_changed_stays_whole(whole: bytes) -> None:
    """A reserved name, or the embedding bits of the font, forbid a subset."""
    assert cut_down(whole, {ord("a")}) == whole


def test_a_family_without_bold_or_italic_is_found_once(tmp_path: Path) -> None:
    """Missing styles are synthesised, so that emphasis shows, and no page gets a finding."""
    letters = "".join(map(chr, range(32, 127)))
    fonts = 'text = ["fonts/a.ttf", "fonts/b.ttf"]\n'
    text = "Text, *slanted* and **bold**, and ***both***."
    made = built(book(tmp_path, fonts, text, a=font(letters), b=font(letters, 700)), tmp_path)
    message = 'the fonts for "text" have no italic and no bold italic; they are imitated from the other styles'
    found = [(one.code, one.message, str(one.place)) for one in made.proof.findings]
    assert found == [("T017", message, "book.toml:5:8")]
    assert make(made.proof, FORMATS, None, Timings()).findings == ()
    with made.open_pdf() as pdf:
        used = {str(one.BaseFont).partition("+")[2].rstrip(",") for one in pdf.pages[-1].Resources.Font.values()}
    assert {"Own-Text", "Own-Text-Semi-Bold", "Own-Text-Italic", "Own-Text-Semi-Bold-Italic"} <= used


def test_a_whole_family_is_set_and_named(tmp_path: Path) -> None:
    """Running text uses it, the copyright page names it, and the theme's fonts supply the letters that it lacks."""
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
    """The width of the book's own code font counts."""
    folder = book(tmp_path, 'code = "fonts/a.ttf"\n', "```text\n0\n```", a=font("0123"))
    found = [one.message for one in read_book(folder, Timings()).findings if one.code == "T013"]
    assert found == ["a line of code holds 40 columns, not 80"]
    (folder / "01-one.md").write_text("# One\n\nA book without listings.\n", encoding="utf-8")
    assert "T013" not in {one.code for one in read_book(folder, Timings()).findings}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("fonts/none.ttf", "is not in the book's folder"),
        ("fonts/none/*.ttf", "is not in the book's folder"),
        ("styles", "is a folder without a font in it"),
        ("fonts/words.ttf", "cannot be read as a font"),
        ("fonts/half.ttf", "cannot be read as a font"),
        ("fonts/loop.ttc", "cannot be read as a font"),
        ("fonts/spoilt.ttf", "cannot be read as a font"),
        ("01-one.md", "has an unsupported format"),
        ("fonts/locked.ttf", "forbids embedding"),
        ("fonts/coloured.ttf", "draws its letters as colour pictures"),
    ],
)
@pytest.mark.parametrize("use", ["fallback", "text"])
def test_a_book_is_set_without_a_font_that_cannot_be_used(use: str, path: str, message: str, tmp_path: Path) -> None:
    """The finding has the place in book.toml that names the font."""
    (tmp_path / "styles").mkdir()
    files = {"words": b"no font", "half": font("a")[:300], "locked": font("a", fs_type=2), "coloured": coloured("a")}
    folder = book(tmp_path, f'{use} = ["{path}"]\n', "Text.", spoilt=without_outlines("a"), **files)
    (folder / "fonts" / "loop.ttc").write_bytes(b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0\0\0\x0c" * 9)
    proof = read_book(folder, Timings())
    (found,) = proof.findings
    place = f"book.toml:5:{len(use) + 4}"
    assert (found.code, found.severity, str(found.place)) == ("T016", "warning", place)
    assert found.message == f'the font "{path}" {message}; the book is set without it'
    assert proof.errors == ()


def test_a_font_outside_of_the_book_is_an_error(tmp_path: Path) -> None:
    """No book is made from files outside its folder."""
    (tmp_path / "a.ttf").write_bytes(font("a"))
    (tmp_path / "book").mkdir()
    (found,) = read_book(book(tmp_path / "book", 'fallback = ["../*.ttf"]\n', "Text."), Timings()).findings
    message = 'the font "../a.ttf" is not in the book\'s folder'
    assert (found.code, found.severity, found.message) == ("T016", "error", message)


def coloured(letters: str) -> bytes:
    """Return a font with a table of colour pictures."""
    with TTFont(BytesIO(font(letters))) as made:
        made["COLR"] = newTable("COLR")
        made["COLR"].version, made["COLR"].ColorLayers = 0, {}
        target = BytesIO()
        made.save(target)
    return target.getvalue()


LOST = "\U000f0000"
"""A private-use character, which no font has."""


@pytest.fixture(scope="module")
def boxed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a book with letters that no font has, in every place where letters can be."""
    folder = tmp_path_factory.mktemp("boxed")
    text = f"A {HOUSE}, **{HOUSE}**, `{BOAT}`.[^n]\n\n## The {BOAT}\n\n```text\nboat = {BOAT}\n```\n\n"
    text += f"| {HOUSE} |\n|---|\n| {LOST} |\n\n: The {HOUSE}.\n\n[^n]: A {BOAT}.\n"
    text += "\nहिन्दी में, क ि, [שלום עולם]{lang=he}, [مرحبا بالعالم]{lang=ar}."
    (folder / "book.toml").write_text('format = 1\ntitle = "Words"\nauthors = ["A"]\n', encoding="utf-8")
    (folder / "01-one.md").write_text(f"# One {HOUSE}\n\n{text}\n", encoding="utf-8")
    return built(folder, folder)


def test_a_letter_that_no_face_has_is_a_box_and_a_warning(boxed: Built) -> None:
    """Each font that is known to have some of them gives one finding; both files are made and checked."""
    assert not boxed.proof.errors
    found = [(one.place.line, one.message, one.helps) for one in boxed.proof.findings if one.code == "P105"]
    assert [line for line, _, _ in found] == [1, 13, 19, 19, 19]
    done = "the PDF has a box with the code of each, the EPUB uses the fonts of the reader"
    assert found[0][1] == f"no font has '{HOUSE}' (U+5BB6), '{BOAT}' (U+8239): {done}"
    assert "noto-sans-sc-chinese-simplified-400-normal.woff2" in found[0][2][0]
    assert "fallback" in found[0][2][1]
    assert len(found[1][2]) == 1
    assert {one.code for one in make(boxed.proof, FORMATS, None, Timings()).findings} <= {"P207", "P225", "P234"}


def test_a_box_is_copied_as_its_letter(boxed: Built) -> None:
    """Letters are copied in the order of the text, also combining signs and right-to-left letters."""
    text = " ".join(" ".join(boxed.page_texts()[-1:]).split())
    for words in (f"A {HOUSE}, {HOUSE}, {BOAT}.", f"The {BOAT}", f"boat = {BOAT}", "हिन्दी में, क ि"):
        assert words in text
    for words in (LOST, "שלום", "مرحبا"):
        assert words in text
    with boxed.open_pdf() as pdf:
        fonts = {str(one.BaseFont).partition("+")[2] for one in pdf.pages[-1].Resources.Font.values()}
    assert "Book-Boxes" in fonts


def test_a_box_is_no_letter_in_the_epub(boxed: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """Reading systems have fonts: the letter stays, and nothing is embedded for it."""
    with zipfile.ZipFile(boxed.epub) as archive:
        assert f"A {HOUSE}, <strong>{HOUSE}</strong>" in archive.read("EPUB/one.xhtml").decode()
        assert not [name for name in archive.namelist() if "styles/faces" in name]
    assert epubcheck(boxed.epub) == []


def test_boxes_are_the_same_bytes_and_have_every_letter() -> None:
    """The clock changes no byte; a number of six digits has as much room as one of four."""
    figures = (FONTS / "Iosevka-SemiBold.ttf").read_bytes()
    made = boxes({0x5BB6, 0x10FFFD}, figures)
    assert made == boxes({0x10FFFD, 0x5BB6}, figures)
    with TTFont(BytesIO(made)) as opened:
        drawn = [opened["glyf"][opened.getBestCmap()[code]] for code in (0x5BB6, 0x10FFFD)]
        assert {(one.xMin, one.yMin, one.xMax, one.yMax) for one in drawn} == {(60, -180, 940, 820)}
        assert drawn[0].coordinates != drawn[1].coordinates


def test_a_letter_has_a_font_file_that_has_it(small_book: Path) -> None:
    """With the font from the remedy, there is no finding any more."""
    (small_book / "01-one.md").write_text(f"# One\n\nA {HOUSE}.\n", encoding="utf-8")
    assert [one.code for one in read_book(small_book, Timings()).findings] == ["P105"]
    (small_book / "fonts").mkdir()
    (small_book / "fonts" / "a.ttf").write_bytes(font(HOUSE))
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('[fonts]\nfallback = "fonts/a.ttf"\n')
    assert read_book(small_book, Timings()).findings == ()


@pytest.mark.parametrize(
    ("letter", "font_"),
    [
        *(("א", "Noto Sans Hebrew"), ("あ", "Noto Sans JP"), ("한", "Noto Sans KR")),
        *(("😀", "Noto Emoji"), ("∰", "Noto Sans Math"), ("ɓ", "Noto Sans"), ("\ue000", "")),
    ],
)
def test_fonts_are_known_by_block(letter: str, font_: str) -> None:
    """Each script has an available font; a private-use character has none."""
    assert fonts_with(letter).startswith(font_) if font_ else fonts_with(letter) == ""


def test_the_table_of_blocks_is_in_order() -> None:
    """Lookups use binary search, so no block may overlap the next."""
    assert all(first <= last for first, last, _ in BLOCKS)
    assert all(before[1] < after[0] for before, after in pairwise(BLOCKS))


def test_a_range_holds_no_letter_of_another_face() -> None:
    """A range contains no other letter that the book uses."""
    assert ranges([]) == "U+10FFFF"
    assert ranges([0x3042, 0x3044, 0x4E00]) == "U+3042-4E00"
    assert ranges([0x3042, 0x3044, 0x4E00], [0x61, 0x3043, 0x3044]) == "U+3042-3042, U+3044-4E00"


def test_the_build_id_covers_the_fonts(tmp_path: Path) -> None:
    """Another font file changes the build id."""
    folder = book(tmp_path, 'fallback = "fonts/a.ttf"\n', "Text.", a=font(HOUSE))
    before = read_book(folder, Timings()).book.edition.build_id
    (folder / "fonts" / "a.ttf").write_bytes(font(HOUSE + BOAT))
    assert read_book(folder, Timings()).book.edition.build_id != before
    fonts = read_book(folder, Timings()).book.manuscript.fonts
    assert "fonts/fonts/a.ttf" in load_theme(folder, "default", fonts).files()


def collection(*fonts: bytes) -> bytes:
    """Return a collection of fonts."""
    made = TTCollection()
    made.fonts = [TTFont(BytesIO(data)) for data in fonts]
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def renamed(data: bytes, family: str) -> bytes:
    """Return a font under another name."""
    with TTFont(BytesIO(data)) as made:
        for number in (1, 4, 16):
            made["name"].setName(family, number, 3, 1, 0x409)
        target = BytesIO()
        made.save(target)
    return target.getvalue()


ASCII = "".join(map(chr, range(32, 127)))


@pytest.mark.parametrize(
    ("entry", "letter"),
    [
        *(("fonts/all.ttc", HOUSE), ("fonts/all.ttc#0", HOUSE), ("fonts/all.ttc#1", BOAT)),
        *(("fonts/all.ttc#Second", BOAT), ("fonts/all.ttc#second", BOAT)),
    ],
)
def test_a_face_is_taken_out_of_a_collection(entry: str, letter: str, tmp_path: Path) -> None:
    """The first font is used, or the one that is named after the path, by its number or its name."""
    folder = book(tmp_path, f'fallback = "{entry}"\n', f"A {letter}.")
    (folder / "fonts" / "all.ttc").write_bytes(
        collection(renamed(font(HOUSE), "First"), renamed(font(BOAT), "Second"))
    )
    read = read_book(folder, Timings())
    assert read.findings == ()
    assert [face.characters for face in read.theme.own_faces] == [{ord(letter)}]


def test_a_face_of_a_collection_is_in_both_files(tmp_path: Path) -> None:
    """The PDF has its letter, and the EPUB a font with that letter."""
    folder = book(tmp_path, 'fallback = "fonts/all.ttc#1"\n', f"A {BOAT}.")
    (folder / "fonts" / "all.ttc").write_bytes(
        collection(renamed(font(HOUSE), "First"), renamed(font(BOAT), "Second"))
    )
    made = built(folder, tmp_path)
    assert f"A {BOAT}." in made.page_texts()[-1]
    with zipfile.ZipFile(made.epub) as archive:
        (name,) = [name for name in archive.namelist() if "styles/faces" in name]
        with TTFont(BytesIO(archive.read(name))) as opened:
            assert set(opened.getBestCmap()) - {32} == {ord(BOAT)}


def test_a_face_that_a_collection_has_not_is_told(tmp_path: Path) -> None:
    """The message lists the fonts that the collection has."""
    folder = book(tmp_path, 'fallback = "fonts/all.ttc#Third"\n', "Text.")
    (folder / "fonts" / "all.ttc").write_bytes(
        collection(renamed(font(HOUSE), "First"), renamed(font(BOAT), "Second"))
    )
    (found,) = read_book(folder, Timings()).findings
    assert (found.code, found.severity) == ("T016", "warning")
    assert 'has no face "Third"' in found.message
    assert "0 First, 1 Second" in found.helps[0]


def test_a_collection_is_a_family(tmp_path: Path) -> None:
    """Its regular and its bold font are both used, and nothing of another family."""
    faces = (renamed(font(ASCII), "First"), renamed(font(ASCII, 700), "First"), renamed(font(HOUSE), "Second"))
    folder = book(tmp_path, 'label = "fonts/all.ttc"\n', "Text.")
    (folder / "fonts" / "all.ttc").write_bytes(collection(*faces))
    theme = read_book(folder, Timings()).theme
    assert theme is not None
    assert [(face.use, face.family, face.weight) for face in theme.own_faces] == [
        ("label", "Own Label", 400),
        ("label", "Own Label", 700),
    ]


def variable(letters: str, **axes: tuple[float, float, float]) -> bytes:
    """Return a font whose letters grow wider along its axes."""
    with TTFont(BytesIO(font(letters))) as made:
        builder = FontBuilder(font=made)
        builder.setupFvar([(tag, *values, tag) for tag, values in axes.items()], [])
        glyphs = [name for name in made.getGlyphOrder() if name != ".notdef"]
        wider = [(0, 0), (0, 0), (90, 0), (90, 0), (0, 0), (100, 0), (0, 0), (0, 0)]
        builder.setupGvar({name: [TupleVariation({tag: (0, 1, 1)}, wider) for tag in axes] for name in glyphs})
        target = BytesIO()
        made.save(target)
    return target.getvalue()


def test_a_variable_font_is_a_family(tmp_path: Path) -> None:
    """Its axes supply bold and italic, and the PDF has letters of each."""
    data = variable(ASCII, wght=(100, 400, 900), ital=(0, 0, 1))
    text = "Text, *slanted* and **bold**, and ***both***."
    made = built(book(tmp_path, 'text = "fonts/v.ttf"\n', text, v=data), tmp_path)
    assert made.proof.findings == ()
    assert make(made.proof, FORMATS, None, Timings()).findings == ()
    with made.open_pdf() as pdf:
        used = {str(one.BaseFont).partition("+")[2].rstrip(","): one for one in pdf.pages[-1].Resources.Font.values()}
        widths = {name: one.DescendantFonts[0].W[1][0] for name, one in used.items() if name.startswith("Own")}
    assert set(widths) == {"Own-Text", "Own-Text-Semi-Bold", "Own-Text-Italic", "Own-Text-Semi-Bold-Italic"}
    assert float(widths["Own-Text"]) < float(widths["Own-Text-Semi-Bold"]) < float(widths["Own-Text-Semi-Bold-Italic"])


def test_code_in_a_variable_font_is_embedded_once(tmp_path: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    """The EPUB has the file as it is, for all of its weights."""
    data = variable(ASCII, wght=(100, 400, 900))
    made = built(book(tmp_path, 'code = "fonts/v.ttf"\n', "Some `code`.", v=data), tmp_path)
    with zipfile.ZipFile(made.epub) as archive:
        assert archive.read("EPUB/styles/faces/fonts-v.ttf") == data
        style = archive.read("EPUB/styles/epub.css").decode()
    assert style.count('@font-face{font-family:"Own Code"') == 1
    assert "font-weight:1 1000" in style
    assert epubcheck(made.epub) == []


SLICES = {"a-0-400-normal": HOUSE, "a-1-400-normal": BOAT, "a-1-400-italic": BOAT, "a-1-700-normal": BOAT + "森"}


@pytest.mark.parametrize(
    "entries",
    [
        *('"fonts"', '"fonts/"', '"fonts/*.ttf"', '"**/*.ttf"', '["fonts/a-0*", "fonts/a-1*"]'),
        *('["fonts/a-0-400-normal.ttf", "fonts/a-1-400-normal.ttf"]', '["fonts/a-1-*.ttf", "fonts/a-0-*.ttf"]'),
    ],
)
def test_slices_are_one_fallback(entries: str, tmp_path: Path) -> None:
    """A folder, a pattern, or single files, in any order, are accepted; the regular upright files count."""
    fonts = {name: font(letters) for name, letters in SLICES.items()}
    read = read_book(book(tmp_path, f"fallback = {entries}\n", f"A {HOUSE}, a {BOAT}.", **fonts), Timings())
    assert read.findings == ()
    found = {face.path: face.family for face in read.theme.own_faces}
    assert set(found) == {"fonts/a-0-400-normal.ttf", "fonts/a-1-400-normal.ttf"}
    assert set(found.values()) == {"Own Fallback 1", "Own Fallback 2"}


def test_slices_of_a_text_family_are_all_used(tmp_path: Path) -> None:
    """Two files with the same weight and slant are two parts of the family, each with letters of its own."""
    fonts = {"a": font(ASCII), "b": font("жш")}
    made = built(book(tmp_path, 'text = ["fonts/a.ttf", "fonts/b.ttf"]\n', "Text and жш.", **fonts), tmp_path)
    assert "Text and жш." in made.page_texts()[-1]
    with made.open_pdf() as pdf:
        used = {str(one.BaseFont).partition("+")[2].rstrip(",") for one in pdf.pages[-1].Resources.Font.values()}
    assert {"Own-Text", "Own-Text-2"} <= used


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_near_letters_may_be_in_different_fonts(order: str, tmp_path: Path) -> None:
    """A font is used only for letters that it has, however near they are to others."""
    fonts = {"a": font("中丙"), "b": font("丁")}
    entries = ", ".join(f'"fonts/{name}.ttf"' for name in order)
    made = built(book(tmp_path, f"fallback = [{entries}]\n", "The 中丁丙.", **fonts), tmp_path)
    assert made.proof.findings == ()
    assert "The 中丁丙." in made.page_texts()[-1]


def test_a_font_without_a_space_is_set_with_spaces(tmp_path: Path) -> None:
    """Slices have no space; a space between two of their letters is not a missing letter."""
    made = built(book(tmp_path, 'fallback = "fonts/a.ttf"\n', f"{HOUSE} {HOUSE} {HOUSE}", a=font(HOUSE)), tmp_path)
    assert make(made.proof, FORMATS, None, Timings()).findings == ()
    assert f"{HOUSE} {HOUSE} {HOUSE}" in made.page_texts()[-1]


def test_emoji_of_the_book_come_before_those_of_the_press(tmp_path: Path) -> None:
    """The book's sequences are kept apart, although its font draws them alike."""
    whole = (FONTS / "NotoEmoji-Regular.ttf").read_bytes()
    text = "A 🚀, 👍🏽 and 👍, and ⚠️."
    made = built(book(tmp_path, 'fallback = "fonts/a.ttf"\n', text, a=alike(whole)), tmp_path)
    page = made.page_texts()[-1].replace("\ufe0f", "")
    assert text.replace("\ufe0f", "") in page
    with made.open_pdf() as pdf:
        used = {str(one.BaseFont).partition("+")[2].rstrip(",") for one in pdf.pages[-1].Resources.Font.values()}
    assert "Own-Fallback-1" in used
    assert "Book-Emoji" not in used


def alike(data: bytes) -> bytes:
    """Return the built-in emoji as their maker draws them: hands of all colours look the same."""
    with TTFont(BytesIO(data)) as made:
        letters = made.getBestCmap()
        for lookup in made["GSUB"].table.LookupList.Lookup:
            for ligatures in (each for table in lookup.SubTable for each in table.ligatures.values()):
                for one in ligatures:
                    if one.Component == [letters[0x1F3FD]] and one.LigGlyph.startswith("sequence"):
                        one.LigGlyph = letters[ord("👍")]
        target = BytesIO()
        made.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "זהו משפט קצר שבודק כיוון (מימין לשמאל) עם המילה code כאן.",
        "The word [שלום עולם]{lang=he} is Hebrew and [مرحبا بالعالم]{lang=ar} is Arabic.",
        "- אחת (או), שתיים\n- שלוש\n\n> ציטוט ארוך של כמה מילים, עם English באמצע, ועוד כמה מילים עד הסוף.",
    ],
)
def test_words_from_right_to_left_are_no_fault(text: str, small_book: Path, tmp_path: Path) -> None:
    """The checks read such words in order, whether they are boxes or letters."""
    (small_book / "01-one.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    built(small_book, tmp_path)
    letters = "".join(letter for letter in text if ord(letter) > 0x100)
    (small_book / "fonts").mkdir()
    (small_book / "fonts" / "a.ttf").write_bytes(font("".join(sorted(set(letters)))))
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('[fonts]\nfallback = "fonts/a.ttf"\n')
    assert built(small_book, tmp_path).proof.findings == ()


def test_a_sign_is_a_column_of_code_wide(tmp_path: Path) -> None:
    """Eighty columns of signs, letters without a font, and digits fit the text width, and nothing extends beyond it."""
    lines = ["⚠ " * 40, "⎈a" * 40, "שa" * 40, HOUSE * 40, "🚀" * 40, "12345678" * 10]
    folder = book(tmp_path, "", "```text\n" + "\n".join(lines) + "\n```")
    made = built(folder, tmp_path)
    assert {one.code for one in made.proof.findings} == {"P105"}
    assert not [one for one in make(made.proof, FORMATS, None, Timings()).findings if one.code in ("P201", "P202")]
