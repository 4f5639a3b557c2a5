"""Copying and searching: three engines extract from the specimen's PDF the words that a reader sees on its pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.finished import Built, built

XHTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
HYPHEN = re.compile("[\x02\u00ad\u2010-]\\s*\n\\s*")
"""A hyphen at the end of a line, as the engines write it: pdfium as U+0002."""
NOT_ON_PAPER = {"It", "flowing", "pages,", "screen.", "aside”."}
"""Words of the specimen that only the EPUB has in this form: content for one format, references without a page."""
APART = {"Chapter", "Esc.", "Ctrl+P", "Ctrl+Shift+P."}
"""Words that the page has with gaps, such as keys in frames, or in another form, such as the number of a chapter."""
MARKS = set("①②③")
"""Marks in listings: pictures on paper, so that they are not copied with the code."""


def pdfium(made: Built) -> str:
    """Extract the text with the engine of Chromium."""
    return "\n".join(made.page_texts()).replace("\x02\n", "\x02").replace("\x02", "\x02\n")


def poppler(made: Built) -> str:
    """Extract the text with the engine of most viewers on Linux."""
    return printed("pdftotext", "poppler-utils", str(made.pdf), "-")


def mupdf(made: Built) -> str:
    """Extract the text with the engine of MuPDF and SumatraPDF."""
    return printed("mutool", "mupdf-tools", "draw", "-q", "-F", "txt", str(made.pdf))


def printed(program: str, package: str, *arguments: str) -> str:
    """Return what a program prints; skip the test if it is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"not run: {program} (package {package}) is not installed")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def documents(made: Built) -> Iterator[etree._Element]:
    """Yield the documents of the EPUB that show source files."""
    with zipfile.ZipFile(made.epub) as archive:
        for unit in made.proof.book.units:
            yield etree.fromstring(archive.read(f"EPUB/{unit.key}.xhtml"))


def words_seen(made: Built) -> set[str]:
    """Return the words of paragraphs, headings and cells, with their punctuation.

    Formulas are drawn, the kind of a callout is in capitals on paper, and an address may be broken after its slashes.
    """
    shown = [
        "".join(element.itertext())
        for document in documents(made)
        for element in document.iter(*(XHTML + name for name in ("p", "h1", "h2", "td")))
        if next(element.iter(MATH), None) is None and "callout" not in element.get("class", "")
    ]
    words = {word for text in shown for word in text.split() if "://" not in word}
    return words - MARKS - NOT_ON_PAPER - APART


def code_seen(made: Built) -> set[str]:
    """Return the lines of listings, with each run of spaces as one space."""
    found = set()
    for document in documents(made):
        for listing in document.iter(f"{XHTML}pre"):
            for line in "".join(listing.itertext()).split("\n"):
                words = [word for word in line.split() if word not in MARKS]
                if words and len(line) <= 72:
                    found.add(" ".join(words))
    return found


ENGINES = pytest.mark.parametrize("engine", [pdfium, poppler, mupdf], ids=lambda engine: engine.__name__)


@ENGINES
def test_words_come_out_as_they_are_seen(engine, specimen: Built) -> None:
    """Small capitals, ligatures, hyphenated words, quotation marks and other languages are extracted as they look."""
    text = engine(specimen)
    found = {*text.split(), *HYPHEN.sub("", text).split(), *HYPHEN.sub("-", text).split()}
    assert {"Ada", "Lovelace", "first", "NOTE"} <= found
    assert words_seen(specimen) - found == set()


@ENGINES
def test_code_comes_out_as_it_is_seen(engine, specimen: Built) -> None:
    """Every line that was not wrapped is there, letter by letter: arrows stay two characters, and quotes straight."""
    text = " ".join(engine(specimen).split())
    missing = {line for line in code_seen(specimen) if line not in text}
    assert missing <= {"-------"}  # pdftotext takes a line of hyphens for a hyphenated word
    assert "def leaves(tides: list[Tide], hour: int) -> bool:" in text
    assert not MARKS & set(text)


@ENGINES
def test_a_hyphen_is_the_authors_also_in_a_face_that_divided_a_word_first(engine, small_book: Path) -> None:
    """A font has one glyph for both kinds of hyphen, which is copied as one of them: a search must find `read-only`."""
    divided = ["straightforwardness"] * 27
    long = " ".join(f"*{word}*" for word in divided)
    (small_book / "01-one.md").write_text(f"# One\n\n{long}\n\nA file is *read-only* here.\n", encoding="utf-8")
    made = built(small_book, small_book.parent / "made")
    text = engine(made)
    assert "\x02" in pdfium(made), "words are divided"
    assert [word for word in HYPHEN.sub("", text).split() if word in divided] == divided
    assert "A file is read-only here." in " ".join(text.split())


