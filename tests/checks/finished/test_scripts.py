"""Text in right-to-left and shaped scripts: copied text equals the source, and lost text is found."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from compositor.checks.finished import check_finished, completeness_of_files
from compositor.checks.finished.parts.pages import pages_of
from compositor.checks.finished.runs import Run
from compositor.formats import EPUB
from compositor.language import language_for
from compositor.model import Finding
from compositor.press import Timings, read_book
from compositor.render import UnitRendering
from tests.checks.finished.mutations import Files, files_of
from tests.finished import BOOKS
from tests.validators import broken_rules

WORDS = {
    "arabic": ("قصيرة", "تختبر"),
    "in an English line": ("بالعالم", "(نعم)"),
    "title": ("عنوان", "القسم"),
    "item": ("بند", "ثان"),
    "cell": ("خلية", "ثانية"),
    "caption": ("عنوان", "الجدول"),
    "note": ("جملة", "ثانية"),
    "pointed": ("قالَ", "الرَّجُلُ"),
    "devanagari": ("लिए", "लिखा"),
    "conjuncts": ("श्री", "ज्ञान"),
}
CHANGES = {"lost": "{0}", "doubled": "{0} {0} {1}", "moved": "{1} {0}"}


@pytest.fixture(scope="module")
def scripts() -> Files:
    """The book, made once."""
    return files_of(BOOKS / "scripts")


def test_nothing_is_found_in_what_is_as_it_was_written(scripts: Files) -> None:
    """Lines that mix directions in titles, cells, items, notes and the contents cause no finding."""
    assert check_finished(scripts.book, scripts.both, scripts.pages) == ()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("place", WORDS)
def test_a_word_of_these_scripts_that_was_changed_is_found(
    scripts: Files, tmp_path: Path, place: str, change: str
) -> None:
    """A word that is lost, doubled or moved between a source and the PDF is an error."""
    shutil.copytree(BOOKS / "scripts", tmp_path / "book")
    source = tmp_path / "book" / "01-scripts.md"
    text, pair = source.read_text(encoding="utf-8"), " ".join(WORDS[place])
    assert text.count(pair) == 1
    source.write_text(text.replace(pair, CHANGES[change].format(*WORDS[place])), encoding="utf-8")
    book = read_book(tmp_path / "book", Timings()).book
    assert book is not None
    found: list[Finding] = list(completeness_of_files(book, {"pdf": scripts.pdf}, scripts.pages))
    assert {finding.code for finding in found} & {"C201", "C202", "C203"}


@pytest.mark.parametrize("change", ["lost", "doubled", "moved"])
def test_glyphs_that_the_structure_tree_does_not_say_are_found(scripts: Files, tmp_path: Path, change: str) -> None:
    """The structure tree's text of a line counts only if the glyphs of the line confirm it, in order."""
    file = tmp_path / "changed.pdf"
    with pikepdf.open(_written(scripts, tmp_path)) as pdf:
        page = pdf.pages[next(i for i, runs in enumerate(pages_of(scripts.pdf)) if _has(runs, "مصطلح"))]
        lines: list[list[Any]] = [[]]
        for one in pikepdf.parse_content_stream(page):
            lines += [[]] if str(one[1]) == "BT" else []
            lines[-1].append(one)
        pieces = {number: [i for i, one in enumerate(line) if str(one[1]) == "TJ"] for number, line in enumerate(lines)}
        number, places = max(pieces.items(), key=lambda one: len(one[1]))
        line, (first, *_, last) = lines[number], places
        if change == "lost":
            del line[first]
        elif change == "doubled":
            line.insert(first, line[first])
        else:
            line[first], line[last] = line[last], line[first]
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream([one for line in lines for one in line]))
        pdf.save(file, deterministic_id=True)
    found = list(completeness_of_files(scripts.book, {"pdf": file.read_bytes()}, scripts.pages))
    assert {finding.code for finding in found} & {"C201", "C202", "C203"}


def _written(files: Files, folder: Path) -> Path:
    (folder / "whole.pdf").write_bytes(files.pdf)
    return folder / "whole.pdf"


def _has(runs: Sequence[Run], word: str) -> bool:
    return any(word in run.letters for run in runs)


def test_the_letters_of_a_shaped_script_are_copied(scripts: Files) -> None:
    """Conjuncts, and vowels that are drawn before their consonants, are copied as they were typed."""
    text = _text(scripts)
    assert "यह एक छोटा वाक्य है जो जाँच के लिए लिखा गया है। श्री ज्ञान, विद्यार्थी और कर्म।" in text
    assert "पहला अध्याय और क्षत्रिय" in text


def test_lines_from_right_to_left_are_copied(scripts: Files) -> None:
    """Letters whose dots are glyphs of their own, and those that share a form, are copied as they were typed."""
    text = _text(scripts)
    assert "هذه جملة قصيرة تختبر الاتجاه" in text
    assert "بند أول" in text


def _text(files: Files) -> str:
    document = pypdfium2.PdfDocument(files.pdf)
    try:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
    return " ".join(pages)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_pdf_conforms(scripts: Files, tmp_path: Path, profile: str) -> None:
    """Copies of a font, outlines of marks and the words in the structure tree are allowed by PDF/UA-1 and PDF/A-2a."""
    assert broken_rules(_written(scripts, tmp_path), profile) == []


def test_what_is_read_out_is_in_the_order_of_reading(scripts: Files) -> None:
    """Each line with right-to-left letters has its words in the structure tree as they were written."""
    with pikepdf.open(BytesIO(scripts.pdf)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        said = [str(item.ActualText) for item in found if "/ActualText" in item]
    assert any(text.startswith("هذه جملة قصيرة تختبر") for text in said)
    assert "code" in said


def test_a_paragraph_is_read_from_where_its_first_letter_is() -> None:
    """Arabic paragraphs, titles, lists and cells have a direction; English ones with Arabic words have none."""
    book = read_book(BOOKS / "scripts", Timings()).book
    assert book is not None
    unit = book.units[0]
    shown = UnitRendering(book, unit, EPUB.medium, language_for("en")).blocks(unit.chapter.tokens)
    assert shown.count('<p dir="rtl">') >= 3
    assert shown.count('<ul dir="rtl">') == shown.count('<ol dir="rtl">') == 1
    assert "<p>In an English line" in shown
    assert 'dir="rtl"' in shown[shown.index("<h2") : shown.index("</h2>")]
    assert "<th" in shown and 'dir="rtl"' in shown[shown.index("<th ") : shown.index("</th>")]
