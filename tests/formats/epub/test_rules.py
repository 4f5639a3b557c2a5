"""The rules of docs/epub-rules.md: the style sheets as they are written, and the finished book."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
import tinycss2
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from tests.finished import ROOT, Built
from tests.formats.epub.unpacked import BookMaker, drawing, made, png

SHEETS = (ROOT / "styles" / "epub.css", *sorted((ROOT / "styles").glob("*/epub.css")))
NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "m": "http://www.w3.org/1998/Math/MathML",
}
CODE = re.compile(r"\b(code|pre|kbd|samp)\b|annotation")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property of one rule; all selectors of the rule in one text."""

    selector: str
    name: str
    value: str


def declarations(css: str) -> list[Declaration]:
    """Return every declaration of a style sheet, also those inside at-rules; the font faces are left out."""
    return list(_declarations(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _declarations(rules: list) -> Iterator[Declaration]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(rule.prelude).split())
            for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                yield Declaration(selector, one.name, tinycss2.serialize(one.value).strip())
        elif rule.type == "at-rule" and rule.content is not None and rule.at_keyword != "font-face":
            yield from _declarations(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


@pytest.fixture(scope="session", params=SHEETS, ids=lambda path: path.relative_to(ROOT / "styles").as_posix())
def rules(request: pytest.FixtureRequest) -> list[Declaration]:
    """Return the declarations of one of our style sheets for the EPUB."""
    return declarations(request.param.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def files(real_book: Built) -> dict[str, bytes]:
    """Return the files of our book's EPUB."""
    with zipfile.ZipFile(real_book.epub) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def documents(files: dict[str, bytes]) -> dict[str, etree._Element]:
    """Return its documents."""
    return {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


def found(documents: dict[str, etree._Element], path: str) -> list[tuple[str, etree._Element]]:
    """Return every element that a path finds, with its document."""
    return [(name, one) for name, tree in documents.items() for one in tree.xpath(path, namespaces=NAMES)]


def test_every_engine_can_read_the_selectors(rules: list[Declaration]) -> None:
    """MuPDF drops a whole style sheet for one selector that it does not know."""
    unknown = re.compile(r"[$^*]=|:(not|nth)|~(?!=)")
    assert [one.selector for one in rules if unknown.search(one.selector)] == []


def test_mupdf_reads_the_style_sheet_and_every_chapter(specimen: Built) -> None:
    """The engine of SumatraPDF and others is simple: it reports no errors, and captions stay in place."""
    if shutil.which("mutool") is None:
        pytest.skip("not run: mutool (package mupdf-tools) is not installed")
    command = ["mutool", "draw", "-F", "txt", str(specimen.epub)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "error" not in done.stderr
    words = " ".join(done.stdout.split())
    places = [
        words.index(one) for one in ("A lamp that is lit.", "A bell.", "Two signals: one", "Text between two figures")
    ]
    assert places == sorted(places)
    assert "Pages of the printed book" not in words


def test_e1_the_reader_has_the_choice(rules: list[Declaration]) -> None:
    """Lengths are in em and percent only; running text has no line height and colour; only `body` sets its family."""
    lengths = [one for one in rules if re.search(r"\d(pt|cm|mm|in|pc|rem|vw)\b", one.value)]
    pixels = [one for one in rules if re.search(r"\dpx\b", one.value) and not one.name.startswith("border")]
    text = re.compile(r"(^|,\s*)(html|body|p|section|div|li)(\s*,|$)")
    taken = [
        one
        for one in rules
        if text.search(one.selector) and one.name in ("color", "background", "font", "font-size", "line-height")
    ]
    families = [one for one in rules if one.name in ("font", "font-family") and text.search(one.selector)]
    assert (lengths, pixels, taken) == ([], [], [])
    assert {one.selector for one in families} <= {"body"}
    assert not [one for one in rules if one.name.startswith("--")]


def test_e1_properties_of_paper_are_written_out(files: dict[str, bytes]) -> None:
    """The finished sheet has no custom property; the accent appears alone, mixed with ink, and for the dark mode."""
    sheet = files["EPUB/styles/epub.css"].decode()
    assert "var(--" not in sheet
    told = declarations(sheet)
    inks = [one.value for one in told if one.name == "color" and one.selector.split(",")[0].strip() == "h2"]
    assert [ink.startswith("color-mix(") for ink in inks] == [False, True, False]
    assert len(set(inks)) == 3


OWN_SHEET = {
    "p { font-size: 14px }": '"font-size: 14px" of running text is the reader\'s choice',
    "ul, li { color: #000 }": '"color: #000" of running text is the reader\'s choice',
    "@media print { body { background: white } }": '"background: white" of running text is the reader\'s choice',
    ".seal { position: absolute }": 'Kindle does not support "position: absolute"',
    ".seal { margin: 0 0 -1em }": 'Kindle does not support negative margins, "margin: 0 0 -1em"',
    ".a:not(.b) { margin: 0; padding: 0 }": 'MuPDF drops the style sheet for the selector ".a:not(.b)"',
}


@pytest.mark.parametrize(("css", "message"), OWN_SHEET.items())
def test_a_sheet_of_the_book_is_held_to_the_rules(css: str, message: str, make_book: BookMaker, tmp_path: Path) -> None:
    """Each rule that an author's own style sheet breaks is a warning with its line."""
    (tmp_path / "styles").mkdir()
    harmless = "p { line-height: 1.5; font-size: 0.9em } .seal { color: inherit; position: static; float: none }"
    (tmp_path / "styles" / "epub.css").write_text(f"{harmless}\n\n{css}\n", encoding="utf-8")
    _, findings = made(make_book("# One\n\nText.\n"))
    found = [(f.severity, f.message, str(f.place)) for f in findings if f.code == "E015"]
    assert found == [("warning", message, "styles/epub.css:3")]


def test_e2_the_faces_are_there_and_may_be(files: dict[str, bytes]) -> None:
    """All four faces of the code font are in the package with their licence; no subset font keeps a reserved name."""
    fonts = sorted(name for name in files if name.endswith((".ttf", ".otf", ".woff", ".woff2")))
    kinds = ("bold-italic", "bold", "normal-italic", "normal")
    assert [Path(name).stem for name in fonts if "code" in name] == [f"book-code-{kind}" for kind in kinds]
    assert b"SIL OPEN FONT LICENSE" in files["EPUB/styles/fonts/OFL-Iosevka.txt"].upper()
    for name in fonts:
        names = TTFont(BytesIO(files[name]))["name"]
        called = " ".join(str(names.getDebugName(number)) for number in (1, 2, 3, 4, 6, 16))
        assert "Book" in called and "source" not in called.lower()
        told = f"{names.getDebugName(13)} {names.getDebugName(14)}"
        assert "SIL Open Font Licen" in told or "scripts.sil.org/OFL" in told, "the licence is in the font too"


def test_e3_code_wraps_and_lines_are_plain(documents: dict[str, etree._Element]) -> None:
    """Lines of code may break anywhere and are not boxes of their own, in the style sheet and in the text."""
    told = declarations(SHEETS[0].read_text(encoding="utf-8"))
    pre = {one.name: one.value for one in told if one.selector in ("pre", "code, pre, kbd, samp")}
    assert (pre["white-space"], pre["overflow-wrap"], pre["hyphens"], pre["text-align"]) == (
        *("pre-wrap", "anywhere", "none", "left"),
    )
    assert 0.8 <= float(pre["font-size"].removesuffix("em")) <= 0.85
    boxes = [one for one in told if CODE.search(one.selector) and one.name == "display"]
    known = ["pre .row", "pre .remark", "ol.annotations a.annotation"]
    assert [one.selector for one in boxes] == known, "where an engine knows @supports, and the marks below a listing"
    rows = found(documents, "//x:pre/x:code/x:span[starts-with(@class,'row')]")
    assert rows
    assert [name for name, one in rows if "\n" in "".join(one.itertext()).removesuffix("\n")] == [], "one line each"
    inside = {one.tag.partition("}")[2] for _, one in found(documents, "//x:pre//*")}
    assert inside <= {"code", "span", "a", "strong", "em", "ins", "del"}


def test_e4_code_has_no_line_numbers(documents: dict[str, etree._Element]) -> None:
    """Line numbers would be copied with the listing, and padding has crashed a reader."""
    assert found(documents, "//*[contains(@class, 'line-number')]") == []


SEEN_THROUGH = re.compile(r"rgba\(.*, 0\.(0\d*|1)\)|var\(--screen-\w+-tint\)")
BY_MODE = re.compile(r"inherit|currentColor|var\(--screen-accent(-dark|-mixed)?\)")


def test_e5_nothing_is_a_white_box_in_the_dark(rules: list[Declaration], documents: dict[str, etree._Element]) -> None:
    """Backgrounds are behind pictures or transparent; colours come from the reader or suit every background."""
    grounds = [one for one in rules if one.name.startswith("background") and one.value not in ("none", "transparent")]
    boxes = [one for one in grounds if not re.search(r"\bimg\b", one.selector)]
    assert [one for one in boxes if not SEEN_THROUGH.fullmatch(one.value)] == []
    assert [one for one in rules if one.name == "color" and not BY_MODE.fullmatch(one.value)] == []
    borders = [one for one in rules if one.name.startswith("border") and re.search(r"#|white|black", one.value)]
    assert borders == []
    fills = {str(one.get("fill")) for _, one in found(documents, "//*[local-name()='svg']//*[@fill]")}
    assert fills == {"currentColor"}


def test_e5_every_picture_has_its_card() -> None:
    """Not only figures: the lines of a small picture in a sentence, or of one of several, get a dark card too."""
    cards = [one for one in declarations(SHEETS[0].read_text(encoding="utf-8")) if one.name == "background"]
    assert "img" in {one.selector for one in cards if one.value.startswith("#")}


def test_e6_notes_pop_up_and_lead_back(documents: dict[str, etree._Element]) -> None:
    """Each call is marked as one and leads to a note in its own document, whose link leads back."""
    calls = found(documents, "//x:a[@epub:type='noteref']")
    assert calls
    for name, call in calls:
        assert call.get("role") == "doc-noteref"
        note = found({name: documents[name]}, f"//x:*[@id='{str(call.get('href'))[1:]}']")[0][1]
        assert (note.get("role"), note.get("{http://www.idpf.org/2007/ops}type")) == ("doc-footnote", "footnote")
        words = note.find("{*}p")
        ways = [one for one in note.iter("{*}a") if one.get("role") == "doc-backlink"]
        assert words is not None and list(words)[: len(ways)] == ways and ways[-1].tail.strip(), "one line"
        same = [other.get("id") for where, other in calls if (where, other.get("href")) == (name, call.get("href"))]
        assert [str(one.get("href"))[1:] for one in ways] == same


def test_e7_wide_tables_are_cards_and_heads_are_heads(documents: dict[str, etree._Element]) -> None:
    """A table of more than four columns can become cards that label each cell; heads have a scope."""
    wide = 0
    for name, table in found(documents, "//x:table"):
        columns = max(len(row) for row in table.iter("{*}tr"))
        cards = "cards" in str(table.getparent().get("class")).split()
        assert cards or columns <= 4, name
        wide += cards
        heads = ["".join(head.itertext()).strip() for head in table.findall("{*}thead/{*}tr/*")]
        for row in table.findall("{*}tbody/{*}tr") if cards else []:
            assert [cell.get("data-label", "") for cell in row] == heads, name
    assert wide, "our book has such tables"
    assert [name for name, head in found(documents, "//x:thead//x:th[not(@scope)]") if head.text] == []


def test_e7_words_that_a_phone_has_no_room_for_make_cards(make_book: BookMaker) -> None:
    """The width of the words decides, not only the number of columns; a table with spanning cells can only scroll."""
    tables = {
        ("table",): "| A | B |\n|---|---|\n| one | two words and more of them, to fill lines |",
        ("table", "cards"): "| Name | Default |\n|---|---|\n| `default_transaction_read_only` | `serializable` |",
        ("table", "cards", "wide"): "|" + " Internationalization |" * 4 + "\n|" + "---|" * 4 + "\n" + "| a " * 4 + "|",
        ("table", "scrolls"): "| A | B | C | D | E |\n|---|---|---|---|---|\n| one | < | c | d | e |",
    }
    text = "\n\nText.\n\n".join(tables.values())
    document, _ = made(make_book(f"# One\n\n{text}\n"))
    boxes = etree.fromstring(document["EPUB/chapter-1.xhtml"]).iterfind(".//{*}div")
    found = [tuple(str(one.get("class")).split()) for one in boxes]
    assert [one for one in found if one[0] == "table"] == list(tables)


def test_e7_what_may_be_longer_than_a_page_does_not_scroll(rules: list[Declaration]) -> None:
    """Engines never break a scrolling box: the rows after the end of the page would be cut off."""
    scrolling = {one.selector for one in rules if one.name.startswith("overflow") and one.value in ("auto", "scroll")}
    assert scrolling <= {"div.scrolls", ".equation"}


def test_e8_no_page_is_named_in_words(documents: dict[str, etree._Element]) -> None:
    """Nothing says "on page 27" where there are no pages; a cited work may have page numbers."""
    for name, tree in documents.items():
        if not name.endswith("bibliography.xhtml"):
            assert re.findall(r"\bon page \d+", "".join(map(str, tree.itertext()))) == [], name


def test_e9_the_navigation_has_contents_and_landmarks(documents: dict[str, etree._Element]) -> None:
    """The landmarks lead to cover, contents, beginning and index."""
    nav = documents["EPUB/nav.xhtml"]
    types = nav.xpath("//x:nav[@epub:type='landmarks']//x:a/@epub:type", namespaces=NAMES)
    assert {"cover", "titlepage", "toc", "bodymatter", "glossary", "index"} <= set(types)
    assert len(types) == len(set(types))
    assert len(nav.xpath("//x:nav[@epub:type='toc']", namespaces=NAMES)) == 1


def test_e10_the_cover_and_the_pictures_have_their_size(files: dict[str, bytes]) -> None:
    """The cover is a JPEG of 1600 by 2560 pixels below 5 MB."""
    data = files["EPUB/cover.jpg"]
    with Image.open(BytesIO(data)) as cover:
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", (1600, 2560))
    assert len(data) < 5_000_000


def test_e10_a_picture_that_is_too_large_is_found(make_book: BookMaker, tmp_path: Path) -> None:
    """Apple Books takes no more than 5.6 million pixels in a picture; one fewer gives no finding."""
    drawing(tmp_path, "large.png", png((2400, 2334)))
    drawing(tmp_path, "fine.png", png((2400, 2333)))
    _, findings = made(make_book("# One\n\n![A.](large.png)\n\n![B.](fine.png)\n"))
    assert [(f.code, f.severity, str(f.place)) for f in findings] == [("E012", "warning", "chapter-1.md:3:1")]
    assert "2400 × 2334" in findings[0].message


def test_e11_a_document_that_is_too_large_is_found(make_book: BookMaker) -> None:
    """More than 300 KB in one file make old readers slow; the finding names the file and its size."""
    _, findings = made(make_book("# One\n\n" + "Some words to fill it. " * 14_000, "# Two\n\nText.\n"))
    assert [(f.code, f.severity, str(f.place)) for f in findings] == [("E011", "warning", "chapter-1.md")]


def test_e11_documents_are_small_and_the_manifest_is_sorted(files: dict[str, bytes]) -> None:
    """No document of our book has more than 300 KB, and the archive has its files by name."""
    assert max(len(data) for name, data in files.items() if name.endswith(".xhtml")) < 300_000
    names = list(files)[1:]
    assert names == sorted(names)


def test_e12_formulas_are_mathml_with_words(documents: dict[str, etree._Element]) -> None:
    """Each formula has its source text as its alternative."""
    formulas = found(documents, "//m:math")
    assert formulas
    assert [name for name, one in formulas if not one.get("alttext")] == []


def test_e13_every_document_says_its_language_and_title(documents: dict[str, etree._Element]) -> None:
    """Screen readers choose the voice by the language and announce the title."""
    for name, tree in documents.items():
        assert tree.get("lang") == tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en", name
        assert tree.findtext("{*}head/{*}title"), name


def test_e14_nothing_that_kindle_cannot_do(rules: list[Declaration]) -> None:
    """No positions, no floats, no negative margins."""
    assert [one for one in rules if one.name in ("position", "float")] == []
    assert [one for one in rules if one.name.startswith("margin") and re.search(r"(^|\s)-", one.value)] == []