@ENGINES
def test_a_page_is_copied_in_the_order_of_its_source(engine, small_book: Path) -> None:
    """A heading, the numbers of a list and its bullets are copied in their place, not at the end of the page."""
    text = "# One\n\nBefore.\n\n## Two\n\nBehind.\n\n1. first\n2. second\n\nBetween.\n\n- third\n\nThe end.\n"
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    copied = " ".join(engine(built(small_book, small_book.parent / "made")).split())
    assert "Before. 1.1 Two Behind. 1. first 2. second Between. • third The end." in copied


CODE = """def depth(hour):
    if hour > 3:
        for trip in log:
            yield trip["depth"]

    return 2 * hour


if True:
    depth(1)
"""


def test_code_is_copied_with_its_spaces_and_empty_lines(small_book: Path) -> None:
    """Indentation, spaces between coloured words and empty lines are plain spaces in the PDF."""
    (small_book / "01-one.md").write_text(f"# One\n\nBefore.\n\n```python\n{CODE}```\n", encoding="utf-8")
    lines = mupdf(built(small_book, small_book.parent / "made")).split("\n")
    start = lines.index("def depth(hour):")
    assert [line.rstrip() for line in lines[start : start + 10]] == CODE.rstrip().split("\n")


def test_tabs_in_code_are_copied_as_spaces(small_book: Path) -> None:
    """A PDF has no tabs: a tab is copied as the number of spaces that it shows."""
    text = "# One\n\n```make\nall: one\n\techo \"hi\"\n\t\tx\t= 1\n```\n"
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    copied = mupdf(built(small_book, small_book.parent / "made"))
    assert 'all: one\n    echo "hi"\n        x   = 1\n' in copied


@ENGINES
def test_words_of_code_are_not_joined(engine, small_book: Path) -> None:
    """Two coloured words with a space between them are two words, in a line and in the next one."""
    (small_book / "01-one.md").write_text(f"# One\n\n```python\n{CODE}```\n", encoding="utf-8")
    copied = engine(built(small_book, small_book.parent / "made"))
    assert "def depth(hour): if hour > 3: for trip in log: yield" in " ".join(copied.split())


def test_a_space_is_a_plain_one_also_in_a_face_that_printed_another_first(small_book: Path) -> None:
    """A font has one glyph for U+0020 and U+00A0; both are copied as the plain space."""
    (small_book / "01-one.md").write_text("# One\n\n*at&nbsp;rest* and *at sea*.\n", encoding="utf-8")
    copied = mupdf(built(small_book, small_book.parent / "made"))
    assert "at rest and at sea." in copied
    assert "\u00a0" not in copied


def test_spaces_between_words_of_their_own_are_in_the_tree(small_book: Path) -> None:
    """A screen reader gets the indentation, and the space between two words that have elements of their own."""
    text = "# One\n\n```python\ndef depth(hour):\n    return None\n```\n\n*A* **word**.\n"
    (small_book / "01-one.md").write_text(text, encoding="utf-8")
    made = built(small_book, small_book.parent / "made")
    tree = printed("pdfinfo", "poppler-utils", "-struct-text", str(made.pdf))
    found = re.findall(r'^\s*"(.*)"$', tree, re.MULTILINE)
    start = found.index("def")
    assert found[start : start + 9] == ["def", " ", "depth", "(hour):", "    ", "return", " ", "None", "A"]
    assert found[start + 9 : start + 11] == [" ", "word"]


@pytest.mark.parametrize("shift", range(0, 60, 7))
def test_addresses_are_printed_without_hyphens(small_book: Path, shift: int) -> None:
    """An address, a mail address and a link whose text is an address get no hyphen, wherever the line ends."""
    addresses = (
        "https://measurements.documentation.example.org/internationalization/troubleshooting",
        "harbormaster.administration@internationalization.example.org",
    )
    linked = "[https://documentation.example.org/installation](https://example.org)"
    text = f"{'Mm ' * (shift // 3)}{'i' * (shift % 3)} from {addresses[0]} and from {linked} or {addresses[1]} always."
    (small_book / "01-one.md").write_text(f"# One\n\nFirst.\n\n{text}\n", encoding="utf-8")
    copied = pdfium(built(small_book, small_book.parent / "made"))
    assert "\x02" not in copied
    joined = "".join(copied.split())
    assert all(address in joined for address in addresses)


@pytest.mark.parametrize(("size", "columns"), [("10.5pt", 64), ("12pt", 56), ("8.4pt", 80)])
def test_a_line_of_code_is_wrapped_at_what_fits(small_book: Path, size: str, columns: int) -> None:
    """If the code is larger or its font wider, fewer columns fit, and nothing extends beyond the text."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write(f'[style]\ncode-size = "{size}"\n')
    line = "".join(str(number % 10) for number in range(80))
    (small_book / "01-one.md").write_text(f"# One\n\nText.\n\n```text\n{line}\n```\n", encoding="utf-8")
    made = built(small_book, small_book.parent / "made")
    assert line[:columns] in [shown.strip() for shown in "\n".join(made.page_texts()).split("\n")]
